"""Label Studio's JSON: documents to tasks, and annotations back to documents."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from vigold.document import Document, Span, sha256
from vigold.errors import VigoldError, shown
from vigold.formats.labelstudio_items import LABEL, TEXT, Fault, Json, called
from vigold.formats.labelstudio_result import Reader
from vigold.formats.wording import mismatch, on_one_line
from vigold.scheme import Scheme, stamped

__all__ = ["LABEL", "TEXT", "Fault", "Json", "document", "result", "task", "task_fault"]

_CARRIED = ("published", "title", "source", "url", "licence")


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
    reader = Reader(task.get("id"), annotation.get("id"), data["text"], scheme)
    result = annotation.get("result") or []
    if not isinstance(result, list):
        raise VigoldError(f"annotation {called(annotation.get('id'))}: result is {shown(result)}, not a list")
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
