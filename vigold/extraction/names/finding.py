"""All names of a text: the walk over it, then the posts without a person taken out, then the later mentions."""

from __future__ import annotations

from vigold.document import Document, Span
from vigold.extraction.names.context import learn
from vigold.extraction.names.grammar import GRAMMAR
from vigold.extraction.names.holding import beside
from vigold.extraction.names.reading import Reading
from vigold.extraction.names.repeats import flat, repeats
from vigold.extraction.names.scan import scan
from vigold.extraction.names.signing import signed
from vigold.extraction.registry import Extractor, Found
from vigold.extraction.views import view


def make() -> Extractor:
    """The extractor; it takes no options."""
    return _extract


def find(text: str) -> list[Span]:
    """All names of a text; they nest and do not cross, in the order of the text, outer ones first."""
    return [Span("", *place) for place in _places(text)]


def _extract(document: Document) -> Found:
    return Found(tuple(Span(f"s{n}", *place) for n, place in enumerate(_places(document.text or ""), 1)))


def _places(text: str) -> list[tuple[int, int, str]]:
    reading = Reading(view(text), GRAMMAR)
    learn(reading)
    nodes = signed(reading, beside(reading, scan(reading)))
    found = {(node.start, node.end, node.label) for node in flat((*nodes, *repeats(reading, nodes)))}
    return sorted(found, key=lambda place: (place[0], -place[1], place[2]))
