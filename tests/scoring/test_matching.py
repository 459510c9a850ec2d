"""The matching is the best one: against every matching of small inputs, and by identities on large ones."""

from __future__ import annotations

from collections import Counter
from itertools import combinations, permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vigold.scoring import components
from vigold.scoring.columns import Columns, common, doubled, order, pack
from vigold.scoring.matching import EXACT, OTHER, SAME_LABEL, SAME_SPAN, Pairs, match
from vigold.scoring.overlaps import Edges, intersection_over_union, overlaps

Key = tuple[int, int, int, int]


def columns(keys: list[Key] | frozenset[Key]) -> Columns:
    array = np.array(sorted(keys), dtype=np.int64).reshape(-1, 4)
    return Columns(*array.T)


def worth(gold: Key, predicted: Key) -> tuple[int, float] | None:
    """The kind of a pair and its intersection over union; None where the two do not overlap."""
    (d, s, e, label), (f, t, g, other) = gold, predicted
    shared = min(e, g) - max(s, t)
    if d != f or shared <= 0:
        return None
    same = (s, e) == (t, g)
    kind = (EXACT if label == other else SAME_SPAN) if same else (SAME_LABEL if label == other else OTHER)
    return kind, shared / (max(e, g) - min(s, t))


def best(gold: list[Key], predicted: list[Key]) -> tuple[float, ...]:
    """The greatest (exact, same span, same label, other, sum of ratios) of all one-to-one matchings."""
    top: tuple[float, ...] = (0.0,) * 5
    short, long = (gold, predicted) if len(gold) <= len(predicted) else (predicted, gold)
    for size in range(len(short) + 1):
        for rows in combinations(short, size):
            for others in permutations(long, size):
                pairs = zip(rows, others, strict=True) if short is gold else zip(others, rows, strict=True)
                found = [worth(*pair) for pair in pairs]
                if None not in found:
                    top = max(top, score([one for one in found if one]))
    return top


def score(found: list[tuple[int, float]]) -> tuple[float, ...]:
    kinds = Counter(kind for kind, _ in found)
    ratio = round(sum(ratio for kind, ratio in found if kind != EXACT), 9)
    return (*(float(kinds[kind]) for kind in (EXACT, SAME_SPAN, SAME_LABEL, OTHER)), ratio)


def _key(side: Columns, n: int) -> Key:
    document, start, end, label = (int(part[n]) for part in side)
    return document, start, end, label


def judged(gold: Columns, predicted: Columns, pairs: Pairs) -> tuple[float, ...]:
    assert len(set(pairs.gold.tolist())) == len(set(pairs.predicted.tolist())) == len(pairs.gold)
    rows = ([_key(side, n) for n in at.tolist()] for side, at in ((gold, pairs.gold), (predicted, pairs.predicted)))
    found = [worth(*pair) for pair in zip(*rows, strict=True)]
    assert [one and one[0] for one in found] == pairs.kind.tolist()
    return score([one for one in found if one])


SPAN = st.tuples(st.integers(0, 1), st.integers(0, 6), st.integers(1, 5), st.integers(0, 2)).map(
    lambda s: (s[0], s[1], s[1] + s[2], s[3])
)
SIDE = st.frozensets(SPAN, max_size=5)
CROWD = st.frozensets(SPAN.map(lambda s: (0, *s[1:])), min_size=2, max_size=5)


@given(st.one_of(st.tuples(SIDE, SIDE), st.tuples(CROWD, CROWD)))
@settings(max_examples=400)
def test_no_matching_is_better(sides: tuple[frozenset[Key], frozenset[Key]]) -> None:
    gold, predicted = map(columns, sides)
    assert judged(gold, predicted, match(gold, predicted)) == best(*map(sorted, sides))


@given(CROWD, CROWD, st.integers(0, 2))
@settings(max_examples=400)
def test_adding_spans_one_by_one_is_as_good(one: frozenset[Key], other: frozenset[Key], hub: int) -> None:
    """Every component counts as large, and its spans with more than `hub` overlaps are added last."""
    gold, predicted = columns(one), columns(other)
    edges = overlaps(gold, predicted)
    kind = np.array([found[0] for pair in _ends(gold, predicted, edges) if (found := worth(*pair))], dtype=np.uint8)
    # Exact pairs never reach the solver; let them count as same spans here.
    kind = np.maximum(kind, SAME_SPAN)
    ratio = intersection_over_union(gold, predicted, edges)
    plain = components.best(edges, kind, ratio)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(components, "_few", lambda apart: True)
        added = components.best(edges, kind, ratio, components.Limits(large=0, hub=hub, batch=1))
    assert _sum(kind, ratio, added) == _sum(kind, ratio, plain)


def _ends(gold: Columns, predicted: Columns, edges: Edges | Pairs) -> list[tuple[Key, Key]]:
    rows, others = ([tuple(map(int, key)) for key in zip(*side, strict=True)] for side in (gold, predicted))
    return [(rows[a], others[b]) for a, b in zip(edges.gold.tolist(), edges.predicted.tolist(), strict=True)]


def _sum(kind: np.ndarray, ratio: np.ndarray, rows: np.ndarray) -> tuple[list[int], float]:
    return np.bincount(kind[rows], minlength=4).tolist(), round(float(ratio[rows].sum()), 9)


def test_large_components_equal_the_plain_solver() -> None:
    """A chain of 6,000 shifted spans with two spans over all of it, cut and put together again."""
    rng = np.random.default_rng(5)
    start = np.cumsum(rng.integers(1, 6, 6000))
    sides = [
        {(0, int(s), int(s) + int(n), int(label)) for s, n, label in zip(start, length, labels, strict=True)}
        for length, labels in ((rng.integers(3, 12, 6000), rng.integers(0, 3, 6000)) for _ in range(2))
    ]
    sides[0].add((0, 0, 40000, 0))
    sides[1].add((0, 1, 39999, 0))
    gold, predicted = columns(frozenset(sides[0])), columns(frozenset(sides[1]))
    found = judged(gold, predicted, match(gold, predicted))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(components.best, "__defaults__", (components.Limits(large=10**6, batch=10**6),))
        whole = judged(gold, predicted, match(gold, predicted))
    assert found == pytest.approx(whole, abs=1e-6)


@given(CROWD, CROWD, CROWD, CROWD, st.integers(0, 9))
def test_ties_are_broken_the_same_whatever_stands_elsewhere(
    one: frozenset[Key], other: frozenset[Key], before: frozenset[Key], beside: frozenset[Key], shift: int
) -> None:
    alone = match(columns(one), columns(other))
    moved = [{(1, s + shift, e + shift, label) for _, s, e, label in side} for side in (one, other)]
    both = columns(before | moved[0]), columns(beside | moved[1])
    pairs = match(*both)
    own = both[0].document[pairs.gold] == 1
    assert (pairs.gold[own] - len(before)).tolist() == alone.gold.tolist()
    assert (pairs.predicted[own] - len(beside)).tolist() == alone.predicted.tolist()


@given(SIDE, SIDE)
def test_keys_that_do_not_fit_are_ranked(one: frozenset[Key], other: frozenset[Key]) -> None:
    """Offsets near 2**62 take another way to the same pairs."""
    far = [{(d, s << 58, e << 58, label) for d, s, e, label in side} for side in (one, other)]
    near, wide = [columns(side) for side in (one, other)], [columns(frozenset(side)) for side in far]
    assert match(*near).gold.tolist() == match(*wide).gold.tolist()
    assert match(*near).predicted.tolist() == match(*wide).predicted.tolist()
    keys = pack(*wide)
    assert [rows.tolist() for rows in common(*keys)] == [rows.tolist() for rows in common(*pack(*near))]


def test_order_sorts_and_doubles_are_seen() -> None:
    spans = Columns(*np.array([[1, 0, 0], [0, 5, 5], [3, 9, 7], [0, 0, 1]], dtype=np.int64))
    sort = order(spans)
    assert sort is not None
    assert sort.tolist() == [2, 1, 0]
    assert order(spans.take(sort)) is None
    assert not doubled(spans)
    assert doubled(spans.take(np.array([0, 1, 0])))
