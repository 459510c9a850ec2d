"""The signs of references: the digits of a text, and the words that may begin a reference by name.

One pattern opens with a set of characters, so that the engine skips everything else; words that begin with a small
letter are looked for one by one, since small letters are everywhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from operator import itemgetter
from typing import NamedTuple

from vigold.extraction.references.knowledge import law_abbreviations, named_kinds
from vigold.extraction.references.spelling import key

LAWS = {"Luật": "law", "Hiến pháp": "constitution", "Pháp lệnh": "ordinance"}
RESOLUTIONS = {"Nghị quyết": "resolution", "Kết luận": "resolution", "NQ": "resolution"}
_DIGITS = "digits"


class Sign(NamedTuple):
    """A place where a reference may begin or, at digits, go on, and which reader is to look at it."""

    start: int
    end: int
    reader: str


class _Words(NamedTuple):
    readers: dict[str, str]
    capital: re.Pattern[str]
    small: tuple[str, ...]


@cache
def _words() -> _Words:
    kinds = {**dict.fromkeys(named_kinds(), "named"), **LAWS, **RESOLUTIONS}
    kinds |= dict.fromkeys(law_abbreviations(), "abbreviation")
    forms = sorted({form for kind in kinds for form in (kind, kind.upper(), kind.title())}, reverse=True)
    rests = "|".join(re.escape(rest).replace(r"\ ", r"\s{1,2}") for rest in dict.fromkeys(form[1:] for form in forms))
    firsts = "".join(sorted({form[0] for form in forms}))
    small = {kind.lower() for kind in (*LAWS, *RESOLUTIONS) if kind != "NQ"}
    small |= {kind.lower() for kind, either_case in named_kinds().items() if either_case}
    return _Words(
        {key(kind): reader for kind, reader in kinds.items()},
        re.compile(rf"[0-9{firsts}](?:(?<=\d)(\d*)|(?:{rests})(?!\w))"),
        tuple(sorted(small)),
    )


def signs(text: str) -> list[Sign]:
    """All signs in the order of the text."""
    found = list(_capital(text))
    for word in _words().small:
        found += _small(text, word)
    found.sort(key=itemgetter(0))
    return found


def _capital(text: str) -> Iterator[Sign]:
    readers = _words().readers
    for match in _words().capital.finditer(text):
        start, end = match.span()
        if match.lastindex:
            yield Sign(start, end, _DIGITS)
        elif reader := readers.get(key(match[0])):
            yield Sign(start, end, reader)


def _small(text: str, word: str) -> Iterator[Sign]:
    reader, at = _words().readers[key(word)], text.find(word)
    while at >= 0:
        end = at + len(word)
        if text[end : end + 1].isspace():
            yield Sign(at, end, reader)
        at = text.find(word, end)
