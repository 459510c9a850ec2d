"""Figures on a scale from 0 to 100 %, for the template to draw: rows of marks, with names and intervals."""

from __future__ import annotations

from typing import NamedTuple

from vigold.scoring.counts import SCHEMATA
from vigold.scoring.metrics import Score
from vigold.scoring.result import Result, Scores
from vigold.scoring.tables import percent


class Mark(NamedTuple):
    """A figure: where it stands and how far its interval reaches, in percent; `system` numbers its colour."""

    name: str
    at: float
    low: float
    high: float
    told: str
    system: int


class Plot(NamedTuple):
    """Rows of marks under a title."""

    title: str
    marks: list[Mark]


def ranked(scores: dict[str, Scores], schema: str, order: dict[str, int]) -> Plot:
    """Systems by micro F1 in one schema, best first."""
    names = sorted(scores, key=lambda name: -(scores[name][schema].f1 or 0.0))
    return Plot(schema, [_mark(name, scores[name][schema], order[name]) for name in names])


def schemata(result: Result) -> list[Plot]:
    """One plot for each schema but strict, over all labels; none where systems do not give the same labels."""
    scores = {name: system.micro for name, system in result.systems.items()}
    order = {name: n for n, name in enumerate(scores)}
    return [] if result.boards else [ranked(scores, schema, order) for schema in SCHEMATA[1:]]


def labels(result: Result) -> list[Plot]:
    """Strict F1 of every label, a mark for each system that gives it."""
    systems = list(result.systems.items())
    names = systems[0][1].labels if systems else {}
    return [
        Plot(
            label,
            [
                _mark(name, system.labels[label].strict, n)
                for n, (name, system) in enumerate(systems)
                if system.gives(label)
            ],
        )
        for label in names
    ]


def _mark(name: str, score: Score, system: int) -> Mark:
    f1 = score.f1 or 0.0
    at, low, high = (round(100 * figure, 2) for figure in (f1, *(score.ci or (f1, f1))))
    return Mark(name, at, low, high, percent(score.f1, score.ci), system)
