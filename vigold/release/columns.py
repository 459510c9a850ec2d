"""Documents as Arrow columns, in batches: no Python object a value, as rows of dictionaries would take."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import accumulate
from typing import Any

import msgspec

from vigold.release.features import PLAIN
from vigold.release.prepared import Prepared
from vigold.scheme import Scheme

Batch = Callable[[Sequence[Prepared]], Any]


def documents(scheme: Scheme, schema: Any) -> Batch:
    """What makes the rows of the configuration `default`, of this Arrow schema, from documents."""
    import pyarrow

    labels = {name: code for code, name in enumerate(scheme.labels)}
    types = {name: code for code, name in enumerate(scheme.relations)}

    def batch(rows: Sequence[Prepared]) -> Any:
        found = [row.document for row in rows]
        spans, relations = [s for d in found for s in d.spans], [r for d in found for r in d.relations]
        zones = [zone for document in found for zone in document.zones]
        columns: dict[str, Any] = {name: [getattr(document, name) for document in found] for name in PLAIN}
        columns["zones"] = _lists(
            schema.field("zones").type,
            (len(document.zones) for document in found),
            {key: [getattr(zone, key) for zone in zones] for key in ("kind", "start", "end")},
        )
        held = {key: [getattr(span, key) for span in spans] for key in ("id", "start", "end")}
        held["label"] = [labels[span.label] for span in spans]
        if scheme.attributes:
            values: dict[str, list[str | None]] = {name: [None] * len(spans) for name in scheme.attributes}
            for n, span in enumerate(spans):
                for name, value in span.attrs.items():
                    values[name][n] = value
            held["attrs"] = _struct(schema.field("spans").type.value_type.field("attrs").type, values)
        columns["spans"] = _lists(schema.field("spans").type, (len(d.spans) for d in found), held)
        ends = {key: [getattr(relation, key) for relation in relations] for key in ("head", "tail")}
        ends["type"] = [types[relation.type] for relation in relations]
        columns["relations"] = _lists(schema.field("relations").type, (len(d.relations) for d in found), ends)
        columns["meta"] = [msgspec.json.encode(document.meta, order="sorted").decode() for document in found]
        arrays = [_array(columns[field.name], field.type) for field in schema]
        return pyarrow.RecordBatch.from_arrays(arrays, schema=schema)

    return batch


def _array(values: Any, kind: Any) -> Any:
    import pyarrow

    return pyarrow.array(values, kind) if isinstance(values, list) else values


def _struct(kind: Any, columns: Mapping[str, Any]) -> Any:
    import pyarrow

    fields = list(kind)
    return pyarrow.StructArray.from_arrays([_array(columns[f.name], f.type) for f in fields], fields=fields)


def _lists(kind: Any, lengths: Iterable[int], columns: Mapping[str, Any]) -> Any:
    import pyarrow

    offsets = pyarrow.array(accumulate(lengths, initial=0), pyarrow.int32())
    return pyarrow.ListArray.from_arrays(offsets, _struct(kind.value_type, columns), type=kind)
