"""Lists in which a word said once holds for all: `các phường A, B và C`, `các bộ: A, B`."""

from __future__ import annotations

from collections.abc import Iterator

from vigold.extraction.names import listed
from vigold.extraction.names.reading import Node, Reading
from vigold.extraction.names.runs import stops
from vigold.extraction.names.shapes import CAPITALS
from vigold.extraction.names.words import LOC, ORG, Shape, behind, openings

_MANY = ("các", "hai", "ba", "bốn", "năm")
_OPENERS = [f"{many} {noun}" for many in _MANY for noun in ("bộ", "sở")]
_MINISTRIES = Shape(rf"(?i:{'|'.join(_MANY)}) (?:[Bb]ộ|[Ss]ở)(?:,(?: ban,)? ngành)? *:? +", _OPENERS)
_MINISTRY = "bộ"
_LINK = Shape(r", | và |; ")
_FURTHER = Shape(rf"(?:, | và )({CAPITALS})")
_PLURALS = behind(ORG, "plurals")
OPENS = openings(_MINISTRIES)


def ministries(reading: Reading, at: int) -> list[Node]:
    """The bare names of ministries or departments that follow `các bộ`, `các sở`."""
    start = _MINISTRIES.end(reading, at)
    found: list[Node] = []
    while start and (node := listed.ministry(reading, start)):
        found.append(node)
        start = _LINK.end(reading, node.end)
    # One after `các Sở` is the department of every province.
    return found if len(found) != 1 or reading.next.get(at) == _MINISTRY else []


def places(reading: Reading, first: Node) -> Iterator[Node]:
    """The first of several places, and each further name, which alone is a place."""
    yield first
    end = first.end if _PLURALS.holds(reading, first.start) else -1
    while end > 0 and (more := _FURTHER.match(reading.text, end)):
        start, end = more.span(1)
        if stops(reading, start) or reading.read(ORG, start):
            break
        yield Node(start, end, LOC)
