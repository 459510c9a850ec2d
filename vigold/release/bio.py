"""The flat view for token classification: outermost spans as IOB2 tags, sentence by sentence."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from typing import Any, NamedTuple

from vigold.document import Document, Span
from vigold.release.features import OUTSIDE
from vigold.text import Piece, sentences, tokens


class Loss(NamedTuple):
    """What the flat view cannot hold: spans inside others, and edges that fall inside a token."""

    nested: int
    inside_token: int


def rows(document: Document) -> Iterator[dict[str, Any]]:
    """One row a sentence with tokens, their offsets in the text, and their tags as names."""
    text = document.text or ""
    pieces, outer = tokens(text), outermost(document.spans)
    tags = _tags(pieces, outer)
    starts = [piece.start for piece in pieces]
    for number, sentence in enumerate(_unbroken(sentences(text), outer)):
        here = slice(bisect_left(starts, sentence.start), bisect_left(starts, sentence.end))
        yield {
            "id": f"{document.id}:{number}",
            "document": document.id,
            "tokens": [text[piece.start : piece.end] for piece in pieces[here]],
            "ner_tags": tags[here],
            "starts": starts[here],
            "ends": [piece.end for piece in pieces[here]],
        }


def loss(document: Document) -> Loss:
    """How much of the gold of a document the flat view leaves out or moves."""
    outer, pieces = outermost(document.spans), tokens(document.text or "")
    edges = {piece.start for piece in pieces}, {piece.end for piece in pieces}
    moved = sum(span.start not in edges[0] or span.end not in edges[1] for span in outer)
    return Loss(len(document.spans) - len(outer), moved)


def outermost(spans: tuple[Span, ...]) -> list[Span]:
    """The spans that no other one holds, in the order of the text; of equal ones the first by label."""
    kept: list[Span] = []
    for span in sorted(spans, key=lambda span: (span.start, -span.end, span.label)):
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
    return kept


def _tags(pieces: list[Piece], spans: list[Span]) -> list[str]:
    tags = [OUTSIDE] * len(pieces)
    ends, starts = [piece.end for piece in pieces], [piece.start for piece in pieces]
    for span in spans:
        first, last = bisect_left(ends, span.start + 1), bisect_left(starts, span.end)
        for n in range(first, last):
            tags[n] = f"{'B' if n == first else 'I'}-{span.label}"
    return tags


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
