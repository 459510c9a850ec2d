"""Vietnamese text: canonical form with an offset map, folding for matching, tokens, sentences, paragraphs."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import cache
from itertools import chain
from typing import NamedTuple

BOM = "\ufeff"


class Canonical(NamedTuple):
    """A text in canonical form (NFC, LF line ends, no BOM) and where its pieces stood in the source.

    `source` and `target` hold the same number of offsets, rising: the pieces of the source text and of the
    canonical text begin there, and the last entries are the lengths. `repairs` names what was changed.
    """

    text: str
    source: tuple[int, ...]
    target: tuple[int, ...]
    repairs: tuple[str, ...]

    def to_canonical(self, start: int, end: int) -> tuple[int, int]:
        """The offsets in the canonical text of `source_text[start:end]`, widened to whole characters."""
        return _carry(start, end, self.source, self.target)

    def to_source(self, start: int, end: int) -> tuple[int, int]:
        """The offsets in the source text of `text[start:end]`, widened to whole characters."""
        return _carry(start, end, self.target, self.source)


def canonical(text: str) -> Canonical:
    """Bring any text into canonical form; every offset can be carried there and back."""
    repairs = _repairs(text)
    if not repairs:
        return Canonical(text, (0, len(text)), (0, len(text)), ())
    source, target, pieces = [0], [0], []
    for start, end in _pieces(text):
        piece = _canonical_piece(text[start:end], start)
        if piece == text[start:end]:
            _extend_plain(source, target, len(piece))
        else:
            source.append(end)
            target.append(target[-1] + len(piece))
        pieces.append(piece)
    return Canonical("".join(pieces), tuple(source), tuple(target), repairs)


def _repairs(text: str) -> tuple[str, ...]:
    found = (
        ("BOM", text.startswith(BOM)),
        ("CRLF", "\r" in text),
        ("NFD", not unicodedata.is_normalized("NFC", text)),
    )
    return tuple(name for name, present in found if present)


def _canonical_piece(piece: str, start: int) -> str:
    if start == 0 and piece.startswith(BOM):
        piece = piece[1:]
    return "\n" if piece in ("\r\n", "\r") else unicodedata.normalize("NFC", piece)


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    """The smallest stretches that normalise on their own: a character and what may combine with it, or CRLF."""
    joins = _joining()
    start = 0
    for i in range(1, len(text) + 1):
        if i < len(text) and _joined(text[i - 1], text[i], joins):
            continue
        yield start, i
        start = i


def _joined(before: str, char: str, joins: frozenset[str]) -> bool:
    if before in ("\r", BOM):
        return before == "\r" and char == "\n"
    return char >= "\u0300" and (char in joins or unicodedata.combining(char) != 0)


@cache
def _joining() -> frozenset[str]:
    """Characters of combining class 0 that may still compose with the one before them (NFC_QC=Maybe)."""
    hangul = {chr(c) for c in (*range(0x1161, 0x1176), *range(0x11A8, 0x11C3))}
    seconds = set()
    for code in range(0xC0, 0x30000):
        parts = unicodedata.decomposition(chr(code)).split()
        if len(parts) == 2 and not parts[0].startswith("<"):
            seconds.add(chr(int(parts[1], 16)))
    return frozenset(hangul | seconds)


def _extend_plain(source: list[int], target: list[int], length: int) -> None:
    """Add an unchanged piece; offsets inside a run of such pieces shift evenly, so one pair a character."""
    for _ in range(length):
        source.append(source[-1] + 1)
        target.append(target[-1] + 1)


def _carry(start: int, end: int, here: tuple[int, ...], there: tuple[int, ...]) -> tuple[int, int]:
    if len(here) == 2 and here == there:
        return start, end
    return there[bisect_right(here, start) - 1], there[bisect_left(here, end)]


_FOLDS = {"Đ": "ĐÐƉ", "đ": "ðɖ", "-": "‐‑‒–—―−﹣－", " ": "\u00a0\u2007\u202f\u2009\u200a\u2002\u2003\u3000"}
_PLAIN = [(char, plain) for plain, chars in _FOLDS.items() for char in chars]
_TONES = {"o": "òóỏõọ", "u": "ùúủũụ", "a": "àáảãạ", "e": "èéẻẽẹ", "y": "ỳýỷỹỵ"}
_OLD_TO_NEW = {
    case(first + toned): case(moved + second)
    for first, second in (("o", "a"), ("o", "e"), ("u", "y"))
    for toned, moved in zip(_TONES[second], _TONES[first], strict=True)
    for case in (str.lower, str.upper, str.capitalize)
}
# The lookbehind stands last: it is the slow part, and few places come to it.
_OLD = re.compile(rf"(?:{'|'.join(_OLD_TO_NEW)})(?!\w)(?<![qQ]\w\w)")


def fold(text: str) -> str:
    """A form for matching, never for keeping: as long as `text`, so that its offsets are those of the text.

    `Ð` becomes `Đ`, every dash `-`, every blank that does not break a plain one, and the tone mark of an
    open `oa`, `oe`, `uy` stands on the first vowel (`hoà` → `hòa`, `uỷ` → `ủy`, but `quý`). Case stays.
    """
    # One replace a character is several times as fast as str.translate.
    for char, plain in _PLAIN:
        text = text.replace(char, plain)
    return _OLD.sub(lambda m: _OLD_TO_NEW[m[0]], text)


_CAPITAL = "A-ZĐƯÔÂÊ"
_CODE = rf"(?:\d+|[{_CAPITAL}][{_CAPITAL}a-zđưôâê]*\d*)(?!\w)"
_TITLES = "PGS|ThS|GS|TS|BS|KS|LS|NSND|NSƯT|TP|Tp|TX|Tr|St"
_TOKEN = re.compile(
    rf"""
    \d+(?:[hg]\d*(?!\w))?(?:[.,:/\-–]{_CODE})*%?      # 57-KL/TW, 21/4/2022, 3,72%, 2021-2025, 9h30
    | (?:{_TITLES})\.(?=\s*\w)(?:(?:{_TITLES})\.(?=\s*\w))*(?:[A-ZĐ]+(?!\w))?   # TP.HCM, PGS.TS., TP. Huế
    | [{_CAPITAL}]+(?:[.&/\-–][{_CAPITAL}][{_CAPITAL}a-z]*)+(?!\w)                # T.Ư, VH-TT-DL, NĐ-CP, QĐ-TTg
    | \w[\w\u0300-\u036f]*
    | \S
    """,
    re.VERBOSE,
)


class Piece(NamedTuple):
    """A stretch of the text, as offsets."""

    start: int
    end: int


def tokens(text: str) -> list[Piece]:
    """Vietnamese syllables; numbers, dates, document numbers and abbreviations stay whole."""
    return [Piece(*match.span()) for match in _TOKEN.finditer(text)]


_TITLED = tuple(_TITLES.split("|"))
# What stands before or after a token, whatever else is there; `TP.` is told apart by its words.
_NEVER_BEFORE = re.compile(r"[^\w\u0300-\u036f.,:/\-–&]")
_NEVER_INSIDE = re.compile(r"[^\w\u0300-\u036f.,:/\-–&%]|[,:/\-–&.](?:\s|\Z)")


class Edges:
    """Where the tokens of a text begin and end. Asked for few places, it does not cut up the whole text."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._chunk, self._stop, self._places = 0, -1, set[int]()

    def hold(self, start: int, end: int) -> bool:
        """Whether a stretch begins where a token begins, and ends where one ends."""
        blank = self._text[start].isspace() or self._text[end - 1].isspace()
        return not blank and self._parted(start) and self._parted(end)

    def _parted(self, at: int) -> bool:
        """Whether no token goes over a place."""
        text = self._text
        if not 0 < at < len(text) or _NEVER_BEFORE.match(text, at - 1):
            return True
        if _NEVER_INSIDE.match(text, at) and not (text[at] == "." and text.endswith(_TITLED, 0, at)):
            return True
        return at not in self._inside(at)

    def _inside(self, at: int) -> set[int]:
        """The places within tokens between the blanks around a place; no token goes over a blank."""
        if not self._chunk <= at <= self._stop:
            stop = self._text.find(" ", at)
            self._stop = len(self._text) if stop < 0 else stop
            self._chunk, self._places = self._text.rfind(" ", 0, at) + 1, set()
            for match in _TOKEN.finditer(self._text, self._chunk):
                if self._stop < match.start():
                    break
                self._places.update(range(match.start() + 1, match.end()))
        return self._places


class _Chunks(dict[str, list[str]]):
    """The tokens of what stands between blanks, kept for when it comes again."""

    def __missing__(self, chunk: str) -> list[str]:
        if len(self) >= _MOST_CHUNKS:
            self.clear()
        found = self[chunk] = _TOKEN.findall(chunk)
        return found


_MOST_CHUNKS = 100_000
_chunks = _Chunks()
# The only token that hangs on what follows the blanks behind it.
_OPEN = re.compile(rf"(?:{_TITLES})\.\s")


def words(text: str) -> list[str]:
    """The words of `tokens` for those who need no offsets, in a third of the time; no blank is in any of them."""
    if _OPEN.search(text):
        return _TOKEN.findall(text)
    return list(chain.from_iterable(map(_chunks.__getitem__, text.split())))


# A run of stops is tried once, at its head, and never a second time without its tail: the work is linear. A class of
# characters comes first, since `re` looks for one without trying the rest at every place.
_END = re.compile(r"[.!?…](?:(?<=…)|(?<![.!?][.!?])(?<!…)[.!?]*+)[”\"’')\]]*+(?=\s++[“\"‘(\[–\-]*+[A-ZÀ-ỸĐ\d])")
_ABBREVIATED = re.compile(rf"(?:\b(?:{_TITLES}|Th|[A-ZĐ])\.)\Z")
_LONGEST_ABBREVIATED = 1 + max(map(len, _TITLES.split("|")))
_SOLID = re.compile(r"\S")


def paragraphs(text: str) -> list[Piece]:
    """The lines that hold more than blanks, without the blanks around them."""
    return [Piece(*match.span()) for match in re.finditer(r"[^\s](?:[^\n]*[^\s])?", text)]


def sentences(text: str) -> list[Piece]:
    """Sentences within paragraphs; `TP. Huế`, `GS. Minh` and `3.500` do not end one."""
    return [piece for paragraph in paragraphs(text) for piece in _sentences_of(text, paragraph)]


def _sentences_of(text: str, paragraph: Piece) -> Iterator[Piece]:
    start = paragraph.start
    for match in _END.finditer(text, start, paragraph.end):
        end = match.end()
        if _ABBREVIATED.search(text, max(start, end - _LONGEST_ABBREVIATED), end):
            continue
        yield Piece(start, end)
        following = _SOLID.search(text, end, paragraph.end)
        start = following.start() if following else paragraph.end
    if start < paragraph.end:
        yield Piece(start, paragraph.end)
