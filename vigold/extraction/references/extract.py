"""Extraction: one walk over the text, from one sign of a reference to the next."""

from __future__ import annotations

import re
from collections.abc import Callable

from vigold.extraction.references import congress, laws, named, numbered
from vigold.extraction.references.mention import Given, Mention
from vigold.extraction.references.signs import Sign, signs

_BEFORE_LAW = re.compile(r"(\w{1,8})\s{1,2}\Z")
# Words before `luật` that make another word of it, and those that only say how far it has come.
_NO_LAW = frozenset({"pháp", "kỷ", "kỉ", "quy", "qui", "định", "trọng", "chủ", "cách", "đạo", "dự"})
_CODE = "bộ"
_Seen = set[tuple[str, str]]


def mentions(text: str, given: Given) -> list[Mention]:
    """All references in the order of the text; none overlaps another but the laws inside an amending one."""
    found: list[Mention] = []
    seen: _Seen = set()
    floor = 0
    for sign in signs(text):
        if sign.start >= floor and (got := _READERS[sign.reader](text, sign, floor, given, seen)):
            found += got
            floor = got[-1].end
    return found


def _alone(text: str, at: int) -> bool:
    """Whether no word goes on into the place."""
    return at == 0 or not (text[at - 1].isalnum() or text[at - 1] in "_-")


def _free(text: str, start: int) -> bool:
    """Whether the kind stands by itself, not in the name of a school or an office."""
    return _alone(text, start) and not laws.bodies_before().search(text, max(0, start - 24), start)


def _number(text: str, sign: Sign, floor: int, given: Given, seen: _Seen) -> list[Mention]:
    return numbered.read(text, sign.start, floor, given, seen)


def _law(text: str, sign: Sign, floor: int, given: Given, seen: _Seen) -> list[Mention]:
    start, end = sign.start, sign.end
    before = _BEFORE_LAW.search(text, max(floor, start - 10), start)
    word = before[1].lower() if before else ""
    if word == _CODE and before:
        start = before.start()
    elif word in _NO_LAW:
        return []
    return laws.read(text, start, end, given) if _free(text, start) else []


def _ordinance(text: str, sign: Sign, floor: int, given: Given, seen: _Seen) -> list[Mention]:
    return laws.read(text, sign.start, sign.end, given) if _free(text, sign.start) else []


def _constitution(text: str, sign: Sign, floor: int, given: Given, seen: _Seen) -> list[Mention]:
    fits = given.has("laws") and _free(text, sign.start)
    found = laws.constitution(text, sign.start, sign.end) if fits else None
    return [found] if found else []


def _abbreviation(text: str, sign: Sign, floor: int, given: Given, seen: _Seen) -> list[Mention]:
    fits = given.has("laws") and _alone(text, sign.start)
    return [laws.abbreviated(text, sign.start, sign.end)] if fits else []


def _resolution(text: str, sign: Sign, floor: int, given: Given, seen: _Seen) -> list[Mention]:
    fits = given.has("congress") and _alone(text, sign.start)
    found = congress.read(text, sign.start, sign.end) if fits else None
    return [found] if found else []


def _named(text: str, sign: Sign, floor: int, given: Given, seen: _Seen) -> list[Mention]:
    found = named.read(text, sign.start, sign.end, given) if _free(text, sign.start) else None
    return [found] if found else []


_READERS: dict[str, Callable[[str, Sign, int, Given, _Seen], list[Mention]]] = {
    "digits": _number,
    "law": _law,
    "ordinance": _ordinance,
    "constitution": _constitution,
    "abbreviation": _abbreviation,
    "resolution": _resolution,
    "named": _named,
}
