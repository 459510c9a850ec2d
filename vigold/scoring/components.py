"""The best matching in a graph of overlaps, component by component.

A component that is a star takes its best edge at once. Small components go in batches to scipy's sparse assignment
solver, which costs more than linear time in the size of one call. In a large component a few spans hold the rest
together - a span of nearly the whole document, or those at chosen cuts of a long chain; it is solved without them,
and they are added one by one (see `augment`).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from vigold.scoring.augment import Matching
from vigold.scoring.columns import Bools, Floats, Ints
from vigold.scoring.overlaps import Edges

Kinds = NDArray[np.uint8]


class Limits(NamedTuple):
    """Where the ways part; any values give a best matching, these give it fast.

    A component of more than `large` edges is taken apart, a span in it that overlaps more than `hub` others is added
    by itself, and about `batch` edges go into one call of the solver.
    """

    large: int = 4000
    hub: int = 200
    batch: int = 1000


LIMITS = Limits()


class _Graph(NamedTuple):
    """Edges with what they are worth; int64 and float64 arrays of one length, ordered by gold, then predicted."""

    gold: Ints
    predicted: Ints
    worth: Floats

    def take(self, rows: Ints | Bools) -> _Graph:
        return _Graph(self.gold[rows], self.predicted[rows], self.worth[rows])


def best(edges: Edges, kind: Kinds, ratio: Floats, limits: Limits = LIMITS) -> Ints:
    """The rows of the edges that form the best matching.

    `kind` is 1 for the same span, 2 for the same label, 3 for another overlap; `ratio` is intersection over union.
    Maximises the number of each kind in this order, then the sum of ratios.
    """
    gold, predicted = np.unique(edges.gold, return_inverse=True)[1], np.unique(edges.predicted, return_inverse=True)[1]
    component = _components(gold, predicted)
    rank = _rank(component, gold, predicted)[component]
    chosen = [_stars(component, rank, kind, ratio)]
    graph = _Graph(gold, predicted, _worth(rank, kind, ratio))
    size = np.bincount(component)[component]
    large = (rank > 1) & (size > limits.large)
    small = np.flatnonzero((rank > 1) & ~large)
    chosen.append(small[_solve(graph.take(small), component[small], limits.batch)])
    chosen += [rows[_large(graph.take(rows), limits)] for rows in _groups(np.flatnonzero(large), component)]
    return np.concatenate(chosen)


def _groups(rows: Ints, component: Ints) -> list[Ints]:
    """These rows, one array a component."""
    sort = rows[np.argsort(component[rows], kind="stable")]
    parts = np.split(sort, np.flatnonzero(np.diff(component[sort])) + 1)
    return [part for part in parts if len(part)]


def _components(gold: Ints, predicted: Ints) -> Ints:
    """The number of the connected component of each edge."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    size = int(gold.max(initial=-1)) + 1
    nodes = size + int(predicted.max(initial=-1)) + 1
    graph = coo_array((np.ones(len(gold), np.int8), (gold, predicted + size)), shape=(nodes, nodes))
    labels: Ints = connected_components(graph, directed=False)[1].astype(np.int64)
    return labels[gold]


def _rank(component: Ints, gold: Ints, predicted: Ints) -> Ints:
    """For each component, how many pairs it can hold at most: the spans of its smaller side."""
    sides = []
    for nodes in (gold, predicted):
        first = np.unique(nodes, return_index=True)[1]
        sides.append(np.bincount(component[first], minlength=int(component.max(initial=-1)) + 1))
    rank: Ints = np.minimum(*sides)
    return rank


def _worth(rank: Ints, kind: Kinds, ratio: Floats) -> Floats:
    """Weights whose greatest sum is the lexicographic optimum, in a component of at most `rank` pairs.

    Two matchings differ by alternating paths and cycles, on each of which their sizes differ by one at most. So an
    overlap must outweigh the ratios of `rank` pairs, one of the same label two others and these ratios, and one of the
    same span `rank` of the same label and these ratios.
    """
    other = rank + 1
    label = 3 * (rank + 1)
    span = label * rank + rank + 1
    return np.choose(kind - 1, (span, label, other)) + ratio


def _stars(component: Ints, rank: Ints, kind: Kinds, ratio: Floats) -> Ints:
    """The best edge of each component that has one span on one side; of equal ones the first."""
    rows = np.flatnonzero(rank == 1)
    rows = rows[np.lexsort((rows, -ratio[rows], kind[rows], component[rows]))]
    first = np.ones(len(rows), dtype=bool)
    first[1:] = np.diff(component[rows]) != 0
    return rows[first]


def _solve(graph: _Graph, component: Ints, batch: int) -> Ints:
    """The rows of the heaviest matching; components stay whole and go in batches to the solver."""
    sort = np.argsort(component, kind="stable")
    ends = np.cumsum(np.unique(component, return_counts=True)[1])
    # A component belongs to the batch in which it ends.
    cuts = ends[np.flatnonzero(np.diff((ends - 1) // batch))]
    parts = [part for part in np.split(sort, cuts) if len(part)]
    return np.concatenate([part[_assign(graph.take(part))] for part in parts]) if parts else np.empty(0, np.int64)


def _assign(graph: _Graph) -> Ints:
    """The rows of the heaviest matching of one batch.

    The solver wants every row matched, so each may also take a column of its own that is worth nothing. It drops
    explicit zeros; adding 1 to all weights keeps them and changes every solution by the same amount.
    """
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import min_weight_full_bipartite_matching

    rows, columns = (np.unique(side, return_inverse=True)[1] for side in (graph.gold, graph.predicted))
    height, width = int(rows.max()) + 1, int(columns.max()) + 1
    own = np.arange(height)
    weights = np.concatenate((graph.worth + 1, np.ones(height)))
    places = np.concatenate((rows, own)), np.concatenate((columns, width + own))
    matrix = csr_array((weights, places), shape=(height, width + height))
    _, taken = min_weight_full_bipartite_matching(matrix, maximize=True)
    return np.flatnonzero(taken[rows] == columns)


def _large(graph: _Graph, limits: Limits) -> Ints:
    """The rows of the heaviest matching of one large component."""
    gold, predicted = (np.unique(side, return_inverse=True)[1] for side in (graph.gold, graph.predicted))
    graph = _Graph(gold, predicted, graph.worth)
    apart = np.bincount(gold) > limits.hub, np.bincount(predicted) > limits.hub
    kept = _between(graph, apart)
    component = _components(graph.gold[kept], graph.predicted[kept])
    if np.bincount(component, minlength=1).max() > limits.large:
        apart = apart[0], apart[1] | _cuts(graph.take(kept), len(apart[1]), limits.batch)
        kept = _between(graph, apart)
    nodes = np.concatenate(apart)
    if not _few(nodes):
        return _assign(graph)  # nothing small holds it together
    start = kept[_solve(graph.take(kept), _components(graph.gold[kept], graph.predicted[kept]), limits.batch)]
    matching = Matching(graph.gold, graph.predicted, graph.worth, apart, start)
    return matching.complete()


def _between(graph: _Graph, apart: tuple[Bools, Bools]) -> Ints:
    """The edges that touch none of the nodes that are set apart."""
    return np.flatnonzero(~(apart[0][graph.gold] | apart[1][graph.predicted]))


def _cuts(graph: _Graph, size: int, batch: int) -> Bools:
    """The predicted nodes that have edges to two stretches of about `batch` edges; without them a chain falls apart."""
    stretch = np.cumsum(np.bincount(graph.gold))[graph.gold] // batch
    low, high = np.full(size, len(graph.gold)), np.full(size, -1)
    np.minimum.at(low, graph.predicted, stretch)
    np.maximum.at(high, graph.predicted, stretch)
    return high > low


def _few(apart: Bools) -> bool:
    """Whether so few nodes are set apart that adding each by itself is cheaper than one call of the solver."""
    return int(apart.sum()) <= 8 + len(apart) // 50
