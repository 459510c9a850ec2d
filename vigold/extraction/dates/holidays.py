"""Holidays and anniversaries by their names: `Tết Nguyên đán`, `ngày Quốc khánh`, `mùng 3 Tết`, `đêm giao thừa`."""

from __future__ import annotations

from typing import Any

from vigold.extraction.dates.moment import Moment
from vigold.extraction.dates.numbers import number
from vigold.extraction.dates.patterns import compiled, either, spaced
from vigold.extraction.dates.source import Source
from vigold.extraction.dates.tails import cycle, tail
from vigold.extraction.tables import table
from vigold.text import fold

_TABLE: dict[str, Any] = table("holidays")
_LISTS: dict[str, list[dict[str, Any]]] = {key: _TABLE[key] for key in ("bare", "named")}
_NAMES = {fold(name): entry for entries in _LISTS.values() for entry in entries for name in entry["names"]}
BARE: list[str] = [fold(name) for entry in _LISTS["bare"] for name in entry["names"]]
_BARE = compiled(rf"(?:ngày_(?:lễ_)?|lễ_)?(?P<name>{either(BARE)})(?!\w)")
DATED: list[str] = [name for name in _NAMES if name not in BARE]
_NAMED = compiled(rf"ngày_(?:hội_)?(?P<name>{either(DATED)})(?!\w)")
_DATED = compiled(rf"(?P<name>{either(DATED)})(?=_(?:ngày_)?\d)")
_FIGURES = compiled(r"_(?:ngày_)?(?P<d><D>)~[/\-.]~(?P<m><M>)(?![/\-.]\d{1,3}(?!\d)|\w)")
_TET_DAY = compiled(
    r"(?:ngày_)?(?:m[ùồ]ng~(?P<d>\d{1,2}|<digit>|mười)(?P<shared>(?=(?:~,~|_và_|_đến_|_tới_|~-~)(?:m[ùồ]ng~)?(?:\d{1,2}|<digit>|mười)_tết))?|(?P<late>2\d|30|ba_mươi|hai_(?:mươi_)?(?:tám|chín)))(?(shared)|_tết(?!\w))"
)
_EVE = compiled(
    r"đêm_(?:30|ba_mươi)(?=~[,;.)]|~\Z|_(?:và|đã|là|thì|ở|tại|của|cả|khi|trong)(?!\w))"
    r"(?!(?:~,~|_(?:và|đến|tới)_)(?:<part>_)?(?:ngày_)?\d|[.,]\d)"
)
_TET = compiled(rf"(?:ngày_)?tết(?!\w)(?!_{either(_TABLE['other_tet'])}(?!\w))(?!-)")
_TET_YEAR = compiled(r"_(?:năm_)?(?P<y><Y>)(?![\w/]|[.,-]\d)")
_LOWER_TET = compiled(rf"(?<!\w){either(_TABLE['before_tet'])}_\Z")
_WORD = compiled(r"_(?:nước_)?(<L>+)")
_AT_HOME = ("việt", "cộng", "vn")
_SLASH_YEAR = compiled(r"~[/\-.]~(?P<y><Y>)(?!\w)")
DAYS = {*_TABLE["anniversaries"]} | {
    entry["day"] for entries in _LISTS.values() for entry in entries if not entry.get("lunar")
}
"""The days of the calendar that go by the name of a holiday, as `09-02`."""


def holiday(source: Source, at: int, opened: bool = False) -> Moment | None:
    """A holiday by name, with its day in figures or its year behind it."""
    match = _NAMED.match(source.low, at)
    if match and not source.capital(match.start("name")):
        match = None
    match = match or _BARE.match(source.low, at)
    if match is None:
        return _by_its_day(source, at)
    entry = _NAMES[spaced(match["name"])]
    if entry.get("home") and _is_abroad(source, match.end()):
        return None
    found = _on(at, match.end(), entry["day"], bool(entry.get("lunar")))
    if entry.get("time"):
        found = found._replace(type="TIME", time=entry["time"])
    if found.lunar:
        return _with_year(source, found) if "lunar" not in source.off else None
    return _with_figures(source, found)


def _by_its_day(source: Source, at: int) -> Moment | None:
    """`Quốc tế Lao động 1/5`: a name that needs `ngày` has its day in figures instead."""
    match = _DATED.match(source.low, at)
    if match is None or not source.capital(at):
        return None
    found = _with_figures(source, _on(at, match.end(), _NAMES[spaced(match["name"])]["day"], False))
    return found if found.end > match.end() else None


def eve(source: Source, at: int, opened: bool = False) -> Moment | None:
    """`đêm 30`: the last night of the lunar year."""
    match = _EVE.match(source.low, at)
    if match is None:
        return None
    return _with_year(source, _on(at, match.end(), "12-30", True)._replace(type="TIME", time="TNI"))


def _is_abroad(source: Source, end: int) -> bool:
    """Whether the name of another country follows: `Quốc khánh Lào`."""
    word = _WORD.match(source.low, end)
    return word is not None and source.capital(word.start(1)) and word[1] not in _AT_HOME


def tet(source: Source, at: int, opened: bool = False) -> Moment | None:
    """`Tết`, `Tết Quý Mão`, `Tết 2024`, `mùng 3 Tết`, `30 Tết`: days of the lunar new year."""
    if "lunar" in source.off:
        return None
    if match := _TET_DAY.match(source.low, at):
        number_ = number(match["late"] or match["d"])
        if number_ is None or not 1 <= number_ <= 30:
            return None
        day = f"{'12' if match['late'] else '01'}-{int(number_):02d}"
        found = _on(at, match.end(), day, True)
        return found if match["shared"] is not None else _with_year(source, found)
    match = _TET.match(source.low, at)
    if match is None:
        return None
    name = match.end() - len("tết")
    if not source.capital(name) and not _LOWER_TET.search(source.low[max(0, name - 12) : name]):
        return None
    return _with_year(source, _on(at, match.end(), "01-01", True))


def _on(start: int, end: int, day: str, lunar: bool) -> Moment:
    return Moment(start, end, month=day[:2], day=day[3:], lunar=lunar, recurs=True)


def _with_figures(source: Source, found: Moment) -> Moment:
    """`Quốc khánh 2/9`, `Quốc khánh 2/9/1945`, `Quốc khánh năm nay`."""
    match = _FIGURES.match(source.low, found.end)
    if match and (int(match["d"]), int(match["m"])) == (int(found.day), int(found.month)):
        slashed = _SLASH_YEAR.match(source.low, match.end())
        more = tail(source, slashed.end() if slashed else match.end(), slashed["y"] if slashed else "")
        return found._replace(end=more.end, year=more.year, recurs=not more.year)
    return _with_year(source, found)


def _with_year(source: Source, found: Moment) -> Moment:
    """The year behind a holiday: in figures, by the sixty-year cycle, or `vừa qua`, `năm nay`."""
    end, year = found.end, ""
    if found.lunar and (named := cycle(source, end)):
        end, year = named
    if match := _TET_YEAR.match(source.low, end):
        return found._replace(end=match.end(), year=match["y"], recurs=False)
    more = tail(source, end, year)
    return found._replace(end=more.end, year=more.year, recurs=not more.year)
