"""Bodies of a head with what makes a name of it: words, a number, a unit, a place, another body."""

from __future__ import annotations

import re

from vigold.extraction.names import countries, persons, places
from vigold.extraction.names.listed import inside
from vigold.extraction.names.reading import Node, Reading
from vigold.extraction.names.runs import run
from vigold.extraction.names.shapes import CAPITALISED, HEADS, LETTERS, NO_NAMES, TERM, UPPER
from vigold.extraction.names.words import (
    EVENT,
    LOC,
    ORG,
    ROLE,
    Shape,
    behind,
    either,
    known,
    lower_openings,
    openings,
    phrases,
    words,
)

_LOWER_HEADS, _COMPOUND = phrases(ORG, "lower_heads"), behind(ORG, "compounds")
_NUMBER = Shape(r"(?: +số)? +\d+(?![\w/])")
_LOCAL_UNIT = Shape(rf" +{either(words(ORG, 'local_units'))}(?!\w)")
_PLAIN_UNIT = Shape(
    r" +(?:tỉnh|thành phố|huyện|quận|thị xã|xã|phường)(?! (?:ủy|đoàn|đội|hội|trưởng|lỵ|viên)(?!\w))(?!\w)"
)
_OWN_NUMBER = Shape(r"(?: +số| +khu vực)? +(?:\d{1,3}|[IVX]+)(?![\w/]|[.,]\d)")
_DAY = Shape(rf" \d{{1,2}}[-/]\d{{1,2}}(?= ?[,.)]| {UPPER})")  # `Công ty Cà phê 2-9`
_PLURALS, _COMMON, _EVENTS = behind(ORG, "plurals"), known(ORG, "common"), phrases(EVENT, "heads")
_GENERAL = Shape(r" +(?:các|cấp|hai)(?!\w)")
_TERM_AT_END = re.compile(rf"{TERM.source}\Z")
_NEEDS_RUN, _NEEDS_UNIT = known(ORG, "needs_run"), known(ORG, "needs_unit")
_BARE, _BARE_NAMED = known(ORG, "bare"), known(ORG, "bare_named")
_LOCAL_HEADS = phrases(ORG, "local")
_LOCAL, _OF_PLACE = known(ORG, "local"), known(ORG, "of_place")
_NUMBERED, _NATIONAL = known(ORG, "numbered"), known(ORG, "national")
_FIRMS, _BETWEEN, _DASH = known(ORG, "firms"), known(ORG, "between"), Shape(" ?- ?")
_SCHOOL = Shape(rf"Trường {CAPITALISED.source}(?!\w)")
_OWNED, _SEATED = known(ORG, "owned"), known(ORG, "seated")
FIRSTS = HEADS.firsts | _LOWER_HEADS.firsts
OPENS, LOWER = openings(HEADS, _LOWER_HEADS), lower_openings(_LOWER_HEADS)


def headed(reading: Reading, at: int, bare: bool) -> Node | None:
    """A head with the words, the place or the body that make a name of it."""
    upper = reading.upper(at)
    start = (HEADS if upper else _LOWER_HEADS).end(reading, at)
    if not start or (not upper and (NO_NAMES.end(reading, start + 1) or _COMPOUND.holds(reading, at))):
        return None
    if not upper and (_EVENTS.end(reading, start + 1) or _mixed(reading.text[at:start])):
        return None  # `tổ chức {Lễ hội …}`, `đề nghị {Viện …}`
    head = reading.lower(at, start)
    if places.NAMED.end(reading, at) > start or (head in _NEEDS_UNIT and not places.UNITS.end(reading, start + 1)):
        return None  # `Hội An`; `Thuế` alone
    end = _NUMBER.end(reading, start) or run(reading, head, start)
    if reading.blank(end) and (own := reading.learnt(ORG, end + 1)):
        end = own  # `Công ty TNHH Sữa {Đồng Cỏ}`: the own name that stands alone elsewhere
    if head in _FIRMS and end > start and reading.blank(end):
        end = _SCHOOL.end(reading, end + 1) or end  # `Công ty Vi mạch Trường Phát`
    day = _DAY.end(reading, end) if head in _FIRMS and end > start else 0
    end = day or (_OWN_NUMBER.end(reading, end) if head in _NUMBERED else 0) or end
    national = not upper and countries.COUNTRIES.end(reading, start + 1) == end
    if national and (head in _COMMON or _PLURALS.holds(reading, at)):
        return None  # `các công ty {Trung Quốc}`, `đại học {Việt Nam}`
    if not upper and head in _NEEDS_RUN and (end == start or reading.read(LOC, start + 1)):
        return None
    tail = None if countries.ends_in_country(reading, end) else _tail(reading, head, end, end == start)
    stop = tail.end if tail else _localised(reading, head, end, end == start)
    seat = _seat(reading, head, stop)
    stop = seat.end if seat else stop
    alone = stop == start and not bare and not _stands_alone(reading, at, start) and not TERM.end(reading, start)
    if alone or not reading.capital(at, stop):
        return None
    # `Tập đoàn FPT` is one name.
    own = LETTERS.end(reading, start + 1) if end > start else 0
    within = inside(reading, own or start, end)
    if head in _FIRMS and within and LETTERS.end(reading, within[-1].start) == within[-1].end == end:
        within = within[:-1]  # `Tập đoàn Thủy sản Minh Phú`
    if head in _OF_PLACE and end > start and not within and reading.upper(start + 1):
        within = (Node(start + 1, end, LOC),)
    second = (_second_body(reading, head, stop) if tail else None) or _other_country(reading, head, stop)
    stop = second.end if second else stop
    inner = (*within, *filter(None, [tail, seat, second]))
    return Node(at, TERM.end(reading, stop) or stop, ORG, inner)


def _mixed(words: str) -> bool:
    """Whether words in lower case go on in capitals otherwise than the table has them."""
    return not words.islower() and words not in _LOWER_HEADS.entries


def _localised(reading: Reading, head: str, end: int, first: bool) -> int:
    """The end of `UBND tỉnh`, `HĐND TP.`, `Hội Nông dân tỉnh`: the noun of the unit without its name."""
    if head not in _LOCAL:
        return end if first or head in _NATIONAL else _PLAIN_UNIT.end(reading, end) or end
    stop = _LOCAL_UNIT.end(reading, end) or end
    return stop + (reading.text[stop - 1 : stop + 1] in ("P.", "p."))


def _stands_alone(reading: Reading, at: int, end: int) -> bool:
    head = reading.text[at:end]
    if _GENERAL.end(reading, end) or not reading.upper(at):
        return False
    named, within = head.lower() in reading.named, not reading.opens(at)
    if head.lower() in _BARE_NAMED:
        return named and within and not reading.after_capital(at)
    return head.lower() in _BARE and (head.isupper() or named or within)


def _tail(reading: Reading, head: str, end: int, first: bool) -> Node | None:
    """The body, post or place after the words of a name that it ends with."""
    if head in _OWNED and reading.text.startswith(" của ", end):
        return reading.read(ORG, end + 5) or reading.read(ROLE, end + 5)
    if not reading.blank(end):
        return None
    upper = reading.upper(end + 1)
    node = reading.read(LOC, end + 1)
    if node is None and (upper or first):
        node = reading.read(ORG, end + 1, upper)
    return _without_term(reading, node) if node and not persons.family(reading, end + 1) > node.end else None


def _second_body(reading: Reading, head: str, end: int) -> Node | None:
    """The second of the bodies that one office serves: `Văn phòng {Đoàn ĐBQH} và {HĐND tỉnh}`."""
    if head != "văn phòng" or not reading.text.startswith(" và ", end):
        return None
    second = reading.read(ORG, end + 4)
    return second if second and _LOCAL_HEADS.end(reading, end + 4) else None


def _other_country(reading: Reading, head: str, end: int) -> Node | None:
    """The second of two countries that a body lies between: `Hội Hữu nghị {Việt Nam} - {Lào}`."""
    dash = _DASH.end(reading, end) if head in _BETWEEN else 0
    if dash and countries.ends_in_country(reading, end):
        return countries.country(reading, dash)
    last = reading.text.rfind(" ", 0, end) + 1
    return countries.pair(reading, dash) if dash and countries.LAND.end(reading, last) == end else None


def _seat(reading: Reading, head: str, end: int) -> Node | None:
    """Where an embassy or a court sits, as its name says."""
    if head not in _SEATED or not reading.text.startswith(" tại ", end):
        return None
    return reading.read(LOC, end + 5) or reading.read(ORG, end + 5)


def _without_term(reading: Reading, node: Node) -> Node:
    """A body without `khóa XII`, which belongs to the body around it."""
    term = _TERM_AT_END.search(reading.text, node.start, node.end) if node.label == ORG else None
    return node._replace(end=term.start()) if term else node
