"""Stretches of a text in their surroundings, on one line."""

from __future__ import annotations

from typing import NamedTuple

from vigold.terminal import plain


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
    before, after = (
        _last(text[max(0, start - width - 1) : start], width),
        _last(text[end : end + width + 1][::-1], width)[::-1],
    )
    return Excerpt(_flat(before), _flat(text[start:end]), _flat(after))


def _last(text: str, width: int) -> str:
    """The last words of a text, up to `width` characters of it."""
    if len(text) <= width:
        return text
    near = text[-width:]
    return "…" + near[near.find(" ") + 1 :]


def _flat(text: str) -> str:
    words = plain(" ".join(text.split()))
    return f"{' ' * text[:1].isspace()}{words}{' ' * (text[-1:].isspace() and bool(words))}"
