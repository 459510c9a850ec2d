"""Values that repeat words of the text, kept as the place of those words and how they are written there."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from vigold.scheme import Scheme

RUN = 8
"""From how many words on a run of them is text, which a stand-off release may not show."""

_WORD = re.compile(r"\w+")


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _joined(words: str) -> str:
    return " ".join(words.split())


FORMS: dict[str, Callable[[str], str]] = {
    "joined": _joined,
    "joined-capital": lambda words: _capital(_joined(words)),
    "lower": lambda words: _joined(words).capitalize(),
    "same": lambda words: words,
    "capital": _capital,
}
"""How a value is made of the words: with one blank between them, with a capital, in small letters, as they stand.

The blanks of a copy may differ; so the forms that make them one come first.
"""


class Place(NamedTuple):
    """Words of the text that make a value when they are put into a form."""

    start: int
    end: int
    form: str


def is_fact(scheme: Scheme, label: str, attribute: str, value: str) -> bool:
    """Whether a value is a number, a day or a choice rather than words: what a grammar or a list of values allows."""
    rule = scheme.labels[label].attributes[attribute]
    return bool(rule.values or rule.grammar) and scheme.fits(label, attribute, value)


def found(value: str, text: str, start: int, end: int) -> Place | None:
    """The words of the text that make the value, those nearest to the span; None where there are none."""
    words = value.split()
    if not words:
        return None
    pattern = re.compile(r"\s+".join(map(re.escape, words)), re.IGNORECASE)
    places = [
        Place(*match.span(), form)
        for match in pattern.finditer(text)
        if (form := next((name for name, make in FORMS.items() if make(match[0]) == value), None))
    ]
    return min(places, key=lambda place: max(start - place.start, place.end - end, 0), default=None)


def runs(text: str) -> set[tuple[str, ...]]:
    """Every run of `RUN` words of a text, in small letters."""
    words = _WORD.findall(text.casefold())
    return {tuple(words[n : n + RUN]) for n in range(len(words) - RUN + 1)}
