"""What a check of lint sees - a document among its corpus - and what it says."""

from __future__ import annotations

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
        places = Counter((span.start, span.end) for span in document.spans)
        for span in document.spans:
            if places[span.start, span.end] == 1:
                surfaces.setdefault(surface(document, span), Counter())[span.label] += 1
    return Corpus(surfaces)


def surface(document: Document, span: Span) -> str:
    """The words of a span as they are compared: dashes, blanks and the place of the tone mark aside."""
    return " ".join(fold(document.surface(span)).split())


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
