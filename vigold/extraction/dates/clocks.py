"""Times within a day: `9 giờ 30 phút`, `7h30`, `14:30`, `8 giờ kém 15`, and parts of the day."""

from __future__ import annotations

from vigold.extraction.dates.friends import glued
from vigold.extraction.dates.moment import Moment
from vigold.extraction.dates.numbers import number
from vigold.extraction.dates.patterns import TABLE, compiled, spaced
from vigold.extraction.dates.source import Source

# `7h30`, `7h 30 phút`, `7g30`, `14:30:05`, `7h30'`.
_SHORT = (
    r"(?P<sign>~h(?:~(?=\d\d~phút))?|g|:)(?P<min>[0-5]\d)(?!\d|/\d)(?::[0-5]\d(?!\d))?(?:~(?:phút|['’′]|p)(?!\w))?"
    r"|(?P<bare>~h|g)(?!\w)"
)
# `8 giờ`, `8 giờ 30`, `8 giờ kém 15`; `19 giờ 45 ngày 5/7` has minutes, `8 giờ 15 ngày` has none.
_LONG = (
    r"~(?P<spoken>giờ)(?!\w)(?:_(?P<less>kém)_(?P<k>\d{1,2})(?!\d)|_(?P<half>rưỡi)(?!\w)"
    r"|~(?P<gmin>[0-5]?\d)(?:~phút|(?!\w|[.,/]\d|_(?!(?:ngày|đêm)_(?:\d|m[ùồ]ng|qua|nay))<unit>)))?"
)
_CLOCK = compiled(rf"(?P<h>\d{{1,2}})(?:{_SHORT}|{_LONG})")
_HOUR = compiled(r"(?P<h>\d{1,2})(?:~-~|_đến_|_tới_)(?P<last>\d{1,2})~(?:giờ|h)(?!\w)")
_DAY = compiled(r"(?:~,)?_(?:ngày|hôm|thứ)_")
# A day that has its number makes a clock time of the hours before it: `khai mạc 19 giờ ngày 8-2`.
_DATED = compiled(r"(?:~,)?_ngày_\d{1,2}(?:~[-/.]~\d|_tháng_)")
_DAILY = compiled(r"_(?:hằng|hàng|mỗi)_(?:ngày|đêm)(?!\w)")
_WORDS = compiled(r"(?P<h><N>)_giờ(?!\w)(?:_(?P<half>rưỡi)|_(?P<min><N>)_phút)?(?!\w)")
_PART = compiled(r"<part>(?!\w)")
_LENGTH = compiled(
    r"_(?:đồng_hồ|liền|liên_tục|qua|tới(?=~[,.;])|trước|sau|nữa|đầu|làm_việc|bay|trôi|học|mỗi|một|/)|~/~(?:\d|<L>)|-<L>"
)
_DEGREE = compiled(r"(?<!\w)<degree>_\Z")
_NOON = 12


def clock(source: Source, at: int, opened: bool = False) -> Moment | None:
    """The clock time at `at` without its day, with the part of the day that follows it; None for a length."""
    match = _CLOCK.match(source.low, at)
    if match is None or (glued(source, at) and not opened):
        return _in_words(source, at, opened)
    hour, minute = int(match["h"]), int(match["min"] or match["gmin"] or 0)
    if match["half"]:
        minute = 30
    if match["less"]:
        hour, minute = hour - 1, 60 - int(match["k"])
    if not 0 <= hour <= 24 or not 0 <= minute < 60:
        return None
    part = _following(source, match.end())
    drawn = source.after(_before(source, at), "drawn")
    dated = _DATED.match(source.low, match.end()) is not None
    sure = bool(part) or opened or dated or (match["min"] is not None and match["sign"] != "g" and not drawn)
    if not sure and not _told(source, at, match.end(), spoken=match["spoken"] is not None):
        return None
    return _with_part(source, at, match.end(), hour, minute, part)


def hour(source: Source, at: int, opened: bool = False) -> Moment | None:
    """The first of two hours that share their word, `5 - 7 giờ sáng`; in `5 - 7 giờ` alone they count."""
    match = _HOUR.match(source.low, at)
    last = clock(source, match.start("last"), True) if match else None
    if match is None or last is None:
        return None
    told = _following(source, match.end()) or _DAY.match(source.low, match.end())
    # Nobody works `16-19h` a day; `8-10 giờ mỗi ngày` are counted.
    known = source.after(at, "clock") or int(match["last"]) > _NOON
    if not told and not (known and _DAILY.match(source.low, match.end())):
        return None
    first = int(match["h"])
    if first + _NOON <= int(last.time[1:3]):
        first += _NOON
    return Moment(at, match.end("h"), "TIME", time=f"T{first:02d}:00") if first <= int(last.time[1:3]) else None


def part(source: Source, at: int, opened: bool = False) -> Moment | None:
    """A part of the day, `sáng sớm`; it is a time only beside a day."""
    match = _PART.match(source.low, at)
    return Moment(at, match.end(), "TIME", time=TABLE["parts"][spaced(match[0])]) if match else None


def _in_words(source: Source, at: int, opened: bool) -> Moment | None:
    match = _WORDS.match(source.low, at)
    hour = number(match["h"]) if match else None
    if match is None or hour is None or source.low[at].isdigit() or hour > 24:
        return None
    part, before = _following(source, match.end()), _before(source, at)
    told = bool(part) or opened or source.after(before, "clock")
    if not told or source.after(before, "lasting"):
        return None
    minute = 30 if match["half"] else int(number(match["min"]) or 0) if match["min"] else 0
    return _with_part(source, at, match.end(), int(hour), minute, part) if minute < 60 else None


def _told(source: Source, start: int, end: int, spoken: bool) -> bool:
    """Whether hours without a part of the day or minutes are a clock time."""
    start = _before(source, start)
    if source.after(start, "lasting") or _LENGTH.match(source.low, end):
        return False
    return source.after(start, "clock") or source.opens(start) or not spoken


def _before(source: Source, at: int) -> int:
    """Where the expression at `at` begins with the `khoảng` or `hơn` before it."""
    near = max(0, at - 12)
    degree = _DEGREE.search(source.low[near:at])
    return near + degree.start() if degree else at


def _following(source: Source, end: int) -> Moment | None:
    place = end
    while place < end + 3 and source.low[place : place + 1] == " ":
        place += 1
    return part(source, place) if "parts" not in source.off else None


def _with_part(source: Source, at: int, end: int, hour: int, minute: int, found: Moment | None) -> Moment:
    if found:
        end = found.end
        late = found.time in ("TAF", "TEV") or (found.time == "TNI" and hour >= 6) or (found.time == "TMI" and hour < 4)
        if late and hour < _NOON:
            hour += _NOON
        elif found.time == "TNI" and hour == _NOON:
            hour = 24
    return Moment(at, end, "TIME", time=f"T{hour:02d}:{minute:02d}")
