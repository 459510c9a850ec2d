"""A document with what more than one configuration needs of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from vigold.document import Document, Span
from vigold.formats.tags import outermost
from vigold.text import Piece, sentences


class Prepared(NamedTuple):
    """A document, its text, its outermost spans, and its sentences, none of which ends inside a span."""

    document: Document
    text: str
    outer: list[Span]
    sentences: list[Piece]


def prepared(document: Document) -> Prepared:
    """The document as the configurations take it."""
    text, outer = document.text or "", outermost(document.spans)
    return Prepared(document, text, outer, list(_unbroken(sentences(text), outer)))


def _unbroken(parts: Iterable[Piece], spans: list[Span]) -> Iterator[Piece]:
    """Sentences, joined where a span runs over the border of two; the spans do not overlap and are in order."""
    held: Piece | None = None
    n = 0
    for part in parts:
        held = part if held is None else Piece(held.start, part.end)
        while n < len(spans) and spans[n].end <= held.end:
            n += 1
        if n == len(spans) or spans[n].start >= held.end:
            yield held
            held = None
    if held is not None:
        yield held
