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
_FIGURES = compiled(r",?_(?:ngày_)?\d{1,2}~[-./]~\d")
_LISTED = compiled(rf"(?:~,~|_và_|_đến_){_NAME}(?!\w)")
_ALONE = compiled(r"(?:hôm|vào|sáng|trưa|chiều|tối|đêm)_\Z")
_ORDERED = compiled(
    r"(?:lần|kỳ|phiên|người|vị_trí|hạng|ngày|năm|tháng|tuần|khóa|đại_hội|cấp|bậc|ngôi|thế_giới|giai_đoạn)~\Z"
)


def named(source: Source, at: int, opened: bool = False) -> Moment | None:
    """`thứ Hai tới`, `hôm thứ Năm`, `Chủ nhật tuần sau`, `thứ Bảy hằng tuần`."""
    low = source.low
    match = _WEEKDAY.match(low, at)
    if match is None:
        return None
    number_ = 7 if match["sun"] else TABLE["weekdays"][match["n"]]
    end = match.end()
    if more := _MORE.match(low, end):
        end = more.end()
    if every := _WEEKLY.match(low, end):
        value = "P1W" if end > match.end() else f"XXXX-WXX-{number_}"
        found = Moment(at, every.end(), "SET", value=value, between=end > match.end())
        return found if "sets" not in source.off else None
    if week := _WEEK.match(low, match.end()):
        if week["week"]:
            value = weekday(number_, TABLE["steps"][spaced(week["week"])], 0, source.today)
        else:
            turn = 1 if week["turn"][0] in "s" or week["turn"].startswith("tới") else -1
            value = weekday(number_, None, 0 if week["turn"] == "này" else turn, source.today)
        return on_day(at, week.end(), value)
    if not opened and not _is_name(source, at, match.start("n") if match["n"] else at, match.end()):
        return None
    past = low.startswith("hôm", at) or low[max(0, at - 5) : at].strip().endswith("hôm")
    return on_day(at, match.end(), weekday(number_, None, -1 if past else 0, source.today))


def _is_name(source: Source, at: int, name: int, end: int) -> bool:
    """Whether a weekday without anything beside it is none of an order, as `lần thứ hai` is."""
    before = source.low[max(0, at - 16) : at]
    if source.low[at] == "c" or _FIGURES.match(source.low, end) or _LISTED.match(source.low, end):
        return True
    if _ORDERED.search(before):
        return False
    return source.low.startswith("hôm", at) or source.capital(name) or _ALONE.search(before) is not None
