"""From the tagged words of a tool to spans of the text: the words come without places, joined and respelt."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping

from vigold.document import Document, Span
from vigold.errors import VigoldError, shown
from vigold.text import Piece

Tagged = tuple[str, str]
"""A word and its tag: `O`, or `B-` or `I-` and a label."""

_SYLLABLE = re.compile(r"[^\s_]+")
_RUN = re.compile(r"[^\W_]+")
_ALIKE = str.maketrans("đðy", "ddi")


def spans(
    document: Document, sentences: Iterable[tuple[Piece, Iterable[Tagged]]], labels: Mapping[str, str]
) -> tuple[Span, ...]:
    """The entities of all sentences; `labels` maps those of the tool to ours, and what it does not name is dropped.

    Raises VigoldError where the words do not follow the text.
    """
    found: list[tuple[Piece, str]] = []
    for sentence, tagged in sentences:
        words = list(tagged)
        places = place(document.text or "", (word for word, _ in words), sentence)
        found += entities(places, (tag for _, tag in words))
    kept = ((piece, labels[label]) for piece, label in found if label in labels)
    return tuple(Span(f"s{n}", piece.start, piece.end, label) for n, (piece, label) in enumerate(kept, 1))


def place(text: str, words: Iterable[str], within: Piece) -> Iterator[Piece | None]:
    """Where each word stands in `text[within.start:within.end]`; None for one without a syllable.

    Blanks and `_` between syllables may differ. A syllable may be respelt by the tool (`hoà` → `hòa`, `Ðức` → `Đức`,
    `quị` → `quỵ`, `nghành` → `ngành`): its letters without their marks are the same, or the word that stands there has
    the same first and last one. Raises VigoldError for anything else: a span at a guessed place would be a wrong one.
    """
    at = within.start
    for word in words:
        start = None
        for syllable in _SYLLABLE.findall(word):
            rest = _SYLLABLE.search(text, at, within.end)
            begin = rest.start() if rest else within.end
            at = _end(text, begin, within.end, syllable)
            start = begin if start is None else start
        yield None if start is None else Piece(start, at)


def _end(text: str, begin: int, limit: int, syllable: str) -> int:
    end = begin + len(syllable)
    if end <= limit and text.startswith(syllable, begin):
        return end
    bare = _bare(syllable)
    if end <= limit and _bare(text[begin:end]) == bare:
        return end
    run = _RUN.match(text, begin, limit)
    if run and bare and (there := _bare(run[0]))[:1] == bare[0] and there[-1:] == bare[-1]:
        return run.end()
    there = text[begin : min(limit, begin + 20)]
    raise VigoldError(f"the word {shown(syllable)} does not follow the text at {begin}: {shown(there)}")


def _bare(word: str) -> str:
    """Its letters in lower case, without marks, and those that stand for one another as one."""
    letters = unicodedata.normalize("NFD", word.lower()).translate(_ALIKE)
    return "".join(letter for letter in letters if unicodedata.category(letter) != "Mn")


def entities(places: Iterable[Piece | None], tags: Iterable[str]) -> Iterator[tuple[Piece, str]]:
    """The entities that IOB tags mark, with labels; as in conlleval, an `I-` that continues nothing begins one."""
    start, end, label = 0, 0, ""
    for piece, tag in zip(places, tags, strict=True):
        if piece is None:
            continue
        head, _, name = tag.partition("-")
        if head == "I" and name == label:
            end = piece.end
            continue
        if label:
            yield Piece(start, end), label
        start, end, label = (*piece, name)
    if label:
        yield Piece(start, end), label
