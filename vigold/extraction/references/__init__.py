"""References to documents, found, given attributes, tied to who issued them and when, and joined by document."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

import msgspec

from vigold.document import Document, Relation, Span
from vigold.extraction.references import amends, extract, links, normalise, resolve, said
from vigold.extraction.references.mention import FAMILIES, Given, Mention, Part, References
from vigold.extraction.references.spelling import WALL, lines, walled
from vigold.extraction.registry import Extractor, Found, left_out
from vigold.extraction.tables import table

__all__ = ["FAMILIES", "LABELS", "References", "find", "make"]

_TABLE = table("references")
LABEL: str = _TABLE["label"]
LABELS: tuple[str, ...] = (LABEL,)
_DATES, _ISSUERS = frozenset(_TABLE["dates"]), frozenset(_TABLE["issuers"])
_AMENDS: str = _TABLE["relations"]["amends"]
Arrow = tuple[str, Span, Span]


def find(
    text: str,
    dates: Sequence[Span] = (),
    names: Sequence[Span] = (),
    published: str | None = None,
    without: Collection[str] = (),
) -> References:
    """The references of a text, their relations, and the documents that they mean.

    `dates` are DATE spans and `names` ORG and ROLE spans found elsewhere; relations point to them. `published`
    is the day against which a date of issue without a year is resolved. `without` leaves out some of `FAMILIES`.
    """
    dates, names = _labelled(dates, _DATES), _labelled(names, _ISSUERS)
    paragraphs = walled(text)
    given = Given(without, _ends(paragraphs, names))
    tops = extract.mentions(paragraphs, given)
    line = lines(text)
    facts = said.read(line, tops, given)
    issuers = _issuers(tops, facts)
    spans: list[Span] = []
    heads: list[Span] = []
    inner: list[Arrow] = []
    for top, issuer in zip(tops, issuers, strict=True):
        heads.append(_span(text, top, issuer, published))
        nested = [_span(text, mention, None, published) for mention in top.inner]
        spans += [heads[-1], *nested]
        inner += [(_AMENDS, heads[-1], span) for span in nested]
    relations = [*_issued(line, tops, facts, issuers, heads, dates, names), *_amends(line, tops, heads), *inner]
    return References(spans, relations, resolve.documents([span.attrs for span in spans]))


def make(without: str = "") -> Extractor:
    """The extractor; `without` names families that are left out, with `+` between them.

    Raises VigoldError for a family that there is not.
    """
    off = left_out(without, FAMILIES)

    def run(document: Document) -> Found:
        spans, relations, documents = find(document.text or "", published=document.published, without=off)
        ids = {id(span): f"s{n}" for n, span in enumerate(spans, 1)}
        entries = [{**entry, "mentions": [ids[id(spans[n])] for n in entry["mentions"]]} for entry in documents]
        return Found(
            tuple(msgspec.structs.replace(span, id=ids[id(span)]) for span in spans),
            tuple(Relation(kind, ids[id(head)], ids[id(tail)]) for kind, head, tail in relations),
            {"documents": entries},
        )

    return run


def _span(text: str, mention: Mention, issuer: Part | None, published: str | None) -> Span:
    return Span("", mention.start, mention.end, LABEL, normalise.normalise(text, mention, issuer, published))


def _ends(text: str, names: Sequence[Span]) -> dict[int, int]:
    """Where the longest name ends, by where it begins; what goes over a paragraph or ends in a clause is no name."""
    words = ((name, text[name.start : name.end]) for name in names)
    whole = (name for name, said in words if said.strip(" ,;:(\n\u00a0") == said and WALL not in said)
    return {name.start: name.end for name in sorted(whole, key=lambda name: name.end)}


def _labelled(spans: Sequence[Span], labels: frozenset[str]) -> list[Span]:
    return [span for span in spans if span.label in labels]


def _issuers(tops: Sequence[Mention], facts: Sequence[said.Said]) -> list[Part | None]:
    """The issuer of each reference: its own, else that of its list, else the one that the sentence says."""
    by_series = {top.series: top.issuer for top in tops if top.series >= 0 and top.issuer}
    return [top.issuer or by_series.get(top.series) or fact.issuer for top, fact in zip(tops, facts, strict=True)]


def _issued(
    text: str,
    tops: Sequence[Mention],
    facts: Sequence[said.Said],
    issuers: Sequence[Part | None],
    heads: Sequence[Span],
    dates: Sequence[Span],
    names: Sequence[Span],
) -> Iterator[Arrow]:
    date_ends, name_ends = links.Ends(dates), links.Ends(names)
    for top, fact, issuer, head in zip(tops, facts, issuers, heads, strict=True):
        for kind, tail in links.issued(text, top, issuer, fact, date_ends, name_ends):
            yield kind, head, tail


def _amends(text: str, tops: Sequence[Mention], heads: Sequence[Span]) -> Iterator[Arrow]:
    types = [head.attrs.get("doc_type", "") for head in heads]
    for head, tail in amends.arrows(text, tops, types):
        yield _AMENDS, heads[head], heads[tail]
