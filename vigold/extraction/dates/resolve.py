"""The values of expressions of time: what the text leaves out comes from its neighbours and the publication date."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Sequence

from vigold.extraction.dates.calendar import nearest_year, parsed, shifted
from vigold.extraction.dates.moment import Moment, later, stepped
from vigold.extraction.dates.neighbours import shared, with_weekdays
from vigold.extraction.dates.source import Source

# How many expressions away the day of a clock time may stand.
_NEAR = 5
_LINK = re.compile(r" {0,2}[,(|]? {0,2}")
# The middle of a part of the year, to tell which year it is the nearest of.
_MIDDLES = {
    "Q1": "02-15", "Q2": "05-15", "Q3": "08-15", "Q4": "11-15",
    "SP": "03-01", "SU": "06-15", "FA": "09-15", "WI": "12-15",
}  # fmt: skip


def resolved(source: Source, moments: Sequence[Moment]) -> list[Moment]:
    """The moments with year, month and day as far as the text or the publication date gives them."""
    found = [_dated(source, moment) for moment in shared(source, moments)]
    return _with_days(source, with_weekdays(source, found))


def value(moment: Moment) -> str:
    """The TIMEX3 value of a resolved moment."""
    first = _value(moment)
    if moment.until is None:
        return first
    last = _value(moment.until)
    return first if last == first else f"{first}/{last}"


def _value(moment: Moment) -> str:
    if moment.value:
        return moment.value
    parts = [moment.year or "XXXX"]
    if moment.within:
        parts.append(moment.within)
    if moment.month:
        parts.append(moment.month)
    if moment.day:
        parts += ([] if moment.month else ["XX"]) + [moment.day]
    if moment.time and not moment.day:
        parts = ["XXXX", "XX", "XX"]
    return "-".join(parts) + moment.time


def _dated(source: Source, moment: Moment) -> Moment:
    """The moment with the year that lies nearest to the publication, where the text names none."""
    until = moment.until and _dated(source, moment.until)
    if until:
        return _in_order(moment, _real(_yeared(source, moment)), until)
    return _real(_yeared(source, moment))


def _real(moment: Moment) -> Moment:
    """The moment with the last day of its month instead of one that the month does not have: `31/6`."""
    if moment.lunar or not (moment.month.isdigit() and moment.day.isdigit()):
        return moment
    # A year that is open may be a leap year.
    last = monthrange(int(moment.year) if moment.year.isdigit() else 2000, int(moment.month))[1]
    return moment._replace(day=f"{last:02d}") if int(moment.day) > last else moment


def _yeared(source: Source, moment: Moment) -> Moment:
    if moment.value or moment.year or moment.recurs or moment.same_day or source.today is None:
        return moment
    month, day = moment.month, moment.day
    if moment.within in _MIDDLES:
        month, day = _MIDDLES[moment.within].split("-")
    if not month.isdigit():
        return moment
    year = nearest_year(int(month), int(day or 0), source.today, moment.turn)
    return moment._replace(year=f"{year:04d}")


def _in_order(said: Moment, first: Moment, last: Moment) -> Moment:
    """The range with the years that were left out such that it does not end before it begins."""
    if not said.year and first.year and last.year.isdigit() and first.month and last.month:
        first = first._replace(year=stepped(last.year, -later(first, last)))
    return first._replace(until=last)


def _with_days(source: Source, moments: Sequence[Moment]) -> list[Moment]:
    """Clock times have the day of their sentence, else that of the publication; `cùng ngày` is the last one named."""
    found: list[Moment] = []
    today = source.today.isoformat().split("-") if source.today else ["", "XX", "XX"]
    here = Moment(0, 0, year=today[0], month=today[1], day=today[2])
    named = here
    for place, moment in enumerate(moments):
        if moment.same_day:
            moment = _on(moment, _after(named, moment.ahead))
        elif moment.timed and not moment.day and not moment.value:
            moment = _on(moment, _day_of_sentence(source, found, moments, place) or here)
        elif moment.dated and moment.month and not moment.recurs:
            named = moment
        if moment.until and moment.until.same_day:
            moment = moment._replace(until=_on(moment.until, _after(moment, moment.until.ahead)))
        found.append(moment)
    return found


def _day_of_sentence(source: Source, done: list[Moment], moments: Sequence[Moment], place: int) -> Moment | None:
    """The nearest day that the sentence of a clock time names, rather before it than behind it."""
    this = moments[place]
    for other in moments[place + 1 : place + 2]:  # `19h30, 25/3`
        if other.dated and not other.same_day and _LINK.fullmatch(source.low[this.end : other.start]):
            return other
    for near in range(place - 1, max(-1, place - _NEAR), -1):
        if moments[near].dated and source.one_sentence(moments[near].end, this.start):
            return done[near]
    for other in moments[place + 1 : place + _NEAR]:
        if other.dated and not other.same_day and source.one_sentence(this.end, other.start):
            return other
    return None


def _on(moment: Moment, day: Moment) -> Moment:
    until = moment.until
    if until and not until.month and not until.same_day:
        until = _on(until, day)
    return moment._replace(year=day.year, month=day.month, day=day.day, until=until)


def _after(day: Moment, steps: int) -> Moment:
    """The day `steps` after that one; that one where it is not known in full."""
    known = parsed(f"{day.year}-{day.month}-{day.day}")
    if not steps or known is None:
        return day
    year, month, number = shifted("D", steps, known).split("-")
    return day._replace(year=year, month=month, day=number)
