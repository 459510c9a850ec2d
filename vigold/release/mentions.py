"""One row a mention: where it stands, its values, the sentence around it, and what it refers to."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from vigold.document import Span
from vigold.extraction.references import resolve
from vigold.release.columns import Batch
from vigold.release.prepared import Prepared
from vigold.scheme import Scheme

Chains = Callable[[Sequence[Mapping[str, str]]], list[str]]


class Kind(NamedTuple):
    """A configuration of mentions: its name, what `compare` of a scheme marks its labels, and how they are chained."""

    name: str
    compare: str
    chains: Chains | None


def _documents(attributes: Sequence[Mapping[str, str]]) -> list[str]:
    """The key of the document that each reference means, equal for all references to it."""
    found = [""] * len(attributes)
    for one in resolve.documents(attributes):
        for n in one["mentions"]:
            found[n] = one["key"]
    return found


KINDS = (Kind("references", "document", _documents), Kind("dates", "timex3", None))


def labels_of(kind: Kind, scheme: Scheme) -> list[str]:
    """The labels of the scheme that this configuration has mentions of."""
    return [name for name, label in scheme.labels.items() if label.compare == kind.compare]


def attributes_of(labels: Sequence[str], scheme: Scheme) -> list[str]:
    """The attributes of these labels, each once."""
    return list(dict.fromkeys(name for label in labels for name in scheme.labels[label].attributes))


def mentions(kind: Kind, labels: Sequence[str], attributes: Sequence[str], schema: Any) -> Batch:
    """What makes the rows of this configuration, of this Arrow schema, from documents."""
    import pyarrow

    codes = {name: code for code, name in enumerate(labels)}

    def batch(rows: Sequence[Prepared]) -> Any:
        found: list[tuple[Any, ...]] = []
        for row in rows:
            held = [span for span in row.document.spans if span.label in codes]
            spans = sorted(held, key=lambda span: (span.start, -span.end))
            chains = kind.chains([span.attrs for span in spans]) if kind.chains else []
            starts = [piece.start for piece in row.sentences]
            for n, span in enumerate(spans):
                values = (span.attrs.get(name) for name in attributes)
                found.append((*_place(row, span, codes[span.label], starts), *chains[n : n + 1], *values))
        columns = list(zip(*found, strict=True)) or [()] * len(schema)
        arrays = [pyarrow.array(column, field.type) for column, field in zip(columns, schema, strict=True)]
        return pyarrow.RecordBatch.from_arrays(arrays, schema=schema)

    return batch


def _place(row: Prepared, span: Span, code: int, starts: Sequence[int]) -> tuple[Any, ...]:
    """The columns before the values, in the order of `vigold.release.features.mentions`."""
    document, words = row.document, row.text[span.start : span.end]
    n = bisect_right(starts, span.start) - 1
    # A span that begins in the blanks before the first sentence has no sentence before it.
    start, end = row.sentences[max(n, 0)] if row.sentences else (span.start, span.end)
    sentence = row.text[start:end]
    return document.id, span.id, span.start, span.end, words, code, document.published, sentence, start
