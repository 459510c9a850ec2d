"""Dates as spans: what is found in a text, with its values."""

from __future__ import annotations

from collections.abc import Collection

from vigold.document import Document, Span
from vigold.extraction.dates.moment import Moment
from vigold.extraction.dates.patterns import TABLE
from vigold.extraction.dates.phrases import moments
from vigold.extraction.dates.resolve import resolved, value
from vigold.extraction.dates.source import Source
from vigold.extraction.registry import Extractor, Found, left_out

LABELS: tuple[str, ...] = (TABLE["label"],)
FAMILIES: dict[str, str] = TABLE["families"]
"""The families of rules that can be switched off, and what each reads."""


def find(text: str, published: str | None, without: Collection[str] = ()) -> list[Span]:
    """The expressions of time in `text`, sorted, none crossing another, values as of the day `published`.

    `without` names families of rules to leave out. Raises ValueError for a name that is none of `FAMILIES`.
    """
    if unknown := sorted(set(without) - set(FAMILIES)):
        raise ValueError(f"no families of date rules: {', '.join(unknown)}")
    source = Source(text, published, frozenset(without))
    return [_span(moment) for moment in resolved(source, list(moments(source)))]


def make(without: str = "") -> Extractor:
    """The extractor; `without` names families that are left out, with `+` between them."""
    off = left_out(without, FAMILIES)

    def found(document: Document) -> Found:
        spans = find(document.text or "", document.published, off)
        return Found(tuple(Span(f"s{n}", s.start, s.end, s.label, s.attrs) for n, s in enumerate(spans, 1)))

    return found


def _span(moment: Moment) -> Span:
    attrs = {"type": moment.type, "value": value(moment)}
    if moment.mod:
        attrs["mod"] = moment.mod
    if moment.lunar:
        attrs["calendar"] = "lunar"
    return Span("", moment.start, moment.end, LABELS[0], attrs)
