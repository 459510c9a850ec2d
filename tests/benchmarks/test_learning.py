"""A learning curve draws its parts alike every time, and its forecast is that of the law that the errors follow."""

from __future__ import annotations

import pytest

from benchmarks.learning import SUBSETS, forecast, power_law, subsets
from vigold.document import Document

ARTICLES = [Document(str(n), "") for n in range(6)]


def test_the_parts_of_each_size_are_distinct_and_always_the_same() -> None:
    parts = [[document.id for document in part] for part in subsets(ARTICLES, (1, 3, 6))]
    assert [len(part) for part in parts] == [1] * SUBSETS + [3] * SUBSETS + [6]
    assert len({tuple(part) for part in parts}) == len(parts)
    assert parts == [[document.id for document in part] for part in subsets(ARTICLES, (1, 3, 6))]
    assert parts[SUBSETS:-1] == [[document.id for document in part] for part in subsets(ARTICLES, (3,))]


def test_a_power_law_is_found_again() -> None:
    curve = {n: [1 - 0.6 * n**-0.5] for n in (1, 2, 4, 8)}
    assert power_law(curve) == pytest.approx((0.6, 0.5))
    assert forecast(curve, 100) == pytest.approx((0.94, 0.94, 0.94))


def test_models_that_differ_widen_the_forecast() -> None:
    says = forecast({n: [1 - 0.5 * n**-0.5, 1 - 0.7 * n**-0.5] for n in (1, 2, 4, 8)}, 100)
    assert says.low < says.f1 < says.high
