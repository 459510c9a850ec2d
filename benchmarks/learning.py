"""A learning curve: how well models do that were trained on some of the articles, and what a power law makes of it."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np

import vigold
from vigold.document import Document
from vigold.extraction.registry import Extractor, extract

MICRO = "micro"
SUBSETS = 5
SEED = 12345
RESAMPLES = 1000

Curve = dict[int, list[float]]
"""F1 of each model, by how many articles it was trained on."""


class Forecast(NamedTuple):
    """F1 at some number of articles, and the 95 % interval over other draws of articles."""

    f1: float
    low: float
    high: float


def subsets(articles: Sequence[Document], sizes: Iterable[int]) -> Iterator[list[Document]]:
    """For each size some random parts of the articles, no two alike; all of them are one part. Always the same."""
    for size in sizes:
        # A seed of its own, so that the parts of one size do not hang on which others are asked for.
        draw, parts = random.Random(SEED + size), set[tuple[int, ...]]()
        while len(parts) < min(SUBSETS, math.comb(len(articles), size)):
            parts.add(tuple(sorted(draw.sample(range(len(articles)), size))))
        yield from ([articles[n] for n in part] for part in sorted(parts))


def learn(
    train: Callable[[Sequence[Document]], Extractor],
    articles: Sequence[Document],
    sizes: Iterable[int],
    test: list[Document],
) -> dict[str, Curve]:
    """The strict F1 of models of parts of the articles on the test documents: all labels together and each alone."""
    curves: dict[str, Curve] = {}
    for part in subsets(articles, sizes):
        score = vigold.score(test, {"x": extract(test, train(part))}, resamples=0).to_dict()["systems"]["x"]
        for label, figures in {MICRO: score["micro"], **score["labels"]}.items():
            curves.setdefault(label, {}).setdefault(len(part), []).append(figures["strict"]["f1"])
    return curves


def power_law(curve: Mapping[int, Sequence[float]]) -> tuple[float, float]:
    """a and b of `1 - F1 = a n^-b`, by least squares of the logarithms, each size weighing the same."""
    sizes = np.array(sorted(curve))
    # A model without a mistake would have no logarithm; it is taken for one in a thousand.
    errors = np.array([np.mean(np.log(np.maximum(1 - np.array(curve[size]), 0.001))) for size in sizes])
    slope, height = np.polyfit(np.log(sizes), errors, 1)
    return float(np.exp(height)), float(-slope)


def forecast(curve: Mapping[int, Sequence[float]], articles: int) -> Forecast:
    """What the power law says of more articles; the interval draws the models of each size anew."""
    rng = np.random.default_rng(SEED)

    def at(some: Mapping[int, Sequence[float]]) -> float:
        factor, exponent = power_law(some)
        return float(1 - factor * articles**-exponent)

    drawn = [at({size: rng.choice(f1, len(f1)).tolist() for size, f1 in curve.items()}) for _ in range(RESAMPLES)]
    return Forecast(at(curve), *(float(bound) for bound in np.percentile(drawn, (2.5, 97.5))))
