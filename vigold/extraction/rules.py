"""The rule-based extractor: dates, names and references, put together into one consistent nesting."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from vigold.document import Document, Relation, Span
from vigold.extraction import dates, names, references
from vigold.extraction.registry import Extractor, Found
from vigold.extraction.tables import table
from vigold.text import tokens

_TABLE = table("rules")
LABELS: tuple[str, ...] = tuple(_TABLE["labels"])


def make() -> Extractor:
    """The extractor; it takes no options."""
    return _find


def _find(document: Document) -> Found:
    text = document.text or ""
    found_dates = dates.find(text, document.published)
    found_names = names.find(text)
    found_documents, arrows = references.find(text, found_dates, found_names)
    # What was found with more knowledge stands; what crosses it goes.
    kept = _nested((found_documents, found_dates, _whole(text, found_names)))
    ids = {id(span): f"s{n}" for n, span in enumerate(kept, 1)}
    holds = ((_TABLE["holds"], found_names[per], found_names[role]) for per, role in names.holders(text, found_names))
    relations = tuple(
        Relation(kind, ids[id(head)], ids[id(tail)])
        for kind, head, tail in (*arrows, *holds)
        if id(head) in ids and id(tail) in ids
    )
    return Found(tuple(msgspec.structs.replace(span, id=ids[id(span)]) for span in kept), relations)


def _whole(text: str, spans: Iterable[Span]) -> list[Span]:
    """The spans that begin and end with a token, so that none lies within `57-KL/TW`."""
    pieces = tokens(text)
    starts, ends = {piece.start for piece in pieces}, {piece.end for piece in pieces}
    return [span for span in spans if span.start in starts and span.end in ends]


def _nested(layers: Sequence[Iterable[Span]]) -> list[Span]:
    """All spans that cross none of an earlier layer or place, in the order of the text, outer ones first."""
    kept: list[Span] = []
    seen: set[tuple[int, int, str]] = set()
    for layer in layers:
        for span in layer:
            if span.key not in seen and not any(_cross(span, other) for other in kept):
                kept.append(span)
                seen.add(span.key)
    return sorted(kept, key=lambda span: (span.start, -span.end, span.label))


def _cross(one: Span, other: Span) -> bool:
    first, second = (one, other) if one.start <= other.start else (other, one)
    return first.start < second.start < first.end < second.end
