"""Coefficients equal published worked examples, and a second way of computing them in exact arithmetic."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vigold.document import Document, Span
from vigold.review.kappa import cohen, fleiss
from vigold.review.unitizing import Lengths, alphas, lengths
from vigold.review.units import study

Marks = Sequence[tuple[int, int]]


def test_cohen_1960_page_45() -> None:
    table = [(0, 0, 88), (0, 1, 14), (0, 2, 18), (1, 0, 10), (1, 1, 40), (1, 2, 10), (2, 0, 2), (2, 1, 6), (2, 2, 12)]
    one, other = (np.repeat([row[n] for row in table], [row[2] for row in table]) for n in (0, 1))
    assert cohen(one, other) == pytest.approx((0.70 - 0.41) / (1 - 0.41), abs=1e-9)
    assert round(cohen(one, other) or 0, 3) == 0.492


# Fleiss 1971, table 1: thirty patients, six psychiatrists each, five diagnoses.
DIAGNOSES = """444444 222555 233335 555555 222444 113333 333355 113334 114444 555555 144444 124444 222333 144444 224445
333335 111455 111112 224444 133555 555555 244444 224555 114444 144445 222224 111155 224444 133333 555555"""


def test_fleiss_1971_page_379() -> None:
    counts = np.array([[row.count(str(n)) for n in range(1, 6)] for row in DIAGNOSES.split()])
    agreed = Fraction(int((counts**2).sum()) - 180, 30 * 6 * 5)
    chance = sum(Fraction(int(n), 180) ** 2 for n in counts.sum(0))
    assert (round(float(agreed), 4), round(float(chance), 3)) == (0.5556, 0.220)
    assert fleiss(counts) == pytest.approx(float((agreed - chance) / (1 - chance)), abs=1e-9)
    assert round(fleiss(counts) or 0, 3) == 0.430


def layer(annotators: Sequence[Marks], length: int) -> Lengths:
    """The lengths of one continuum with units of one label."""
    text = "x" * length
    versions = {
        f"a{n}": {"d": Document("d", text, spans=tuple(Span(f"s{i}", *mark, "X") for i, mark in enumerate(marks)))}
        for n, marks in enumerate(annotators)
    }
    made = study(versions)
    return lengths(made, tuple(range(len(annotators))))


def alpha(annotators: Sequence[Marks], length: int) -> float:
    rows = layer(annotators, length)
    return float(alphas(Lengths(*(column.sum(0) for column in rows)))[1])


def exact(annotators: Sequence[Marks], length: int) -> Fraction:
    """uα character by character, from the coincidence matrices of the paper as they stand there."""
    m = len(annotators)
    codes = [[any(a <= i < b for a, b in marks) for i in range(length)] for marks in annotators]
    observed = {
        (c, k): Fraction(
            sum(
                codes[i][x] == c and codes[j][x] == k
                for i in range(m)
                for j in range(m)
                if i != j
                for x in range(length)
            ),
            m - 1,
        )
        for c in (False, True)
        for k in (False, True)
    }
    margin = {c: observed[c, False] + observed[c, True] for c in (False, True)}
    total = margin[False] + margin[True]
    own = {True: sum((b - a) ** 2 for marks in annotators for a, b in marks)}
    own[False] = sum(row.count(False) for row in codes)
    rest = total**2 - own[True] - own[False]
    expected = {
        (c, k): total * (margin[c] * margin[k] - (own[c] if c == k else 0)) / rest
        for c in (False, True)
        for k in (False, True)
    }
    disagreement = total - observed[True, True] - observed[False, False]
    chance = total - expected[True, True] - expected[False, False]
    return 1 - disagreement / chance


def test_unitizing_by_hand() -> None:
    # Three observers, a continuum of 60, so ℓ.. = 180: marked 24, of which (3 + 3 + 8) x 2 / 2 = 14 coincide; squared
    # lengths 152, gaps 156. uα = 1 - 10 x (180² - 152 - 156) / (180 x 24 x 156) = 1 - 320920 / 673920.
    observers = [[(2, 5)], [(2, 5), (10, 20)], [(2, 5), (15, 20)]]
    assert exact(observers, 60) == 1 - Fraction(320920, 673920)
    assert alpha(observers, 60) == pytest.approx(1 - 320920 / 673920, abs=1e-9)


@st.composite
def marks(draw: st.DrawFn, length: int) -> list[tuple[int, int]]:
    cuts = sorted(draw(st.sets(st.integers(0, length), max_size=8)))
    return list(zip(cuts[::2], cuts[1::2], strict=False))


@given(st.lists(marks(30), min_size=2, max_size=4))
def test_unitizing_equals_exact_arithmetic(annotators: list[list[tuple[int, int]]]) -> None:
    found = alpha(annotators, 30)
    if not any(annotators):
        assert np.isnan(found)
    elif all(row == [(0, 30)] for row in annotators):
        assert found == 1.0
    else:
        assert found == pytest.approx(float(exact(annotators, 30)), abs=1e-9)
