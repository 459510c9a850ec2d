"""Counted lengths of time and what comes round: `hai ngày`, `60 năm`, `hằng năm`, `ba tháng một lần`."""

from __future__ import annotations

import re

from vigold.extraction.dates.friends import counted_unit
from vigold.extraction.dates.moment import Moment
from vigold.extraction.dates.numbers import number, plain
from vigold.extraction.dates.patterns import TABLE, compiled, spaced
from vigold.extraction.dates.source import Source

_EVERY = compiled(
    r"(?:hằng|hàng|mỗi)_(?:(?P<n><N>)_)?(?:buổi_)?(?P<unit><unit>|sáng|trưa|chiều|tối)(?P<once>_(?:một|1)_lần(?!\w))?"
)
_BY_THE_HOUR = compiled(r"hàng_(?:(?:giờ|phút|giây)(?!\w)|<unit>_(?:trời|liền))")
_NUMBERED = compiled(r"_(?:\d|[ivx]{1,3}(?!\w))")
_SOME = compiled(r"(?P<n><N>)_(?P<unit><unit>)(?:_(?:một|1)_lần(?!\w)|~/~(?:một~|1~)?lần(?!\w))")
_LENGTH = compiled(
    r"(?P<n><N>|nửa)(?:~-~(?P<to>\d{1,3})(?!\d)|_(?:đến|tới|hoặc)_(?P<upto><N>))?"
    r"(?:_|(?<=\d)~)(?P<unit><unit>)(?P<half>_rưỡi(?!\w))?"
)
_MORE = compiled(r"(?:_và)?_(?P<n><N>)_(?P<unit><unit>)")
_HOURS = compiled(r"(?P<n>\d{1,3})(?:h|g)(?P<k>[0-5]\d)?(?![\w'])")
_LAST = compiled(r"_(?:qua|tới|liền|liên_tục|đồng_hồ|trước|sau|nữa)(?!\w)")
# What stands behind a unit and makes another word of it.
_OTHER = {unit: compiled(rf"_(?:{pattern})") for unit, pattern in TABLE["other_words"].items()}
_YEAR = re.compile(r"(?:19|20)\d\d")
_PARTS = {"sáng": "TMO", "trưa": "TMI", "chiều": "TAF", "tối": "TEV", "đêm": "TNI"}
# Mostly no five months but the times gone by; no half of a night but its middle; and some day or other.
_NONE = (("năm", "tháng"), ("nửa", "đêm"), ("một", "hôm"), ("năm", "hôm"))
_ORDER = ("CE", "DE", "Y", "Q", "M", "W", "D", "TH", "TM", "TS")


def every(source: Source, at: int, opened: bool = False) -> Moment | None:
    """`hằng năm`, `mỗi tháng`, `ba tháng một lần`, `2 năm/lần`."""
    match = _EVERY.match(source.low, at) or _SOME.match(source.low, at)
    if match is None or _is_ware(source, at, match.end()):
        return None
    word = spaced(match["unit"])
    if word in _PARTS:
        return Moment(at, match.end(), "SET", value=f"XXXX-XX-XX{_PARTS[word]}")
    size = number(match["n"]) if match["n"] else 1
    if size is None or (word in _OTHER and not match["n"] and _OTHER[word].match(source.low, match.end("unit"))):
        return None
    return Moment(at, match.end(), "SET", value=_period(size, TABLE["units"][word]))


def _is_ware(source: Source, at: int, end: int) -> bool:
    """Whether `hàng` is no `every` here, as in `đơn hàng tháng 12`, `cửa hàng`."""
    if "friends" in source.off or not source.low.startswith("hàng", at):
        return False
    if _BY_THE_HOUR.match(source.low, at):
        return True
    return source.after(at + len("hàng"), "wares") or _NUMBERED.match(source.low, end) is not None


def length(source: Source, at: int, opened: bool = False) -> Moment | None:
    """A counted length of time; None for ages and for numbers that count no time."""
    match = _LENGTH.match(source.low, at)
    if match is None:
        return _hours(source, at)
    end = match.end()
    size = 0.5 if match["n"] == "nửa" else number(match["n"])
    if not size or counted_unit(source, at, end) or _is_other(source, match, end):
        return None
    unit = TABLE["units"][spaced(match["unit"])]
    value = _period(size, unit)
    if match["half"] and unit in TABLE["halves"]:
        value = _sum(value, TABLE["halves"][unit])
    else:
        value, end = _with_smaller(source, value, unit, end)
    between = bool(match["to"] or match["upto"])
    return Moment(at, end, "DURATION", value=value, mod="APPROX" if between else "", between=between)


def _with_smaller(source: Source, value: str, unit: str, end: int) -> tuple[str, int]:
    """The length and its end with the smaller units behind it: `1 năm 6 tháng 5 ngày`."""
    while match := _MORE.match(source.low, end):
        more, smaller = number(match["n"]), TABLE["units"][spaced(match["unit"])]
        if not more or _ORDER.index(smaller) <= _ORDER.index(unit):
            break
        value, unit, end = _sum(value, _period(more, smaller)), smaller, match.end()
    return value, end


def _is_other(source: Source, match: re.Match[str], end: int) -> bool:
    """Whether the number and unit are no length: `hai tiếng nổ`, `nửa đêm`, `những năm tháng`."""
    if "friends" in source.off:
        return False
    word = spaced(match["unit"])
    if word == "tháng" and _YEAR.fullmatch(match["n"]):
        return True  # `Festival {2022} {tháng trước}`
    if (match["n"], word) in _NONE or (word == "tiếng" and source.after(match.start(), "sounds")):
        return True
    return word in _OTHER and _OTHER[word].match(source.low, end) is not None


def _hours(source: Source, at: int) -> Moment | None:
    """`24h qua`, `kéo dài 2h30`: hours in short, where they are no clock."""
    match = _HOURS.match(source.low, at)
    if match is None or not (source.after(at, "lasting") or _LAST.match(source.low, match.end())):
        return None
    value = _period(int(match["n"]), "TH")
    return Moment(
        at, match.end(), "DURATION", value=_sum(value, _period(int(match["k"]), "TM")) if match["k"] else value
    )


def _period(size: float, unit: str) -> str:
    if size == 0.5 and unit in TABLE["halves"]:
        half: str = TABLE["halves"][unit]
        return half
    return f"PT{plain(size)}{unit[1]}" if unit[0] == "T" else f"P{plain(size)}{unit}"


def _sum(first: str, second: str) -> str:
    """Two periods as one: `PT2H` and `PT14M` as `PT2H14M`."""
    return first + (second[2:] if second[1] == "T" and "T" in first else second[1:])
