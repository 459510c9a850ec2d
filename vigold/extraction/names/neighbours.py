"""What a name makes known of the words behind it: letters of a body, further persons of a list, posts and firms."""

from __future__ import annotations

from vigold.extraction.names import countries, foreign, listed, persons
from vigold.extraction.names.gaps import AFTER_PERSON
from vigold.extraction.names.places import NAMED
from vigold.extraction.names.reading import Node, Reading
from vigold.extraction.names.repeats import flat
from vigold.extraction.names.runs import stops
from vigold.extraction.names.shapes import CAPITAL_RUN, LETTERS, MIXED, POSTS
from vigold.extraction.names.words import LOC, ORG, PER, ROLE, Shape, known, phrases

_LIST_LINKS = frozenset({", ", " và ", "; ", " hay ", " hoặc "})
_OPENING = " ("
_SHORT = phrases(LOC, "pair_only", caseless=False)
_BRAND = Shape(r"[A-Z][A-Za-z]{2,}(?: [A-Z][A-Za-z]+){0,2}(?=\))")
_LED = known(ROLE, "led")


def known_by(reading: Reading, last: Node | None, at: int) -> Node | None:
    """The name at a place that `last`, the name before it, makes known."""
    if last is None:
        return None
    if last.label == PER:
        return _person(reading, last, at) or _plain_post(reading, last, at)
    if at == last.end + len(_OPENING) and reading.text.startswith(_OPENING, last.end):
        return _letters(reading, last, at)
    if reading.text[last.end : at] not in _LIST_LINKS:
        return None
    return _firm(reading, last, at) if last.label == ORG else _land(reading, last, at)


def led(reading: Reading, last: Node | None, role: Node) -> Node:
    """A post with the firm whose post it is, where its holder stands before: `Lê An Bình, Giám đốc {Đại Phát}`."""
    if last is None or last.label != PER or role.inner or reading.lower(role.start, role.end) not in _LED:
        return role
    start = role.end + 1
    end = CAPITAL_RUN.end(reading, start) if reading.blank(role.end) else 0
    if not end or " " not in reading.text[start:end] or not AFTER_PERSON.fits(reading.text, last.end, role.start):
        return role
    if persons.family(reading, start) or foreign.person(reading, start) or stops(reading, start):
        return role
    return Node(role.start, end, ROLE, (Node(start, end, ORG, listed.inside(reading, start, end)),))


def _letters(reading: Reading, last: Node, at: int) -> Node | None:
    """`(HECI)`, the letters of the body just before."""
    end = MIXED.end(reading, at) or _brand(reading, at)
    if not end or reading.text[last.end : end + 1] != f" ({reading.text[at:end]})":
        return None
    body = any(node.label == ORG and node.end == last.end for node in flat([last]))
    return Node(at, end, ORG) if body else None


def _brand(reading: Reading, at: int) -> int:
    """The end of one to three words in plain letters that fill brackets: `({Simexco Daklak})`, or 0."""
    end = _BRAND.end(reading, at)
    return end if end and not NAMED.end(reading, at) and not foreign.person(reading, at) else 0


def _firm(reading: Reading, last: Node, at: int) -> Node | None:
    """A further firm in foreign letters behind a known one: `Unilever, {Kerry}`."""
    if LETTERS.end(reading, last.start) != last.end or foreign.person(reading, at) or POSTS.end(reading, at):
        return None
    end = foreign.WORD.end(reading, at)
    return Node(at, end, ORG) if end and not reading.upper(end + 1) else None


def _land(reading: Reading, last: Node, at: int) -> Node | None:
    """A country in short behind another: `Singapore, {Nhật}`."""
    end = _SHORT.end(reading, at) if countries.COUNTRIES.end(reading, last.start) == last.end else 0
    return Node(at, end, LOC) if end and not reading.upper(end + 1) else None


def _person(reading: Reading, last: Node, at: int) -> Node | None:
    """A further person, who needs no surname: `Lê An Bình, {Quang Hải}`."""
    if reading.text[last.end : at] not in _LIST_LINKS:
        return None
    end = persons.listed(reading, at)
    return Node(at, end, PER) if end else None


def _plain_post(reading: Reading, last: Node, at: int) -> Node | None:
    """A post in lower case behind the person who holds it: `Lê An Bình - {hiệu trưởng} nhà trường`."""
    end = POSTS.end(reading, at)
    return Node(at, end, ROLE) if end and AFTER_PERSON.fits(reading.text, last.end, at) else None
