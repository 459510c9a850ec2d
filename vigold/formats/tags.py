"""Tags over tokens: IOB1, IOB2, IOBES and BILOU to chunks, and spans flattened to IOB2."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from vigold.document import Span
from vigold.errors import VigoldError
from vigold.text import Piece

OUTSIDE = "O"
LENIENT = "lenient"
SCHEMES = ("IOB1", "IOB2", "IOBES", "BILOU")
DECODINGS = (LENIENT, *(f"strict:{scheme}" for scheme in SCHEMES))


class Chunk(NamedTuple):
    """A span of tokens, half-open, and its label."""

    start: int
    end: int
    label: str


def is_tag(tag: str) -> bool:
    """Whether this is a tag of any of the schemes: `O`, or a prefix and a label."""
    return tag == "O" or (len(tag) > 2 and tag[1] == "-" and tag[0] in "BIESLU")


def decoded(tags: Sequence[str], decoding: str = LENIENT) -> list[Chunk]:
    """The chunks of the tags of one block; raises VigoldError for an unknown decoding."""
    check_decoding(decoding)
    if decoding == LENIENT:
        return _lenient(tags)
    scheme = decoding.partition(":")[2]
    if scheme in ("IOBES", "BILOU"):
        return _closed(tags, "S" if scheme == "IOBES" else "U", "E" if scheme == "IOBES" else "L")
    return _open(tags, scheme == "IOB1")


def check_decoding(decoding: str) -> None:
    """Raise VigoldError for a decoding that there is not."""
    if decoding not in DECODINGS:
        raise VigoldError(f"no decoding {decoding!r}; there are {', '.join(DECODINGS)}")


def outermost(spans: Sequence[Span]) -> list[Span]:
    """The spans that no other one holds, in the order of the text; of equal ones the first by label."""
    kept: list[Span] = []
    for span in sorted(spans, key=lambda span: (span.start, -span.end, span.label)):
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
    return kept


def tags(pieces: Sequence[Piece], spans: Sequence[Span]) -> list[str]:
    """One tag a token: every token that an outermost span touches is in it."""
    found = [OUTSIDE] * len(pieces)
    ends, starts = [piece.end for piece in pieces], [piece.start for piece in pieces]
    for span in spans:
        first, last = bisect_left(ends, span.start + 1), bisect_left(starts, span.end)
        for n in range(first, last):
            found[n] = f"{'B' if n == first else 'I'}-{span.label}"
    return found


def _lenient(tags: Sequence[str]) -> list[Chunk]:
    """Chunks as conlleval finds them (Tjong Kim Sang and De Meulder 2003): any tag may open one."""
    chunks: list[Chunk] = []
    start, before, label = -1, "O", ""
    for n, tag in enumerate([*tags, "O"]):
        kind, name = tag[0], tag[2:]
        if start >= 0 and (kind in "OBSU" or before in "ESLU" or name != label):
            chunks.append(Chunk(start, n, label))
            start = -1
        if start < 0 and kind != "O":
            start, label = n, name
        before = kind
    return chunks


def _open(tags: Sequence[str], first: bool) -> list[Chunk]:
    """IOB2, or with `first` IOB1, where B only parts a chunk from one of the same label right before it."""
    chunks: list[Chunk] = []
    start, before = -1, ""
    for n, tag in enumerate([*tags, "O"]):
        kind, name = tag[0], tag[2:]
        touches = kind != "O" and name == before
        if start >= 0 and not (kind == "I" and touches):
            chunks.append(Chunk(start, n, before))
            start = -1
        if (kind == "B" and (touches or not first)) or (first and kind == "I" and start < 0):
            start = n
        before = name
    return chunks


def _closed(tags: Sequence[str], single: str, last: str) -> list[Chunk]:
    """IOBES and BILOU: a chunk counts when it is opened and closed."""
    chunks: list[Chunk] = []
    start, label = -1, ""
    for n, tag in enumerate(tags):
        kind, name = tag[0], tag[2:]
        if kind == single:
            chunks.append(Chunk(n, n + 1, name))
        if kind == last and start >= 0 and name == label:
            chunks.append(Chunk(start, n + 1, name))
        if kind == "B":
            start, label = n, name
        elif not (kind == "I" and name == label):
            start = -1
    return chunks
