"""Resampling draws what it says, the same every time; tests of difference agree with their definitions."""

from __future__ import annotations

from itertools import product

import msgspec
import numpy as np
import pytest

import vigold
from benchmarks import coverage
from vigold.document import Document, Span
from vigold.scoring import resampling
from vigold.scoring.resampling import bootstrap_sums, exact, holm, interval, p_value, swapped_sums


def document(key: str, *spans: tuple[int, int, str]) -> Document:
    return Document(key, spans=tuple(Span(f"s{n}", *span) for n, span in enumerate(spans)))


@pytest.mark.parametrize("rows", [50, resampling.MANY + 5])
def test_draws_do_not_depend_on_how_many_or_on_what_else_is_summed(rows: int) -> None:
    table = exact(np.random.default_rng(1).integers(0, 9, (rows, 3)).astype(float))
    sums = bootstrap_sums(table, 200, 7)
    assert (bootstrap_sums(table[:, :1], 130, 7) == sums[:130, :1]).all()
    assert (bootstrap_sums(table, 200, 8) != sums).any()
    shuffled = swapped_sums(table, 200, 7)
    assert (swapped_sums(table[:, :1], 130, 7) == shuffled[:130, :1]).all()


def test_threads_change_no_number(monkeypatch: pytest.MonkeyPatch) -> None:
    table = exact(np.random.default_rng(1).integers(0, 9, (resampling.MANY + 5, 7)).astype(float))
    threaded = bootstrap_sums(table, 200, 7), swapped_sums(table, 200, 7)
    monkeypatch.setattr(resampling, "THREADED", len(table) + 1)
    assert (threaded[0] == bootstrap_sums(table, 200, 7)).all()
    assert (threaded[1] == swapped_sums(table, 200, 7)).all()


@pytest.mark.parametrize("rows", [300, resampling.MANY + 5])
def test_a_draw_is_multinomial(rows: int) -> None:
    """As many draws as rows; each row comes up once on average, with variance 1 - 1 / rows."""
    marked = np.zeros((rows, 41), np.float32)
    marked[:, 40] = 1
    marked[np.arange(40) * (rows // 40), np.arange(40)] = 1
    sums = bootstrap_sums(marked, 4000, 3)
    assert (sums[:, 40] == rows).all()
    assert sums[:, :40].mean() == pytest.approx(1, abs=0.02)
    assert sums[:, :40].var(axis=0).mean() == pytest.approx(1 - 1 / rows, abs=0.04)


def test_sums_stay_exact_when_counts_are_large() -> None:
    table = np.full((4, 1), float(1 << 23) + 1)
    assert exact(table).dtype == np.float64
    assert set(bootstrap_sums(exact(table), 50, 1)[:, 0].tolist()) == {4 * ((1 << 23) + 1)}


def test_randomisation_agrees_with_all_swaps() -> None:
    """Nine documents have 512 ways to be swapped; the share as extreme as what was seen is the p-value."""
    rng = np.random.default_rng(4)
    right = rng.integers(0, 2, (9, 2, 4))
    gold = [document(str(n), *((2 * k, 2 * k + 1, "X") for k in range(4))) for n in range(9)]
    a, b = (
        [document(str(n), *((2 * k, 2 * k + 1, "X" if right[n, side, k] else "Y") for k in range(4))) for n in range(9)]
        for side in (0, 1)
    )
    found = vigold.score(gold, {"a": a, "b": b}, resamples=20_000).comparisons[0]
    difference = (right[:, 1] - right[:, 0]).sum(axis=1)
    swaps = np.array(list(product((1, -1), repeat=9))) @ difference
    assert found.delta == pytest.approx(difference.sum() / 36)
    assert found.p == pytest.approx((np.abs(swaps) >= abs(difference.sum())).mean(), abs=0.015)


def test_equal_systems_do_not_differ_and_order_is_that_of_the_command_line() -> None:
    gold = [document(str(n), (0, 1, "X"), (3, 4, "Y")) for n in range(30)]
    worse = [document(str(n), (0, 1, "X"), *([(3, 4, "Y")] if n % 2 else [])) for n in range(30)]
    result = vigold.score(gold, {"b": gold, "a": gold, "c": worse}, resamples=999)
    strict = [one for one in result.comparisons if one.metric == "strict"]
    assert [(one.a, one.b) for one in strict] == [("b", "a"), ("b", "c"), ("a", "c")]
    assert (strict[0].delta, strict[0].p, strict[0].p_bootstrap, strict[0].p_holm) == (0.0, 1.0, 1.0, 1.0)
    assert strict[1].p == strict[1].p_bootstrap == p_value(0, 999) == 0.001
    assert strict[1].p_holm == strict[2].p_holm == pytest.approx(0.003)
    assert strict[1].ci is not None
    assert strict[1].ci[0] < (strict[1].delta or 0) < strict[1].ci[1] < 0
    assert 0 < (strict[1].detectable or 0) < 0.2
    wins = {name: (one.wins, one.losses, one.ties) for name, one in result.wins["strict"].items()}
    assert wins == {"b": (1, 0, 1), "a": (1, 0, 1), "c": (0, 2, 0)}


def test_intervals_surround_every_figure_and_vanish_on_demand() -> None:
    gold = [document(str(n), (0, 1, "X"), (3, 4, "Y")) for n in range(20)]
    found = [document(str(n), (0, 1 + n % 2, "X"), (3, 4, "XY"[n % 3 == 0])) for n in range(20)]
    system = vigold.score(gold, {"a": found}, resamples=300).systems["a"]
    parts = [*system.micro.values(), *(getattr(one, s) for one in system.labels.values() for s in system.micro)]
    for score in parts:
        for figure, ci in ((score.p, score.ci_p), (score.r, score.ci_r), (score.f1, score.ci)):
            assert ci is not None
            assert ci[0] <= figure <= ci[1]
    none = vigold.score(gold, {"a": found, "b": found}, resamples=0)
    assert none.systems["a"].micro["strict"].ci is None
    assert (none.comparisons[0].p, none.comparisons[0].ci, none.wins) == (None, None, {})


def test_one_document_shows_no_variation() -> None:
    """Neither does one cluster, nor a corpus of which one document has spans; what stands in one is told alone."""
    spans = (0, 1, "X"), (3, 4, "Y")
    gold = [document("a", *spans, (5, 6, "Z")), document("b", *spans), document("c")]
    found = [document("a", spans[0]), document("b", *spans), document("c")]
    for some, options in ((1, {}), (2, {"map": {"Z": "Z"}}), (3, {"cluster": "source"})):
        sides = [msgspec.structs.replace(one, source="s") for one in gold[:some]], found[:some]
        result = vigold.score(sides[0], {"f": sides[1], "g": sides[0]}, resamples=100, **options)
        parts = result.systems["f"].micro["strict"], result.systems["f"].macro["strict"], result.comparisons[0]
        assert [part.ci for part in parts] == [None] * 3
        assert (result.comparisons[0].p_bootstrap, result.comparisons[0].detectable) == (None, None)
        assert result.comparisons[0].p == result.comparisons[0].p_holm == 1.0
    system = vigold.score(gold, {"f": found}, resamples=100).systems["f"]
    assert system.micro["strict"].ci is not None
    assert system.labels["X"].strict.ci is not None
    assert (system.labels["Z"].strict.ci, system.labels["Z"].units) == (None, 1)


def test_a_remark_tells_of_few_documents() -> None:
    gold = [document(str(n), (0, 1, "X")) for n in range(20)]

    def remarks(count: int, **options: object) -> list[str]:
        return vigold.score(gold[:count], {"f": gold[:count]}, **{"resamples": 10, **options}).remarks

    assert remarks(1) == ["1 document: nothing to resample, so there are no intervals"]
    assert remarks(19) == ["only 19 documents: intervals by bootstrap are too narrow"]
    assert remarks(20) == remarks(19, resamples=0) == []


def test_holm_steps_down() -> None:
    assert holm([0.01, 0.04, 0.03, 0.005]) == pytest.approx([0.03, 0.06, 0.06, 0.02])
    assert holm([0.9, 0.8]) == [1.0, 1.0]


def test_intervals_cover() -> None:
    """The short form of benchmarks/coverage.py; a binomial margin of four standard errors around 93 to 97 %."""
    held = [coverage.run(seed, 60, 300) for seed in range(300)]
    for name in ("micro F1", "difference of two systems"):
        assert 0.88 < sum(one[name] for one in held) / len(held) < 0.995
    assert sum(one["micro F1, spans resampled"] for one in held) < sum(one["micro F1"] for one in held)
    assert interval(np.array([np.nan])) is None
