"""The result of one annotation to spans, values and relations, with every fault found.

The server checks almost nothing, so the reader here does. Offsets of `<Text>` are code points, as ours are;
the copy of the words in a region must be the words there, blanks and line ends aside, which a browser rewrites.
"""

from __future__ import annotations

from typing import Any

import msgspec

from vigold.document import Relation, Span, crossings
from vigold.errors import shown
from vigold.formats.labelstudio_items import Fault, Json, answers_of, called, kind_of, region_of, solid
from vigold.scheme import Scheme


class Reader:
    """Reads the result of one annotation, collecting `faults` as it goes."""

    def __init__(self, task: object, annotation: object, text: str, scheme: Scheme) -> None:
        self.place = task, annotation
        self.text = text
        self.scheme = scheme
        self.faults: list[Fault] = []

    def read(self, items: list[Json]) -> tuple[list[Span], list[Relation], dict[str, Any]]:
        """The spans, the relations, and the notes of regions by their ids; what cannot be kept becomes a fault."""
        kinds: dict[str, list[Json]] = {"region": [], "relation": [], "value": []}
        for item in items:
            kind = kind_of(item)
            if kind is None:
                self._fault("foreign-item", region_of(item), f"not an item of a Label Studio result: {shown(item)}")
            else:
                kinds[kind].append(item)
        spans = self._spans(kinds["region"])
        attrs = self._values(kinds["value"], spans)
        full = [msgspec.structs.replace(span, attrs=attrs.get(key, {})) for key, span in spans.items()]
        full = self._without_crossings(full)
        relations = self._relations(kinds["relation"], {span.id for span in full})
        notes = {item["id"]: item["meta"] for item in kinds["region"] if item.get("meta") and item.get("id") in spans}
        return full, relations, notes

    def _fault(self, name: str, region: object, message: str) -> None:
        self.faults.append(Fault(name, *self.place, None if region is None else str(region), message))

    def _spans(self, items: list[Json]) -> dict[str, Span]:
        spans: dict[str, Span] = {}
        keys: dict[tuple[int, int, str], str] = {}
        for item in items:
            region: Any = item.get("id")
            start, end, labels = (item["value"].get(key) for key in ("start", "end", "labels"))
            fault = self._span_fault(region, start, end, labels) or self._words_fault(region, item["value"])
            if fault:
                self._fault(*fault)
            elif region in spans:
                self._fault("doubled-region", region, "this region id stands twice")
            elif (start, end, labels[0]) in keys:
                same = keys[start, end, labels[0]]
                self._fault("doubled-span", region, f"the same start, end and label as region {same}")
            else:
                keys[start, end, labels[0]] = region
                spans[region] = Span(region, start, end, labels[0])
        return spans

    def _span_fault(self, region: Any, start: Any, end: Any, labels: Any) -> tuple[str, object, str] | None:
        if not isinstance(region, str) or not region or type(start) is not int or type(end) is not int:
            return "no-offsets", region, "a region needs an id and whole numbers as start and end"
        if end <= start:
            return "end-before-start", region, f"start {start} is not before end {end}"
        if start < 0 or end > len(self.text):
            return "past-the-text", region, f"[{start}, {end}) is outside the text of {len(self.text)} characters"
        if not isinstance(labels, list) or len(labels) != 1 or not isinstance(labels[0], str):
            return "not-one-label", region, f"a region needs one label, found {shown(labels)}"
        if labels[0] not in self.scheme.labels:
            return "unknown-label", region, f"label {labels[0]!r} is not in scheme {self.scheme.name}"
        return None

    def _words_fault(self, region: Any, value: Json) -> tuple[str, object, str] | None:
        """What is wrong where a region says itself which words it holds."""
        words, here = value.get("text"), self.text[value["start"] : value["end"]]
        if not isinstance(words, str) or words == here or solid(words) == solid(here):
            return None
        return "other-words", region, f"the region says {shown(words)}, but {shown(here)} stands there"

    def _values(self, items: list[Json], spans: dict[str, Span]) -> dict[str, dict[str, str]]:
        controls = self.scheme.controls
        attrs: dict[str, dict[str, str]] = {}
        for item in items:
            region: Any = item.get("id")
            control: Any = item.get("from_name")
            answers = answers_of(item["value"])
            if answers is None:
                self._fault("no-answer", region, f"{shown(control)} needs texts as its answer: {shown(item['value'])}")
            elif control not in controls:
                self._fault("unknown-control", region, f"control {shown(control)} is not in the labelling config")
            elif region not in spans:
                self._fault("attribute-without-region", region, f"{control} belongs to no region that was kept")
            elif controls[control][0] != spans[region].label:
                self._fault("attribute-of-another-label", region, f"{control} on a region of {spans[region].label}")
            elif len(answers) > 1 or controls[control][1] in attrs.get(region, {}):
                self._fault("several-values", region, f"{control} has more than one value: {shown(answers)}")
            elif answers and answers[0]:
                attrs.setdefault(region, {})[controls[control][1]] = answers[0]
        return attrs

    def _without_crossings(self, spans: list[Span]) -> list[Span]:
        while crossing := next(crossings(spans), None):
            outer, inner = crossing
            self._fault("crossing", inner.id, f"crosses region {outer.id} [{outer.start}, {outer.end})")
            spans = [span for span in spans if span is not inner]
        return spans

    def _relations(self, items: list[Json], ids: set[str]) -> list[Relation]:
        found: dict[Relation, None] = {}
        for item in items:
            head, tail, labels = item.get("from_id"), item.get("to_id"), item.get("labels") or []
            if item.get("direction") == "left":
                head, tail = tail, head
            if fault := self._relation_fault(item, head, tail, labels, ids):
                self._fault(fault[0], head, fault[1])
            elif (relation := Relation(labels[0], str(head), str(tail))) in found:
                self._fault("doubled-relation", head, f"{labels[0]} to {called(tail)} stands twice")
            else:
                found[relation] = None
        return list(found)

    def _relation_fault(self, item: Json, head: Any, tail: Any, labels: Any, ids: set[str]) -> tuple[str, str] | None:
        if head == tail:
            return "self-relation", "a relation from a region to itself"
        if head not in ids or tail not in ids:
            head, tail, missing = map(called, (head, tail, head if head not in ids else tail))
            return "dangling-relation", f"the relation {head} → {tail} points to region {missing}, which is not there"
        head, tail = called(head), called(tail)
        if item.get("direction") == "bi":
            return "two-way-relation", f"the relation {head} ↔ {tail} needs one direction"
        if len(labels) != 1:
            return "unlabelled-relation", f"the relation {head} → {tail} needs one type, found {shown(labels)}"
        if labels[0] not in self.scheme.relations:
            return "unknown-relation", f"relation type {labels[0]!r} is not in scheme {self.scheme.name}"
        return None
