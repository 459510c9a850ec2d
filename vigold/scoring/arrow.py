"""Arrow tables - Parquet files, datasets of the Hub - straight to columns, without a Python object a span."""

from __future__ import annotations

from typing import Any

import msgspec
import numpy as np

from vigold.document import Document, Relation, Zone, problems
from vigold.formats import parquet
from vigold.scoring.columns import Columns, Ints
from vigold.scoring.corpus import Corpus, Table, from_documents
from vigold.scoring.reading import sound

NOTES = {"format": "parquet"}


def from_arrow(found: Any, place: str) -> Corpus:
    """The corpus of a table with the keys of the records as columns.

    Raises VigoldError, naming `place` and the row, as `vigold.formats.parquet.documents` does.
    """
    import pyarrow

    try:
        corpus = _fast(found)
    except (pyarrow.ArrowException, msgspec.MsgspecError, TypeError, KeyError, ValueError, AttributeError):
        corpus = None
    return from_documents(parquet.documents(found, place), NOTES) if corpus is None else corpus


def of_dataset(dataset: Any, place: str) -> Corpus:
    """The corpus of a `datasets.Dataset`, with its selection and order."""
    found = dataset.with_format("arrow")[:]
    return from_arrow(found.replace_schema_metadata(dataset.features.arrow_schema.metadata), place)


def _fast(found: Any) -> Corpus | None:
    """The corpus, or None where something is amiss that the careful reader has to name."""
    spans = found["spans"].combine_chunks()
    counts = spans.value_lengths().fill_null(0).to_numpy(zero_copy_only=False).astype(np.int64)
    kind = spans.flatten().type
    parts = {kind.field(n).name: child for n, child in enumerate(spans.flatten().flatten())}
    table = Table()
    for document, count in zip(_documents(found), counts.tolist(), strict=True):
        if next(problems(document), None) is not None:
            return None
        table.add(document, count)
    label, names = _names(parts["label"], parquet.names(found.schema, "spans", "label"))
    attrs, values = _attributes(parts.get("attrs"), len(label))
    table.labels.update((name, code) for code, name in enumerate(names))
    table.values.update((items, code) for code, items in enumerate(values))
    table.rows = [(_whole(parts["start"]), _whole(parts["end"]), label, attrs)]
    columns: Columns = table.columns()
    if not sound(table.documents, columns) or not _relate(table, found, parts.get("id"), counts):
        return None
    return table.corpus(columns, NOTES)


def _documents(found: Any) -> list[Document]:
    kept = [name for name in ("id", *parquet.FIELDS, "zones", "meta") if name in found.column_names]
    rows = found.select(kept).to_pylist()
    for row in rows:
        meta = row.get("meta") or {}
        row["meta"] = msgspec.json.decode(meta) if isinstance(meta, str) else meta
        row["zones"] = tuple(Zone(**zone) for zone in row.get("zones") or ())
    return [msgspec.convert(row, Document) for row in rows]


def _whole(array: Any) -> Ints:
    if array.null_count:
        raise ValueError("an offset is missing")
    numbers: Ints = array.cast("int64").to_numpy(zero_copy_only=False)
    return numbers


def _names(array: Any, names: list[str] | None) -> tuple[Ints, list[str]]:
    """Codes and the names that they stand for."""
    if names is not None:
        codes = _whole(array)
        if len(codes) and not 0 <= codes.min() <= codes.max() < len(names):
            raise ValueError("a code without a name")
        return codes, names
    encoded = array.dictionary_encode()
    return _whole(encoded.indices), encoded.dictionary.to_pylist()


def _attributes(array: Any, size: int) -> tuple[Ints, list[tuple[tuple[str, str], ...]]]:
    """Codes of distinct attributes, 0 for none, and what each stands for."""
    codes = np.zeros(size, np.int64)
    values: list[tuple[tuple[str, str], ...]] = [()]
    if array is None:
        return codes, values
    for n, child in enumerate(array.flatten()):
        encoded = child.dictionary_encode()
        own = encoded.indices.fill_null(-1).to_numpy(zero_copy_only=False).astype(np.int64)
        rows = np.flatnonzero(own >= 0)
        if not len(rows):
            continue
        name, texts = array.type.field(n).name, encoded.dictionary.to_pylist()
        pairs, place = np.unique(codes[rows] * len(texts) + own[rows], return_inverse=True)
        codes[rows] = len(values) + place
        values += [(*values[pair // len(texts)], (name, texts[pair % len(texts)])) for pair in pairs.tolist()]
    return codes, values


def _relate(table: Table, found: Any, ids: Any, counts: Ints) -> bool:
    """Add the relations of the documents that have any; False where one points nowhere."""
    if "relations" not in found.column_names:
        return True
    types = parquet.names(found.schema, "relations", "type")
    lengths = found["relations"].combine_chunks().value_lengths()
    has = np.flatnonzero(lengths.fill_null(0).to_numpy(zero_copy_only=False))
    ends = np.cumsum(counts)
    for row in has.tolist():
        names = ids[int(ends[row] - counts[row]) : int(ends[row])].to_pylist()
        raw = found["relations"][row].as_py()
        relations = [Relation(types[one["type"]] if types else one["type"], one["head"], one["tail"]) for one in raw]
        known = set(names)
        if len(known) < len(names) or any(
            one.head == one.tail or not {one.head, one.tail} <= known for one in relations
        ):
            return False
        table.relate_rows(row, int(ends[row] - counts[row]), names, relations)
    return True
