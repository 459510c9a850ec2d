"""What follows a number: the date of issue and the issuer, in either order, with or without commas."""

from __future__ import annotations

import re
from typing import NamedTuple

from vigold.extraction.references import issuers
from vigold.extraction.references.mention import Given, Part
from vigold.extraction.references.spelling import COMMA, DASH, UPPER

_DAY = re.compile(
    rf"""
    (?:ngày\s{{1,2}})?(?P<d>\d{{1,2}})\s?(?P<sep>[/.{DASH}])\s?(?P<m>\d{{1,2}})\s?(?P=sep)\s?(?P<y>\d{{4}})(?![\d/])
    | ngày\s{{1,2}}(?P<d2>\d{{1,2}})\s{{1,2}}tháng\s{{1,2}}(?P<m2>\d{{1,2}})
      (?:{COMMA}năm\s{{1,2}}(?P<y2>\d{{4}}))?(?!\w)
    | ngày\s{{1,2}}(?P<d3>\d{{1,2}})\s?[/{DASH}]\s?(?P<m3>\d{{1,2}})(?:\s?/\s?(?P<y3>\d{{2}}))?(?![\d/])
    | tháng\s{{1,2}}\d{{1,2}}(?:\s?/\s?|\s{{1,2}}năm\s{{1,2}})\d{{4}}(?!\w)
    | năm\s{{1,2}}(?:19|20)\d\d(?!\w)
    """,
    re.VERBOSE | re.IGNORECASE,
)
_LINK = re.compile(rf"\s{{1,2}}(?=(?:[Nn]gày|NGÀY)\s|[Tt]háng\s|năm\s|\d{{1,2}}[/.{DASH}]\d)")
_COMMA_LINK = re.compile(
    rf"\s{{0,2}},\s{{1,2}}(?=(?:[Nn]gày|NGÀY)\s{{1,2}}\d{{1,2}}(?:\s?[/.{DASH}]\s?\d{{1,2}}\s?[/.{DASH}]\s?\d{{4}}|\stháng))"
)
_OF = re.compile(rf"{COMMA}của\s{{1,2}}", re.IGNORECASE)
# What may stand right behind a number without `của`.
_DIRECT = re.compile(
    r"(?:\s{0,2},)?\s{1,2}(?=Hội nghị\s(?:lần thứ|Trung ương)\s)"
    r"|\s{1,2}(?=(?:Bộ Chính trị|Ban Bí thư|Ban Chấp hành Trung ương|BCH Trung ương)(?!\w))",
    re.IGNORECASE,
)
_PERSON = re.compile(rf"(?:\s[{UPPER}]\w{{1,8}}){{2,5}}")


class Tail(NamedTuple):
    """Where a reference ends, with the date and the issuer that stand in it."""

    end: int
    date: Part | None = None
    issuer: Part | None = None


def read(text: str, end: int, given: Given, date: Part | None = None, issuer: Part | None = None) -> Tail:
    """The date and the issuer behind a reference that ends at `end` so far and may have had them before."""
    for _ in range(2):
        if date is None and given.has("dates") and (found := day_of_issue(text, end)):
            date, end = found, found.end
        elif issuer is None and given.has("issuers") and (found := _issuer(text, end, given)):
            issuer, end = found, found.end
        else:
            break
    return Tail(end, date, issuer)


def day_of_issue(text: str, end: int, comma: bool = True) -> Part | None:
    """The date of issue right behind a place; behind a comma it must have a year."""
    link = _LINK.match(text, end) or (_COMMA_LINK.match(text, end) if comma else None)
    match = _DAY.match(text, link.end()) if link else None
    return Part(*match.span()) if match else None


def _issuer(text: str, end: int, given: Given) -> Part | None:
    of = _OF.match(text, end) or _DIRECT.match(text, end)
    stop = body(text, of.end(), given) if of else 0
    return Part(of.end(), stop) if of and stop else None


def body(text: str, at: int, given: Given) -> int:
    """The end of the issuer at a place: the longer of what the tables and the given names say, without a person."""
    own, told = issuers.end(text, at), given.bodies.get(at, 0)
    # In a headline all is capitals, and who looks for names by their capitals finds no end of them.
    if own and text[at:told].isupper():
        return own
    return told if told > own or (told and _PERSON.fullmatch(text, told, own)) else own


def day(words: str, published: str | None) -> str | None:
    """The day that a date of issue says, as ISO; without a year the one nearest to the publication date."""
    match = _DAY.fullmatch(words)
    if match is None:
        return None
    parts = match.groupdict()
    d, m = (parts["d"] or parts["d2"] or parts["d3"]), (parts["m"] or parts["m2"] or parts["m3"])
    if d is None or m is None:
        return None
    y = parts["y"] or parts["y2"] or (f"20{parts['y3']}" if parts["y3"] else None)
    if y is None:
        return _nearest(int(d), int(m), published)
    return _iso(int(y), int(m), int(d))


def _iso(y: int, m: int, d: int) -> str | None:
    leap = y % 4 == 0 and (y % 100 != 0 or y % 400 == 0)
    lengths = (31, 29 if leap else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
    return f"{y:04}-{m:02}-{d:02}" if 1 <= m <= 12 and 1 <= d <= lengths[m - 1] else None


def _nearest(d: int, m: int, published: str | None) -> str | None:
    if published is None:
        return None
    year, month, day = (int(part) for part in published.split("-"))
    here = month * 31 + day
    options = [(abs((y - year) * 372 + m * 31 + d - here), y) for y in (year - 1, year, year + 1)]
    return _iso(min(options)[1], m, d)
