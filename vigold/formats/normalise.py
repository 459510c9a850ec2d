"""Bring the text of a record into canonical form and carry its offsets along."""

from __future__ import annotations

from typing import TypeVar

import msgspec

from vigold.document import Document, Span, Zone, problems
from vigold.errors import VigoldError
from vigold.formats.jsonl import tell
from vigold.text import Canonical, canonical

Piece = TypeVar("Piece", Span, Zone)


def normalised(document: Document, place: str) -> Document:
    """The document with an NFC text with LF line ends, its spans and zones moved with it.

    Raises VigoldError naming `place` when an offset lies outside the old text or a span is empty in the new one.
    """
    if document.text is None:
        raise VigoldError(f"{place}: document {document.id} has no text to normalise")
    form = canonical(document.text)
    pieces: tuple[Span | Zone, ...] = (*document.spans, *document.zones)
    for piece in pieces:
        if not 0 <= piece.start < piece.end <= len(document.text):
            raise VigoldError(f"{place}: document {document.id}: [{piece.start}, {piece.end}) is outside the text")
    moved = msgspec.structs.replace(
        document,
        text=form.text,
        spans=tuple(_moved(span, form) for span in document.spans),
        zones=tuple(_moved(zone, form) for zone in document.zones),
    )
    if problem := next(problems(moved), None):
        raise VigoldError(f"{place}: after normalising, {tell(moved, problem)}")
    return moved


def _moved(piece: Piece, form: Canonical) -> Piece:
    start, end = form.to_canonical(piece.start, piece.end)
    return msgspec.structs.replace(piece, start=start, end=end)
