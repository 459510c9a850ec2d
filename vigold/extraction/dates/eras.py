"""Decades and centuries: `thập niên 90`, `những năm 1990`, `thế kỷ XXI`, `thế kỷ trước`."""

from __future__ import annotations

from itertools import pairwise

from vigold.extraction.dates.moment import Moment
from vigold.extraction.dates.patterns import compiled
from vigold.extraction.dates.source import Source

_DECADE = compiled(
    r"(?:thập_(?:niên|k[ỷỉ])(?:_(?:những_)?năm)?|những_(?:thập_niên|năm))_(?P<n>\d{4}|\d0)"
    r"(?:(?:~,~|_và_|~-~)(?P<last>\d{4}|\d0))?(?!\w|[.,/]\d|_người|~[,-]~\d)"
    r"(?P<century>,?_(?:của_)?(?:thế_k[ỷỉ]_(?:thứ_)?(?P<c>[ivx]{1,5}|\d\d|trước|này)(?!\w)))?"
)
_CENTURY = compiled(
    r"thế_k[ỷỉ]_(?:thứ_)?(?P<c>[ivx]{1,5}|\d\d?|trước|này|qua)(?:~-~(?P<last>[ivx]{1,5}|\d\d?))?(?!\w|[.,/]\d|_(?:trước_công_nguyên|tcn))"
)
_BEFORE_THIS = {"trước": 1, "qua": 1, "này": 0}
_ONES = {"i": 1, "v": 5, "x": 10}


def decade(source: Source, at: int, opened: bool = False) -> Moment | None:
    """`thập niên 90`, `những năm 1990`, `những năm 80 của thế kỷ trước`, `những năm 60, 70`."""
    match = _DECADE.match(source.low, at)
    if match is None:
        return None
    first, last = (_decade(source, match[key] or "", match["c"] or "") for key in ("n", "last"))
    if not first or bool(match["last"]) != bool(last):
        return None
    return Moment(at, match.end(), value=f"{first}/{last}" if last else first)


def century(source: Source, at: int, opened: bool = False) -> Moment | None:
    """`thế kỷ XXI`, `thế kỷ 19`, `thế kỷ XVII-XVIII`, `thế kỷ trước`."""
    match = _CENTURY.match(source.low, at)
    first = _hundreds(source, match["c"]) if match else ""
    if match is None or not first:
        return None
    last = _hundreds(source, match["last"]) if match["last"] else ""
    return Moment(at, match.end(), value=f"{first}/{last}" if last > first else first)


def _decade(source: Source, name: str, century_: str) -> str:
    """The first three figures of a decade; of one without its century, the last that has been."""
    if len(name) == 4:
        return name[:3] if name[3] == "0" else ""
    if not name:
        return ""
    hundreds = _hundreds(source, century_) if century_ else "19" if name > "20" else "20"
    return hundreds + name[0] if hundreds else ""


def _hundreds(source: Source, name: str) -> str:
    """The first two figures of the years of a century; "" for a name that is none."""
    if name in _BEFORE_THIS:
        return f"{source.today.year // 100 - _BEFORE_THIS[name]:02d}" if source.today else "XX"
    number = int(name) if name.isdigit() else _roman(name)
    return f"{number - 1:02d}" if 1 <= number <= 30 else ""


def _roman(numeral: str) -> int:
    values = [*(_ONES[letter] for letter in numeral), 0]
    # A smaller numeral before a greater one is taken away: `ix` is nine.
    return sum(-value if value < following else value for value, following in pairwise(values))
