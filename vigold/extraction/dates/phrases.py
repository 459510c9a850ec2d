"""How expressions of time are put together: a clock time and its day, a modifier, both ends of a range."""

from __future__ import annotations

from collections.abc import Iterator

from vigold.extraction.dates import clocks, relative, rules
from vigold.extraction.dates.moment import Moment, spanning
from vigold.extraction.dates.patterns import TABLE, compiled, spaced
from vigold.extraction.dates.source import Source
from vigold.extraction.dates.weekdays import WEEKDAYS

_POSITION = compiled(r"(?P<word><position>)_")
_DEGREE = compiled(r"(?P<word><degree>)_(?=\d|<L>)")
_WHOLE_YEAR = compiled(r"hết_(?=năm(?!\w))")
_TO = compiled(r"(?:_(?:cho_)?(?:đến|tới)_|~-~)")
_FROM = compiled(r"(?<!\w)từ_\Z")
_DAY_BEHIND = compiled(
    r"(?:~,)?_(?:của_)?(?=ngày|hôm_|m[ùồ]ng|thứ|ch[ủú])|_(?=\d(?!\d?~(?:h(?!<L>)|giờ|:))|cùng_ngày|rằm|tết|giao|giáng|noel|ba_mươi|hai)"
)
_SAME_WEEKDAY = compiled(r",?_(?=(?:ngày_)?\d{1,2}~[-./])")
_SAME_DAY = compiled(r"_(?=(?:ngày_)?\d{1,2}~[-./])")
_AND = compiled(r"_(?:và|với)_")
_EACH = compiled(r"_(?=(?:hằng|hàng|mỗi)_(?:ngày|đêm))")


def moments(source: Source) -> Iterator[Moment]:
    """All expressions of time in the order of the text; none overlaps another."""
    end = 0
    for at in rules.places(source):
        if at >= end and (found := _phrase(source, at)):
            if found.start < end:
                found = found._replace(start=at)
            end = found.end
            yield found


def _phrase(source: Source, at: int) -> Moment | None:
    first = _point(source, at, False)
    if first is None or first.type in ("DURATION", "SET") or first.until or "ranges" in source.off:
        opened = first and (first.until or first.between)
        return _from(source, first) if first and opened else first
    link = _TO.match(source.low, first.end)
    last = _point(source, link.end(), True) if link else None
    if link is None or last is None or not _fits(source, first, last, "-" in link[0]):
        return first
    return _from(source, spanning(first, last))


def _from(source: Source, found: Moment) -> Moment:
    """A range with the `từ` that stands before it."""
    opening = _FROM.search(source.low[max(0, found.start - 5) : found.start])
    if opening is None:
        return found
    return found._replace(start=max(0, found.start - 5) + opening.start())


def _fits(source: Source, first: Moment, last: Moment, dashed: bool) -> bool:
    """Whether both can be the ends of one range."""
    if (
        last.type == "DURATION"
        or (last.type == "SET" and not last.month)
        or last.until
        or (last.same_day and not last.timed)
    ):
        return False
    if not dashed and _FROM.search(source.low[max(0, first.start - 5) : first.start]):
        return True
    same = (first.timed, bool(first.day), bool(first.month), bool(first.within)) == (
        last.timed, bool(last.day), bool(last.month), bool(last.within)
    )  # fmt: skip
    return same or (first.timed and last.timed)


def _point(source: Source, at: int, opened: bool) -> Moment | None:
    """One expression with what stands before it: a modifier, a clock time, a part of the day."""
    if "modifiers" not in source.off:
        if match := _DEGREE.match(source.low, at):
            return _degree(source, at, match.end(), match["word"])
        if (match := _POSITION.match(source.low, at)) and (found := _position(source, at, match.end(), match["word"])):
            return found
        if match := _WHOLE_YEAR.match(source.low, at):
            found = relative.current(source, match.end())
            return found and found._replace(start=at, mod="END")
    found = rules.read(source, at, opened)
    if found is None:
        part = clocks.part(source, at) if "parts" not in source.off else None
        return part and _timed(source, part)
    if found.timed and not found.until and not found.day:
        return _timed(source, found) or found
    return _joined(source, found)


def _degree(source: Source, at: int, place: int, word: str) -> Moment | None:
    found = None if _DEGREE.match(source.low, place) else _point(source, place, False)
    if found is None or found.type == "SET" or found.until:
        return None
    mod = TABLE["degrees"][spaced(word)]
    counted = found.type == "DURATION" or found.timed
    if not counted and mod != "APPROX":
        return None
    if mod == "MORE_THAN" and word == "hơn" and source.after(at, "comparisons") and not source.after(at, "lasting"):
        return None
    return found._replace(start=at, mod=mod)


def _position(source: Source, at: int, place: int, word: str) -> Moment | None:
    if word.startswith("nửa") and (half := rules.read(source, at)):
        return half
    found = rules.read(source, place) or relative.current(source, place)
    if found is None or found.type in ("DURATION", "SET") or found.timed or found.until:
        return None
    if found.day and not (word == "cuối" and source.low.startswith("ngày", place)):
        return None
    if "friends" not in source.off and (source.after(at, "headed") or (word == "giữa" and _is_between(source, found))):
        return None
    return found._replace(start=at, mod=TABLE["positions"][spaced(word)])


def _is_between(source: Source, found: Moment) -> bool:
    """Whether `giữa` stands before two times and means what lies between them: `giữa tháng 5 và tháng 6`."""
    link = _AND.match(source.low, found.end)
    return link is not None and rules.read(source, link.end()) is not None


def _timed(source: Source, time: Moment) -> Moment | None:
    """A clock time or part of the day with its day; a part without one is no time that can be dated."""
    low, end = source.low, time.end
    if "relative" not in source.off and (day := relative.behind_part(source, end)):
        return _at_time(time, _joined(source, day))
    if (each := _EACH.match(low, end)) and time.time[1].isdigit() and (found := rules.read(source, each.end())):
        each_day = found._replace(start=time.start, value="", month="XX", day="XX", time=time.time, recurs=True)
        return each_day if found.type == "SET" else time
    link = _DAY_BEHIND.match(low, end)
    day = rules.read(source, link.end(), True) if link else None
    if day is not None and day.type == "SET" and (day.value.startswith("XXXX-W") or day.between):
        return day._replace(start=time.start)
    if day is not None and day.day and not day.timed and day.type != "DURATION":
        return _at_time(time, _joined(source, day))
    return time if time.time[1].isdigit() else None


def _at_time(time: Moment, day: Moment) -> Moment:
    until = day.until and day.until._replace(time=time.time)
    kind = day.type if day.type == "SET" else "TIME"
    return day._replace(start=time.start, time=time.time, type=kind, until=until)


def _joined(source: Source, day: Moment) -> Moment:
    """A day named by its distance or weekday together with its figures: `hôm qua 5-7`, `thứ Hai, ngày 5/7`."""
    if day.until or not day.day or (day.month.isdigit() and source.low[day.end - 1].isdigit()):
        return day
    named = source.low.startswith(WEEKDAYS, day.start)
    link = (_SAME_WEEKDAY if named else _SAME_DAY).match(source.low, day.end)
    figures = rules.read(source, link.end(), True) if link else None
    if figures is None or figures.until or not figures.day or not figures.month or figures.timed or figures.recurs:
        return day
    return figures._replace(start=day.start, turn=figures.turn)
