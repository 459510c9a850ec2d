"""A curve as an SVG of a few kilobytes: points with whiskers over sizes on a logarithmic axis, and level lines."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from html import escape

WIDTH, HEIGHT = 640, 360
LEFT, RIGHT, TOP, BOTTOM = 48, 140, 16, 52
COLOURS = ("#1b6ca8", "#c1521b", "#2b8a3e", "#6f42a8")
_STEP = 10
"""Percent between the lines of the grid."""


def curves(lines: Mapping[str, Mapping[int, Sequence[float]]], levels: Mapping[str, float], title: str) -> str:
    """An SVG of the mean F1 by number of articles, whiskers from the lowest to the highest, and what does not learn."""
    sizes = sorted({size for line in lines.values() for size in line})
    values = [f1 for line in lines.values() for each in line.values() for f1 in each] + list(levels.values())
    frame = _Frame(sizes, math.floor(10 * min(values)) * _STEP)
    body = [*_grid(frame)]
    names: list[tuple[float, str, str]] = []
    for colour, (name, line) in zip(COLOURS, lines.items(), strict=False):
        means = {size: sum(line[size]) / len(line[size]) for size in sorted(line)}
        body += _line(frame, line, means, colour)
        names.append((frame.y(means[max(means)]), name, colour))
    for name, level in levels.items():
        y = frame.y(level)
        body.append(f'<path d="M{LEFT} {y:.1f}H{WIDTH - RIGHT}" stroke="#555" stroke-dasharray="5 4"/>')
        names.append((y, name, "#555"))
    body += _names(names)
    style = "font:13px system-ui,sans-serif"
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" style="{style}">'
    background = f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>'
    return "\n".join((head, f"<title>{escape(title)}</title>", background, *body, "</svg>")) + "\n"


class _Frame:
    """Where things stand in the picture."""

    def __init__(self, sizes: Sequence[int], lowest: int) -> None:
        self.sizes, self.lowest = sizes, lowest

    def x(self, size: int) -> float:
        first, last = math.log(self.sizes[0]), math.log(self.sizes[-1])
        part = (math.log(size) - first) / (last - first) if last > first else 0.5
        return LEFT + 12 + part * (WIDTH - LEFT - RIGHT - 24)

    def y(self, f1: float) -> float:
        return TOP + (100 - 100 * f1) / (100 - self.lowest) * (HEIGHT - TOP - BOTTOM)


def _grid(frame: _Frame) -> Iterator[str]:
    for percent in range(frame.lowest, 101, _STEP):
        y = frame.y(percent / 100)
        yield f'<path d="M{LEFT} {y:.1f}H{WIDTH - RIGHT}" stroke="#ddd"/>'
        yield f'<text x="{LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{percent}</text>'
    for size in frame.sizes:
        yield f'<text x="{frame.x(size):.1f}" y="{HEIGHT - BOTTOM + 20}" text-anchor="middle">{size}</text>'
    middle = (LEFT + WIDTH - RIGHT) / 2
    yield f'<text x="{middle}" y="{HEIGHT - 6}" text-anchor="middle">articles to train on</text>'


def _line(frame: _Frame, line: Mapping[int, Sequence[float]], means: Mapping[int, float], colour: str) -> Iterator[str]:
    points = " ".join(f"{frame.x(size):.1f},{frame.y(mean):.1f}" for size, mean in means.items())
    yield f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2"/>'
    for size, mean in means.items():
        x = frame.x(size)
        low, high = frame.y(min(line[size])), frame.y(max(line[size]))
        yield f'<path d="M{x:.1f} {high:.1f}V{low:.1f}" stroke="{colour}"/>'
        yield f'<circle cx="{x:.1f}" cy="{frame.y(mean):.1f}" r="3.5" fill="{colour}"/>'


def _names(names: Sequence[tuple[float, str, str]]) -> Iterator[str]:
    """The names beside the ends of the lines, moved apart where they would lie over one another."""
    below = 0.0
    for y, name, colour in sorted(names):
        below = max(y, below + 16)
        yield f'<text x="{WIDTH - RIGHT + 8}" y="{below + 4:.1f}" fill="{colour}">{escape(name)}</text>'
