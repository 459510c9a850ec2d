"""Which gold and predicted spans overlap: found by sorting, without looking at pairs that do not."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from vigold.scoring.columns import Columns, Floats, Ints


class Edges(NamedTuple):
    """Pairs of a gold and a predicted span that share a character: their rows, int64 arrays of one length."""

    gold: Ints
    predicted: Ints

    def take(self, rows: Ints) -> Edges:
        """The pairs of these rows."""
        return Edges(self.gold[rows], self.predicted[rows])


def overlaps(gold: Columns, predicted: Columns) -> Edges:
    """Every overlapping pair, once, ordered by gold row and then by predicted row.

    Both sides lie on one line, document after document, and are sorted by start. A pair overlaps when the later of
    its starts falls inside the other span, so two range look-ups find all pairs: O(n log n + pairs).
    """
    (gold_start, gold_end), (start, end) = _line(gold, predicted)
    first = _ranges(np.searchsorted(start, gold_start, "left"), np.searchsorted(start, gold_end, "left"))
    second = _ranges(np.searchsorted(gold_start, start, "right"), np.searchsorted(gold_start, end, "left"))
    rows, columns = np.concatenate((first[0], second[1])), np.concatenate((first[1], second[0]))
    sort = np.lexsort((columns, rows))
    return Edges(rows[sort], columns[sort])


def intersection_over_union(gold: Columns, predicted: Columns, edges: Edges) -> Floats:
    """Shared characters over covered characters of each pair, in (0, 1]."""
    start, end = gold.start[edges.gold], gold.end[edges.gold]
    other_start, other_end = predicted.start[edges.predicted], predicted.end[edges.predicted]
    shared = np.minimum(end, other_end) - np.maximum(start, other_start)
    ratio: Floats = shared / (np.maximum(end, other_end) - np.minimum(start, other_start))
    return ratio


def _line(gold: Columns, predicted: Columns) -> tuple[tuple[Ints, Ints], tuple[Ints, Ints]]:
    """Starts and ends of both sides on one line that holds all documents one after the other."""
    documents = 1 + max((int(side.document.max()) for side in (gold, predicted) if len(side.document)), default=0)
    length = 1 + max((int(side.end.max()) for side in (gold, predicted) if len(side.end)), default=0)
    if documents * length < 1 << 62:
        (a, b) = (
            (side.document * length + side.start, side.document * length + side.end) for side in (gold, predicted)
        )
        return a, b
    return _ranked(gold, predicted)


def _ranked(gold: Columns, predicted: Columns) -> tuple[tuple[Ints, Ints], tuple[Ints, Ints]]:
    """The same order of starts and ends where offsets are too large for one line: ranks in place of offsets."""
    document = np.concatenate((gold.document, gold.document, predicted.document, predicted.document))
    offset = np.concatenate((gold.start, gold.end, predicted.start, predicted.end))
    sort = np.lexsort((offset, document))
    fresh = np.ones(len(sort), dtype=bool)
    fresh[1:] = (np.diff(document[sort]) != 0) | (np.diff(offset[sort]) != 0)
    ranks = np.empty(len(sort), np.int64)
    ranks[sort] = np.cumsum(fresh)
    n, m = len(gold.start), len(predicted.start)
    return (ranks[:n], ranks[n : 2 * n]), (ranks[2 * n : 2 * n + m], ranks[2 * n + m :])


def _ranges(begin: Ints, stop: Ints) -> tuple[Ints, Ints]:
    """All pairs (row, place) with begin[row] <= place < stop[row]."""
    counts = np.maximum(stop - begin, 0)
    rows = np.repeat(np.arange(len(counts)), counts)
    ends = np.cumsum(counts)
    places = np.arange(len(rows)) - np.repeat(ends - counts, counts) + np.repeat(begin, counts)
    return rows, places
