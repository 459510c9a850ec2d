"""Checks of values against the calendar: days that there are, weeks that a year has, ranges that run forward."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date

import msgspec

from vigold.review.case import Case, Hit, at

_DAY = re.compile(r"([\dX]{4})-(\d\d)-(\d\d)(?!\d)")
_WEEK = re.compile(r"(\d{4})-W(\d\d)")
_HOUR = re.compile(r"T24:(?!00(?::00)?$)")
_POINT = re.compile(r"(\d{4})(?:-(?:(\d\d)(?:-(\d\d))?|([QHW]\d+)))?(T.*)?")
_PARTS = {"TMO": "T06", "TMI": "T11", "TDT": "T12", "TAF": "T13", "TEV": "T18", "TNI": "T21"}
_LEAP = 2000


class Calendar(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The attributes that hold days, and the one that, where it stands, names another calendar."""

    attributes: tuple[str, ...]
    other: str = ""


def calendar(case: Case, options: Calendar) -> Iterator[Hit]:
    """Spans with a value that no calendar has."""
    for span in case.spans:
        for name in options.attributes:
            value = span.attrs.get(name)
            fault = next(_faults(value, options.other in span.attrs), None) if value else None
            if fault:
                yield at(span, f"{name} {value!r}: {fault}")


def _faults(value: str, other: bool) -> Iterator[str]:
    """What is wrong with a value. A lunar month has 30 days at most, and a lunar year may end in the next one."""
    points = value.split("/")
    for point in points:
        if (match := _DAY.match(point)) and not exists(match[1], int(match[2]), int(match[3]), other):
            yield f"there is no day {match[0]}"
        if (match := _WEEK.match(point)) and not 1 <= int(match[2]) <= _weeks(int(match[1])):
            yield f"there is no week {match[0]}"
        if _HOUR.search(point):
            yield "a day ends at 24:00"
    if len(points) == 2 and not other and _backward(*points):
        yield "it ends before it begins, or as it begins"


def exists(year: str, month: int, day: int, lunar: bool = False) -> bool:
    """Whether there is such a day; a year that is not known has a 29 February."""
    if not 1 <= month <= 12:
        return False
    known = int(year) if year.isdecimal() and int(year) else _LEAP
    return 1 <= day <= (30 if lunar else monthrange(known, month)[1])


def _weeks(year: int) -> int:
    """How many weeks a year has: 28 December lies in its last one (ISO 8601)."""
    return date(max(year, 1), 12, 28).isocalendar().week


def _backward(start: str, end: str) -> bool:
    """Whether a range of two known points of one form does not run forward."""
    one, other = _POINT.fullmatch(start), _POINT.fullmatch(end)
    if one is None or other is None:
        return False
    for a, b in zip(one.groups(), other.groups(), strict=True):
        if a == b:
            continue
        if a is None or b is None or (a[0].isalpha() and a[0] != b[0]):
            return False
        return bool(_PARTS.get(a, a) > _PARTS.get(b, b))
    return True
