"""Parts of a year counted from its ends: quarters, halves, `6 tháng đầu năm`, seasons, and decades and centuries."""

from __future__ import annotations

from vigold.extraction.dates.calendar import shifted
from vigold.extraction.dates.moment import Moment
from vigold.extraction.dates.months import month
from vigold.extraction.dates.numbers import number
from vigold.extraction.dates.patterns import TABLE, compiled, either
from vigold.extraction.dates.source import Source

_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_QUARTER_WORDS = {"một": 1, "hai": 2, "ba": 3, "tư": 4, "bốn": 4}
_Q = r"(?:iv|i{1,3}|[1-4]|một|hai|ba|tư|bốn)(?!\w)"
_OF_YEAR = r"(?:(?:~[/\-.]~|,?_(?:của_)?(?:năm~)?)(?P<y><Y>)(?![\d/])|_(?:của_)?năm_(?P<ago><ago>)(?!_đó))"
_QUARTER = compiled(rf"qu[ýí]~(?P<q>{_Q})(?!~%|_(?:triệu|t[ỷỉ]))(?:{_OF_YEAR})?(?:_(?P<turn>vừa_qua|tới|này|sắp_tới)(?!\w))?")
_QUARTERS = compiled(
    rf"qu[ýí]~(?P<q>{_Q})(?:(?:~,~|_và_|~-~|_đến_)(?:qu[ýí]_)?{_Q}){{0,2}}(?:~,~|_và_|~-~|_đến_)(?P<last>{_Q}){_OF_YEAR}?"
)
_THIS = r"(?P<this>_năm(?!_(?:học|mới|thứ|nhất|âm|tuổi|[1-9]\d{0,2}(?!\d))|<L>))"
_COUNTED = compiled(
    rf"(?P<n><N>)_(?P<unit>tháng|quý)(?:_(?P<side>đầu|cuối)(?:{_OF_YEAR}|{_THIS})|_(?:của_)?năm_(?P<all><Y>)(?!\w))"
)
_HALF = compiled(rf"nửa_(?P<side>đầu|cuối|sau)(?:{_OF_YEAR}|{_THIS}|_(?:của_)?(?=tháng))")
_SEASON = compiled(
    rf"(?:mùa_)?(?P<season>{either(TABLE['seasons'])})(?:,?_(?:năm_)?(?P<y><Y>)(?![\w/]|~-~\d)|_năm_(?P<ago><ago>)|_này(?!\w))"
)
_DECADE = compiled(
    r"(?:thập_(?:niên|k[ỷỉ])(?:_(?:những_)?năm)?|những_(?:thập_niên|năm))_(?P<n>\d{4}|\d0)(?!\w|[.,/]\d|_người|~[,-]~\d)"
    r"(?P<century>,?_(?:của_)?(?:thế_k[ỷỉ]_(?:thứ_)?(?P<c>[ivx]{1,5}|\d\d|trước|này)(?!\w)))?"
)
_CENTURY = compiled(r"thế_k[ỷỉ]_(?:thứ_)?(?P<c>[ivx]{1,5}|\d\d?)(?:~-~(?P<last>[ivx]{1,5}|\d\d?))?(?!\w|[.,/]\d)")
_ONES = {"i": 1, "v": 5, "x": 10}


def quarter(source: Source, at: int, opened: bool = False) -> Moment | None:
    """`quý II/2023`, `quý 1 năm nay`."""
    match = _QUARTER.match(source.low, at)
    if match is None:
        return None
    turn = {"vừa": -1, "tới": 1, "sắp": 1}.get((match["turn"] or "").split(" ")[0], 0)
    return Moment(at, match.end(), year=_year(source, match["y"], match["ago"]), within=f"Q{_quarter(match['q'])}", turn=turn)


def quarters(source: Source, at: int, opened: bool = False) -> tuple[Moment, Moment] | None:
    """Quarters that share one `quý` or one year: `quý I, II/2023`."""
    match = _QUARTERS.match(source.low, at)
    if match is None:
        return None
    place = match.start("last")
    return (
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


def half(source: Source, at: int, opened: bool = False) -> Moment | None:
    """`nửa đầu năm 2023`; of a month it is the beginning or the end."""
    match = _HALF.match(source.low, at)
    if match is None:
        return None
    late = match["side"] != "đầu"
    if source.low.startswith("tháng", match.end()):
        found = month(source, match.end(), True)
        return found and found._replace(start=at, mod="END" if late else "START")
    year = _year(source, match["y"], match["ago"]) or shifted("Y", 0, source.today)
    return Moment(at, match.end(), year=year, within="H2" if late else "H1")


def season(source: Source, at: int, opened: bool = False) -> Moment | None:
    """`mùa hè 2023`, `mùa xuân năm nay`."""
    match = _SEASON.match(source.low, at)
    if match is None or not (source.low.startswith("mùa", at) or source.capital(at) or match["season"] == "hè"):
        return None
    year = _year(source, match["y"], match["ago"]) or shifted("Y", 0, source.today)
    return Moment(at, match.end(), year=year, within=TABLE["seasons"][match["season"]])


def decade(source: Source, at: int, opened: bool = False) -> Moment | None:
    """`thập niên 90`, `những năm 1990`, `những năm 80 của thế kỷ trước`."""
    match = _DECADE.match(source.low, at)
    if match is None or (len(match["n"]) == 4 and match["n"][3] != "0"):
        return None
    if len(match["n"]) == 4:
        return Moment(at, match.end(), value=match["n"][:3])
    century = match["c"] or ""
    ten = match["n"][0]
    hundred = "19" if ten > "2" else "20"
    if century and century not in ("trước", "này") and (index := _century(century)):
        hundred = f"{index - 1:02d}"
    elif century:
        hundred = "19" if century == "trước" else "20"
    return Moment(at, match.end(), value=hundred + ten)


def century(source: Source, at: int, opened: bool = False) -> Moment | None:
    """`thế kỷ XXI`, `thế kỷ 19`, `thế kỷ XVII-XVIII`."""
    match = _CENTURY.match(source.low, at)
    if match is None or not (first := _century(match["c"])):
        return None
    last = _century(match["last"]) if match["last"] else 0
    value = f"{first - 1:02d}"
    return Moment(at, match.end(), value=f"{value}/{last - 1:02d}" if last > first else value)


def _year(source: Source, year: str | None, ago: str | None) -> str:
    return year or (shifted("Y", TABLE["year_steps"][ago], source.today) if ago else "")


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


def _century(name: str) -> int:
    if name.isdigit():
        return int(name)
    values = [_ONES[letter] for letter in name]
    total = sum(-v if v < w else v for v, w in zip(values, [*values[1:], 0], strict=True))
    return total if 1 <= total <= 30 else 0
