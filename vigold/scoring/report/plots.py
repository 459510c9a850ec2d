"""The geometry of the plots: numbers that the template writes as SVG."""

from __future__ import annotations

from typing import NamedTuple

from vigold.scoring.counts import SCHEMATA
from vigold.scoring.metrics import Score
from vigold.scoring.result import Result
from vigold.scoring.tables import percent

LEFT, WIDTH, ROW, BAR = 150, 520, 26, 14


class Mark(NamedTuple):
    """A figure on a scale from 0 to 100 %: where it stands and how far its interval reaches, in pixels."""

    name: str
    x: float
    low: float
    high: float
    y: float
    told: str
    system: int


class Plot(NamedTuple):
    """A plot of rows: its title, height, and marks; groups are names with the place where they begin."""

    title: str
    height: float
    marks: list[Mark]
    groups: list[tuple[str, float]]


def leaderboard(result: Result) -> list[Plot]:
    """One plot a schema: the systems by micro F1, best first, with intervals."""
    found = []
    order = {name: n for n, name in enumerate(result.systems)}
    for schema in SCHEMATA:
        scores = {name: system.micro[schema] for name, system in result.systems.items()}
        ranked = sorted(scores, key=lambda name: -(scores[name].f1 or 0.0))
        marks = [_mark(name, scores[name], ROW * (n + 0.5), order[name]) for n, name in enumerate(ranked)]
        found.append(Plot(schema, ROW * len(ranked), marks, [(mark.name, mark.y) for mark in marks]))
    return found


def bars(result: Result) -> Plot:
    """Strict F1 of every label, a bar a system."""
    marks: list[Mark] = []
    groups: list[tuple[str, float]] = []
    y = 0.0
    labels = next(iter(result.systems.values())).labels if result.systems else {}
    for label in labels:
        groups.append((label, y + BAR * len(result.systems) / 2))
        for n, (name, system) in enumerate(result.systems.items()):
            part = system.labels[label]
            marks.append(_mark(f"{label}, {name}", part.strict, y + BAR * (n + 0.5), n))
        y += BAR * len(result.systems) + 8
    return Plot("strict F1 by label", y, marks, groups)


def _mark(name: str, score: Score, y: float, system: int) -> Mark:
    f1, ci = score.f1 or 0.0, score.ci
    low, high = (LEFT + WIDTH * end for end in ci or (f1, f1))
    return Mark(name, LEFT + WIDTH * f1, low, high, y, percent(score.f1, ci), system)
