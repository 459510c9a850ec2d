"""What two annotators have in common: spans with equal and with overlapping boundaries, values, relations."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from vigold.review.units import Ints, Study, Units, overlaps


class Counts(NamedTuple):
    """Spans of one annotator, of the other, and what both have: a row a document, a column a label."""

    one: Ints
    other: Ints
    exact: Ints
    relaxed: Ints


class Pair(NamedTuple):
    """The spans of two annotators in the documents of both; `joined` are the places of equal keys in each."""

    one: Units
    other: Units
    joined: tuple[Ints, Ints]


def pair(study: Study, a: int, b: int) -> Pair:
    """The spans of two annotators in the documents that both annotated."""
    shared = study.present[:, a] & study.present[:, b]
    one, other = (_of(study.units, annotator, shared) for annotator in (a, b))
    _, first, second = np.intersect1d(one.key, other.key, assume_unique=True, return_indices=True)
    return Pair(one, other, (first, second))


def _of(units: Units, annotator: int, shared: NDArray[np.bool_]) -> Units:
    mine = (units.annotator == annotator) & shared[units.document]
    return Units(*(column[mine] for column in units))


def counts(study: Study, both: Pair) -> Counts:
    """Exact: same boundaries and label. Relaxed: same label and an overlap, each span in one pair at most, and as
    many pairs as can be (a maximum matching: Hopcroft and Karp 1973)."""
    shape = len(study.documents), len(study.labels)
    rows = (_take(both.one, slice(None)), _take(both.other, slice(None)), _take(both.one, both.joined[0]))
    return Counts(*(_cells(units, shape) for units in (*rows, _take(both.one, _matched(both)))))


def summed(parts: Sequence[Counts]) -> Counts:
    """The counts of several pairs of annotators together."""
    return Counts(*(np.sum(columns, axis=0) for columns in zip(*parts, strict=True)))


def _take(units: Units, rows: Ints | slice) -> Units:
    return Units(*(column[rows] for column in units))


def _cells(units: Units, shape: tuple[int, int]) -> Ints:
    cells = np.bincount(units.document * shape[1] + units.label, minlength=shape[0] * shape[1])
    return cells.reshape(shape).astype(np.int64)


def _matched(both: Pair) -> Ints:
    """The places in `one` of the spans that a maximum matching of overlapping spans of one label pairs off."""
    first, second = overlaps(both.one, both.other)
    if not len(first):
        return first
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import maximum_bipartite_matching

    size = len(both.one.start), len(both.other.start)
    edges = csr_array((np.ones(len(first), np.int8), (first, second)), shape=size)
    partner = maximum_bipartite_matching(edges, perm_type="column")
    return np.flatnonzero(partner >= 0)


def f1(both: int | float, one: int | float, other: int | float) -> float | None:
    """2 |A ∩ B| / (|A| + |B|), which is the same whoever counts as gold; None where neither has any."""
    return 2 * both / (one + other) if one + other else None


def categories(study: Study) -> Ints:
    """For each place (document, start, end), a row, and annotator, a column, the label given there, -1 for none.

    Several labels of one annotator at a place are a category of their own.
    """
    units = study.units
    table = np.full((int(units.place.max(initial=-1)) + 1, len(study.annotators)), -1, np.int64)
    table[units.place, units.annotator] = units.label
    cell = units.place * len(study.annotators) + units.annotator
    crowded = np.bincount(cell, minlength=table.size)[cell] > 1
    sets: dict[int, set[int]] = {}
    for place, label in zip(cell[crowded].tolist(), units.label[crowded].tolist(), strict=True):
        sets.setdefault(place, set()).add(label)
    codes: dict[frozenset[int], int] = {}
    for place, labels in sets.items():
        table.flat[place] = codes.setdefault(frozenset(labels), len(study.labels) + len(codes))
    return table
