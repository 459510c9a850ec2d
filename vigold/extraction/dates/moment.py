"""What an expression of time says, before and after the year and the day that it leaves out are filled in."""

from __future__ import annotations

from typing import NamedTuple


class Moment(NamedTuple):
    """An expression of time in the text and its parts, as TIMEX3 writes them; "" where the text says nothing.

    `value` is a value that is already whole. `within` is a part of the year (`Q2`, `H1`, `W27`, `SU`), `time` a
    clock time or part of the day (`T09:30`, `TMO`), `turn` which way from the day of publication the text points
    (-1 back, 1 on, 0 not said), `recurs` that the year stays open, `same_day` that the day is the last one named.
    """

    start: int
    end: int
    type: str = "DATE"
    value: str = ""
    year: str = ""
    month: str = ""
    day: str = ""
    within: str = ""
    time: str = ""
    mod: str = ""
    lunar: bool = False
    turn: int = 0
    recurs: bool = False
    same_day: bool = False

    @property
    def dated(self) -> bool:
        """Whether the text says or implies a day of the calendar."""
        return bool(self.day) and not self.value

    @property
    def timed(self) -> bool:
        """Whether this is a time within a day."""
        return bool(self.time)


def open_range(first: Moment, last: Moment) -> tuple[Moment, Moment]:
    """Both ends of a range with what the first leaves to the last, as in `từ ngày 5 đến ngày 7/7/2023`."""
    if first.value or last.value or first.lunar != last.lunar:
        return first, last
    if first.timed and not first.day and last.day:
        first = first._replace(year=last.year, month=last.month, day=last.day, same_day=last.same_day)
    elif last.timed and not last.day and first.day:
        last = last._replace(year=first.year, month=first.month, day=first.day)
    if first.day and not first.month:
        first = first._replace(month=last.month)
    if last.year.isdigit() and not first.year:
        backward = (first.month, first.day or "00") > (last.month, last.day or "99") if last.month else False
        first = first._replace(year=f"{int(last.year) - backward:04d}")
    return first, last
