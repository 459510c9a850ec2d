"""The records: a document with its zones, spans and relations, and what must hold of them.

Offsets are Unicode code points, half-open, so that `text[start:end]` is the span.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Container, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

import msgspec

from vigold.errors import shown


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
    """What a stretch of the text is in the article: `title`, `sapo`, `body`, `caption`, `byline`, `related`."""

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


# Where a reader of lines may begin a new one.
_BREAK = re.compile(r"[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_DAY = re.compile(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])\Z")


def sha256(text: str) -> str:
    """The hash that a gold record keeps of its text: hexadecimal SHA-256 of its UTF-8."""
    return hashlib.sha256(text.encode()).hexdigest()


def problems(document: Document) -> Iterator[Problem]:
    """Every invariant that `document` breaks, whatever its scheme.

    An offset outside the text, `start >= end`, a doubled span, id or relation, a relation to no span, an empty id,
    label or value, a line break in an id, a text that is not NFC with LF line ends, a NUL anywhere. Blank edges are
    not among them; they are a matter of lint.
    """
    yield from _record_problems(document)
    length = None if document.text is None else len(document.text)
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
        if (key := span.key) in keys:
            yield Problem(span.id, f"the same start, end and label as span {keys[key]}")
        if not (span.id and span.label):
            what = "label" if span.id else "id"
            yield Problem(span.id, f"the {what} of the span [{span.start}, {span.end}) is empty")
        if span.attrs and not all(span.attrs.values()):
            empty = next(name for name, value in span.attrs.items() if not value)
            yield Problem(span.id, f"{empty} is empty; leave out what has no value")
        ids.add(span.id)
        keys.setdefault(key, span.id)
    yield from _relation_problems(document.relations, ids)


def _relation_problems(relations: Iterable[Relation], ids: Container[str]) -> Iterator[Problem]:
    seen: set[Relation] = set()
    for relation in relations:
        for end in (relation.head, relation.tail):
            if end not in ids:
                yield Problem(end, f"relation {relation.type} points to a span that is not there")
        if relation.head == relation.tail:
            yield Problem(relation.head, f"relation {relation.type} points to itself")
        if not relation.type:
            yield Problem(relation.head, f"the type of the relation to {relation.tail} is empty")
        if relation in seen:
            yield Problem(relation.head, f"relation {relation.type} to {relation.tail} stands twice")
        seen.add(relation)


def crossings(spans: Iterable[Span]) -> Iterator[tuple[Span, Span]]:
    """Pairs of spans that overlap without one holding the other, the earlier one first."""
    open_spans: list[Span] = []
    for span in sorted(spans, key=lambda s: (s.start, -s.end)):
        open_spans = [other for other in open_spans if other.end > span.start]
        for other in open_spans:
            if other.start < span.start and other.end < span.end:
                yield other, span
        open_spans.append(span)


def is_day(value: str) -> bool:
    """Whether this is a day of the calendar as `YYYY-MM-DD`."""
    if not _DAY.match(value):
        return False
    year, month, day = map(int, value.split("-"))
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return year > 0 and day <= (31, 29 if leap else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[month - 1]


def is_canonical(text: str) -> bool:
    """Whether this text is NFC, with LF line ends and without a BOM."""
    return "\r" not in text and not text.startswith("\ufeff") and unicodedata.is_normalized("NFC", text)


def _record_problems(document: Document) -> Iterator[Problem]:
    """What is wrong with the id, the day, the text and the characters of a record."""
    if not document.id:
        yield Problem(None, "the document has no id")
    if document.published is not None and not is_day(document.published):
        yield Problem(None, f"published is {shown(document.published)}, not a day as YYYY-MM-DD")
    text = document.text or ""
    if not is_canonical(text):
        cure = "run `vigold convert --normalise`, which moves the spans"
        cure = cure if document.spans else "run `vigold ingest` on it"
        yield Problem(None, f"the text is not NFC with LF line ends and without a BOM; {cure}")
    ids = [document.id, *[span.id for span in document.spans]]
    if _BREAK.search("".join(ids)):  # One look at all of them is several times as fast as one at each.
        yield from (Problem(None, f"a line break in the id {key!r}") for key in ids if _BREAK.search(key))
    if "\0" in text:
        yield Problem(None, "the text holds a NUL character; remove it")
    yield from (Problem(span, f"{where} holds a NUL character; remove it") for span, where in _nuls(document))


def _nuls(document: Document) -> Iterator[tuple[str | None, str]]:
    """Where a NUL stands outside the text: the id of the span, if it is one's, and what of it."""
    for name in ("id", "title", "source", "url", "licence"):
        if "\0" in (getattr(document, name) or ""):
            yield None, f"the {name}"
    if any("\0" in zone.kind for zone in document.zones):
        yield None, "the kind of a zone"
    if any("\0" in relation.type for relation in document.relations):
        yield None, "the type of a relation"
    if _holds_nul(document.meta):
        yield None, "meta"
    ids, labels = "".join([span.id for span in document.spans]), {span.label for span in document.spans}
    given = [span.attrs for span in document.spans if span.attrs]
    values = "".join([value for attrs in given for value in attrs.values()])
    if any("\0" in joined for joined in (ids, *labels, *set().union(*given), values)):
        for span in document.spans:
            if "\0" in "".join((span.id, span.label, *span.attrs, *span.attrs.values())):
                yield span.id, "the id, the label or an attribute"


def _holds_nul(value: Any) -> bool:
    """Whether a NUL stands in a string of nested lists and objects, however deep."""
    left = [value]
    while left:
        value = left.pop()
        if isinstance(value, str) and "\0" in value:
            return True
        if isinstance(value, Mapping):
            left += (*value, *value.values())
        elif isinstance(value, list | tuple):
            left += value
    return False


def _range_fault(start: int, end: int, length: int | None) -> str | None:
    if start >= end:
        return f"start {start} is not before end {end}"
    if start < 0 or (length is not None and end > length):
        where = "" if length is None else f" of {length} characters"
        return f"[{start}, {end}) is outside the text{where}"
    return None
