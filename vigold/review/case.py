"""What a check of lint sees - a document among its corpus - and what it says."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import NamedTuple

from vigold.document import Document, Span
from vigold.scheme import Scheme
from vigold.text import Piece, fold, paragraphs


class Hit(NamedTuple):
    """Something doubtful: the span (None for a stretch without one), where, a detail for the message, and, where the
    cure is mechanical, the boundaries that the span should have."""

    span: Span | None
    start: int
    end: int
    detail: str = ""
    edit: tuple[int, int] | None = None


def at(span: Span, detail: str = "", edit: tuple[int, int] | None = None) -> Hit:
    """A hit that is about the whole of a span."""
    return Hit(span, span.start, span.end, detail, edit)


class Corpus(NamedTuple):
    """What the documents have in common: for the words of each span how often they carry which label."""

    surfaces: dict[str, Counter[str]]


def corpus(documents: Iterable[Document]) -> Corpus:
    """The counts over all spans, but for those that share their offsets with a span of another label."""
    surfaces: dict[str, Counter[str]] = {}
    for document in documents:
        folded = fold(document.text or "")
        places = Counter((span.start, span.end) for span in document.spans)
        for span in document.spans:
            if places[span.start, span.end] == 1:
                surfaces.setdefault(surface(folded, span), Counter())[span.label] += 1
    return Corpus(surfaces)


def surface(folded: str, span: Span) -> str:
    """The words of a span in a folded text (`vigold.text.fold`) as they are compared, with single blanks."""
    return " ".join(folded[span.start : span.end].split())


class Facts:
    """What is worked out once for a document, when a check asks for it."""

    def __init__(self, document: Document) -> None:
        self._document = document

    @cached_property
    def folded(self) -> str:
        """The text for matching, as long as the text: `vigold.text.fold`."""
        return fold(self._document.text or "")

    @cached_property
    def by_id(self) -> dict[str, Span]:
        """The spans by their ids."""
        return {span.id: span for span in self._document.spans}

    @cached_property
    def _ordered(self) -> tuple[list[int], list[Span], list[int]]:
        """The spans by their beginnings, and for each the last one before it that ends behind its beginning, or -1."""
        spans = sorted(self._document.spans, key=lambda span: (span.start, -span.end))
        links: list[int] = []
        opened: list[int] = []
        for n, span in enumerate(spans):
            while opened and spans[opened[-1]].end <= span.start:
                opened.pop()
            links.append(opened[-1] if opened else -1)
            opened.append(n)
        return [span.start for span in spans], spans, links

    def around(self, place: int) -> list[Span]:
        """The spans that hold the character at this offset. However many a document has, few are looked at."""
        starts, spans, links = self._ordered
        n = bisect_right(starts, place) - 1
        found = []
        while n >= 0:
            if spans[n].end > place:
                found.append(spans[n])
            n = links[n]
        return found

    @cached_property
    def lines(self) -> list[Piece]:
        """The paragraphs."""
        return paragraphs(self._document.text or "")


class Case(NamedTuple):
    """A document that is checked, and the spans in it that the rule is about."""

    document: Document
    text: str
    spans: Sequence[Span]
    scheme: Scheme
    corpus: Corpus
    facts: Facts

    def words(self, span: Span) -> str:
        """The words of a span."""
        return self.text[span.start : span.end]
