"""Which annotation of a task is the gold one, and gold documents from exports."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from vigold.document import Document, problems
from vigold.errors import VigoldError, shown
from vigold.files import Source
from vigold.formats import exports as raw
from vigold.formats import labelstudio, stamps
from vigold.formats.exports import choose, read
from vigold.formats.jsonl import tell
from vigold.formats.labelstudio import Fault, Json
from vigold.formats.wording import NESTED, on_one_line
from vigold.scheme import Scheme

_CURES = {
    stamps.SINGLE: "one person alone annotated it; mark that annotation as ground truth, or take all such with "
    "--single",
    stamps.DISPUTED: "nobody has submitted a decision",
}


class Undecided(NamedTuple):
    """A document of a third pass that is no gold yet: its task, and its state when that was made."""

    document: str
    task: object
    state: str

    def __str__(self) -> str:
        return f"document {on_one_line(self.document)} (task {shown(self.task)}): {self.state}: {_CURES[self.state]}"


class Gold(NamedTuple):
    """Gold documents, the bad regions that were dropped, the ids of the tasks that gave no document, the documents of
    a third pass that nobody has decided, and the ids of the tasks in which a ground truth was taken over a submitted
    annotation that says something else."""

    documents: list[Document]
    dropped: list[Fault]
    unannotated: list[object]
    skipped: list[object]
    undecided: list[Undecided]
    overruled: list[object]


class _Reading(NamedTuple):
    """How to read, and what is gathered on the way: what is gold, what is wrong, and who has annotated."""

    scheme: Scheme
    annotator: str | None
    single: bool
    found: Gold
    errors: list[str]
    authors: list[Any]


def gold(
    exports: Iterable[Source],
    scheme: Scheme,
    *,
    annotator: str | None = None,
    lenient: bool = False,
    single: bool = False,
) -> Gold:
    """The gold documents of raw JSON exports.

    Drafts and cancelled annotations never count. The ground truth is taken, else the only submitted annotation;
    `annotator` (an id or e-mail) takes that person's instead. A document that the third pass got from one annotator
    alone is gold only with a ground truth, or with `single`. Raises VigoldError, a line a fault, for bad regions
    (with `lenient` they are dropped and listed), a changed text or scheme, several annotations without a ground
    truth, a document that stands in two tasks, and an annotator who has annotated nothing.
    """
    found = Gold([], [], [], [], [], [])
    reading = _Reading(scheme, annotator, single, found, [], [])
    seen: dict[str, str] = {}
    paths = list(exports)
    for path in paths:
        for task in read(path):
            if fault := labelstudio.task_fault(task, scheme):
                reading.errors.append(f"{path}: {fault}")
                continue
            key, place = task["data"]["id"], f"{path}: task {shown(task.get('id'))}"
            if key in seen:
                reading.errors.append(f"{place}: document {on_one_line(key)} already stands in {seen[key]}")
                continue
            seen[key] = place
            _add(task, place, reading)
    if found.dropped and not lenient:
        reading.errors.extend(f"{fault} (--lenient drops it)" for fault in found.dropped)
    if annotator is not None and (strange := raw.missing([annotator], reading.authors)):
        reading.errors.append(f"{', '.join(map(str, paths))}: {strange}")
    if reading.errors:
        raise VigoldError("\n".join(reading.errors))
    return found


def _add(task: Json, place: str, reading: _Reading) -> None:
    found, annotations = reading.found, task.get("annotations") or []
    if not isinstance(annotations, list) or not all(isinstance(one, dict) for one in annotations):
        reading.errors.append(f"{place}: annotations is {shown(annotations)}, not a list of objects")
        return
    submitted = [a for a in annotations if not a.get("was_cancelled")]
    reading.authors.extend(a.get("completed_by") for a in submitted)
    try:
        chosen = choose(submitted, reading.annotator) if submitted else None
        if chosen is None:
            (found.skipped if annotations and not submitted else found.unannotated).append(task.get("id"))
        state = stamps.undecided(task["data"], chosen)
        if state and not (reading.single and chosen is not None):
            found.undecided.append(Undecided(task["data"]["id"], task.get("id"), state))
        elif chosen is not None:
            _take(task, chosen, submitted, place, reading)
    except VigoldError as error:
        reading.errors.append(f"{place}: {error}")
    except RecursionError:
        reading.errors.append(f"{place}: {NESTED}")


def _take(task: Json, chosen: Json, submitted: list[Json], place: str, reading: _Reading) -> None:
    document, faults = labelstudio.document(task, chosen, reading.scheme)
    reading.errors.extend(f"{place}: {tell(document, problem)}" for problem in problems(document))
    reading.found.documents.append(document)
    reading.found.dropped.extend(faults)
    others = [one for one in submitted if one is not chosen]
    if chosen.get("ground_truth") and any(_says_else(task, one, document, reading.scheme) for one in others):
        reading.found.overruled.append(task.get("id"))


def _says_else(task: Json, annotation: Json, document: Document, scheme: Scheme) -> bool:
    """Whether an annotation says something else than the gold document, whatever its ids."""
    try:
        other, faults = labelstudio.document(task, annotation, scheme)
    except VigoldError:
        return True
    return bool(faults) or _said(other) != _said(document)


def _said(document: Document) -> tuple[Any, ...]:
    keys = {span.id: span.key for span in document.spans}
    arrows = {(one.type, keys.get(one.head), keys.get(one.tail)) for one in document.relations}
    return {span.key: span.attrs for span in document.spans}, arrows
