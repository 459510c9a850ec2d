"""Which rules may begin at which word, and the search for the places where one of them may."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from vigold.extraction.dates import clocks, days, durations, eras, holidays, months, periods, relative, weekdays
from vigold.extraction.dates.friends import glued
from vigold.extraction.dates.moment import Moment
from vigold.extraction.dates.numbers import DIGITS
from vigold.extraction.dates.patterns import TABLE, compiled
from vigold.extraction.dates.source import Source

FIGURE = "0"
"""The key of a number in figures among the words with which an expression begins."""


class Rule(NamedTuple):
    """A rule and the family with which it is switched off."""

    family: str
    read: Callable[[Source, int, bool], Moment | None]


_DAY = (Rule("days", days.listed), Rule("days", days.day))
_TET = Rule("holidays", holidays.tet)
_HOLIDAY = Rule("holidays", holidays.holiday)
_LENGTH = Rule("durations", durations.length)
_EVERY = Rule("sets", durations.every)
_STEP = Rule("relative", relative.step)
_COUNT = (
    _EVERY, Rule("periods", periods.counted), Rule("periods", periods.counted_days), Rule("months", months.months),
    Rule("years", months.years), Rule("clocks", clocks.hour), Rule("clocks", clocks.clock), _TET, *_DAY, _LENGTH,
)  # fmt: skip
_WEEKDAY = Rule("weekdays", weekdays.named)
_SEASON = Rule("periods", periods.season)

# The rules by the first word of what they read, the ones that read more before the ones that read less.
_RULES: dict[str, tuple[Rule, ...]] = {
    FIGURE: (*_COUNT[:-1], Rule("months", months.figures), _LENGTH, Rule("years", months.year)),
    "ngày": (
        Rule("relative", relative.day), _TET, _HOLIDAY, *_DAY, Rule("lunar", days.full_moon), _WEEKDAY,
    ),
    "hôm": (Rule("relative", relative.day), _WEEKDAY, *_DAY),
    "mùng": (_TET, *_DAY),
    "mồng": (_TET, *_DAY),
    "rằm": (_HOLIDAY, Rule("lunar", days.full_moon)),
    "cùng": (Rule("relative", relative.day),),
    "thứ": (_WEEKDAY,),
    "chủ": (_WEEKDAY,),
    "chúa": (_WEEKDAY,),
    "tháng": (Rule("months", months.months), Rule("months", months.month), _STEP),
    "năm": (Rule("years", months.years), Rule("years", months.year), _STEP, *_COUNT),
    "tuần": (_STEP,),
    "quý": (Rule("periods", periods.quarters), Rule("periods", periods.quarter), _STEP),
    **{f"q{number}": (Rule("periods", periods.quarter),) for number in range(1, 5)},
    "quí": (Rule("periods", periods.quarters), Rule("periods", periods.quarter)),
    "nửa": (Rule("periods", periods.half), _LENGTH),
    "mùa": (_SEASON, _HOLIDAY),
    "thập": (Rule("eras", eras.decade),),
    "những": (Rule("eras", eras.decade),),
    "thế": (Rule("eras", eras.century),),
    "cách": (Rule("relative", relative.ago),),
    "hằng": (_EVERY,),
    "hàng": (_EVERY,),
    "mỗi": (Rule("weekdays", weekdays.each), _EVERY),
    "tết": (_HOLIDAY, _TET),
    **dict.fromkeys(TABLE["seasons"], (_SEASON,)),
    **{word: _COUNT for word in (*DIGITS, "mười") if word != "năm"},
}  # fmt: skip
for _name in (*holidays.BARE, *holidays.DATED):
    _word = _name.split()[0]
    if _HOLIDAY not in (_known := _RULES.get(_word, ())):
        _RULES[_word] = (*_known, _HOLIDAY)
_RULES["đêm"] = (_HOLIDAY, Rule("lunar", holidays.eve))

# Words that go before an expression and belong to it.
_BEFORE = {*TABLE["parts"], *TABLE["positions"], *TABLE["degrees"], "hết"}
# Common words begin an expression only together with the next one.
_PAIRS = {"chủ nhật", "chúa nhật", "cách đây", "cách nay", "những năm", "những thập", "thế kỷ", "thế kỉ", "cùng ngày"}
_HOLIDAYS = {" ".join(name.split()[:2]) for name in (*holidays.BARE, *holidays.DATED)}
_SINGLE = {word for word, rules in _RULES.items() if rules != (_HOLIDAY,)} - {
    FIGURE,
    "đêm",
    *(p.split()[0] for p in _PAIRS),
}
# What follows the first figure of a number that may begin one; a number of four may be a year.
_LIST = r"(?:~,~(?:và_)?\d{1,2}(?!\d)){1,8}(?:~[-/.]~\d|_(?:và|đến|tháng)_)"
_GOES_ON = compiled(
    rf"\d{{0,5}}(?:~[-/]~\d|\.~?\d|,\d|{_LIST}|[hg:]\d|~h(?!\w)|g(?!\w)|~<unit>"
    r"|_(?:tháng|và|đến|tới|hoặc|tết)(?!\w))|\d{3}(?!\d)"
)
_RESTS: dict[str, list[str]] = {}
for _words in sorted((*_BEFORE, *_PAIRS, *_HOLIDAYS, *_SINGLE)):
    _RESTS.setdefault(_words.split()[0], []).append("".join(f"_{word}" for word in _words.split()[1:]))
# The words that may begin an expression, with what has to follow each.
_OPENINGS = {word: compiled("|".join(rests) if all(rests) else "") for word, rests in _RESTS.items()}
_FIRST = re.compile(r"\d|\w+")


def places(source: Source) -> Iterator[int]:
    """The places at which an expression may begin."""
    for at, word in zip(source.view.starts, source.view.words, strict=True):
        if word in _OPENINGS:
            if _OPENINGS[word].match(source.low, at + len(word)):
                yield at
        elif word[0] <= "9" and _GOES_ON.match(source.low, at + 1):
            yield at


def read(source: Source, at: int, opened: bool = False) -> Moment | None:
    """What the first rule that fits reads at `at`; `opened` says that a word before it makes a number a date."""
    first = _FIRST.match(source.low, at)
    if first is None:
        return None
    word = FIGURE if first[0].isdigit() else first[0]
    if word == FIGURE and not opened and glued(source, at):
        return None
    for rule in _RULES.get(word, ()):
        if rule.family not in source.off and (found := rule.read(source, at, opened)):
            return found
    return None
