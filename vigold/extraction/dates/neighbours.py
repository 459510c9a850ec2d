"""What an expression of time takes from the one beside it: a year, a month, the day of a weekday."""

from __future__ import annotations

import re
from collections.abc import Sequence

from vigold.extraction.dates import holidays
from vigold.extraction.dates.calendar import nearest_year, parsed
from vigold.extraction.dates.moment import Moment, later, stepped
from vigold.extraction.dates.source import Source

_COORDINATED = re.compile(r" {0,3}(?:[,;(-]|và|hoặc|đến|tới|,? và) {0,3}\Z")
_BRACKET = re.compile(r" {0,3}(?:\(|(?P<comma>,)) {0,3}\Z")
_LONGEST_LINK = 8


def shared(source: Source, moments: Sequence[Moment]) -> list[Moment]:
    """The moments with the years, months and openness that they share with their neighbours."""
    found = _with_years(source, moments)
    if "holidays" not in source.off:
        found = _with_holidays(source, found)
    return _with_months(source, found)


def with_weekdays(source: Source, moments: Sequence[Moment]) -> list[Moment]:
    """`ngày 15/11 (thứ Sáu)`, `sáng thứ Sáu (15/11)`: a weekday beside a date is that day."""
    found = list(moments)
    for place, this in enumerate(found):
        if this.until or not this.weekday:
            continue
        for other in (*found[max(0, place - 1) : place], *found[place + 1 : place + 2]):
            day = _dated(source, other.until or other)
            link = source.low[min(this.end, other.end) : max(this.start, other.start)][:_LONGEST_LINK]
            if _is_that_day(this, day, _BRACKET.match(link)):
                found[place] = this._replace(year=day.year, month=day.month, day=day.day)
    return found


def _dated(source: Source, day: Moment) -> Moment:
    """A day that keeps its year open, as a holiday does, with the nearest year."""
    if not day.recurs or day.lunar or not source.today or not (day.month.isdigit() and day.day.isdigit()):
        return day
    return day._replace(year=f"{nearest_year(int(day.month), int(day.day), source.today):04d}")


def _is_that_day(weekday: Moment, day: Moment, link: re.Match[str] | None) -> bool:
    """Whether a day beside a weekday is the same one; behind a comma it may as well be another."""
    if link is None or day.reckoned or day.lunar or not (day.dated and day.month.isdigit()):
        return False
    known = parsed(f"{day.year}-{day.month}-{day.day}")
    return not link["comma"] or known is None or known.isoweekday() == weekday.weekday


def _with_years(source: Source, moments: Sequence[Moment]) -> list[Moment]:
    """`ngày 5/7 và ngày 6/7/2022`: the year of the second goes for the first."""
    found = list(moments)
    for place in range(len(found) - 2, -1, -1):
        this, following = found[place], found[place + 1]
        open_ = this.month and not (this.year or this.recurs or this.until or this.value)
        written = following.year.isdigit() and not following.reckoned
        if open_ and following.month and written and _beside(source, this, following):
            found[place] = this._replace(year=stepped(following.year, -later(this, following)))
    return found


def _with_holidays(source: Source, moments: Sequence[Moment]) -> list[Moment]:
    """`dịp lễ 30/4 và 1/5`, `Quốc khánh (2/9)`: a holiday in figures is of no one year, as one with its name is."""
    found = list(moments)
    for place, this in enumerate(found):
        last = found[place - 1] if place else None
        if this.year or this.turn or this.timed or not this.day or this.recurs:
            continue
        if last and last.lunar and last.recurs and (last.month, last.day) == (this.month, this.day):
            found[place] = this._replace(recurs=True, lunar=True)
            continue
        beside = last and last.recurs and not last.lunar and _beside(source, last, this)
        if f"{this.month}-{this.day}" in holidays.DAYS and (beside or source.after(this.start, "festive")):
            until = this.until and this.until._replace(recurs=True)
            found[place] = this._replace(recurs=True, until=until)
    return found


def _with_months(source: Source, moments: Sequence[Moment]) -> list[Moment]:
    """`sáng ngày 5`: a day without its month has the one of the next date of the sentence, else of the one before."""
    found = list(moments)
    for place, this in enumerate(found):
        if not this.day or this.month or this.same_day or this.until:
            continue
        for other in (*found[place + 1 : place + 2], *found[max(0, place - 1) : place]):
            first, last = sorted((this, other))
            if other.month and other.day and not other.recurs and source.one_sentence(first.end, last.start):
                found[place] = this._replace(month=other.month, year=other.year)
                break
        else:
            if source.today:
                found[place] = this._replace(month=f"{source.today.month:02d}", year="")
    return found


def _beside(source: Source, first: Moment, last: Moment) -> bool:
    """Whether no more than a comma, a bracket or `và` stands between the two."""
    between = source.low[first.end : last.start]
    return len(between) <= _LONGEST_LINK and _COORDINATED.match(between) is not None
