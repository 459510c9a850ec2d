"""Times by their distance from the day of publication: `hôm qua`, `tuần tới`, `năm ngoái`, `thứ Hai tuần sau`."""

from __future__ import annotations

from vigold.extraction.dates.calendar import shifted, weekday
from vigold.extraction.dates.moment import Moment
from vigold.extraction.dates.numbers import number
from vigold.extraction.dates.patterns import TABLE, compiled, either
from vigold.extraction.dates.source import Source

_DAY = compiled(rf"{either(TABLE['days'])}(?!\w)")
_SAME = compiled(r"cùng_ngày(?!\w)")
_PART_DAY = compiled(rf"_(?P<word>{either(TABLE['part_days'])})(?!\w)(?!_(?:đó|trở|về))")
_STEP = compiled(
    rf"(?:(?P<unit>tuần|tháng|quý)_(?P<step>{either(TABLE['steps'])})|năm_(?P<ago><ago>))(?!\w)(?!_(?:đó|đấy|ấy|nữa)(?!\w))"
)
_GOES_ON = compiled(r"_(?:nay|đến|tới)(?!\w)")
_CURRENT = compiled(r"(?P<unit>năm|tháng|quý)(?!\w)(?!_(?:học|mới|thứ|nhất|âm|tuổi|tài|sinh|sau|\d|<month>(?!\w))|~[,;]~tháng)")
_AGO = compiled(r"cách_(?:đây|nay)_(?:(?P<mod><degree>)_)?(?P<n><N>|nửa)~(?P<unit><unit>)")
_AHEAD = compiled(r"(?P<n><N>)_(?P<unit>ngày|tuần|tháng|năm)_nữa(?!\w)")
_WEEKDAY = compiled(
    rf"(?:hôm_)?(?:ngày_)?(?:thứ~(?P<n>{either(TABLE['weekdays'])})|(?P<sun>ch[ủú]a?_nhật))(?!\w|[.,/]\d)"
)
_WEEK = compiled(
    r"_(?:(?:của_)?tuần_(?P<week>này|trước|tới|sau|qua|vừa_qua|rồi)|(?P<turn>tới(?:_đây)?|sắp_tới|vừa_qua|vừa_rồi|rồi"
    r"|trước|này))(?!\w)(?!_đó)"
)
_WEEKLY = compiled(r"_(?:hằng|hàng|mỗi)_tuần(?!\w)")
_MORE = compiled(r"(?:~,~|_và_)(?:thứ~(?:<n>|[2-7])|ch[ủú]a?_nhật)(?=_(?:hằng|hàng|mỗi)_tuần)".replace("<n>", either(TABLE["weekdays"])))
_ALONE = compiled(r"(?:hôm|vào|từ|đến|sáng|trưa|chiều|tối|đêm|ngày|trong|trước|sau|tới|cứ|và|,|khai_mạc|diễn_ra)~\Z")
_ORDERED = compiled(r"(?:lần|kỳ|phiên|người|vị_trí|hạng|ngày|năm|tháng|tuần|khóa|đại_hội|cấp|bậc|ngôi|thế_giới|giai_đoạn)~\Z")
_UNITS = {"tuần": "W", "tháng": "M", "quý": "Q", "năm": "Y", "ngày": "D"}


def day(source: Source, at: int, opened: bool = False) -> Moment | None:
    """`hôm nay`, `ngày mai`, `cùng ngày`."""
    if _SAME.match(source.low, at):
        return Moment(at, at + len("cùng ngày"), day="XX", same_day=True)
    match = _DAY.match(source.low, at)
    if match is None:
        return None
    return _at(at, match.end(), shifted("D", TABLE["days"][" ".join(match[0].split())], source.today))


def behind_part(source: Source, at: int) -> Moment | None:
    """`nay`, `qua` or `mai` with the blank before it, as it follows a part of the day or a clock time."""
    match = _PART_DAY.match(source.low, at)
    if match is None:
        return None
    return _at(at, match.end(), shifted("D", TABLE["part_days"][match["word"]], source.today))


def step(source: Source, at: int, opened: bool = False) -> Moment | None:
    """`tuần này`, `tháng tới`, `năm ngoái`."""
    match = _STEP.match(source.low, at)
    if match is None or source.after(at, "plurals"):
        return None
    if match["ago"]:
        steps, unit = TABLE["year_steps"][" ".join(match["ago"].split())], "Y"
    else:
        steps, unit = TABLE["steps"][" ".join(match["step"].split())], _UNITS[match["unit"]]
    return Moment(at, match.end(), value=shifted(unit, steps, source.today))


def current(source: Source, at: int) -> Moment | None:
    """The bare `năm`, `tháng` or `quý` of `cuối năm`: the one of the publication."""
    match = _CURRENT.match(source.low, at)
    return Moment(at, match.end(), value=shifted(_UNITS[match["unit"]], 0, source.today)) if match else None


def ago(source: Source, at: int, opened: bool = False) -> Moment | None:
    """`cách đây hai ngày`, `cách đây hơn 10 năm`, `ba ngày nữa`."""
    match = _AGO.match(source.low, at)
    sign = -1
    if match is None:
        match, sign = _AHEAD.match(source.low, at), 1
    if match is None:
        return None
    mod = TABLE["degrees"][" ".join(match["mod"].split())] if sign < 0 and match["mod"] else ""
    unit = TABLE["units"][" ".join(match["unit"].split())]
    size = 0.5 if match["n"] == "nửa" else number(match["n"])
    if size is None:
        return None
    if unit in ("TS", "TM", "TH"):
        return _at(at, match.end(), shifted("D", 0, source.today))._replace(mod=mod) if size < 12 else None
    if unit in ("DE", "CE"):
        unit, size = "Y", size * (10 if unit == "DE" else 100)
    if size != int(size):
        unit, size = "M", round(size * 12)
    value = shifted(unit, sign * int(size), source.today)
    return Moment(at, match.end(), value=value, mod=mod)


def named_weekday(source: Source, at: int, opened: bool = False) -> Moment | None:
    """`thứ Hai tới`, `hôm thứ Năm`, `Chủ nhật tuần sau`, `thứ Bảy hằng tuần`."""
    low = source.low
    match = _WEEKDAY.match(low, at)
    if match is None:
        return None
    number_ = 7 if match["sun"] else TABLE["weekdays"][match["n"]]
    end = match.end()
    while more := _MORE.match(low, end):
        end = more.end()
    if every := _WEEKLY.match(low, end):
        return Moment(at, every.end(), "SET", value="P1W") if "sets" not in source.off else None
    if week := _WEEK.match(low, match.end()):
        if week["week"]:
            value = weekday(number_, TABLE["steps"][" ".join(week["week"].split())], 0, source.today)
        else:
            turn = 1 if week["turn"][0] in "s" or week["turn"].startswith("tới") else -1
            value = weekday(number_, None, 0 if week["turn"] == "này" else turn, source.today)
        return _at(at, week.end(), value)
    if not opened and not _is_name(source, at, match.start("n") if match["n"] else at):
        return None
    past = low.startswith("hôm", at) or low[max(0, at - 5) : at].strip().endswith("hôm")
    return _at(at, match.end(), weekday(number_, None, -1 if past else 0, source.today))


def _is_name(source: Source, at: int, name: int) -> bool:
    """Whether a weekday without anything beside it is none of an order, as `lần thứ hai` is."""
    before = source.low[max(0, at - 16) : at]
    if _ORDERED.search(before):
        return False
    capital = source.capital(name) or source.low[at] == "c"
    return source.low.startswith("hôm", at) or (capital and (source.opens(at) or name > at or _ALONE.search(before) is not None))


def _at(start: int, end: int, value: str) -> Moment:
    year, month, day = value.split("-")
    return Moment(start, end, year=year, month=month, day=day)
