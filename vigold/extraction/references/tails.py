"""What follows a number: the date of issue and the issuer, in either order, with or without commas."""

from __future__ import annotations

import re
from typing import NamedTuple

from vigold.extraction.references import issuers
from vigold.extraction.references.mention import Part
from vigold.extraction.references.spelling import DASH

_COMMA = r"(?:\s{0,2},)?\s{1,2}"
_DAY = re.compile(
    rf"""
    (?:ngày\s{{1,2}})?(?P<d>\d{{1,2}})\s?(?P<sep>[/.{DASH}])\s?(?P<m>\d{{1,2}})\s?(?P=sep)\s?(?P<y>\d{{4}})(?![\d/])
    | ngày\s{{1,2}}(?P<d2>\d{{1,2}})\s{{1,2}}tháng\s{{1,2}}(?P<m2>\d{{1,2}})(?:\s{{0,2}},?\s{{1,2}}năm\s{{1,2}}(?P<y2>\d{{4}}))?(?!\w)
    | ngày\s{{1,2}}(?P<d3>\d{{1,2}})\s?[/{DASH}]\s?(?P<m3>\d{{1,2}})(?:\s?/\s?(?P<y3>\d{{2}}))?(?![\d/])
    | tháng\s{{1,2}}\d{{1,2}}(?:\s?/\s?|\s{{1,2}}năm\s{{1,2}})\d{{4}}(?!\w)
    | năm\s{{1,2}}(?:19|20)\d\d(?!\w)
    """,
    re.VERBOSE | re.IGNORECASE,
)
_LINK = re.compile(rf"{_COMMA}(?=[Nn]gày\s|[Tt]háng\s|năm\s|\d{{1,2}}[/.{DASH}]\d)|\s{{0,2}}\(\s?(?=ngày\s)")
_OF = re.compile(rf"{_COMMA}của\s{{1,2}}", re.IGNORECASE)


class Tail(NamedTuple):
    """Where a reference ends, with the date and the issuer that stand in it."""

    end: int
    date: Part | None = None
    issuer: Part | None = None


def read(text: str, end: int, dates: bool = True, of: bool = True) -> Tail:
    """The date and the issuer behind a reference that ends at `end` so far."""
    date = issuer = None
    for _ in range(2):
        if dates and date is None and (found := _date(text, end)):
            date, end = found, found.end
        elif of and issuer is None and (found := _issuer(text, end)):
            issuer, end = found, found.end
        else:
            break
    return Tail(end, date, issuer)


def _date(text: str, end: int) -> Part | None:
    link = _LINK.match(text, end)
    if link is None or "(" in link[0]:
        return None
    match = _DAY.match(text, link.end())
    return Part(*match.span()) if match else None


def _issuer(text: str, end: int) -> Part | None:
    of = _OF.match(text, end)
    stop = issuers.end(text, of.end()) if of else 0
    return Part(of.end(), stop) if of and stop else None


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
