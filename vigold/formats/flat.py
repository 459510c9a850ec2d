"""Documents as the tokens of their texts, for the formats that are made of tokens."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from vigold.document import Document, Span
from vigold.errors import VigoldError
from vigold.formats.loss import CUT, NESTED, VALUES, Loss
from vigold.formats.tags import Chunk, decoded, outermost, tags
from vigold.text import Piece, sentences, tokens


class Flat(NamedTuple):
    """The tokens of a document with their IOB2 tags, and whether each is the first of a sentence."""

    words: list[str]
    tags: list[str]
    first: list[bool]


def text_of(document: Document, place: str, format: str) -> str:
    """The text; raises VigoldError, which begins with `place`, where there is none."""
    if document.text is None:
        raise VigoldError(f"{place} has no text; {format} is made of tokens")
    return document.text


def flat(document: Document, text: str, loss: Loss) -> Flat:
    """The outermost spans of a document as tags; spans inside them, moved edges and values are noted as lost."""
    pieces = tokens(text)
    outer = outermost(document.spans)
    found = tags(pieces, outer)
    kept = {(pieces[c.start].start, pieces[c.end - 1].end, c.label) for c in decoded(found)}
    whole = {span.id for span in outer}
    for span in document.spans:
        if span.key not in kept:
            loss.note(CUT if span.id in whole else NESTED, span.label)
    note_values(document, loss)
    return Flat([text[piece.start : piece.end] for piece in pieces], found, _first(text, pieces))


def note_values(document: Document, loss: Loss) -> None:
    """Note the spans that have values, for a format that holds none."""
    loss.note(VALUES, number=sum(bool(span.attrs) for span in document.spans))


def chunks(spans: Iterable[Span], pieces: Iterable[Piece], loss: Loss) -> list[Chunk]:
    """The spans, nested ones too, as stretches of tokens; one that ends within a token is noted as lost."""
    starts: dict[int, int] = {}
    ends: dict[int, int] = {}
    for number, piece in enumerate(pieces):
        starts[piece.start], ends[piece.end] = number, number
    found = []
    for span in spans:
        if span.start in starts and span.end in ends:
            found.append(Chunk(starts[span.start], ends[span.end] + 1, span.label))
        else:
            loss.note(CUT, span.label)
    return found


def unbroken(text: str, pieces: list[Piece], kept: list[Chunk]) -> Iterator[tuple[int, int]]:
    """The sentences as stretches of tokens, joined where a chunk runs over the border of two."""
    inside = {n for chunk in kept for n in range(chunk.start + 1, chunk.end)}
    begin = 0
    for number, first in enumerate([*_first(text, pieces), True]):
        if first and number > begin and number not in inside:
            yield begin, number
            begin = number


def _first(text: str, pieces: list[Piece]) -> list[bool]:
    starts = {piece.start for piece in sentences(text)}
    return [piece.start in starts for piece in pieces]
