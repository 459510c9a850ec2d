"""A text as stretches of tokens: paragraphs, the long ones cut between sentences."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from vigold.text import Piece, fold, paragraphs, sentences, tokens

Tokens = Literal["syllables", "chunks"]
"""Syllables as in `vigold.text`, or what blanks part, for texts that were tokenised before (CoNLL)."""

LONGEST = 400
"""Tokens in a window; a sentence that is longer is cut."""

_WORD = 64
"""Characters of a word that are looked at; what is longer is an address or rubbish."""

_OPENING, _CLOSING = r"[(\[{“‘\"'«]", r"[)\]}”’\"'»,;:.!?…]"
_CHUNK = re.compile(rf"{_OPENING}|\S+?(?={_CLOSING}{{0,4}}(?:\s|\Z))|\S")
_GLUED, _APART = re.compile(r"\w[,;:!?)](?=\s|\Z)"), re.compile(r"\s[,;:!?)](?=\s|\Z)")
_MOSTLY = 9


class Window(NamedTuple):
    """Tokens that are tagged together: their places in the text, their words as folded, which open a sentence."""

    pieces: list[Piece]
    words: list[str]
    opens: list[bool]


def kind_of(texts: Iterable[str]) -> Tokens:
    """Whether the texts were tokenised before: then nearly every comma stands between blanks."""
    glued = apart = 0
    for text in texts:
        glued += len(_GLUED.findall(text))
        apart += len(_APART.findall(text))
    return "chunks" if apart > _MOSTLY * glued else "syllables"


def windows(text: str, kind: Tokens) -> Iterator[Window]:
    """The windows of a text, in its order; together they hold all its tokens."""
    folded = fold(text)
    pieces = tokens(folded) if kind == "syllables" else [Piece(*found.span()) for found in _CHUNK.finditer(folded)]
    starts = [piece.start for piece in pieces]
    opening = {bisect_left(starts, piece.start) for piece in sentences(folded)}
    for paragraph in paragraphs(folded):
        first, last = bisect_left(starts, paragraph.start), bisect_left(starts, paragraph.end)
        for begin, end in _parts(first, last, opening):
            words = [folded[piece.start : min(piece.end, piece.start + _WORD)] for piece in pieces[begin:end]]
            yield Window(pieces[begin:end], words, [n in opening for n in range(begin, end)])


def _parts(first: int, last: int, opening: set[int]) -> Iterator[tuple[int, int]]:
    while last - first > LONGEST:
        cut = next((n for n in range(first + LONGEST, first, -1) if n in opening), first + LONGEST)
        yield first, cut
        first = cut
    if first < last:
        yield first, last
