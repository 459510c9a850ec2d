"""Months and years: `tháng 6/2023`, `tháng Giêng`, `4/2026`, `năm 1945`, `2021-2025`, and lists that share a year."""

from __future__ import annotations

from vigold.extraction.dates.friends import bare_month, bare_year, bare_years, glued, plural, short_years
from vigold.extraction.dates.moment import Moment, spanning
from vigold.extraction.dates.patterns import TABLE, compiled, spaced
from vigold.extraction.dates.source import Source
from vigold.extraction.dates.tails import cycle, tail

_COUNT = r"(?:(?P<count>(?:hai|ba|bốn|năm|sáu|[2-9])_)(?=tháng|năm))?"
_UNCOUNTED = r"(?!_(?:triệu|t[ỷỉ]|nghìn|ngàn|đồng|lần|người|buổi|usd)(?!\w)|~%)"
_NO_UNIT = r"(?!_(?:tháng|ngày|tuần|quý|giờ|phút|năm_(?!\d|nay|ngoái|sau|trước|tới))|[.,:/]\d|~%|\w)"
_MONTH = compiled(
    rf"tháng~(?:(?P<m><M>)(?:~[/.\-]~(?P<y><Y>)(?!\d|/\w|\w))?(?!/|[.,:]\d|-\d|\w){_UNCOUNTED}|(?P<mw><month>)(?!\w))"
)
_MONTHS = compiled(
    rf"{_COUNT}tháng~(?P<m><M>)(?:(?:~,~|_và_|~-~|_đến_|_tới_)(?:tháng~)?<M>){{0,8}}"
    rf"(?:~,~(?:và_)?|_và_|~-~|_đến_|_tới_)(?P<last><M>)(?:~[/.]~(?P<y><Y>)|-(?P<y2><Y>))?{_NO_UNIT}"
)
_FIGURES = compiled(r"(?P<m><M>)~?(?P<sign>[/.\-])~?(?P<y><Y>)<stop>")
_YEAR = compiled(r"năm~(?P<y><Y>)(?![\w/]|[.,:]\d)(?!-\d)")
# A year of three figures is told from a count by what follows: nothing that is counted.
_EARLY = compiled(r"năm_(?P<y>[1-9]\d\d)(?=~[,;)]|[.]?~\Z|_sau_công_nguyên)")
_YEARS = compiled(r"(?:năm~)?(?P<a><Y>)~(?P<sign>[-/])~(?P<b><Y>|\d\d(?!\d))(?![\w/]|[.,:-]\d|-<L>|~%)")
_YEAR_LIST = compiled(
    r"(?P<count>(?:hai|ba|bốn|năm|[2-9])_)năm~(?P<a><Y>)(?:(?:~,~|_và_)<Y>){0,4}(?:~,~|_và_)(?P<b><Y>)(?!\w)"
)
_BARE = compiled(r"(?P<y><Y>)")
_CYCLE_YEAR = compiled(r"năm(?=_)")
# In small letters these are counts as well: `tháng hai lần`, `năm tháng`.
_VAGUE = {"năm", "một", "hai"}


def month(source: Source, at: int, opened: bool = False) -> Moment | None:
    """The month that begins at `at` with `tháng`."""
    match = _MONTH.match(source.low, at)
    if match is None:
        return None
    if "friends" not in source.off and (plural(source, at) or _counted(source, at)):
        return None
    name = spaced(match["mw"]) if match["mw"] else ""
    more = tail(source, match.end(), match["y"] or "")
    vague = name in _VAGUE or source.before(match.end(), "counted")
    if name and vague and not source.capital(match.start("mw")) and not more.year:
        return None
    lunar = more.lunar or (name in TABLE["lunar"]["months"] and "lunar" not in source.off)
    value = f"{int(match['m']) if match['m'] else TABLE['months'][name]:02d}"
    kind = "SET" if more.recurs else "DATE"
    recurs = (lunar or more.recurs or source.after(at, "events")) and not more.year
    return Moment(at, more.end, kind, year=more.year, month=value, lunar=lunar, turn=more.turn, recurs=recurs)


def months(source: Source, at: int, opened: bool = False) -> Moment | None:
    """The first to the last of months that share one `tháng` or one year: `tháng 3, 4 và 5/2023`."""
    match = _MONTHS.match(source.low, at)
    if match is None or (not match["count"] and _counted(source, at)):
        return None
    more = tail(source, match.end(), match["y"] or match["y2"] or "")
    if not more.year and ("friends" not in source.off and source.before(match.end(), "counted")):
        return None
    if int(match["m"]) >= int(match["last"]) and not more.year:
        return None
    kind = "SET" if more.recurs else "DATE"
    recurs = (more.lunar or more.recurs) and not more.year
    shared = Moment(at, more.end, kind, year=more.year, lunar=more.lunar, turn=more.turn, recurs=recurs)
    first, last = (shared._replace(month=f"{int(match[key]):02d}") for key in ("m", "last"))
    return spanning(first._replace(year=""), last)


def figures(source: Source, at: int, opened: bool = False) -> Moment | None:
    """A month in figures without `tháng`: `4/2026`."""
    match = _FIGURES.match(source.low, at)
    if match is None or glued(source, at) or not (opened or bare_month(source, at, match.end(), match["sign"])):
        return None
    return Moment(at, match.end(), year=match["y"], month=f"{int(match['m']):02d}")


def year(source: Source, at: int, opened: bool = False) -> Moment | None:
    """The year that begins at `at`: `năm 1945`, `năm Quý Mão`, or a bare one."""
    match = _YEAR.match(source.low, at)
    if match:
        more = tail(source, match.end(), match["y"])
        return Moment(at, more.end, year=match["y"], turn=more.turn)
    if match := _EARLY.match(source.low, at):
        return Moment(at, match.end(), year=f"0{match['y']}")
    if _CYCLE_YEAR.match(source.low, at):
        return _cycle_year(source, at)
    match = _BARE.match(source.low, at)
    if match is None or glued(source, at) or not bare_year(source, at, match.end(), int(match["y"])):
        return None
    return Moment(at, match.end(), year=match["y"])


def years(source: Source, at: int, opened: bool = False) -> Moment | None:
    """The first to the last year of a term: `2021-2025`, `2023/24`, `hai năm 2022 và 2023`."""
    if match := _YEAR_LIST.match(source.low, at):
        middle = match.start("b")
        return spanning(Moment(at, middle, year=match["a"]), Moment(middle, match.end(), year=match["b"]))
    match = _YEARS.match(source.low, at)
    if match is None or (source.low[at].isdigit() and glued(source, at)):
        return None
    last = match["b"] if len(match["b"]) == 4 else match["a"][:2] + match["b"]
    whole = len(match["b"]) == 4 or short_years(source, at, int(match["a"]), int(last))
    if not bare_years(int(match["a"]), int(last), match["sign"] if whole else "/"):
        return None
    middle = match.start("b")
    return spanning(Moment(at, middle, year=match["a"]), Moment(middle, match.end(), year=last))


def _cycle_year(source: Source, at: int) -> Moment | None:
    if "lunar" in source.off or not source.capital(at + 4):
        return None
    named = cycle(source, at + 3)
    if named is None:
        return None
    return Moment(at, named[0], year=named[1] or "XXXX", lunar=True)


_BEFORE_MONTH = compiled(r"(?:(?<!\w)(?:một|hai|ba|bốn|sáu|bảy|tám|chín|mười|mươi|nửa)|(?<![/.\-\d])\d{1,2})_\Z")


def _counted(source: Source, at: int) -> bool:
    """Whether a number stands before `tháng`, so that it is a length and what follows is none of its own."""
    near = max(0, at - 8)
    number = _BEFORE_MONTH.search(source.low[near:at])
    return number is not None and not source.after(near + number.start(), "numbered")
