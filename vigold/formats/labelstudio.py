"""Label Studio's JSON: documents to tasks, and annotations back to documents, with every fault found.

The server checks almost nothing, so the reader here does. Offsets of `<Text>` are code points, as ours are;
the copy of the words in a region must be the words there, blanks and line ends aside, which a browser rewrites.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import msgspec

from vigold.document import Document, Relation, Span, crossings, sha256
from vigold.errors import VigoldError, shown
from vigold.formats.wording import mismatch, on_one_line
from vigold.scheme import Scheme, stamped

Json = dict[str, Any]

LABEL, TEXT = "label", "text"
"""The names of the labels' control and of the text in the labelling config."""

_CARRIED = ("published", "title", "source", "url", "licence")


class Fault(NamedTuple):
    """What is wrong with an annotation, and where."""

    name: str
    task: object
    annotation: object
    region: str | None
    message: str

    def __str__(self) -> str:
        region = "" if self.region is None else f", region {on_one_line(self.region)}"
        return f"task {_called(self.task)}, annotation {_called(self.annotation)}{region}: {self.name}: {self.message}"


def _called(key: object) -> str:
    return str(key) if isinstance(key, int | None) else on_one_line(key) if isinstance(key, str) else shown(key)


def task(document: Document, scheme: Scheme) -> Json:
    """A task without predictions and annotations; its data hold the hashes of the text and the scheme."""
    meta = {key: value for key, value in document.meta.items() if key not in ("scheme", "sha256")}
    data: Json = {"text": document.text, "id": document.id, "sha256": sha256(document.text or "")}
    data |= {key: getattr(document, key) for key in _CARRIED}
    data |= {"zones": msgspec.to_builtins(document.zones), "meta": meta, "scheme": scheme.stamp}
    return {"data": data}


def result(document: Document, scheme: Scheme) -> list[Json]:
    """The spans, values and relations of a document as the `result` of a prediction or an annotation."""
    items = [item for span in document.spans for item in _region(document, span, scheme)]
    for relation in document.relations:
        ends = {"from_id": relation.head, "to_id": relation.tail}
        items.append({"type": "relation", **ends, "direction": "right", "labels": [relation.type]})
    return items


def _region(document: Document, span: Span, scheme: Scheme) -> Iterator[Json]:
    place = {"start": span.start, "end": span.end}
    words = document.surface(span)
    base = {"id": span.id, "to_name": TEXT}
    label = {**base, "from_name": LABEL, "type": "labels", "value": {**place, "text": words, "labels": [span.label]}}
    yield label if span.score is None else {**label, "score": span.score}
    for name, value in span.attrs.items():
        if scheme.labels[span.label].attributes[name].values:
            kind, content = "choices", {"text": words, "choices": [value]}
        else:
            kind, content = "textarea", {"text": [value]}
        yield {**base, "from_name": f"{span.label}_{name}", "type": kind, "value": {**place, **content}}


def document(task: Json, annotation: Json, scheme: Scheme) -> tuple[Document, list[Fault]]:
    """The document of an annotation without its bad regions, and a fault for each thing that was left out.

    `task` must have passed `task_fault`. Raises VigoldError when its data are no document.
    """
    data = task["data"]
    reader = _Reader(task.get("id"), annotation.get("id"), data["text"], scheme)
    result = annotation.get("result") or []
    if not isinstance(result, list):
        raise VigoldError(f"annotation {_called(annotation.get('id'))}: result is {shown(result)}, not a list")
    spans, relations, notes = reader.read(result)
    meta = {**(data.get("meta") or {}), **({"notes": notes} if notes else {})}
    record = {
        **{key: data.get(key) for key in ("id", "text", *_CARRIED)},
        "zones": data.get("zones") or (),
        "spans": spans,
        "relations": relations,
        "meta": stamped(scheme, meta, sha256(data["text"])),
    }
    try:
        return msgspec.convert(record, Document, from_attributes=True), reader.faults
    except msgspec.ValidationError as error:
        raise VigoldError(f"document {on_one_line(data['id'])}: {mismatch(error, record)}") from None


def task_fault(task: Json, scheme: Scheme) -> Fault | None:
    """Why no annotation of this task can be read: it is not vigold's, or its text or scheme is another one."""
    data = task.get("data") if isinstance(task, dict) else None
    if not isinstance(data, dict) or not all(isinstance(data.get(key), str) for key in ("text", "id")):
        where = task.get("id") if isinstance(task, dict) else None
        return Fault("foreign-task", where, None, None, "data has no text and id; was it made by `vigold tasks`?")
    if not all(isinstance(data.get(key), dict | None) for key in ("meta", "scheme")):
        return Fault("foreign-task", task.get("id"), None, None, "data.meta and data.scheme must be objects")
    known, found, document = data.get("scheme") or {}, scheme.stamp, f"document {on_one_line(data['id'])}"
    if data.get("sha256") != sha256(data["text"]):
        message = f"{document}: the text is not the one that the task was made of (sha256 differs)"
        return Fault("text-changed", task.get("id"), None, None, message)
    if known.get("hash") != found["hash"]:
        theirs = on_one_line(f"{known.get('name')} {known.get('version')}")
        message = f"{document}: annotated under scheme {theirs}, read under {scheme.name} {scheme.version}"
        return Fault("scheme-changed", task.get("id"), None, None, f"{message}; name it with --scheme")
    return None


class _Reader:
    """Reads the result of one annotation, collecting faults as it goes."""

    def __init__(self, task: object, annotation: object, text: str, scheme: Scheme) -> None:
        self.place = task, annotation
        self.text = text
        self.scheme = scheme
        self.faults: list[Fault] = []

    def read(self, items: list[Json]) -> tuple[list[Span], list[Relation], dict[str, Any]]:
        kinds: dict[str, list[Json]] = {"region": [], "relation": [], "value": []}
        for item in items:
            kind = _kind(item)
            if kind is None:
                self._fault("foreign-item", _region_of(item), f"not an item of a Label Studio result: {shown(item)}")
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
        if not isinstance(words, str) or words == here or _solid(words) == _solid(here):
            return None
        return "other-words", region, f"the region says {shown(words)}, but {shown(here)} stands there"

    def _values(self, items: list[Json], spans: dict[str, Span]) -> dict[str, dict[str, str]]:
        controls = self.scheme.controls
        attrs: dict[str, dict[str, str]] = {}
        for item in items:
            region: Any = item.get("id")
            control: Any = item.get("from_name")
            answers = _answers(item["value"])
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
                self._fault("doubled-relation", head, f"{labels[0]} to {_called(tail)} stands twice")
            else:
                found[relation] = None
        return list(found)

    def _relation_fault(self, item: Json, head: Any, tail: Any, labels: Any, ids: set[str]) -> tuple[str, str] | None:
        if head == tail:
            return "self-relation", "a relation from a region to itself"
        if head not in ids or tail not in ids:
            head, tail, missing = map(_called, (head, tail, head if head not in ids else tail))
            return "dangling-relation", f"the relation {head} → {tail} points to region {missing}, which is not there"
        head, tail = _called(head), _called(tail)
        if item.get("direction") == "bi":
            return "two-way-relation", f"the relation {head} ↔ {tail} needs one direction"
        if len(labels) != 1:
            return "unlabelled-relation", f"the relation {head} → {tail} needs one type, found {shown(labels)}"
        if labels[0] not in self.scheme.relations:
            return "unknown-relation", f"relation type {labels[0]!r} is not in scheme {self.scheme.name}"
        return None


def _kind(item: object) -> str | None:
    """What an item of a result is; None when it has not the shape of any."""
    if not isinstance(item, dict):
        return None
    if not all(isinstance(item.get(key), str | int | None) for key in ("id", "from_name", "from_id", "to_id")):
        return None
    if item.get("type") == "relation":
        labels = item.get("labels") or []
        return "relation" if isinstance(labels, list) and all(isinstance(name, str) for name in labels) else None
    if not isinstance(item.get("value"), dict):
        return None
    return "region" if item.get("from_name") == LABEL else "value"


def _region_of(item: object) -> str | None:
    """The region that an item of no known shape may belong to, or begin in."""
    keys = (item.get("id"), item.get("from_id")) if isinstance(item, dict) else ()
    return next((key for key in keys if isinstance(key, str)), None)


def _answers(value: Json) -> list[str] | None:
    """What was chosen or typed; None where it is no text. (Beside choices, `text` is a copy of the region's words.)"""
    answers = value.get("choices" if "choices" in value else "text")
    answers = [answers] if isinstance(answers, str) else answers
    return answers if isinstance(answers, list) and all(isinstance(answer, str) for answer in answers) else None


def _solid(words: str) -> str:
    """Words without blanks and line ends; a browser collapses those and writes these as a backslash and an n."""
    return "".join(words.replace("\\n", " ").split())
