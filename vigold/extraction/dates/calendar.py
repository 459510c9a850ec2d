"""Arithmetic on the calendar: the year that a text leaves out, steps of weeks, months and years."""

from __future__ import annotations

from calendar import isleap
from datetime import date, timedelta

_UNKNOWN = {"D": "XXXX-XX-XX", "W": "XXXX-WXX", "M": "XXXX-XX", "Q": "XXXX-QX", "Y": "XXXX"}


def parsed(published: str | None) -> date | None:
    """The day that `YYYY-MM-DD` names; None for None and for what is no day."""
    try:
        return date.fromisoformat(published) if published else None
    except ValueError:
        return None


def nearest_year(month: int, day: int, today: date, turn: int = 0) -> int:
    """The year in which that day or month (`day` 0) lies nearest to `today`; only behind or ahead with `turn`."""
    place = day or 15
    here = today if day else today.replace(day=15)

    def distance(year: int) -> int:
        return (date(year, month, 1) - here).days + place - 1

    years = [year for year in (today.year - 1, today.year, today.year + 1) if 1 <= year <= 9999]
    if (month, day) == (2, 29):
        years = [year for year in years if isleap(year)] or years
    fitting = [year for year in years if distance(year) * turn >= 0] if turn else years
    # Of two equally far ones the earlier: news tells of what has been.
    return min(fitting or years, key=lambda year: (abs(distance(year)), year))


def shifted(unit: str, steps: int, today: date | None) -> str:
    """The value of the day, week, month, quarter or year that lies `steps` of its kind from the one of `today`.

    `unit` is D, W, M, Q or Y. Without a `today` the value has X in every place; so it has beyond the years 1 to 9999.
    """
    if today is None:
        return _UNKNOWN[unit]
    try:
        return _shifted(unit, steps, today)
    except (OverflowError, ValueError):
        return _UNKNOWN[unit]


def _shifted(unit: str, steps: int, today: date) -> str:
    if unit == "D":
        return (today + timedelta(days=steps)).isoformat()
    if unit == "W":
        year, week, _ = (today + timedelta(weeks=steps)).isocalendar()
        return f"{year:04d}-W{week:02d}"
    if unit == "M":
        year, month = divmod(today.year * 12 + today.month - 1 + steps, 12)
        return f"{date(year, 1, 1).year:04d}-{month + 1:02d}"
    if unit == "Q":
        year, quarter = divmod(today.year * 4 + (today.month - 1) // 3 + steps, 4)
        return f"{date(year, 1, 1).year:04d}-Q{quarter + 1}"
    return f"{date(today.year + steps, 1, 1).year:04d}"


def weekday(number: int, weeks: int | None, turn: int, today: date | None) -> str:
    """The day that a weekday (1 Monday to 7 Sunday) names.

    `weeks` counts from the week of `today`; without it the day is the next (`turn` 1), the last (-1, `today`
    itself included) or the nearest one (0).
    """
    if today is None:
        return _UNKNOWN["D"]
    ahead = number - today.isoweekday()
    if weeks is not None:
        return shifted("D", ahead + 7 * weeks, today)
    if turn > 0:
        return shifted("D", ahead + 7 * (ahead <= 0), today)
    if turn < 0:
        return shifted("D", ahead - 7 * (ahead > 0), today)
    return shifted("D", (ahead + 3) % 7 - 3, today)
