"""False friends: numbers and words that look like times and are scores, shares, addresses, documents, counts."""

from __future__ import annotations

import re

from vigold.extraction.dates.patterns import compiled
from vigold.extraction.dates.source import Source

# Behind a bare `3-4` or `3/4` stands the thing that is counted.
_COUNTED = compiled(r"~(?:%|<unit>|tuổi|triệu|t[ỷỉ]|nghìn|ngàn|đồng|usd|người|lần|đại biểu|số|tổng|diện tích|dân số)(?!\w)")
_CLOSED = re.compile(r" {0,3}(?:[,.;:)\]”\"!?\n…]|\Z|- |(?:đến|tới|và|tại|ở|năm|âm|vừa|của|theo|với|cho|là|thì|sẽ|đã|sau|này)(?!\w))")
_LAST_YEAR = 2060
_FIRST_YEAR = 1900
_YEARS_BEFORE = re.compile(r"(?:(?<!\d)[12]\d{3}|/\d{4}|-\d{4})(?: {0,2},| và| đến| tới| {0,2}-) {1,2}\Z")
_CODE = re.compile(r"[^\W\d_][-/.:]\Z|\d[-/.,:]\Z|[$€#+]{1} ?\Z|\w\Z")
_CODE_AFTER = re.compile(r" ?\d| {0,2}%|-[^\W\d_]|/\w|[.,:]\d|\w")


def glued(source: Source, at: int) -> bool:
    """Whether the number at `at` goes on from a letter, a code or another number."""
    return _CODE.search(source.low[max(0, at - 2) : at]) is not None


def bare_day(source: Source, start: int, end: int, sign: str, day: int, month: int) -> bool:
    """Whether a day and month in figures, with no opening word, is a date and not a share, a score, an address."""
    if "friends" in source.off:
        return True
    low = source.low
    if source.after(start, "before") or _COUNTED.match(low, end):
        return False
    named = source.after(start, "openers")
    bracketed = low[start - 1 : start] == "(" and low[end : end + 1] in (")", ",")
    if named or bracketed:
        return sign == "/" or bracketed or _CLOSED.match(low, end) is not None
    if sign != "/":
        return False
    # Shares have the smaller number first, mostly a small one.
    return day > 12 or (day > month and (source.opens(start) or _CLOSED.match(low, end) is not None))


def bare_month(source: Source, start: int, sign: str) -> bool:
    """Whether `6/2023` without `tháng` is a month and not a document."""
    if "friends" in source.off:
        return True
    return not source.after(start, "before") and (sign == "/" or source.after(start, "openers"))


def bare_year(source: Source, start: int, end: int, year: int) -> bool:
    """Whether a number of four figures without `năm` is a year and not a count or a code."""
    if "friends" in source.off:
        return True
    if not _FIRST_YEAR <= year <= _LAST_YEAR or _CODE_AFTER.match(source.low, end):
        return False
    if _YEARS_BEFORE.search(source.low[max(0, start - 12) : start]):
        return True
    if source.after(start, "before") or source.after(start, "before_year"):
        return False
    return not source.before(end, "counted")


def bare_years(first: int, last: int, sign: str) -> bool:
    """Whether two numbers of four figures are the ends of a term: rising, not far apart."""
    return 1000 <= first < last <= 2200 and (last - first <= 150) and (sign == "-" or last == first + 1)


def counted_unit(source: Source, start: int, end: int) -> bool:
    """Whether a number with a unit of time is no length of time: an age, or the number of what stands before."""
    if "friends" in source.off:
        return False
    return source.before(end, "ages") or source.after(start, "ordinals")
