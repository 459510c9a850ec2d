"""Stretches of a text in their surroundings, on one line."""

from __future__ import annotations

from typing import NamedTuple


class Excerpt(NamedTuple):
    """What stands before a stretch, the stretch, and what stands behind it; blanks and line ends are one blank."""

    before: str
    words: str
    after: str

    def __str__(self) -> str:
        return f"{self.before}[{self.words}]{self.after}"


def excerpt(text: str | None, start: int, end: int, width: int = 40) -> Excerpt:
    """The stretch with up to `width` characters on either side, `…` where the text goes on."""
    if text is None:
        return Excerpt("", f"{start}-{end}", "")
    first, last = max(0, start - width), min(len(text), end + width)
    before = ("…" if first else "") + _flat(text[first:start])
    after = _flat(text[end:last]) + ("…" if last < len(text) else "")
    return Excerpt(before, _flat(text[start:end]), after)


def _flat(text: str) -> str:
    words = " ".join(text.split())
    return f"{' ' * text[:1].isspace()}{words}{' ' * (text[-1:].isspace() and bool(words))}"
