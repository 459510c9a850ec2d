"""The records: a document with its zones, spans and relations, and what must hold of them.

Offsets are Unicode code points, half-open, so that `text[start:end]` is the span.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import msgspec


class Span(msgspec.Struct, frozen=True):
    """A labelled stretch of text; `attrs` are its values, `score` the confidence of an extractor."""

    id: str
    start: int
    end: int
    label: str
    attrs: dict[str, str] = {}
    score: float | None = None

    @property
    def key(self) -> tuple[int, int, str]:
        """What makes two spans of a document the same one."""
        return self.start, self.end, self.label


class Relation(msgspec.Struct, frozen=True):
    """A typed arrow between two spans of the same document, given by their ids."""

    type: str
    head: str
    tail: str


class Zone(msgspec.Struct, frozen=True):
    """What a stretch of the text is in the article: `title`, `sapo`, `body`, `caption`, `byline`."""

    kind: str
    start: int
    end: int


class Document(msgspec.Struct, frozen=True):
    """One article, one gold document or one prediction. `text` is None where only offsets are known."""

    id: str
    text: str | None = None
    published: str | None = None
    title: str | None = None
    source: str | None = None
    url: str | None = None
    licence: str | None = None
    zones: tuple[Zone, ...] = ()
    spans: tuple[Span, ...] = ()
    relations: tuple[Relation, ...] = ()
    meta: dict[str, Any] = {}

    def surface(self, span: Span) -> str:
        """The words of a span; an empty string where the text is not known."""
        return "" if self.text is None else self.text[span.start : span.end]


class Problem(NamedTuple):
    """A broken invariant: the id of the span (or None) and what is wrong with it."""

    span: str | None
    message: str


_DAY = re.compile(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])\Z")


def sha256(text: str) -> str:
    """The hash that a gold record keeps of its text: hexadecimal SHA-256 of its UTF-8."""
    return hashlib.sha256(text.encode()).hexdigest()


def problems(document: Document) -> Iterator[Problem]:
    """Every invariant that `document` breaks, whatever its scheme.

    An offset outside the text, `start >= end`, a doubled span or id, a relation to no span, a text that is
    not NFC with LF line ends. Blank edges are not among them; they are a matter of lint.
    """
    text = document.text
    if document.published is not None and not _is_day(document.published):
        yield Problem(None, f"published is {document.published!r}, not a day as YYYY-MM-DD")
    if text is not None:
        yield from _text_problems(text, bool(document.spans))
    length = None if text is None else len(text)
    for zone in document.zones:
        if fault := _range_fault(zone.start, zone.end, length):
            yield Problem(None, f"zone {zone.kind}: {fault}")
    ids: set[str] = set()
    keys: dict[tuple[int, int, str], str] = {}
    for span in document.spans:
        if fault := _range_fault(span.start, span.end, length):
            yield Problem(span.id, fault)
        if span.id in ids:
            yield Problem(span.id, "this span id stands twice")
        if span.key in keys:
            yield Problem(span.id, f"the same start, end and label as span {keys[span.key]}")
        ids.add(span.id)
        keys.setdefault(span.key, span.id)
    for relation in document.relations:
        for end in (relation.head, relation.tail):
            if end not in ids:
                yield Problem(end, f"relation {relation.type} points to a span that is not there")
        if relation.head == relation.tail:
            yield Problem(relation.head, f"relation {relation.type} points to itself")


def crossings(spans: Iterable[Span]) -> Iterator[tuple[Span, Span]]:
    """Pairs of spans that overlap without one holding the other, the earlier one first."""
    open_spans: list[Span] = []
    for span in sorted(spans, key=lambda s: (s.start, -s.end)):
        open_spans = [other for other in open_spans if other.end > span.start]
        for other in open_spans:
            if other.start < span.start and other.end < span.end:
                yield other, span
        open_spans.append(span)


def _is_day(value: str) -> bool:
    if not _DAY.match(value):
        return False
    year, month, day = map(int, value.split("-"))
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return year > 0 and day <= (31, 29 if leap else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[month - 1]


def _text_problems(text: str, has_spans: bool) -> Iterator[Problem]:
    if "\0" in text:
        yield Problem(None, "the text holds a NUL character; remove it")
    if "\r" in text or text.startswith("\ufeff") or not unicodedata.is_normalized("NFC", text):
        cure = "run `vigold convert --normalise`, which moves the spans" if has_spans else "run `vigold ingest` on it"
        yield Problem(None, f"the text is not NFC with LF line ends and without a BOM; {cure}")


def _range_fault(start: int, end: int, length: int | None) -> str | None:
    if start >= end:
        return f"start {start} is not before end {end}"
    if start < 0 or (length is not None and end > length):
        where = "" if length is None else f" of {length} characters"
        return f"[{start}, {end}) is outside the text{where}"
    return None
