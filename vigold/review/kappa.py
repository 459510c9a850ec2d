"""Agreement on categories beyond chance: Cohen's κ for two annotators, Fleiss' κ for any number."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from vigold.review.units import Ints


def cohen(one: Ints, other: Ints) -> float | None:
    """κ = (p_o - p_e) / (1 - p_e) of two annotators' categories of the same items; None without an item.

    J. Cohen, A coefficient of agreement for nominal scales, Educational and Psychological Measurement 20 (1960),
    pages 37-46. Where both use one and the same category throughout (p_e = 1) it is undefined there and 1 here.
    """
    count = len(one)
    if not count:
        return None
    size = int(max(one.max(), other.max())) + 1
    agreed = int((one == other).sum())
    chance = int(np.bincount(one, minlength=size) @ np.bincount(other, minlength=size))
    return _kappa(agreed / count, chance / count**2)


def fleiss(counts: NDArray[np.int64]) -> float | None:
    """κ of any number of annotators: `counts` has a row an item, a column a category, how many chose it.

    J. L. Fleiss, Measuring nominal scale agreement among many raters, Psychological Bulletin 76 (1971), pages
    378-382. Items with fewer than two annotators are left out; where items have different numbers of them, p_j is
    the share of all choices and P_i takes the item's own number, which for equal numbers is Fleiss' formula.
    """
    raters = counts.sum(1)
    counts, raters = counts[raters > 1], raters[raters > 1]
    if not len(counts):
        return None
    agreed = ((counts**2).sum(1) - raters) / (raters * (raters - 1))
    shares = counts.sum(0) / raters.sum()
    return _kappa(float(agreed.mean()), float((shares**2).sum()))


def _kappa(observed: float, expected: float) -> float:
    return 1.0 if expected >= 1 else (observed - expected) / (1 - expected)
