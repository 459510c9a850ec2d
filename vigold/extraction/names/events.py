"""Named events: by whole patterns, and by heads with the words, the edition or the countries that follow."""

from __future__ import annotations

import re

from vigold.extraction.names.countries import LAND, PAIR
from vigold.extraction.names.listed import inside, known_body
from vigold.extraction.names.reading import Node, Reading
from vigold.extraction.names.runs import run
from vigold.extraction.names.shapes import CAPITALISED, LETTERS, NUMBER, TERM, UPPER
from vigold.extraction.names.words import (
    EVENT,
    LOC,
    ORG,
    Shape,
    behind,
    either,
    known,
    lower_openings,
    openings,
    phrases,
    words,
)

_ORDINAL = rf"(?:{NUMBER}|{either(words(EVENT, 'ordinals'))})"
_GAMES = either(words(EVENT, "games"))
_PATTERNS = Shape(
    "|".join(shape.format(n=NUMBER, o=_ORDINAL, games=_GAMES) for shape in words(EVENT, "patterns")),
    words(EVENT, "pattern_openers", "games"),
    counted=True,
)
_HEADS, _LOWER_HEADS = phrases(EVENT, "heads"), phrases(EVENT, "lower_heads")
_WEAK, _WEAK_AT_FIRST = known(EVENT, "weak_heads"), known(EVENT, "weak_at_first")
_EVENT_WORDS = phrases(EVENT, "event_words", caseless=False)
_WORDED = frozenset(("", word.lower()) for word in words(EVENT, "event_words"))
_COMES_ROUND, _COMPOUND = phrases(EVENT, "returning"), behind(EVENT, "compounds")
OPENS = openings(_PATTERNS, _HEADS, _LOWER_HEADS, _COMES_ROUND) | _WORDED
LOWER = lower_openings(_PATTERNS, _LOWER_HEADS, _COMES_ROUND)
_COUNTS = r"(?! +(?:năm|ngày|tháng|tuổi|người|nước|tỉnh))"
_EDITION = Shape(
    rf"(?: cấp (?:quốc gia|tỉnh|thành phố|quốc tế))?"
    rf"(?:(?: +lần(?: +thứ)?)? +(?:{NUMBER}|\d+(?!\d)){_COUNTS}"
    r"|(?: +năm(?: học)?)? +\d{4}(?:[/-]\d{2,4})?(?![\w/]))"
)
_NO_EVENTS = phrases(EVENT, "no_events")
_YEAR = Shape(r" \d{4}(?![\w/-])")
_NUMBERED = Shape(rf"(?: \w+){{0,3}} lần thứ {_ORDINAL}")
_GOES_ON = rf"(?: (?!{either(words(EVENT, 'apart'))}(?!\w))[\w-]+){{1,10}}"
_RETURNS = rf"(?i:{either(map(str.lower, words(EVENT, 'returning')))})"
_RETURNING = Shape(rf"{_RETURNS}{_GOES_ON} lần thứ {_ORDINAL}")  # `Đại hội … lần thứ XI`
_DATED = Shape(rf"{either(words(EVENT, 'dated'))}(?= {UPPER}){_GOES_ON} \d{{4}}(?![\w/-])")
_TERM = Shape(r" \([Kk]hóa +[IVXL]+\)")
_DASH = Shape(r" ?- ?")
_OF_HEADS = known(EVENT, "of_heads")
_OF_BODIES = known(EVENT, "of_bodies")
_TERM_AT_END = re.compile(rf"{TERM.source}\Z")
_PARTY = re.compile(r"(?<!\w)Đảng(?!\w)")


def event(reading: Reading, at: int, bare: bool = False) -> Node | None:
    """An event with the body that it is an event of."""
    if _NO_EVENTS.end(reading, at):
        return None
    end, tail = _PATTERNS.end(reading, at), None
    if not end:
        end, tail = _headed(reading, at)
    if not end:
        end = _RETURNING.end(reading, at)
    if not end and reading.upper(at):
        end = _DATED.end(reading, at) or _worded(reading, at)
    if not end:
        return None
    end = TERM.end(reading, end) or _TERM.end(reading, end) or end
    inner = (*_inside(reading, at, tail.start if tail else end), *filter(None, [tail]))
    owner = _owner(reading, end)
    if owner is None:
        return Node(at, end, EVENT, inner)
    return Node(at, _YEAR.end(reading, owner.end) or owner.end, EVENT, (*inner, owner))


def of_place(reading: Reading, place: Node) -> Node | None:
    """`{Paris} Masters 2025`: an event that is named by where it is held."""
    end = _EVENT_WORDS.end(reading, place.end + 1) if reading.blank(place.end) else 0
    return Node(place.start, _EDITION.end(reading, end) or end, EVENT, (place,)) if end else None


def _worded(reading: Reading, at: int) -> int:
    """The end of `Nova Cup 2025`, or 0."""
    word = CAPITALISED.end(reading, at)
    end = _EVENT_WORDS.end(reading, word + 1) if word and reading.blank(word) else 0
    return (_EDITION.end(reading, end) or end) if end else 0


def _inside(reading: Reading, at: int, end: int) -> tuple[Node, ...]:
    """The names among the words; `Đảng` is one here, and not the adjective that it is in the name of a body."""
    found = inside(reading, at, end)
    party = [Node(*match.span(), ORG) for match in _PARTY.finditer(reading.text, at, end)]
    apart = [node for node in party if all(node.end <= other.start or other.end <= node.start for other in found)]
    return tuple(sorted((*found, *apart)))


def _owner(reading: Reading, end: int) -> Node | None:
    """The body after `của`, a comma or nothing but a blank."""
    if reading.text.startswith(" của ", end):
        return reading.read(ORG, end + 5)
    if reading.text.startswith(", ", end):
        return known_body(reading, end + 2) or _of_term(reading, end + 2)
    return reading.read(ORG, end + 1) if reading.blank(end) and reading.upper(end + 1) else None


def _of_term(reading: Reading, at: int) -> Node | None:
    """A body with its term, as a session names it: `Hội nghị lần thứ 9, {Ban Chấp hành … khóa XV}`."""
    body = reading.read(ORG, at) if reading.upper(at) else None
    return body if body and _TERM_AT_END.search(reading.text, at, body.end) else None


def _headed(reading: Reading, at: int) -> tuple[int, Node | None]:
    """The end of `Diễn đàn Kinh tế`, `Đại hội Công đoàn … lần thứ 5` with the body in it, or 0."""
    upper = reading.upper(at)
    start = (_HEADS if upper else _LOWER_HEADS).end(reading, at)
    if not start or (not upper and _COMPOUND.holds(reading, at)):
        return 0, None
    head = reading.lower(at, start)
    if upper and (named := _PATTERNS.end(reading, start + 1)):
        return named, None
    body = reading.read(ORG, start + 1) if head in _OF_BODIES and reading.upper(start + 1) else None
    if body and (end := _NUMBERED.end(reading, body.end)):
        return end, body
    words_end = run(reading, head, start, loose=upper)
    pair = _after_pair(reading, words_end)
    end = (_NUMBERED.end(reading, pair) if words_end > start else 0) or _EDITION.end(reading, pair) or pair
    if end == start and head in _OF_HEADS and reading.upper(start + 1) and reading.read(ORG, start + 1):
        return start, None
    nameless = pair == start and not upper
    weak = end == words_end and (head in _WEAK or (head in _WEAK_AT_FIRST and reading.opens(at)))
    return (0, None) if end == start or nameless or weak else (end, None)


def _after_pair(reading: Reading, end: int) -> int:
    """The end of `… Việt Nam - Lào`, `… - Điện Biên 2024`, where a name goes on with countries or a place."""
    pair = PAIR.end(reading, end + 1) if reading.blank(end) else 0
    link = _DASH.end(reading, end)
    both = pair or (link and (LAND.end(reading, link) or LETTERS.end(reading, link)))
    if both:
        return both
    place = reading.read(LOC, link or end + 1) if link or reading.blank(end) else None
    return place.end if place and _EDITION.end(reading, place.end) else end
