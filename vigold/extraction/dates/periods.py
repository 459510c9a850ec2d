"""Parts of a year or month: quarters, halves, `6 tháng đầu năm`, `10 ngày cuối tháng 6`, seasons."""

from __future__ import annotations

from calendar import monthrange

from vigold.extraction.dates.calendar import shifted
from vigold.extraction.dates.moment import Moment, spanning
from vigold.extraction.dates.months import month
from vigold.extraction.dates.numbers import number
from vigold.extraction.dates.patterns import TABLE, compiled, either, spaced
from vigold.extraction.dates.source import Source
from vigold.extraction.dates.tails import cycle

_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_QUARTER_WORDS = {"một": 1, "hai": 2, "ba": 3, "tư": 4, "bốn": 4}
_Q = r"(?:iv|i{1,3}|[1-4]|một|hai|ba|tư|bốn)(?!\w)"
_OF_YEAR = r"(?:(?:~[/\-.]~|,?_(?:của_)?(?:năm~)?)(?P<y><Y>)(?![\d/])|_(?:của_)?năm_(?P<ago><ago>)(?!_đó))"
_QUARTER = compiled(
    rf"(?:qu[ýí]~|q(?=[1-4]~[/-]~\d{{4}}))(?P<q>{_Q})(?!~%|_(?:triệu|t[ỷỉ]))(?:{_OF_YEAR})?(?:_(?P<turn>vừa_qua|tới|này|sắp_tới)(?!\w))?"
)
_QUARTERS = compiled(
    rf"qu[ýí]~(?P<q>{_Q})(?:(?:~,~|_và_|~-~|_đến_)(?:qu[ýí]_)?{_Q}){{0,2}}(?:~,~|_và_|~-~|_đến_)(?P<last>{_Q}){_OF_YEAR}?"
)
_THIS = r"(?P<this>_năm(?!_(?:học|mới|thứ|nhất|âm|tuổi|[1-9]\d{0,2}(?!\d))|<L>))"
_COUNTED = compiled(
    rf"(?P<n><N>)_(?P<unit>tháng|quý)(?:_(?P<side>đầu|cuối)(?:{_OF_YEAR}|{_THIS})|_(?:của_)?(?:năm_)?(?P<all><Y>)(?!\w|[-/]))"
)
_COUNTED_DAYS = compiled(r"(?P<n><N>)_(?P<unit>ngày|tuần)_(?P<side>đầu|cuối)_(?=tháng~\d|tháng_<month>)")
_HALF = compiled(rf"nửa_(?P<side>đầu|cuối|sau)(?:{_OF_YEAR}|{_THIS})")
_SEASON_NAME = compiled(rf"(?P<named>mùa_)?(?P<season>{either(TABLE['seasons'])})(?!\w)")
_SEASON_YEAR = compiled(
    r",?_(?:năm_)?(?P<y><Y>)(?![\w/]|~-~\d)|_năm_(?P<ago><ago>)|_(?P<turn>này|tới|sắp_tới|vừa_qua|vừa_rồi)(?!\w)"
)
_TURNS = {"này": 0, "tới": 1, "sắp": 1, "vừa": -1}


def quarter(source: Source, at: int, opened: bool = False) -> Moment | None:
    """`quý II/2023`, `quý 1 năm nay`."""
    match = _QUARTER.match(source.low, at)
    if match is None:
        return None
    turn = {"vừa": -1, "tới": 1, "sắp": 1}.get((match["turn"] or "").split(" ")[0], 0)
    return Moment(
        at, match.end(), year=_year(source, match["y"], match["ago"]), within=f"Q{_quarter(match['q'])}", turn=turn
    )


def quarters(source: Source, at: int, opened: bool = False) -> Moment | None:
    """Quarters that share one `quý` or one year: `quý I, II/2023`."""
    match = _QUARTERS.match(source.low, at)
    if match is None:
        return None
    place = match.start("last")
    return spanning(
        Moment(at, place, within=f"Q{_quarter(match['q'])}"),
        Moment(place, match.end(), year=_year(source, match["y"], match["ago"]), within=f"Q{_quarter(match['last'])}"),
    )


def counted(source: Source, at: int, opened: bool = False) -> Moment | None:
    """`6 tháng đầu năm 2023`, `ba quý cuối năm`, `9 tháng năm 2023`."""
    match = _COUNTED.match(source.low, at)
    size = number(match["n"]) if match else None
    if match is None or size is None or size != int(size) or not 1 <= size <= 12:
        return None
    if source.after(at, "ordinals") and match["all"]:
        return None
    year = match["all"] or _year(source, match["y"], match["ago"]) or shifted("Y", 0, source.today)
    return Moment(at, match.end(), value=_stretch(year, int(size), match["unit"], match["side"] == "cuối"))


def counted_days(source: Source, at: int, opened: bool = False) -> Moment | None:
    """`10 ngày đầu tháng 9`, `hai tuần cuối tháng 6`: so many days at one end of a month."""
    match = _COUNTED_DAYS.match(source.low, at)
    size = number(match["n"]) if match else None
    found = month(source, match.end(), True) if match and size else None
    if match is None or size is None or found is None or found.lunar:
        return None
    days = int(size * (7 if match["unit"] == "tuần" else 1))
    first, last = 1, monthrange(int(found.year) if found.year else 2000, int(found.month))[1]
    if not 1 < days <= last:
        return None
    first, last = (last - days + 1, last) if match["side"] == "cuối" else (1, days)
    return spanning(found._replace(start=at, day=f"{first:02d}"), found._replace(day=f"{last:02d}"))


def half(source: Source, at: int, opened: bool = False) -> Moment | None:
    """`nửa đầu năm 2023`."""
    match = _HALF.match(source.low, at)
    if match is None:
        return None
    late = match["side"] != "đầu"
    year = _year(source, match["y"], match["ago"]) or shifted("Y", 0, source.today)
    return Moment(at, match.end(), year=year, within="H2" if late else "H1")


def season(source: Source, at: int, opened: bool = False) -> Moment | None:
    """`mùa hè 2023`, `mùa xuân năm nay`, `Xuân Quý Mão 2023`, `mùa thu tới`."""
    name = _SEASON_NAME.match(source.low, at)
    if name is None or not (name["named"] or source.capital(at) or name["season"] == "hè"):
        return None
    if "friends" not in source.off and source.after(at, "winds"):
        return None  # `Biển {Đông} năm 1992`
    found = Moment(at, name.end(), within=TABLE["seasons"][name["season"]])
    if match := _SEASON_YEAR.match(source.low, name.end()):
        turn = _TURNS[match["turn"].split()[0]] if match["turn"] else 0
        return found._replace(end=match.end(), year=_year(source, match["y"], match["ago"]), turn=turn)
    named = cycle(source, name.end()) if "lunar" not in source.off else None
    return found._replace(end=named[0], year=named[1]) if named and source.capital(name.end() + 1) else None


def _year(source: Source, year: str | None, ago: str | None) -> str:
    return year or (shifted("Y", TABLE["year_steps"][spaced(ago)], source.today) if ago else "")


def _quarter(name: str) -> int:
    return int(name) if name.isdigit() else _ROMAN.get(name) or _QUARTER_WORDS[name]


def _stretch(year: str, size: int, unit: str, late: bool) -> str:
    whole = 12 if unit == "tháng" else 4
    sign, width = ("", 2) if unit == "tháng" else ("Q", 1)
    if size * 2 == whole:
        return f"{year}-H{2 if late else 1}"
    size = min(size, whole)
    first, last = (whole - size + 1, whole) if late else (1, size)
    return f"{year}-{sign}{first:0{width}d}/{year}-{sign}{last:0{width}d}"
