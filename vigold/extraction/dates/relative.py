"""Times by their distance from the day of publication: `hôm qua`, `tuần tới`, `năm ngoái`, `cách đây hai ngày`."""

from __future__ import annotations

from vigold.extraction.dates.calendar import shifted
from vigold.extraction.dates.friends import plural
from vigold.extraction.dates.moment import Moment
from vigold.extraction.dates.numbers import number
from vigold.extraction.dates.patterns import TABLE, compiled, either, spaced
from vigold.extraction.dates.source import Source

_DAY = compiled(rf"{either(TABLE['days'])}(?!\w)")
_SAME = compiled(r"(?:cùng_ngày|(?:ngày_)?hôm_(?:(?P<on>sau)|(?P<back>trước)))(?!\w)")
_PART_DAY = compiled(rf"_(?P<word>{either(TABLE['part_days'])})(?!\w)(?!_(?:đó|trở|về))")
# In `đầu năm tới nay` the word means `until`.
_NO_UNTIL = r"(?!(?<=tới)_(?:nay|hết|ngày|cuối|giữa|đầu|tháng|năm|\d))"
_STEP = compiled(
    rf"(?:(?P<unit>tuần|tháng|quý)_(?P<step>{either(TABLE['steps'])})|năm_(?P<ago><ago>))"
    rf"(?!\w)(?!_(?:đó|đấy|ấy)(?!\w)){_NO_UNTIL}(?P<again>_nữa(?!\w))?"
)
_CURRENT = compiled(
    r"(?P<unit>năm|tháng|quý)(?!\w)(?!_(?:học|mới|thứ|nhất|âm|tuổi|tài|sinh|sau|\d|<month>(?!\w))|~[,;]~tháng)"
)
_AGO = compiled(r"cách_(?:đây|nay)_(?:(?:đúng|tròn)_|(?P<mod><degree>)_)?(?P<n><N>|nửa)~(?P<unit><unit>)")
# With `nữa` behind them these go one step further: `tuần sau nữa`.
_ONE_MORE = ("sau", "tới", "trước")
_UNITS = {"tuần": "W", "tháng": "M", "quý": "Q", "năm": "Y", "ngày": "D"}


def day(source: Source, at: int, opened: bool = False) -> Moment | None:
    """`hôm nay`, `ngày mai`, `cùng ngày`, `hôm sau`."""
    match = _SAME.match(source.low, at)
    # `hôm trước` alone is some day.
    if match and (opened or not (match["on"] or match["back"]) or source.low.startswith("ngày", at)):
        return Moment(at, match.end(), day="XX", same_day=True, ahead=1 if match["on"] else -1 if match["back"] else 0)
    match = _DAY.match(source.low, at)
    if match is None or ("friends" not in source.off and plural(source, at)):
        return None
    return on_day(at, match.end(), shifted("D", TABLE["days"][spaced(match[0])], source.today))


def behind_part(source: Source, at: int) -> Moment | None:
    """`nay`, `qua` or `mai` with the blank before it, as it follows a part of the day or a clock time."""
    match = _PART_DAY.match(source.low, at)
    if match is None:
        return None
    return on_day(at, match.end(), shifted("D", TABLE["part_days"][match["word"]], source.today))


def step(source: Source, at: int, opened: bool = False) -> Moment | None:
    """`tuần này`, `tháng tới`, `năm ngoái`."""
    match = _STEP.match(source.low, at)
    if match is None or plural(source, at):
        return None
    if match["ago"]:
        steps, unit = TABLE["year_steps"][spaced(match["ago"])], "Y"
    else:
        steps, unit = TABLE["steps"][spaced(match["step"])], _UNITS[match["unit"]]
    if match["again"]:
        if (match["step"] or match["ago"]) not in _ONE_MORE:
            return None
        steps *= 2
    return Moment(at, match.end(), value=shifted(unit, steps, source.today))


def current(source: Source, at: int) -> Moment | None:
    """The bare `năm`, `tháng` or `quý` of `cuối năm`: the one of the publication."""
    match = _CURRENT.match(source.low, at)
    return Moment(at, match.end(), value=shifted(_UNITS[match["unit"]], 0, source.today)) if match else None


def ago(source: Source, at: int, opened: bool = False) -> Moment | None:
    """`cách đây hai ngày`, `cách đây hơn 10 năm`."""
    match = _AGO.match(source.low, at)
    if match is None:
        return None
    mod = TABLE["degrees"][spaced(match["mod"])] if match["mod"] else ""
    unit = TABLE["units"][spaced(match["unit"])]
    size = 0.5 if match["n"] == "nửa" else number(match["n"])
    if size is None:
        return None
    if unit in ("TS", "TM", "TH"):
        return on_day(at, match.end(), shifted("D", 0, source.today))._replace(mod=mod) if size < 12 else None
    if unit in ("DE", "CE"):
        unit, size = "Y", size * (10 if unit == "DE" else 100)
    if size != int(size):
        unit, size = "M", round(size * 12)
    value = shifted(unit, -int(size), source.today)
    return (
        on_day(at, match.end(), value)._replace(mod=mod)
        if unit == "D"
        else Moment(at, match.end(), value=value, mod=mod)
    )


def on_day(start: int, end: int, value: str) -> Moment:
    """The moment of a day whose value is reckoned from the publication."""
    year, month, day = value.split("-")
    return Moment(start, end, year=year, month=month, day=day, reckoned=True)
