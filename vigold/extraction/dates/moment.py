"""What an expression of time says, before and after the year and the day that it leaves out are filled in."""

from __future__ import annotations

from typing import NamedTuple


class Moment(NamedTuple):
    """An expression of time in the text and its parts, as TIMEX3 writes them; "" where the text says nothing.

    `value` is a value that is already whole. `within` is a part of the year (`Q2`, `H1`, `W27`, `SU`), `time` a
    clock time or part of the day (`T09:30`, `TMO`), `turn` which way from the day of publication the text points
    (-1 back, 1 on, 0 not said). `recurs` says that the year stays open, `same_day` that the day is the last one
    named, or the one `ahead` days from it, `between` that a length lies between two numbers. `weekday` is the day of
    the week that it is named by (1 Monday to 7 Sunday), `reckoned` says that its day is counted from the publication
    and that its year stands nowhere in the text. `until` is the end of a range or list.
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
    ahead: int = 0
    between: bool = False
    weekday: int = 0
    reckoned: bool = False
    until: Moment | None = None

    @property
    def dated(self) -> bool:
        """Whether the text says or implies a day of the calendar."""
        return bool(self.day) and not self.value

    @property
    def timed(self) -> bool:
        """Whether this is a time within a day."""
        return bool(self.time)


def spanning(first: Moment, last: Moment) -> Moment:
    """The range or list of both, with what each leaves to the other, as in `từ ngày 8 đến ngày 11/7/2023`."""
    first, last = _shared(first, last)
    kind = "SET" if last.type == "SET" else "TIME" if first.timed or last.timed else "DATE"
    return first._replace(type=kind, end=last.end, until=last)


def _shared(first: Moment, last: Moment) -> tuple[Moment, Moment]:
    if first.value or last.value:
        return first, last
    if last.type == "SET":
        first = first._replace(recurs=True)
    if last.lunar and first.month and not first.year:
        first = first._replace(lunar=True, recurs=last.recurs)
    if first.timed and not first.day and last.day:
        if last.same_day:  # `từ 18h đến 6h sáng hôm sau`: the last counts from the day of the first.
            return first._replace(same_day=last.ahead == 0), last
        first = first._replace(year=last.year, month=last.month, day=last.day, recurs=last.recurs)
    elif last.timed and not last.day and first.day:
        last = last._replace(year=first.year, month=first.month, day=first.day, same_day=first.same_day)
    if first.day and not first.month:
        first = first._replace(month=last.month, recurs=last.recurs, lunar=last.lunar)
    if not first.year and last.year.isdigit():
        first = first._replace(year=stepped(last.year, -later(first, last)))
    elif not last.year and first.year.isdigit():
        last = last._replace(year=stepped(first.year, later(first, last)))
    return first, last


def stepped(year: str, steps: int) -> str:
    """The year so many steps away, kept within four figures."""
    return f"{min(max(int(year) + steps, 1), 9999):04d}"


def later(first: Moment, last: Moment) -> bool:
    """Whether the first lies in the year before, because its month and day come after those of the last."""
    if not first.month or not last.month:
        return bool(first.within > last.within)
    return (first.month, first.day or "00") > (last.month, last.day or "99")
