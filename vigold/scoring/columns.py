"""Gold and predictions as columns: one array a field, one entry a span."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from vigold.document import Document

Ints = NDArray[np.int64]


class Columns(NamedTuple):
    """Spans of a corpus as arrays of equal length: document and label as codes, start and end as offsets."""

    document: Ints
    start: Ints
    end: Ints
    label: Ints


def columns(documents: Sequence[Document], labels: dict[str, int]) -> Columns:
    """The spans of the documents, numbered by their place in the sequence; new labels are added to `labels`."""
    spans = [span for document in documents for span in document.spans]
    counts = np.fromiter((len(document.spans) for document in documents), np.int64, len(documents))
    return Columns(
        np.repeat(np.arange(len(documents), dtype=np.int64), counts),
        np.fromiter((span.start for span in spans), np.int64, len(spans)),
        np.fromiter((span.end for span in spans), np.int64, len(spans)),
        np.fromiter((labels.setdefault(span.label, len(labels)) for span in spans), np.int64, len(spans)),
    )


def found(gold: Columns, predicted: Columns) -> NDArray[np.bool_]:
    """For each gold span, whether a predicted one has the same document, start, end and label.

    Neither side may hold a span twice. Both are sorted together, so that equal spans become neighbours.
    """
    both = Columns(*(np.concatenate(pair) for pair in zip(gold, predicted, strict=True)))
    order = np.lexsort(both)
    same = np.ones(max(len(order) - 1, 0), dtype=bool)
    for column in both:
        ordered = column[order]
        same &= ordered[1:] == ordered[:-1]
    hit = np.zeros(len(order), dtype=bool)
    hit[order[1:][same]] = hit[order[:-1][same]] = True
    return hit[: len(gold.start)]


def fingerprint(documents: Iterable[Document]) -> str:
    """Twelve hexadecimal digits that name a gold corpus: its ids, texts and spans, in any order."""
    digest = hashlib.sha256()
    for document in sorted(documents, key=lambda document: document.id):
        digest.update(repr((document.id, document.text, sorted(span.key for span in document.spans))).encode())
    return digest.hexdigest()[:12]
