"""Bar charts as SVG for the card; the card says the same in words, so that it reads without them."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from vigold.release.figures import Figures

_ROW, _BAR, _LEFT, _WIDTH, _RIGHT = 22, 14, 120, 420, 70


def plots(figures: Figures) -> dict[str, str]:
    """Charts by the name of their file: spans by label, documents by their number of spans, documents by year."""
    labels = {name: figures.spans[name] for name in figures.scheme.labels}
    return {
        "labels.svg": bars("Spans by label", labels),
        "sizes.svg": bars("Documents by number of spans", binned(figures.sizes)),
        "years.svg": bars("Documents by year of publication", dict(sorted(figures.years.items()))),
    }


def binned(sizes: Mapping[int, int], most: int = 12) -> dict[str, int]:
    """Counts by number in at most so many ranges of the same width, 1, 2 or 5 times a power of ten."""
    top = max(sizes, default=0)
    width = next(w for n in range(12) for w in (10**n, 2 * 10**n, 5 * 10**n) if top // w < most)
    found = dict.fromkeys(range(0, top + 1, width), 0)
    for size, count in sizes.items():
        found[size // width * width] += count
    return {str(low) if width == 1 else f"{low}–{low + width - 1}": count for low, count in found.items()}


def bars(title: str, counts: Mapping[str, int]) -> str:
    """Horizontal bars with their names and numbers; the longest one takes the whole width."""
    top = max(counts.values(), default=0) or 1
    height = _ROW * (len(counts) + 1) + 10
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_LEFT + _WIDTH + _RIGHT} {height}"'
        f' width="{_LEFT + _WIDTH + _RIGHT}" height="{height}" role="img" aria-label="{escape(title)}"'
        ' font-family="sans-serif" font-size="12">',
        '<rect width="100%" height="100%" fill="#ffffff"/>',
        f'<text x="8" y="16" font-weight="bold" fill="#222222">{escape(title)}</text>',
    ]
    for n, (name, count) in enumerate(counts.items()):
        y = _ROW * (n + 1) + 6
        length = round(_WIDTH * count / top, 1)
        lines += [
            f'<text x="{_LEFT - 8}" y="{y + 11}" text-anchor="end" fill="#222222">{escape(name)}</text>',
            f'<rect x="{_LEFT}" y="{y}" width="{length}" height="{_BAR}" fill="#1565c0"/>',
            f'<text x="{_LEFT + length + 6}" y="{y + 11}" fill="#222222">{count:,}</text>',
        ]
    return "\n".join([*lines, "</svg>"]) + "\n"
