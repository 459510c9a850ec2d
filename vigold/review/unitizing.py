"""Krippendorff's uα: how far annotators agree on where in a text something is, beyond what chance would give.

K. Krippendorff, Y. Mathet, S. Bouvry, A. Widlöcher, On the reliability of unitizing textual continua: Further
developments, Quality & Quantity 50 (2016), pages 2347-2364.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from vigold.review.units import Ints, Study, Units, levels

Floats = NDArray[np.float64]


class Lengths(NamedTuple):
    """What uα is made of, in characters: a row a document, a column a label; rows add up.

    `total` is ℓ.. of the paper, `marked` the margin ℓ of the units, `both` their coincidences (marked and marked),
    `squares` the sum of their squared lengths.
    """

    total: Floats
    marked: Floats
    both: Floats
    squares: Floats


def lengths(study: Study, annotators: tuple[int, ...]) -> Lengths:
    """The lengths for each label as a layer of its own, between these annotators.

    uα is defined for units of an annotator that do not overlap. Spans of different labels lie in
    different layers, and a span inside another one of its own label goes one continuum deeper: a document is, for
    a label, as many continua as its deepest nesting by any of the annotators.
    """
    shape = len(study.documents), len(study.labels)
    present = study.present[:, list(annotators)].sum(1)
    shared = present > 1
    units = study.units.of(annotators)
    units = Units(*(column[shared[units.document]] for column in units))
    level = levels(units)
    cell = units.document * shape[1] + units.label
    size = units.end - units.start
    deepest = np.ones(shape[0] * shape[1], np.int64)
    np.maximum.at(deepest, cell, level + 1)

    def add(values: Ints) -> Floats:
        return _sums(cell, values, shape)

    total = (study.length * present * shared)[:, None] * deepest.reshape(shape)
    partners = np.maximum(present - 1, 1)[:, None]
    return Lengths(total.astype(float), add(size), _coincidences(units, cell, level, shape) / partners, add(size**2))


def _coincidences(units: Units, cell: Ints, level: Ints, shape: tuple[int, int]) -> Floats:
    """For each document and label the characters that two annotators marked, summed over all ordered pairs of them.

    Where n annotators have marked a character there are n (n - 1) such pairs; n changes where a unit begins or ends.
    """
    count = len(cell)
    continuum = np.tile(cell * (int(level.max(initial=0)) + 1) + level, 2)
    position = np.concatenate([units.start, units.end])
    order = np.lexsort((position, continuum))
    step = np.where(order < count, 1, -1)
    n = np.cumsum(step)[:-1]
    width = np.diff(position[order])
    pairs = np.where(np.diff(continuum[order]) == 0, n * (n - 1) * width, 0)
    return _sums(np.tile(cell, 2)[order][:-1], pairs, shape)


def _sums(cell: Ints, values: Ints, shape: tuple[int, int]) -> Floats:
    return np.bincount(cell, values, shape[0] * shape[1]).reshape(shape).astype(np.float64)


def alphas(sums: Lengths) -> tuple[Floats, Floats]:
    """uα of each label (the last axis of the sums), and of all labels together; NaN where nobody marked anything.

    uα = 1 - D_o / D_e with D_o = ℓ_vφ, the characters that one annotator marked and another did not, and
    D_e = ℓ.. ℓ_v ℓ_φ / (ℓ..² - Σ L² - ℓ_φ): expected coincidences leave out a unit's with itself, of squared length
    for units and of single characters for gaps (equations 1, 4 and 5, section 5.1, with one value besides the gap).
    All labels together: disagreements summed over layers, as Krippendorff sums them over categories in On the
    reliability of unitizing continuous data, Sociological Methodology 25 (1995), pages 47-76. Agreement without any
    variation, which the formula leaves undefined, is 1.
    """
    gaps = sums.total - sums.marked
    observed = sums.marked - sums.both
    others = sums.total**2 - sums.squares - gaps
    expected = np.divide(sums.total * sums.marked * gaps, others, out=np.zeros_like(gaps), where=others > 0)
    some = (sums.marked > 0) & (sums.total > 0)
    together = _alpha(observed.sum(-1), expected.sum(-1), np.asarray(some.any(-1)))
    return _alpha(observed, expected, some), together


def _alpha(observed: Floats, expected: Floats, some: NDArray[np.bool_]) -> Floats:
    ratio = np.divide(observed, expected, out=np.zeros_like(observed), where=expected > 0)
    return np.where(some, 1 - ratio, np.nan)


def resampled(rows: Lengths, resamples: int, seed: int) -> tuple[Floats, Floats]:
    """uα of each label, and of all together, in corpora drawn with replacement from the documents: a row a corpus."""
    documents = len(rows.total)
    random = np.random.default_rng(seed)
    each: list[Floats] = []
    together: list[Floats] = []
    for first in range(0, resamples, _CHUNK):
        size = min(_CHUNK, resamples - first)
        draws = random.multinomial(documents, np.full(documents, 1 / documents), size).astype(float)
        labels, overall = alphas(Lengths(*(draws @ column for column in rows)))
        each.append(labels)
        together.append(overall)
    return np.concatenate(each), np.concatenate(together)


_CHUNK = 256
"""Corpora drawn at a time: the counts of documents of all of them would not fit into memory."""


def interval(values: Floats) -> tuple[float, float] | None:
    """The 2.5 and 97.5 percentiles of the values that are defined (Efron and Tibshirani 1993, chapter 13)."""
    known = values[~np.isnan(values)]
    if not len(known):
        return None
    low, high = np.percentile(known, [2.5, 97.5])
    return float(low), float(high)
