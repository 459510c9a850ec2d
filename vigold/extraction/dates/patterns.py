"""The pieces of which the patterns of time expressions are made, and how they are compiled."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Any

from vigold.extraction.dates.numbers import FIGURES, WORDS
from vigold.extraction.tables import table

TABLE: dict[str, Any] = table("dates")


def compiled(pattern: str) -> re.Pattern[str]:
    """A pattern in which `_` is a blank or a few, `~` a few blanks or none, and `<name>` one of the pieces here.

    `<L>` is a letter and `<A>` a letter or digit.
    """
    pattern = _PIECE.sub(lambda m: _PIECES[m[1]], pattern).replace("_", " {1,3}").replace("~", " {0,3}")
    return re.compile(pattern.replace("<L>", r"[^\W\d_]").replace("<A>", r"[^\W_]"))


def spaced(words: str) -> str:
    """Words as the tables have them: one plain blank between two."""
    return " ".join(words.split())


def either(words: Iterable[str]) -> str:
    """An alternation of words as they stand, the longest first."""
    return "(?:" + "|".join(re.escape(w).replace(r"\ ", "_") for w in sorted(words, key=lambda w: (-len(w), w))) + ")"


@cache
def ending(key: str) -> re.Pattern[str]:
    """What a text ends with when one of the words of a list of false friends stands last in it."""
    return compiled(rf"(?<!\w){either(TABLE['friends'][key])}[ :(“\"]{{0,3}}\Z")


@cache
def opening(key: str) -> re.Pattern[str]:
    """What a text begins with when one of the words of a list of false friends stands next in it."""
    return compiled(rf"~{either(TABLE['friends'][key])}(?!\w)")


# Not the name of a group, `(?P<unit>…)`.
_PIECE = re.compile(r"(?<!\?P)<(\w{2,}|[DMYN])>")
_STEP_YEAR = "|".join(sorted((word.replace(" ", "_") for word in TABLE["year_steps"]), key=len, reverse=True))
_PIECES = {
    "D": r"(?:0?[1-9]|[12]\d|3[01])(?!\d)",
    "M": r"(?:0?[1-9]|1[0-2])(?!\d)",
    "Y": r"[12]\d{3}(?!\d)",
    "N": rf"(?:{FIGURES}|{WORDS})",
    "digit": either(TABLE["digits"]),
    "month": either(TABLE["months"]),
    "part": either(TABLE["parts"]),
    "ago": rf"(?:{_STEP_YEAR})(?!\w)",
    "position": either(TABLE["positions"]),
    "degree": either(TABLE["degrees"]),
    "unit": rf"{either(TABLE['units'])}(?!\w)",
    # Behind a date in figures there is no more of a number, a document or a share.
    "stop": r"(?!\d|~/~\d|/\w|[.:]\d|-[^\W\d_]|,\d|~%)",
}
