"""Days: `ngày 5/7/2023`, `18.7`, `ngày 15 tháng 6 năm 2023`, `mùng 2/9`, and lists of them that share a month."""

from __future__ import annotations

import re

from vigold.extraction.dates.calendar import shifted
from vigold.extraction.dates.friends import bare_day, glued, plural
from vigold.extraction.dates.moment import Moment, spanning
from vigold.extraction.dates.numbers import WORDS, number
from vigold.extraction.dates.patterns import TABLE, compiled, either, spaced
from vigold.extraction.dates.source import Source
from vigold.extraction.dates.tails import cycle, tail

_OPEN = r"(?P<open>(?:hôm~)?(?:ngày~)?(?:m[ùồ]ng~)?)"
_SIGN = r"(?:~/~|\.|~-~)"
_DAY = compiled(
    rf"{_OPEN}(?:(?P<iso><Y>-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]))<stop>"
    rf"|(?P<d><D>)(?P<sign>{_SIGN})(?P<m><M>)(?:{_SIGN}(?P<y><Y>)|(?P=sign)(?P<yy>\d\d)(?!\d))?<stop>"
    rf"|(?P<dw><D>|{WORDS})_tháng~(?P<mw><M>|<month>)(?:{_SIGN}(?P<yw><Y>))?(?!<A>|[.,]\d|~%|_(?:ngày|tuần)(?!_\d)(?!\w)))"
)
_LONE = compiled(
    r"(?:hôm~)?ngày~(?:m[ùồ]ng~)?(?P<d><D>)(?=~[,.;:)”\"\n]|~\Z|_(?:đến|tới|hằng|hàng|mỗi|này)_|(?:~,~|_và_|_)<part>_)(?![.,]\d)"
)
_BEFORE_PART = compiled(r"(?P<d><D>)(?=(?:~,~|_và_|_đến_|_)<part>_(?:ngày_)?<D>)")
_OF_MONTH = compiled(
    rf"ngày~(?:m[ùồ]ng~)?(?P<d><D>)_(?:(?P<every>hằng|hàng|mỗi)_tháng|(?:của_)?tháng_(?P<step>{either(TABLE['steps'])}))(?!\w)"
)
_FULL_MOON = compiled(r"(?:ngày~)?rằm_tháng_(?P<m><M>|<month>)(?!\w)")
_LINK = r"(?:~,~(?:và_)?|_và_|_đến_|_tới_|_hoặc_)(?:ngày~)?(?:m[ùồ]ng~)?"
_DASHED = rf"(?:{_LINK}|~-~)"
_CHAIN = compiled(rf"{_OPEN}<D>(?:{_LINK}<D>)*(?P<dated>~[-/.]~\d|_tháng)?")
_DASH = compiled(r"\d{1,2}~-~")
_LIST = compiled(
    r"(?:(?P<count>(?:hai|ba|bốn|năm|[2-9])_)(?=ngày))?(?P<open>(?:hôm~)?(?:ngày~)?(?:m[ùồ]ng~)?)(?P<d><D>)(?:"
    rf"(?:{_DASHED}<D>){{0,8}}{_DASHED}(?=<D>(?:~/~|\.)<M>|<D>_tháng)"
    rf"|(?:{_LINK}<D>){{0,8}}{_LINK}(?=<D>~-~<M>))"
)


def day(source: Source, at: int, opened: bool = False) -> Moment | None:
    """The day that begins at `at`; `opened` says that a word before it makes it one."""
    match = _DAY.match(source.low, at)
    if match is None:
        return _of_month(source, at) or _lone(source, at, opened)
    if not (match["open"] or opened) and not _stands_alone(source, match):
        return None
    if match["iso"]:
        year, month, number_ = match["iso"].split("-")
        return Moment(at, match.end(), year=year, month=month, day=number_)
    found = _in_words(source, match) if match["dw"] else _in_figures(match)
    return None if found is None else _completed(source, found)


def full_moon(source: Source, at: int, opened: bool = False) -> Moment | None:
    """`rằm tháng Bảy`: the fifteenth of a lunar month."""
    match = _FULL_MOON.match(source.low, at)
    if match is None:
        return None
    found = Moment(at, match.end(), month=_month(match["m"]), day="15", lunar=True, recurs=True)
    return _completed(source, found)


def listed(source: Source, at: int, opened: bool = False) -> Moment | None:
    """The first to the last day of a list whose last day alone has the month: `ngày 5, 6 và 7/7`."""
    match = None if at < source.barren else _LIST.match(source.low, at)
    if match is None:
        _remember(source, at)
        return None
    if not match["open"] and glued(source, at):
        return None
    known = match["open"] or match["count"] or opened or source.after(at, "openers") or source.opens(at)
    last = day(source, match.end(), True) if known or _DASH.fullmatch(source.low, at, match.end()) else None
    if last is None or not last.day or not (known or _is_range(source, at, int(match["d"]), last)):
        return None
    return spanning(Moment(at, match.end(), day=f"{int(match['d']):02d}", lunar=last.lunar), last)


def _remember(source: Source, at: int) -> None:
    """Keep how far the numbers run on without a month, so that the later ones are not tried again."""
    chain = _CHAIN.match(source.low, at) if at >= source.barren else None
    if chain and not chain["dated"]:
        source.barren = chain.end()


def _is_range(source: Source, start: int, first: int, last: Moment) -> bool:
    """Whether `25-28/6` without an opening word is a range of days and no score, share or address."""
    if not last.month.isdigit() or first >= int(last.day) or "/" not in source.low[last.start : last.end]:
        return False
    return bare_day(source, start, last.end, "/", int(last.day), int(last.month))


def _stands_alone(source: Source, match: re.Match[str]) -> bool:
    start, end = match.span()
    if glued(source, start):
        return False
    if match["iso"] or match["dw"]:
        return bool(match["iso"]) or not source.after(start, "numbered")
    sign = match["sign"].strip()
    if match["y"]:
        return sign == "/" or not source.after(start, "before")
    return bare_day(source, start, end, sign, int(match["d"]), int(match["m"]))


def _in_figures(match: re.Match[str]) -> Moment:
    year = match["y"] or (f"{'20' if int(match['yy']) < 60 else '19'}{match['yy']}" if match["yy"] else "")
    return Moment(match.start(), match.end(), year=year, month=f"{int(match['m']):02d}", day=f"{int(match['d']):02d}")


def _in_words(source: Source, match: re.Match[str]) -> Moment | None:
    value = number(match["dw"])
    month = spaced(match["mw"])
    if value is None or not 1 <= value <= 31:
        return None
    if not match["dw"][0].isdigit() and not match["open"] and not source.capital(match.start("mw")):
        return None
    lunar = month in TABLE["lunar"]["months"] and "lunar" not in source.off
    return Moment(
        match.start(),
        match.end(),
        year=match["yw"] or "",
        month=_month(month),
        day=f"{int(value):02d}",
        lunar=lunar,
        recurs=lunar,
    )


def _completed(source: Source, found: Moment) -> Moment:
    more = tail(source, found.end, found.year)
    lunar = found.lunar or more.lunar
    year, end = more.year, more.end
    if lunar and not year and (named := cycle(source, end)):
        end, year = named
    kind = "SET" if more.recurs else "DATE"
    return found._replace(
        end=end, year=year, turn=more.turn, lunar=lunar, type=kind, recurs=(lunar or more.recurs) and not year
    )


def _of_month(source: Source, at: int) -> Moment | None:
    """`ngày 15 tháng này`, `ngày 5 hằng tháng`."""
    match = _OF_MONTH.match(source.low, at)
    if match is None:
        return None
    number_ = f"{int(match['d']):02d}"
    if match["every"]:
        return (
            Moment(at, match.end(), "SET", month="XX", day=number_, recurs=True) if "sets" not in source.off else None
        )
    if "relative" in source.off:
        return None
    year, month = shifted("M", TABLE["steps"][spaced(match["step"])], source.today).split("-")
    return Moment(at, match.end(), year=year, month=month, day=number_, reckoned=True)


def _lone(source: Source, at: int, opened: bool) -> Moment | None:
    """A day whose month stands with the next one: `từ ngày 5 đến hết ngày 7/7`, `đêm 4, rạng sáng 5/7`."""
    match = _LONE.match(source.low, at) or (_BEFORE_PART.match(source.low, at) if opened else None)
    if match is None or plural(source, at):
        return None
    return Moment(at, match.end(), day=f"{int(match['d']):02d}")


def _month(words: str) -> str:
    return f"{int(words) if words.isdigit() else TABLE['months'][spaced(words)]:02d}"
