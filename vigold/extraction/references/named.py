"""Treaties, charters, plans and programmes by name."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from vigold.extraction.references import issuers, knowledge
from vigold.extraction.references.knowledge import named, not_after, plans
from vigold.extraction.references.mention import Given, Mention, Part
from vigold.extraction.references.phrases import Phrases
from vigold.extraction.references.spelling import COMMA, DASH, UPPER, WALL, key, upper
from vigold.text import fold

_BLANK = re.compile(r"\s{1,2}")
_YEAR = re.compile(rf"\s{{1,2}}(?:năm\s{{1,2}})?(?:19|20)\d\d(?![\d/]|\s?[{DASH}]\s?\d)")
_PERIOD = re.compile(
    rf"""
    {COMMA}
    (?: (?:giai\sđoạn|thời\skỳ)\s{{1,2}}\d{{4}}\s?[{DASH}]\s?\d{{4}}
      | (?:giai\sđoạn|thời\skỳ)\s{{1,2}}đến\s(?:năm\s)?\d{{4}}
      | \d{{4}}\s?[{DASH}]\s?\d{{4}}
      | (?:đến|tầm\snhìn|tầm\snhìn\sđến|định\shướng\sđến)\s{{1,2}}(?:năm\s{{1,2}})?\d{{4}}
    )(?![\w/])
    """,
    re.VERBOSE | re.IGNORECASE,
)
_CAPITAL = rf"[{UPPER}][\w’']{{0,14}}"
_NAME = rf"{_CAPITAL}(?:(?:\s|\s?[{DASH}]\s?)(?:{_CAPITAL}|châu|hợp quốc|minh|quốc|kinh tế)){{0,7}}"
_RUN = re.compile(rf"{_CAPITAL}(?:(?:\s|\s?[{DASH}]\s?){_CAPITAL}){{0,7}}")
_DASHED = re.compile(rf"\s?[{DASH}]\s?{_NAME}")
_PARTIES = re.compile(rf"\s{{1,2}}giữa\s{{1,2}}(?:nước\s)?{_NAME}\s{{1,2}}(?:và|với)\s{{1,2}}(?:các nước\s)?{_NAME}")
_NUMBER = re.compile(r"\s{1,2}(?:số\s{1,2})?(\d{1,3})(?!\w)(?![.,/]\d)", re.IGNORECASE)
_FIRST = re.compile(r"[^\W\d_]{1,12}(?!\w)")
_WORD = re.compile(rf"(?:\s{{1,2}}|\s?[{DASH}]\s?)([^\W\d_]{{1,12}})(?!\w)")
_JOINED = re.compile(r"(?:\s{0,2},\s{1,2}(?:và\s{1,2})?|\s{1,2}và\s{1,2})([^\W\d_]{1,9})(?!\w)")
# A syllable of Vietnamese that happens to have no mark: `Kinh`, `Giao`.
_NATIVE = re.compile(
    r"(?:ngh|ng|nh|gh|gi|kh|ph|th|tr|ch|qu|[bcdghklmnprstvx])?[aeiouy]{1,3}(?:ng|nh|ch|[cmnpt])?", re.IGNORECASE
)
_BEFORE = re.compile(r"(\w{1,9})\s\Z")
_LONGEST = 16
_FEW = 3
_SHORTEST = 3


class _Kind(NamedTuple):
    names: Phrases
    open: bool
    plan: bool
    run: bool
    about: bool


@cache
def _kinds() -> dict[str, _Kind]:
    return {
        key(kind): _Kind(
            names, kind in plans()["open"], kind in plans()["plans"], kind in plans()["runs"], kind in plans()["about"]
        )
        for kind, names in named().items()
    }


def read(text: str, start: int, end: int, given: Given) -> Mention | None:
    """The document whose kind stands in [start, end), when a name follows."""
    blank = _BLANK.match(text, end)
    if blank is None or not given.has("named"):
        return None
    kind, at = _kinds()[key(text[start:end])], blank.end()
    if not upper(text, start) and not upper(text, at):
        return None
    if numbered := _numbered(text, start, end, at):
        return numbered
    stop = kind.names.end(text, at)
    if kind.plan and _opens(text, start) and text[at:stop].islower() and text.count(" ", at, stop) < _FEW:
        return None
    if not stop and kind.about:
        stop = _about(text, at)
    if kind.open:
        stop = _with_parties(text, stop) if stop else _treaty(text, at)
    if kind.run and upper(text, start) and not stop and not _within(text, start) and not issuers.end(text, at):
        stop = words(text, at, _SHORTEST)
    return _tailed(text, start, end, stop, kind.plan) if stop else None


def _numbered(text: str, start: int, end: int, at: int) -> Mention | None:
    """A document known by a body and a number: `Công ước ILO 105`."""
    bodies = knowledge.numbered_names().get(key(text[start:end]))
    stop = bodies.end(text, at) if bodies else 0
    number = _NUMBER.match(text, stop) if stop else None
    if number is None:
        return None
    return Mention(start, number.end(), "named", Part(start, end), number=Part(*number.span(1)), issuer=Part(at, stop))


def _opens(text: str, start: int) -> bool:
    """Whether the kind opens a sentence and has its capital from there: `Quy hoạch khoáng sản chưa xong.`"""
    before = text[max(0, start - 3) : start].rstrip(" ")
    return not before or before[-1] in f'.!?…{WALL}\n“"'


def _about(text: str, at: int) -> int:
    """The end of a convention known by what it is about: `Công ước Liên hợp quốc về Luật Biển`."""
    about = knowledge.united().match(text, at)
    if about is None:
        return 0
    stop, count = about.end() - 1, 0
    while count < _LONGEST and (match := _WORD.match(text, stop)) and not _ends_name(text, match):
        stop, count = match.end(), count + 1
    return stop if count > 1 else 0


def _with_parties(text: str, stop: int) -> int:
    """The end of a treaty with a party that follows behind a dash: `… ASEAN - Ấn Độ`."""
    parties = _DASHED.match(text, stop)
    return parties.end() if parties else stop


def _treaty(text: str, at: int) -> int:
    """The end of a treaty that no table has; one whose name says too little goes on with its parties."""
    generic = knowledge.generic().end(text, at)
    if not generic:
        return _run(text, at) if upper(text, at) else 0
    if parties := _PARTIES.match(text, generic):
        return parties.end()
    blank = _BLANK.match(text, generic)
    return _run(text, blank.end()) if blank and upper(text, blank.end()) else 0


def _run(text: str, at: int) -> int:
    """The end of a run of capitals, or of a name that only begins with one: `Quyền lực kinh tế khẩn cấp`."""
    run = _RUN.match(text, at)
    if run is None or run[0].split()[0] in not_after():
        return 0
    return max(run.end(), words(text, at, 2))


def _ends_name(text: str, match: re.Match[str]) -> bool:
    word = fold(match[1]).lower()
    if word in plans()["stops"]:
        return True
    after = _WORD.match(text, match.end())
    return after is not None and f"{word} {fold(after[1]).lower()}" in plans()["stop_pairs"]


def _within(text: str, at: int) -> bool:
    """Whether a capitalised word stands right before, as in the name of a body: `Đối tác Chiến lược`."""
    before = _BEFORE.search(text, max(0, at - 10), at)
    return before is not None and before[1][0].isupper()


def words(text: str, at: int, least: int, vocabulary: Phrases | None = None) -> int:
    """The end of a name that begins with a capital and goes on in small letters, up to a function word.

    Behind a comma or `và` it goes on where the vocabulary knows the pair. Foreign names (`Jones`) end at once.
    """
    match = _FIRST.match(text, at)
    if match is None or not upper(text, at) or (match[0].isascii() and not _NATIVE.fullmatch(match[0])):
        return 0
    stop, count, last = match.end(), 1, match[0]
    while count < _LONGEST and (match := _WORD.match(text, stop) or _JOINED.match(text, stop)):
        plain = match.re is _WORD and not _ends_name(text, match)
        if not plain:
            match = _JOINED.match(text, stop)
            if match is None or vocabulary is None or not vocabulary.goes_on(last, match[1]):
                break
        stop, count, last = match.end(), count + 1, match[1]
    return stop if count >= least else 0


def _tailed(text: str, start: int, end: int, stop: int, plan: bool) -> Mention:
    patterns = (_PERIOD, _PERIOD) if plan else (_YEAR,)
    for pattern in patterns:
        if match := pattern.match(text, stop):
            stop = match.end()
    return Mention(start, stop, "named", Part(start, end), name=Part(start, stop))
