"""The rule-based extractor: dates, names and references, put together into one consistent nesting."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence

import msgspec

from vigold.document import Document, Relation, Span
from vigold.extraction import dates, names, references
from vigold.extraction.registry import Extractor, Found
from vigold.extraction.tables import table
from vigold.text import Edges

_TABLE = table("rules")
LABELS: tuple[str, ...] = tuple(_TABLE["labels"])


def make() -> Extractor:
    """The extractor; it takes no options."""
    return _find


def _find(document: Document) -> Found:
    return combined(document, names.find(document.text or ""))


def combined(document: Document, found_names: Sequence[Span]) -> Found:
    """Names, whoever found them, put together with the dates and references of the rules.

    The names may not cross one another.
    """
    text = document.text or ""
    found_dates = dates.find(text, document.published)
    found = references.find(text, found_dates, found_names, document.published)
    # What was found with more knowledge stands; what crosses it goes.
    kept = nested((found.spans, found_dates, _whole(text, found_names)))
    ids = {id(span): f"s{n}" for n, span in enumerate(kept, 1)}
    holds = ((_TABLE["holds"], found_names[per], found_names[role]) for per, role in names.holders(text, found_names))
    relations = tuple(
        Relation(kind, ids[id(head)], ids[id(tail)])
        for kind, head, tail in (*found.relations, *holds)
        if id(head) in ids and id(tail) in ids
    )
    spans = tuple(msgspec.structs.replace(span, id=ids[id(span)]) for span in kept)
    entries = [{**entry, "mentions": [ids[id(found.spans[n])] for n in entry["mentions"]]} for entry in found.documents]
    return Found(spans, relations, {"documents": entries} if entries else {})


def _whole(text: str, spans: Iterable[Span]) -> list[Span]:
    """The spans that begin and end with a token, so that none lies within `57-KL/TW`."""
    edges = Edges(text)
    return [span for span in spans if edges.hold(span.start, span.end)]


def nested(layers: Sequence[Iterable[Span]]) -> list[Span]:
    """The spans of all layers in the order of the text, outer ones first, without those that cross an earlier layer.

    No two spans of one layer may cross.
    """
    kept: list[Span] = []
    for layer in layers:
        starts = [span.start for span in kept]
        longest = max((span.end - span.start for span in kept), default=0)
        near = (
            (span, kept[bisect_left(starts, span.start - longest) : bisect_left(starts, span.end)]) for span in layer
        )
        fitting = [span for span, others in near if not any(_cross(span, other) for other in others)]
        kept = sorted((*kept, *fitting), key=lambda span: (span.start, -span.end, span.label))
    return kept


def _cross(one: Span, other: Span) -> bool:
    first, second = (one, other) if one.start <= other.start else (other, one)
    return first.start < second.start < first.end < second.end
