"""The flat view for token classification: outermost spans as IOB2 tags, sentence by sentence."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from typing import Any, NamedTuple

from vigold.document import Document, Span
from vigold.formats.tags import outermost, tags
from vigold.text import Piece, sentences, tokens


class Loss(NamedTuple):
    """What the flat view cannot hold: spans inside others, and edges that fall inside a token."""

    nested: int
    inside_token: int


def rows(document: Document) -> Iterator[dict[str, Any]]:
    """One row a sentence with tokens, their offsets in the text, and their tags as names."""
    text = document.text or ""
    pieces, outer = tokens(text), outermost(document.spans)
    found = tags(pieces, outer)
    starts = [piece.start for piece in pieces]
    for number, sentence in enumerate(_unbroken(sentences(text), outer)):
        here = slice(bisect_left(starts, sentence.start), bisect_left(starts, sentence.end))
        yield {
            "id": f"{document.id}:{number}",
            "document": document.id,
            "tokens": [text[piece.start : piece.end] for piece in pieces[here]],
            "ner_tags": found[here],
            "starts": starts[here],
            "ends": [piece.end for piece in pieces[here]],
        }


def loss(document: Document) -> Loss:
    """How much of the gold of a document the flat view leaves out or moves."""
    outer, pieces = outermost(document.spans), tokens(document.text or "")
    edges = {piece.start for piece in pieces}, {piece.end for piece in pieces}
    moved = sum(span.start not in edges[0] or span.end not in edges[1] for span in outer)
    return Loss(len(document.spans) - len(outer), moved)


def _unbroken(parts: list[Piece], spans: list[Span]) -> Iterator[Piece]:
    """Sentences, joined where a span runs over the border of two."""
    held: Piece | None = None
    for part in parts:
        held = part if held is None else Piece(held.start, part.end)
        if not any(span.start < held.end < span.end for span in spans):
            yield held
            held = None
    if held is not None:
        yield held
