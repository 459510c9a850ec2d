"""Days of the week: `thứ Hai tuần sau`, `hôm thứ Năm`, `Chủ nhật tới`, `thứ Bảy hằng tuần`."""

from __future__ import annotations

from vigold.extraction.dates.calendar import weekday
from vigold.extraction.dates.moment import Moment
from vigold.extraction.dates.patterns import TABLE, compiled, either, spaced
from vigold.extraction.dates.relative import on_day
from vigold.extraction.dates.source import Source

WEEKDAYS = ("thứ", "chủ", "chúa")
"""With one of these begins a day of the week."""

_NAME = rf"(?:thứ~{either(TABLE['weekdays'])}|ch[ủú]a?_nhật)"
_WEEKDAY = compiled(
    rf"(?:hôm_)?(?:ngày_)?(?:thứ~(?P<n>{either(TABLE['weekdays'])})|(?P<sun>ch[ủú]a?_nhật))"
    r"(?!\w|[.,/]\d|_(?:nào|đen)(?!\w))"
)
_WEEK = compiled(
    r"_(?:(?:của_)?tuần_(?P<week>này|trước|tới|sau|qua|vừa_qua|rồi)|(?P<turn>tới(?:_đây)?|sắp_tới|vừa_qua|vừa_rồi|rồi"
    r"|trước|này))(?!\w)(?!_đó)"
)
_WEEKLY = compiled(r"_(?:hằng|hàng|mỗi)_tuần(?!\w)")
_MORE = compiled(rf"(?:(?:~,~|_và_|_đến_){_NAME}){{1,6}}(?=_(?:hằng|hàng|mỗi)_tuần)")
# `các tối thứ Bảy, Chủ nhật`: many of them are meant.
_MANY = compiled(r"(?<!\w)(?:(?:các|mỗi)_(?:<part>_)?|(?:những|mọi)_<part>_)(?:ngày_)?\Z")
_EACH = compiled(r"mỗi_(?:<part>_)?(?=(?:ngày_)?(?:thứ|ch[ủú]))")
_SEVERAL = compiled(rf"(?:(?:~,~|_và_|_đến_){_NAME}){{1,6}}")
_FIGURES = compiled(r",?_(?:ngày_)?\d{1,2}~[-./]~\d")
_LISTED = compiled(rf"(?:~,~|_và_|_đến_){_NAME}(?!\w)")
_ALONE = compiled(r"(?:hôm|vào|sáng|trưa|chiều|tối|đêm)_\Z")
_CENTURY = compiled(r"thế_k[ỷỉ]_\Z")
_ORDERED = compiled(
    r"(?:lần|kỳ|phiên|người|vị_trí|hạng|ngày|năm|tháng|tuần|khóa|đại_hội|cấp|bậc|ngôi|thế_giới|giai_đoạn|xếp|đứng|về|đích)~\Z"
)


def named(source: Source, at: int, opened: bool = False) -> Moment | None:
    """`thứ Hai tới`, `hôm thứ Năm`, `Chủ nhật tuần sau`, `thứ Bảy hằng tuần`."""
    low = source.low
    match = _WEEKDAY.match(low, at)
    if match is None or _CENTURY.search(low, max(0, at - 10), at):
        return None
    number_ = 7 if match["sun"] else TABLE["weekdays"][match["n"]]
    name, end = match.start("n") if match["n"] else at, match.end()
    if (again := _recurring(source, at, name, end, number_)) is not None:
        return again if "sets" not in source.off else None
    if found := _in_week(source, at, name, end, number_):
        return found
    if not opened and not _is_name(source, at, name, end):
        return None
    past = low.startswith("hôm", at) or low[max(0, at - 5) : at].strip().endswith("hôm")
    return _on(at, end, number_, None, -1 if past else 0, source)


def _recurring(source: Source, at: int, name: int, end: int, number_: int) -> Moment | None:
    """`thứ Bảy, Chủ nhật hằng tuần`, or with `các` before it, `các tối thứ Bảy`."""
    named_ = source.low[name].isdigit() or _is_name(source, at, name, end)
    many = named_ and _MANY.search(source.low, max(0, at - 20), at)
    more = (_SEVERAL if many else _MORE).match(source.low, end)
    last = more.end() if more else end
    every = _WEEKLY.match(source.low, last)
    if not every and not many:
        return None
    value = "P1W" if more else f"XXXX-WXX-{number_}"
    return Moment(at, every.end() if every else last, "SET", value=value, between=more is not None)


def _in_week(source: Source, at: int, name: int, end: int, number_: int) -> Moment | None:
    """`thứ Hai tuần sau`, `thứ Hai tới`."""
    week = _WEEK.match(source.low, end)
    if week is None:
        return None
    if week["week"]:
        return _on(at, week.end(), number_, TABLE["steps"][spaced(week["week"])], 0, source)
    if _counts(source, at, name):
        return None
    turn = 1 if week["turn"][0] in "s" or week["turn"].startswith("tới") else -1
    return _on(at, week.end(), number_, None, 0 if week["turn"] == "này" else turn, source)


def _on(start: int, end: int, number_: int, weeks: int | None, turn: int, source: Source) -> Moment:
    return on_day(start, end, weekday(number_, weeks, turn, source.today))._replace(weekday=number_)


def each(source: Source, at: int, opened: bool = False) -> Moment | None:
    """`mỗi thứ Hai`, `mỗi sáng Chủ nhật`."""
    match = _EACH.match(source.low, at)
    found = named(source, match.end()) if match else None
    return found._replace(start=at) if found and found.type == "SET" else None


def _counts(source: Source, at: int, name: int) -> bool:
    """Whether a weekday in small letters is the number of what stands before it: `lần thứ hai này`."""
    ordered = _ORDERED.search(source.low[max(0, at - 16) : at])
    return source.low[at] != "c" and not source.capital(name) and ordered is not None


def _is_name(source: Source, at: int, name: int, end: int) -> bool:
    """Whether a weekday without anything beside it is none of an order, as `lần thứ hai` is."""
    before = source.low[max(0, at - 16) : at]
    if source.low[at] == "c" or _FIGURES.match(source.low, end) or _LISTED.match(source.low, end):
        return True
    if _ORDERED.search(before):
        return False
    return source.low.startswith("hôm", at) or source.capital(name) or _ALONE.search(before) is not None
