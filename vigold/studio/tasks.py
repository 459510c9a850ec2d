"""Documents to Label Studio tasks, with predictions to correct or annotations to keep."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import msgspec

from vigold.document import Document, problems
from vigold.errors import VigoldError
from vigold.files import Source, writing
from vigold.formats import labelstudio
from vigold.formats.jsonl import tell
from vigold.scheme import Scheme

_ANOTHER = "--scheme FILE takes another scheme"


def tasks(
    documents: Iterable[Document],
    scheme: Scheme,
    *,
    predictions: Mapping[str, Document] | None = None,
    annotations: bool = False,
    model: str = "predictions",
    place: str = "predictions",
) -> Iterator[dict[str, Any]]:
    """One task a document, in their order.

    `predictions` maps document ids to what an extractor found, `model` names it and `place` its file; with
    `annotations` the spans of the documents themselves are written as a submitted annotation, which is no ground
    truth. Raises VigoldError for a document without text, a label that the scheme does not have, gold spans that
    cross, and predictions that do not belong.
    """
    known = set()
    for document in documents:
        known.add(document.id)
        if document.text is None:
            raise VigoldError(f"document {document.id} has no text; tasks need one")
        task = labelstudio.task(document, scheme)
        if predictions is not None:
            found = _prediction(document, predictions, scheme, place)
            task["predictions"] = [{"model_version": model, "result": labelstudio.result(found, scheme)}]
        if annotations:
            _refuse(document, scheme)
            # Left out, the server takes it for the ground truth, which would count over whatever people submit.
            task["annotations"] = [{"result": labelstudio.result(document, scheme), "ground_truth": False}]
        yield task
    if strange := set(predictions or {}) - known:
        raise VigoldError(f"{place}: document {min(strange)} is not among the documents")


def _prediction(document: Document, predictions: Mapping[str, Document], scheme: Scheme, place: str) -> Document:
    found = predictions.get(document.id)
    if found is None:
        raise VigoldError(f"{place}: no prediction for document {document.id}")
    if found.text is not None and found.text != document.text:
        raise VigoldError(f"{place}: document {document.id}: the prediction was made on another text")
    placed = msgspec.structs.replace(found, text=document.text)
    if problem := next(problems(placed), None):
        raise VigoldError(f"{place}: {tell(placed, problem)}")
    if problem := next(scheme.unknown(placed), None):
        raise VigoldError(f"{place}: {tell(placed, problem)}; {_ANOTHER}")
    return placed


def _refuse(document: Document, scheme: Scheme) -> None:
    if problem := next(scheme.unknown(document), None):
        raise VigoldError(f"{tell(document, problem)}; {_ANOTHER}")
    if problem := next(scheme.problems(document), None):
        raise VigoldError(tell(document, problem))


def write(path: Source, tasks: Iterable[dict[str, Any]]) -> int:
    """Write tasks as one JSON list and return how many there were; the file appears only when all are written."""
    count = 0
    with writing(path) as file:
        for task in tasks:
            file.write((b",\n" if count else b"[\n") + msgspec.json.encode(task))
            count += 1
        file.write(b"\n]\n" if count else b"[]\n")
    return count
