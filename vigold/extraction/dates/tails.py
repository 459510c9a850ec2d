"""What stands behind a day or month and completes it: its year, its calendar, which way from now it lies."""

from __future__ import annotations

from typing import NamedTuple

from vigold.extraction.dates.calendar import shifted
from vigold.extraction.dates.patterns import TABLE, compiled, either, spaced
from vigold.extraction.dates.source import Source

_YEAR = compiled(
    r"(?:,?_(?:của_)?năm~(?P<year><Y>)(?!~[-/.]~\d)|_(?:của_)?năm_(?P<ago><ago>)(?!_(?:đó|đến|tới|ấy)(?!\w)))"
)
_CYCLE = compiled(
    rf",?_(?:năm_)?(?P<stem>{either([*TABLE['lunar']['stems'], 'kỉ', 'quí'])})_"
    rf"(?P<branch>{either([*TABLE['lunar']['branches'], 'tí', 'tị', 'mẹo'])})(?!\w)(?:~[-(,]?~(?P<year><Y>))?"
)
_CYCLE_BEHIND = compiled(r"_năm_")
_LUNAR = compiled(r"(?P<tail>_âm_lịch(?!\w)|_al(?!\w))|~\(~(?:tức_)?(?:âm_lịch|al)~\)")
_TURN = compiled(
    r"_(?:(?P<back>vừa_qua|vừa_rồi|mới_đây|rồi(?=~[,.;:)]))|(?P<on>tới_đây|sắp_tới|tới"
    r"(?=~[,.;:)”\"\n]|~\Z|_(?:sẽ|tại|ở|và|là|để|với|theo|cho|nhằm|này|có|được|do|khi|thì)(?!\w)))|(?P<here>này))(?!\w)"
)
_EVERY = compiled(r"_(?:hằng|hàng|mỗi)_năm(?!\w)")


class Tail(NamedTuple):
    """Where a date with its tail ends and what the tail says; "" and 0 for what it leaves out."""

    end: int
    year: str = ""
    lunar: bool = False
    turn: int = 0
    recurs: bool = False


def tail(source: Source, at: int, year: str = "") -> Tail:
    """What follows a day or month that ends at `at`; `year` is the one that it has already."""
    found = Tail(at, year)
    lunar = _LUNAR.match(source.low, at)
    if lunar and "lunar" not in source.off:
        found = found._replace(lunar=True, end=lunar.end() if lunar["tail"] else at)
    if not year:
        found = _year(source, found)
    if not found.year and "lunar" not in source.off and _CYCLE_BEHIND.match(source.low, found.end):
        named = cycle(source, found.end)
        found = found._replace(end=named[0], year=named[1], lunar=True) if named else found
    if found.lunar is False and (lunar := _LUNAR.match(source.low, found.end)) and "lunar" not in source.off:
        found = found._replace(lunar=True, end=lunar.end() if lunar["tail"] else found.end)
    if "relative" in source.off:
        return found
    if turn := _TURN.match(source.low, found.end):
        return found._replace(end=turn.end(), turn=-1 if turn["back"] else 1 if turn["on"] else 0)
    if not found.year and "sets" not in source.off and (every := _EVERY.match(source.low, found.end)):
        return found._replace(end=every.end(), recurs=True)
    return found


def _year(source: Source, found: Tail) -> Tail:
    if match := _YEAR.match(source.low, found.end):
        if match["year"]:
            return found._replace(end=match.end(), year=match["year"])
        if "relative" not in source.off:
            return found._replace(
                end=match.end(), year=shifted("Y", TABLE["year_steps"][spaced(match["ago"])], source.today)
            )
    return found


def cycle(source: Source, at: int) -> tuple[int, str] | None:
    """The end and the year of a `(năm) Quý Mão` with a blank before it, as it follows a lunar day or `Tết`.

    The year is the one of the sixty-year cycle that lies nearest to the publication, "" when that is unknown.
    """
    match = _CYCLE.match(source.low, at)
    if match is None:
        return None
    if match["year"]:
        return match.end(), match["year"]
    spellings, places = TABLE["lunar"]["spellings"], []
    for kind, list_ in (("stem", "stems"), ("branch", "branches")):
        places.append(TABLE["lunar"][list_].index(spellings.get(match[kind], match[kind])))
    fitting = [n for n in range(60) if [n % 10, n % 12] == places]
    today = source.today
    if not fitting or today is None:
        return match.end(), ""
    # The year 4 opened a cycle.
    year = min(range(fitting[0] + 4, 9999, 60), key=lambda year: abs(year - today.year))
    return match.end(), f"{year:04d}"
