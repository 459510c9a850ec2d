"""What a stand-off release keeps of words that it may not show: short keyed hashes, and where they stood.

Two copies of an article differ in blanks, dashes and quotes. So the hashes are made over the *matching form* of a
text: folded (`vigold.text.fold`), quotes as `"` and `'`, `…` as three full stops, without white space, soft hyphens
and characters of no width. `at` and `size` count characters of that form.

How many bits a hash has decides what it gives away. A span has 32, enough to find a short name again by trying a list
of names, and too few to tell a long one. What stands between spans is covered by anchors alone: 24 bits for 48
characters, where text has more than one bit a character (Shannon 1951, for English with its blanks). So many wordings
fit; and as anchors do not touch each other, none leads to the next.
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import NamedTuple

import msgspec

from vigold.text import fold

ANCHOR = 24
"""Characters of an anchor; as many stand without one before the next."""

_BYTES = {"span": 4, "anchor": 3}
_INSIDE = re.compile(r"\w\w")
_DOTS = "…"
_SEEN = re.compile(rf"{_DOTS}|[^{_DOTS}\s\u00ad\u200b-\u200f\u2060\ufeff]+")
_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»″", '"') | dict.fromkeys("‘’‚‛′", "'"))


class Mark(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A stretch of the matching form: where it stood, its hash, and whether an edge of it lies within a word."""

    at: int
    size: int
    hash: str
    inside: bool


class Anchor(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A stretch of `ANCHOR` characters at a regular distance, and its hash."""

    at: int
    hash: str


class Solid(NamedTuple):
    """The matching form of a text, and the offset in the text of each of its characters; the last is the length."""

    text: str
    places: list[int]

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Where a stretch of the text begins in the matching form, and how many characters it has there."""
        at = bisect_left(self.places, start, hi=len(self.text))
        return at, bisect_left(self.places, end, hi=len(self.text)) - at

    def offsets(self, at: int, size: int) -> tuple[int, int] | None:
        """The offsets in the text of a stretch of the matching form; None where it is empty or halves a character."""
        end = at + size
        halved = at > 0 and self.places[at - 1] == self.places[at]
        halved = halved or (end < len(self.text) and self.places[end - 1] == self.places[end])
        return None if size < 1 or halved else (self.places[at], self.places[end - 1] + 1)


class Hasher:
    """The hashes of one document: BLAKE2b, keyed with the hash of its text so that no table fits two documents."""

    def __init__(self, sha256: str) -> None:
        self._key = sha256.encode()[:64]

    def hash(self, kind: str, words: str) -> str:
        """The hash of a stretch of the matching form as hexadecimal digits, as many as its kind has."""
        size = _BYTES[kind]
        return hashlib.blake2b(words.encode(), digest_size=size, key=self._key, person=kind.encode()).hexdigest()

    def mark(self, form: Solid, text: str, start: int, end: int) -> Mark:
        """The mark of `text[start:end]`, where `form` is the matching form of the text."""
        at, size = form.place(start, end)
        words = self.hash("span", form.text[at : at + size])
        return Mark(at, size, words, cuts_a_word(text, start) or cuts_a_word(text, end))

    def anchors(self, text: str) -> Iterator[Anchor]:
        """The anchors of a matching form: every other stretch of `ANCHOR` characters."""
        for at in range(0, len(text) - ANCHOR + 1, 2 * ANCHOR):
            yield Anchor(at, self.hash("anchor", text[at : at + ANCHOR]))


def cuts_a_word(text: str, edge: int) -> bool:
    """Whether an offset lies between two letters or digits."""
    return edge > 0 and _INSIDE.match(text, edge - 1) is not None


def solid(text: str) -> Solid:
    """The matching form of a canonical text."""
    kept: list[str] = []
    places: list[int] = []
    for match in _SEEN.finditer(fold(text).translate(_QUOTES)):
        start, end = match.span()
        dots = match[0] == _DOTS
        kept.append("..." if dots else match[0])
        places += [start] * 3 if dots else range(start, end)
    return Solid("".join(kept), [*places, len(text)])


def title_hash(title: str) -> str:
    """The SHA-256 of the matching form of a title, by which a copy of the article is known."""
    return hashlib.sha256(solid(title).text.encode()).hexdigest()
