"""False friends: numbers and words that look like times and are scores, shares, addresses, documents, counts."""

from __future__ import annotations

import re

from vigold.extraction.dates.patterns import TABLE, compiled, either
from vigold.extraction.dates.source import Source

# Behind a bare `3-4` or `3/4` stands the thing that is counted.
_SHARED = compiled(
    rf"~(?:%|năm(?!_(?:<ago>|\d))|tháng(?!_\d)|tuần|ngày|giờ|{either(TABLE['friends']['shared'])})(?!\w)"
)
_CLOSED = re.compile(
    r" {0,3}(?:[,.;:)\]”\"!?\n…]|\Z|- |(?:đến|tới|và|tại|ở|năm|âm|vừa|của|theo|với|cho|là|thì|sẽ|đã|sau|này)(?!\w))"
)
# `24/7`: day and night.
_ALWAYS = (24, 7)
_NATIONAL_DAY = (2, 9)
_SMALL, _MARKS = 5, 10
_HAPPENING = compiled(
    rf"(?<!\w)(?<!nhiệm )(?<!dịch )(?<!phục )(?<!đánh ){either(TABLE['friends']['happenings'])}(?:_<L>+){{0,4}}_\Z"
)
# `giai đoạn 2 năm nay`, `giai đoạn 1 năm 2023`: the number is that of the stage.
_STAGE_YEAR = compiled(r"_(?:\d|nay|ngoái|này|học)")
_LAST_YEAR = 2060
_FIRST_YEAR = 1900
_YEARS_BEFORE = re.compile(r"(?:(?<!\d)[12]\d{3}|/\d{4}|-\d{4})(?: {0,2},| và| đến| tới| {0,2}-) {1,2}\Z")
_TERM_BEFORE = re.compile(r"(?<!\d)[12]\d{3}-\d\d(?:\d\d)?(?:,| và|, và|;) {1,2}\Z")
_CALENDAR = compiled(r"_(?:âm|dương)_lịch(?!\w)")
_TIE_BREAK = re.compile(r"\d-\d \(\Z")  # `7-6 (7/5)`
_DAY_BEFORE = re.compile(r"(?<!\d)\d{1,2}/\d{1,2}(?:,| và) \Z")
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
    opened, weakly = source.after(start, "openers"), source.after(start, "weak_openers")
    if (day, month) == _ALWAYS and (weakly or not opened):
        return False
    if source.after(start, "before") or source.after(start, "before_day") or _SHARED.match(low, end):
        return False
    if weakly and day <= month and source.before(end, "counted"):
        return False
    named = opened or _CALENDAR.match(low, end) is not None
    bracketed = low[start - 1 : start] == "(" and low[end : end + 1] in (")", ",")
    if bracketed and _TIE_BREAK.search(low[max(0, start - 10) : start]):
        return False
    if bracketed and sign != "/":  # a score stands so too: `thắng đậm (3-1)`
        return source.after(start, "dated")
    if named or bracketed:
        return sign == "/" or bracketed or _CLOSED.match(low, end) is not None
    if sign != "/" or source.before(end, "counted"):
        return False
    if _DAY_BEFORE.search(low[max(0, start - 10) : start]) and _CLOSED.match(low, end):
        return True
    # What is shared has the smaller number first; so the day is one if it is the greater.
    return day > month or _not_shared(source, start, end, day, month)


def _not_shared(source: Source, start: int, end: int, day: int, month: int) -> bool:
    """Whether `5/7` is no share: something goes on behind it, and what is shared does not follow."""
    goes_on = source.before(end, "going_on")
    if not goes_on and _CLOSED.match(source.low, end) is None:
        return False
    if (day, month) == _NATIONAL_DAY or _HAPPENING.search(source.low[max(0, start - 40) : start]):
        return True
    if source.after(start, "partial"):
        return False
    # Everyday shares have small numbers, and marks are given out of ten.
    return day == month or (month > _SMALL and (goes_on or month != _MARKS))


def _numbers(source: Source, start: int) -> bool:
    """Whether what stands before a month or year makes it the number of something."""
    return source.after(start, "before") or source.after(start, "documents")


def bare_month(source: Source, start: int, end: int, sign: str) -> bool:
    """Whether `6/2023` without `tháng` is a month and not a document."""
    if "friends" in source.off:
        return True
    return (
        not _numbers(source, start)
        and not source.before(end, "counted")
        and (sign == "/" or source.after(start, "openers"))
    )


def bare_year(source: Source, start: int, end: int, year: int) -> bool:
    """Whether a number of four figures without `năm` is a year and not a count or a code."""
    if "friends" in source.off:
        return True
    bracketed = source.low[start - 1 : start] == "(" and source.low[end : end + 1] == ")"
    if not (_FIRST_YEAR <= year <= _LAST_YEAR or bracketed) or _CODE_AFTER.match(source.low, end):
        return False
    if _YEARS_BEFORE.search(source.low[max(0, start - 12) : start]):
        return True
    if _numbers(source, start) or source.after(start, "before_year"):
        return False
    return not source.before(end, "counted")


def short_years(source: Source, start: int, first: int, last: int) -> bool:
    """Whether `2016-20` is a term and no month: a word for one stands before it, or another term."""
    if "friends" not in source.off and last <= first:
        return False
    return source.after(start, "terms") or _TERM_BEFORE.search(source.low[max(0, start - 14) : start]) is not None


def bare_years(first: int, last: int, sign: str) -> bool:
    """Whether two numbers of four figures are the ends of a term: rising, not far apart."""
    return 1000 <= first < last <= 2200 and (last - first <= 150) and (sign == "-" or last == first + 1)


def counted_unit(source: Source, start: int, end: int) -> bool:
    """Whether a number with a unit of time is no length of time: an age, or the number of what stands before."""
    if "friends" in source.off:
        return False
    figures = source.low[start].isdigit()
    if source.after(start, "vague"):
        return True
    if source.after(start, "stages") and not _STAGE_YEAR.match(source.low, end):
        return source.before(end, "ages")
    if source.after(start, "spans"):
        return source.before(end, "ages")
    return source.before(end, "ages") or source.after(start, "ordinals" if figures else "spelled_ordinals")


def plural(source: Source, at: int) -> bool:
    """Whether a word of many stands before `at`, so that no single time is meant."""
    return source.after(at, "plurals") and not source.after(at, "wares")
