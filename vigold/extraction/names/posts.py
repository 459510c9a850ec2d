"""Posts that somebody holds, with the body or place that they name."""

from __future__ import annotations

import re

from vigold.extraction.names import foreign, listed, persons
from vigold.extraction.names.countries import LONG_LAND
from vigold.extraction.names.places import UNITS
from vigold.extraction.names.reading import Node, Reading
from vigold.extraction.names.shapes import CODE, FIELDS, POSTS, UPPER
from vigold.extraction.names.words import LOC, ORG, ROLE, Shape, either, known, lower_openings, openings, phrases, words

_LEADERS, _LOWER_LEADERS = phrases(ROLE, "leaders"), frozenset({"trưởng", "phó trưởng", "phó"})
_LOWER_ALONE, _MINISTERIAL = known(ROLE, "lower_alone"), known(ROLE, "ministerial")
_OF_MANY = Shape(rf"(?: {either(words(ORG, 'local'))})? các(?!\w)")
_WITH_FIELD = known(ROLE, "with_field")
_IN_CHARGE, _OF, _AT = "phụ trách ", " của ", " tại "
_CLOSED = re.compile(r" ?[,.;:)\n–-]|\Z")
_LED = known(ROLE, "led")
_LETTERS = Shape(r"[A-Z]+[a-z]+[A-Z][A-Za-z\d]*(?!\w)|[A-Z]{2,}[a-z]+(?!\w)")
_TERRITORIAL, _VILLAGES = known(ROLE, "territorial"), known(LOC, "villages")
_UNIT = Shape(rf" {either(words(LOC, 'administrative'))}(?! (?:ủy|đoàn|đội|hội|trưởng)(?!\w))(?! ?{UPPER})(?!\w)")
_STATIONED = known(ROLE, "stationed")
OPENS, LOWER = openings(_LEADERS, POSTS), lower_openings(POSTS)


def post(reading: Reading, at: int, bare: bool = False) -> Node | None:
    """A post of either kind."""
    return _leader(reading, at) or _post(reading, at)


def _leader(reading: Reading, at: int) -> Node | None:
    """`Trưởng {ban Pháp chế}`: a head word encloses its body."""
    start = _LEADERS.end(reading, at)
    if not start or not reading.blank(start):
        return None
    if not reading.upper(at) and (reading.upper(start + 1) or reading.lower(at, start) not in _LOWER_LEADERS):
        return None
    if reading.lower(at, POSTS.end(reading, at)).endswith(" thường trực"):
        return None  # `Phó Trưởng ban Thường trực {Ban Dân vận}`
    node = reading.read(ORG, start + 1, reading.lower(start + 1, start + 10) == "văn phòng")
    if node is None or (reading.text[at:start] == "Thành viên" and reading.opens(at)):
        return None
    return Node(at, node.end, ROLE, (node,))


def _post(reading: Reading, at: int) -> Node | None:
    """`Bộ trưởng {Tài chính}`, `Thủ tướng`."""
    end = POSTS.end(reading, at)
    if not end or _OF_MANY.end(reading, end):
        return None
    title = reading.lower(at, end)
    if title.endswith(" nước") and LONG_LAND.end(reading, end - 4):
        title, end = title[:-5], end - 5
    if title in _TERRITORIAL and (unit := _UNIT.end(reading, end)):
        return Node(at, unit, ROLE)
    inner = _village(reading, title, end) or _of(reading, title, end)
    inner += _stationed(reading, title, inner[-1].end if inner else end)
    if inner:
        return Node(at, inner[-1].end, ROLE, inner)
    named = reading.upper(at) or title in _LOWER_ALONE or _name_follows(reading, end)
    return Node(at, end, ROLE) if named else None


def _village(reading: Reading, title: str, end: int) -> tuple[Node, ...]:
    """`Trưởng {bản Xốp Thạng}`: the noun is that of the place too."""
    noun = title.partition("trưởng ")[2]
    place = reading.read(LOC, end - len(noun)) if noun in _VILLAGES else None
    return (place,) if place and place.end > end else ()


def _of(reading: Reading, title: str, end: int) -> tuple[Node, ...]:
    """What a post is a post of: a body, a place, or a body and its place."""
    here = end + 1
    family = persons.family(reading, here)
    if title in _STATIONED and reading.text.startswith(_OF, end):
        owner = reading.read(LOC, end + len(_OF)) or reading.read(ORG, end + len(_OF))
        return (owner,) if owner else ()
    if not reading.blank(end) or (family and UNITS.end(reading, here)):
        return ()
    if reading.text.startswith(_IN_CHARGE, here) and (body := reading.read(ORG, here + len(_IN_CHARGE))):
        return (body,)
    field = FIELDS.end(reading, here) if title in _WITH_FIELD and not reading.upper(here) else 0
    if field and reading.upper(field + 1) and (body := reading.read(ORG, field + 1)):
        return (body,)
    own = _abbreviated(reading, here) or reading.read(ORG, here) or _short_form(reading, here)
    node = own if not POSTS.end(reading, here) else None
    if node is None and title in _MINISTERIAL:
        node = listed.ministry(reading, here)
    node = node or reading.read(LOC, here) or (_own_name(reading, here) if title in _LED else None)
    if node is None or family > node.end:
        return ()
    second = reading.read(LOC, node.end + 1) if node.label == ORG and reading.blank(node.end) else None
    return (node, second) if second and not persons.family(reading, node.end + 1) > second.end else (node,)


def _abbreviated(reading: Reading, at: int) -> Node | None:
    """`Tổng thư ký {VFV} Lê An Bình`: letters between a post and a name that is not in capitals."""
    end = CODE.end(reading, at)
    person = persons.family(reading, end + 1) if end and reading.blank(end) else 0
    return Node(at, end, ORG) if person and not reading.text[end:person].isupper() else None


def _short_form(reading: Reading, at: int) -> Node | None:
    """`Chủ tịch {Công đoàn}`, where nothing more follows that may be of the name."""
    body = reading.read(ORG, at, True) if reading.upper(at) else None
    closed = body and (_CLOSED.match(reading.text, body.end) or persons.family(reading, body.end + 1))
    return body if closed else None


def _own_name(reading: Reading, at: int) -> Node | None:
    """`CEO {VinAI}`, `CEO {Apple} Tim Cook`: a firm by its letters, or by the given name that follows it."""
    end = _LETTERS.end(reading, at)
    if not end and not foreign.person(reading, at):
        word = foreign.WORD.end(reading, at)
        end = word if word and foreign.person(reading, word + 1) else 0
    return Node(at, end, ORG) if end else None


def _stationed(reading: Reading, title: str, end: int) -> tuple[Node, ...]:
    """`Đại sứ Lào {tại Việt Nam}`: where a post is held."""
    if title not in _STATIONED or not reading.text.startswith(_AT, end):
        return ()
    place = reading.read(LOC, end + len(_AT)) or reading.read(ORG, end + len(_AT))
    return (place,) if place else ()


def _name_follows(reading: Reading, end: int) -> bool:
    return reading.blank(end) and persons.family(reading, end + 1) > 0
