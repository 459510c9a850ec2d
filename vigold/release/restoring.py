"""One record of a stand-off release on one copy of its article; every word that is marked is checked by its hash."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

import msgspec

from vigold.document import Document, Relation, Span, Zone, crossings, problems, sha256
from vigold.errors import VigoldError
from vigold.release.aligning import Alignment
from vigold.release.marks import Hasher, Mark, cuts_a_word, solid, title_hash
from vigold.release.standoff_records import Record, SpanRecord, Words
from vigold.release.wording import FORMS

_ALIKE = 1 / 3
"""The share of anchors below which a copy is taken for another article."""


class Restored(NamedTuple):
    """A document with what could be put back, whether its copy was the very text, and in words what was lost.

    The document is None where the copy is too different.
    """

    document: Document | None
    exact: bool
    lost: list[str]


class _Finder:
    """Where marked words stand in a copy: at their offsets where it is the very text, else by alignment."""

    def __init__(self, record: Record, text: str) -> None:
        self._text, self.exact = text, sha256(text) == record.sha256
        self._hasher, self._form = Hasher(record.sha256), solid(text)
        self._alignment = None if self.exact else Alignment(record.anchors, self._form.text, self._hasher)

    @property
    def anchors(self) -> int:
        """How many anchors were found again."""
        return self._alignment.found if self._alignment else 0

    def find(self, start: int, end: int, mark: Mark) -> tuple[int, int] | None:
        """The offsets in the copy of what stood at `start` to `end`; None where the words are not there."""
        if self._alignment is None:
            at, size = self._form.place(start, end)
            words = self._form.text[at : at + size]
            return (start, end) if self._hasher.hash("span", words) == mark.hash else None
        place = self._alignment.place(mark)
        offsets = None if place is None else self._form.offsets(place, mark.size)
        # `ngày 5/7` still stands in `ngày 5/71`: an edge within a word is right only where it was in one before.
        cut = offsets is not None and any(cuts_a_word(self._text, edge) for edge in offsets)
        return offsets if mark.inside or not cut else None


def restored(record: Record, copy: Document) -> Restored:
    """The gold of a record on a copy of its article.

    Title, text and what is not in the record are those of the copy; on a copy that differs so are the zones, where it
    has any. A span whose words are not found is lost, and with it its relations. Raises VigoldError where a record
    that fits the very text breaks an invariant: then the record is damaged.
    """
    text = copy.text or ""
    finder = _Finder(record, text)
    if not finder.exact and finder.anchors < max(1, _ALIKE * len(record.anchors)):
        known = f"{finder.anchors} of {len(record.anchors)} anchors known again"
        return Restored(None, False, [f"the copy is another article or too different ({known})"])
    lost: list[str] = []
    spans = _spans(record, text, finder, lost)
    made = Document(
        record.id,
        text,
        record.published,
        _title(record, copy),
        record.source if record.source is not None else copy.source,
        record.url if record.url is not None else copy.url,
        record.licence if record.licence is not None else copy.licence,
        _zones(record, copy, finder),
        spans,
        _relations(record.relations, {span.id for span in spans}, lost),
        _meta(record, copy, text),
    )
    for problem in problems(made):
        raise VigoldError(f"{problem.message}; the record is damaged")
    return Restored(made, finder.exact, lost)


def _spans(record: Record, text: str, finder: _Finder, lost: list[str]) -> tuple[Span, ...]:
    found: dict[tuple[int, int, str], Span] = {}
    for one in record.spans:
        place = finder.find(one.start, one.end, one.mark)
        if place is None or (*place, one.label) in found:
            lost.append(f"span {one.id}: {one.label} at [{one.start}, {one.end})")
            continue
        found[(*place, one.label)] = Span(one.id, *place, one.label, _attrs(one, text, finder, lost))
    # What was found in two places that cross was found wrongly in one of them; neither is written.
    crossed = () if finder.exact else (span.key for pair in crossings(found.values()) for span in pair)
    for key in set(crossed):
        lost.append(f"span {found[key].id}: {found[key].label}, which would cross another")
        del found[key]
    return tuple(found.values())


def _attrs(span: SpanRecord, text: str, finder: _Finder, lost: list[str]) -> dict[str, str]:
    """The values of a span, in the order of the scheme."""
    given = dict(span.attrs)
    for words in span.words:
        given[words.attribute] = _value(words, text, finder)
        if given[words.attribute] is None:
            lost.append(f"span {span.id}: the {words.attribute} of {span.label} at [{span.start}, {span.end})")
    return {name: value for name, value in given.items() if value is not None}


def _value(words: Words, text: str, finder: _Finder) -> str | None:
    place, make = finder.find(words.start, words.end, words.mark), FORMS.get(words.form)
    return make(text[slice(*place)]) if place and make else None


def _zones(record: Record, copy: Document, finder: _Finder) -> tuple[Zone, ...]:
    if not finder.exact and copy.zones:
        return copy.zones
    found = [(zone.kind, finder.find(zone.start, zone.end, zone.mark)) for zone in record.zones]
    return tuple(Zone(kind, *place) for kind, place in found if place)


def _relations(relations: Iterable[Relation], kept: set[str], lost: list[str]) -> tuple[Relation, ...]:
    found = []
    for one in relations:
        if {one.head, one.tail} <= kept:
            found.append(one)
        else:
            lost.append(f"relation {one.type} from {one.head} to {one.tail}")
    return tuple(found)


def _title(record: Record, copy: Document) -> str | None:
    """Of the title of the copy and the words of its title zone what has the hash of the gold's; else its title."""
    if record.title_sha256 is None:
        return None
    zones = [(copy.text or "")[zone.start : zone.end] for zone in copy.zones if zone.kind == "title"]
    fitting = (words for words in (copy.title, *zones) if words and title_hash(words) == record.title_sha256)
    return next(fitting, copy.title)


def _meta(record: Record, copy: Document, text: str) -> dict[str, Any]:
    """What the record keeps, over what the copy has; the hash of the text is that of the copy."""
    meta: dict[str, Any] = copy.meta | msgspec.json.decode(record.meta)
    return meta | ({"sha256": sha256(text)} if "sha256" in meta else {})
