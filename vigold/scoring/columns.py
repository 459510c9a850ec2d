"""Spans as columns: sorted integer arrays, one entry a span, and keys that order and compare them."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]

KEY_BITS = 63
"""What a key may take; the sign bit stays free so that keys order as their parts do."""


class Columns(NamedTuple):
    """Spans of a corpus as int64 arrays of one length: document and label as codes, start and end as offsets.

    Everything below `scoring` that takes Columns wants them sorted by (document, start, end, label) and without a
    doubled entry; `order` sorts.
    """

    document: Ints
    start: Ints
    end: Ints
    label: Ints

    def take(self, rows: Ints | Bools) -> Columns:
        """The spans of these rows, given as indices or as a mask."""
        return Columns(self.document[rows], self.start[rows], self.end[rows], self.label[rows])


def pack(*sides: Columns) -> list[Ints]:
    """One int64 key a span, comparable between the sides: keys order as (document, start, end, label) do.

    The four parts are packed into bits as wide as the data ask for. Where they need more than 63 together, the keys
    are ranks from a lexicographic sort of all sides: slower, never wrong.
    """
    widths = _widths(sides)
    if widths is None or sum(widths) > KEY_BITS:
        return _ranks(sides)
    _, start, length, label = widths
    return [
        (((s.document << start) | s.start) << (length + label)) | ((s.end - s.start) << label) | s.label for s in sides
    ]


def order(spans: Columns) -> Ints | None:
    """The permutation that sorts the spans, or None when they are sorted and none stands twice."""
    (keys,) = pack(spans)
    if bool(np.all(keys[1:] > keys[:-1])):
        return None
    return np.argsort(keys, kind="stable")


def doubled(spans: Columns) -> bool:
    """Whether two spans have the same document, start, end and label; in any order."""
    (keys,) = pack(spans)
    keys = np.sort(keys, kind="stable")  # as good as linear on what is sorted already, as most files are
    return bool(np.any(keys[1:] == keys[:-1]))


def common(gold: Ints, predicted: Ints) -> tuple[Ints, Ints]:
    """Where equal keys stand: their indices in `gold` and in `predicted`, both sorted arrays of unique keys."""
    if not len(gold) or not len(predicted):
        return np.empty(0, np.int64), np.empty(0, np.int64)
    place = np.searchsorted(predicted, gold)
    place[place == len(predicted)] = 0
    rows = np.flatnonzero(predicted[place] == gold)
    return rows, place[rows]


def _widths(sides: tuple[Columns, ...]) -> tuple[int, int, int, int] | None:
    """Bits for document, start, length and label; None where a part is negative or a length does not fit."""
    tops = [0, 0, 0, 0]
    for side in sides:
        if not len(side.start):
            continue
        if min(int(part.min()) for part in side) < 0:
            return None
        parts = (side.document, side.start, side.end - side.start, side.label)
        if int(parts[2].min()) < 0:
            return None
        tops = [max(top, int(part.max())) for top, part in zip(tops, parts, strict=True)]
    document, start, length, label = (top.bit_length() for top in tops)
    return document, start, length, label


def _ranks(sides: tuple[Columns, ...]) -> list[Ints]:
    document, start, end, label = (np.concatenate(parts) for parts in zip(*sides, strict=True))
    sort = np.lexsort((label, end, start, document))
    fresh = np.zeros(len(sort), dtype=bool)
    for part in (document, start, end, label):
        ordered = part[sort]
        fresh[1:] |= ordered[1:] != ordered[:-1]
    ranks = np.empty(len(sort), np.int64)
    ranks[sort] = np.cumsum(fresh)
    cuts = np.cumsum([len(side.start) for side in sides])[:-1]
    return np.split(ranks, cuts)
