"""Where the kinds of names meet: the rule of each, and the words that each may begin with."""

from __future__ import annotations

from vigold.extraction.names import bodies, events, lists, persons, places, posts
from vigold.extraction.names.reading import Grammar, Reading
from vigold.extraction.names.shapes import CREDITS, TITLES
from vigold.extraction.names.words import EVENT, LOC, ORG, PER, ROLE, lower_openings, openings

# What is no name, but says what follows.
TITLE, CREDIT, LIST = "title", "credit", "list"
RULES = {EVENT: events.event, ROLE: posts.post, ORG: bodies.body, LOC: places.place}
_OPENS = {
    EVENT: events.OPENS,
    ROLE: posts.OPENS,
    ORG: bodies.OPENS,
    LOC: places.OPENS,
    PER: persons.OPENS,
    TITLE: openings(TITLES),
    CREDIT: openings(CREDITS),
    LIST: lists.OPENS,
}
_NEVER = {ORG: bodies.NEVER, LOC: places.NEVER}
_LOWER = frozenset().union(
    *(each.LOWER for each in (bodies, events, places, posts)), lists.OPENS, lower_openings(CREDITS, TITLES)
)
LOWER_FIRST = frozenset(word for word, _ in _LOWER)
"""The first words of what may open a name in lower case; most words of a text are none."""


def _kinds(opening: tuple[str, str]) -> tuple[str, ...]:
    """What may begin with one or two words; what begins with the first alone is among it."""
    either_way = {opening, (opening[0], ""), ("", opening[1])}
    kinds = [kind for kind, opens in _OPENS.items() if opens & either_way]
    return tuple(kind for kind in kinds if opening not in _NEVER.get(kind, ()))


def _grammar() -> Grammar:
    kinds: dict[str, dict[str, tuple[str, ...]]] = {"": {}}
    for opening in frozenset().union(*_OPENS.values(), *_NEVER.values()):
        kinds.setdefault(opening[0], {})[opening[1]] = _kinds(opening)
    return Grammar(RULES, kinds)


GRAMMAR = _grammar()


def opens_lower(reading: Reading, at: int, word: str) -> bool:
    """Whether one of the words that open a name in lower case stands here."""
    return (word, "") in _LOWER or (word, reading.next.get(at, "")) in _LOWER
