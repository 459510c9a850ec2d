"""One-to-one matching of gold and predicted spans, the same whatever order they come in.

SemEval-2013 task 9.1 (Segura-Bedmar et al. 2013, S13-2056) and MUC-5 (Chinchor and Sundheim 1993) say how a pair is
judged, not which spans form one where several overlap. Here the pairs are those that maximise, one after the other,
the number of exact pairs, of pairs of the same span, of overlaps with the same label, of other overlaps, and last the
sum of intersection over union. The counts of every schema are then unique. What is still tied is decided by the order
(start, end, label) of the spans and moves counts between labels only.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from vigold.scoring.columns import Columns, Ints, common, pack
from vigold.scoring.overlaps import Edges, intersection_over_union, overlaps

EXACT, SAME_SPAN, SAME_LABEL, OTHER = range(4)
"""How the two spans of a pair relate: equal; same offsets; overlap and same label; overlap."""


class Pairs(NamedTuple):
    """Matched spans, ordered by gold row: rows of gold and of predicted (each at most once), and the kind of pair."""

    gold: Ints
    predicted: Ints
    kind: NDArray[np.uint8]


def match(gold: Columns, predicted: Columns) -> Pairs:
    """The pairs of the best one-to-one matching (see above); both sides sorted and without doubled spans.

    Exact pairs, and spans that share their offsets with as many of the other side, are paired from their keys alone.
    What is left forms a graph of overlaps, which is solved component by component.
    """
    keys = pack(gold, predicted)
    rows, others = common(*keys)
    found = [Pairs(rows, others, np.full(len(rows), EXACT, np.uint8))]
    free, free_others = _without(len(keys[0]), rows), _without(len(keys[1]), others)
    same = _same_spans(gold.take(free), predicted.take(free_others))
    found.append(Pairs(free[same.gold], free_others[same.predicted], np.full(len(same.gold), SAME_SPAN, np.uint8)))
    free = free[_without(len(free), same.gold)]
    free_others = free_others[_without(len(free_others), same.predicted)]
    rest = _overlapping(gold.take(free), predicted.take(free_others))
    found.append(Pairs(free[rest.gold], free_others[rest.predicted], rest.kind))
    pairs = Pairs(*(np.concatenate(parts) for parts in zip(*found, strict=True)))
    sort = np.argsort(pairs.gold, kind="stable")
    return Pairs(pairs.gold[sort], pairs.predicted[sort], pairs.kind[sort])


def _without(size: int, rows: Ints) -> Ints:
    """The indices below `size` that are not in `rows`."""
    kept = np.ones(size, dtype=bool)
    kept[rows] = False
    return np.flatnonzero(kept)


def _same_spans(gold: Columns, predicted: Columns) -> Edges:
    """Pairs of equal offsets where both sides hold equally many of them: the best matching pairs all of these.

    Where one side holds more, which ones are left over can matter to other overlaps; those stay for the solver.
    """
    nothing = np.zeros(len(gold.label), np.int64), np.zeros(len(predicted.label), np.int64)
    keys = pack(gold._replace(label=nothing[0]), predicted._replace(label=nothing[1]))
    (spans, first, count), (other_spans, other_first, other_count) = (
        np.unique(key, return_index=True, return_counts=True) for key in keys
    )
    rows, others = common(spans, other_spans)
    even = count[rows] == other_count[others]
    rows, others = rows[even], others[even]
    return Edges(_runs(first[rows], count[rows]), _runs(other_first[others], count[rows]))


def _runs(first: Ints, count: Ints) -> Ints:
    """first[0], first[0] + 1, … (count[0] of them), then those of the next run."""
    ends = np.cumsum(count)
    runs: Ints = np.arange(ends[-1] if len(ends) else 0) - np.repeat(ends - count, count) + np.repeat(first, count)
    return runs


def _overlapping(gold: Columns, predicted: Columns) -> Pairs:
    """The best matching of spans among which no exact pair is."""
    edges = overlaps(gold, predicted)
    kind = _kinds(gold, predicted, edges)
    alone = (np.bincount(edges.gold)[edges.gold] == 1) & (np.bincount(edges.predicted)[edges.predicted] == 1)
    chosen = np.flatnonzero(alone)
    tangled = np.flatnonzero(~alone)
    if len(tangled):
        from vigold.scoring.components import best

        graph = edges.take(tangled)
        ratio = intersection_over_union(gold, predicted, graph)
        chosen = np.concatenate((chosen, tangled[best(graph, kind[tangled], ratio)]))
    return Pairs(edges.gold[chosen], edges.predicted[chosen], kind[chosen])


def _kinds(gold: Columns, predicted: Columns, edges: Edges) -> NDArray[np.uint8]:
    rows, others = edges
    kind = np.where(gold.label[rows] == predicted.label[others], SAME_LABEL, OTHER).astype(np.uint8)
    kind[(gold.start[rows] == predicted.start[others]) & (gold.end[rows] == predicted.end[others])] = SAME_SPAN
    return kind
