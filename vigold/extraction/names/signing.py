"""Who wrote an article, and for which paper: the byline at the end of a text, the dateline at its head."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from vigold.extraction.names.places import NAMED
from vigold.extraction.names.reading import Node, Reading
from vigold.extraction.names.shapes import CAPITALISED, CAPITALS, UPPER
from vigold.extraction.names.words import LOC, ORG, PER, known

_SIGNED = rf"(?:{CAPITALS}|{UPPER}\. ?{CAPITALISED.source})"
_ADDED = r"(?: \((?:từ|theo) [^()\n]+\)| \((?:tổng hợp|[A-Z]{2,8})\)| (?:thực hiện|ghi|lược ghi|tổng hợp))?"
_BYLINE = re.compile(rf"(?:[.!?:…”\"\n)]) *\n*({_SIGNED})(?: *[-–,] *({_SIGNED}))?{_ADDED}\Z")
_CAPTIONS = re.compile(r"(?:\n+(?:Ảnh|Video|Clip|Đồ họa|Tranh)[^\n]*)+\s*\Z")
_BARE = rf"{UPPER}(?:{UPPER}|[&.]){{1,7}}"
_DATELINE = re.compile(
    rf"(?:\((?!Ảnh|Video|Nguồn|Theo )({UPPER}[^()\n]{{1,30}})\)|({_BARE})) ?[-–] ?(?={UPPER}|[\d“\"])"
)
_PAPER = re.compile(r"[^/\s](?:[^/]*[^/\s])?")
_NO_PAPERS = known(LOC, "abbreviated_units", "places", "after_unit")
_LONGEST, _CAPTION = 100, 500  # characters of a byline, and of the captions after it
_HEAD = 2000  # characters at whose end a text has begun


def signed(reading: Reading, nodes: Sequence[Node]) -> list[Node]:
    """The names with the byline at the end of the text, which a place of one word may seem to be in, and the paper."""
    kept = [*nodes]
    for byline in _bylines(reading.text):
        inside = [node for node in kept if byline.start <= node.start and node.end <= byline.end]
        kept = [node for node in kept if not (node in inside and node.label == LOC and _seeming(reading, node, byline))]
        taken = any(_meet(byline, node) for node in kept)
        kept += [] if taken else [byline]
    return [*kept, *(paper for paper in _papers(reading.text) if not any(_meet(paper, node) for node in kept))]


def _seeming(reading: Reading, place: Node, byline: Node) -> bool:
    """Whether what seems to be a place is a part of a byline, or its whole by a noun that persons are called by too."""
    return byline.start < place.start or (place.end == byline.end and not NAMED.end(reading, place.start))


def _meet(one: Node, other: Node) -> bool:
    return one.start < other.end and other.start < one.end


def _papers(text: str) -> Iterator[Node]:
    """`(VTC News) - `, `TTO - ` at the head of a paragraph: the paper."""
    start = 0
    while 0 <= start < _HEAD:
        match, start = _DATELINE.match(text, start), text.find("\n", start) + 1 or -1
        if match is None:
            continue
        group = 1 if match[1] else 2
        for paper in _PAPER.finditer(text, *match.span(group)):
            if paper[0].lower() not in _NO_PAPERS:
                yield Node(*paper.span(), ORG)


def _bylines(text: str) -> list[Node]:
    """One name or two alone on the last line, or after the last sentence."""
    captions = _CAPTIONS.search(text, max(0, len(text) - _CAPTION))
    end = len(text[: captions.start() if captions else None].rstrip())
    start = max(0, end - _LONGEST)
    found = _BYLINE.search(text, start, end) if "\n" in text.strip() else None
    return [Node(*found.span(n), PER) for n in (1, 2) if found[n]] if found else []
