"""The kind of document that stands in front of a number: beside it, or with an issuer or a date between."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from vigold.extraction.references import tails
from vigold.extraction.references.knowledge import kinds
from vigold.extraction.references.mention import Given, Part
from vigold.extraction.references.numbers import Number, kind_of
from vigold.extraction.references.spelling import key
from vigold.extraction.tables import table

_NEAR = 60
_FAR = 150
_LONG = 90
_SO = r"(?:\s{0,2},)?\s{0,2}(?:\(\s?)?số\s?(?::\s{0,2}|\s)?"
_SO_THERE = re.compile(_SO, re.IGNORECASE)
_BETWEEN = frozenset(" \u00a0\n\t:(,")
_OF = re.compile(r"\s{1,2}(?:của\s{1,2})?", re.IGNORECASE)
_NUMBER = "số"
# Words that end the name of a body and may stand in that of a kind: `xử phạt trong lĩnh vực đất đai`.
_INSIDE = frozenset({"trong"})


class Kind(NamedTuple):
    """The words of a kind, whether `số` follows, and the issuer and date that stand before the number."""

    part: Part
    so: bool
    date: Part | None = None
    issuer: Part | None = None


@cache
def _beside() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?P<kind>{kinds().pattern})(?:(?P<so>{_SO})|\s{{1,3}})\Z", re.IGNORECASE)


@cache
def _anywhere() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){kinds().pattern}(?!\w)", re.IGNORECASE)


@cache
def _extended() -> re.Pattern[str]:
    """A kind with a few words that make it a longer one, before `số`."""
    stops = "|".join(word for word in table("issuers")["names"]["stops"] if word not in _INSIDE)
    word = rf"\s{{1,2}}(?-i:(?!(?:{stops})(?!\w))[^\W\d_A-Z]{{1,9}})(?!\w)"
    return re.compile(rf"(?<!\w)(?P<kind>(?P<short>{kinds().pattern})(?:{word}){{1,7}}){_SO}\Z", re.IGNORECASE)


def before(text: str, at: int, floor: int, given: Given, number: Number) -> Kind | None:
    """The kind that a number at `at` belongs to; `floor` is the end of the reference before."""
    word, begin = word_before(text, at)
    beside = word in kinds().last
    if word != _NUMBER and not beside:
        return None
    beside = beside or word_before(text, begin)[0] in kinds().last
    if beside and (match := _beside().search(text, max(floor, at - _NEAR), at)):
        return Kind(Part(*match.span("kind")), match["so"] is not None)
    if number.form != "full" or word != _NUMBER:
        return None
    return _apart(text, at, floor, given) or _longer(text, at, floor, number)


def announced(text: str, at: int) -> bool:
    """Whether the word before a place is `số` or the last one of a kind."""
    word = word_before(text, at)[0]
    return word == _NUMBER or word in kinds().last


def word_before(text: str, at: int) -> tuple[str, int]:
    """The word in front of a place, in lower case, and where it begins; blanks and marks may stand between."""
    end = at
    while end > at - 4 and text[end - 1 : end] in _BETWEEN:
        end -= 1
    begin = end
    while begin > end - 9 and begin > 0 and text[begin - 1].isalnum():
        begin -= 1
    return text[begin:end].lower(), begin


def _apart(text: str, at: int, floor: int, given: Given) -> Kind | None:
    """A kind with an issuer or a date between it and `số`: `Tờ trình của Bộ Y tế (số 5/TTr-BYT`."""
    for match in reversed(list(_anywhere().finditer(text, max(floor, at - _FAR), at))):
        tail = tails.read(text, match.end(), given)
        if tail.issuer is None and (of := _OF.match(text, match.end())) and (end := tails.body(text, of.end(), given)):
            tail = tails.Tail(end, tail.date, Part(of.end(), end))
        so = _SO_THERE.match(text, tail.end) if tail.end > match.end() else None
        if so and so.end() == at:
            return Kind(Part(*match.span()), True, tail.date, tail.issuer)
    return None


def _longer(text: str, at: int, floor: int, number: Number) -> Kind | None:
    """A kind that goes on in words no table has, which the code of the number bears out: `Quyết định … số 5/QĐ-BX`."""
    match = _extended().search(text, max(floor, at - _LONG), at)
    if match is None or not key(match["short"]).startswith(key(kind_of(number.parts) or "?")):
        return None
    return Kind(Part(*match.span("kind")), True)
