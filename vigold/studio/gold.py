"""Which annotation of a task is the gold one, and gold documents from exports."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from vigold.document import Document, problems
from vigold.errors import VigoldError, shown
from vigold.files import Source
from vigold.formats import labelstudio
from vigold.formats.exports import choose, read
from vigold.formats.jsonl import tell
from vigold.formats.labelstudio import Fault, Json
from vigold.formats.wording import NESTED, on_one_line
from vigold.scheme import Scheme


class Gold(NamedTuple):
    """Gold documents, the bad regions that were dropped, and the ids of the tasks that gave no document."""

    documents: list[Document]
    dropped: list[Fault]
    unannotated: list[object]
    skipped: list[object]


def gold(exports: Iterable[Source], scheme: Scheme, *, annotator: str | None = None, lenient: bool = False) -> Gold:
    """The gold documents of raw JSON exports.

    Drafts and cancelled annotations never count. The ground truth is taken, else the only submitted annotation;
    `annotator` (an id or e-mail) takes that person's instead. Raises VigoldError, a line a fault, for bad regions
    (with `lenient` they are dropped and listed), a changed text or scheme, several annotations without a ground
    truth, and a document that stands in two tasks.
    """
    found = Gold([], [], [], [])
    seen: dict[str, str] = {}
    errors: list[str] = []
    for path in exports:
        for task in read(path):
            if fault := labelstudio.task_fault(task, scheme):
                errors.append(f"{path}: {fault}")
                continue
            key, place = task["data"]["id"], f"{path}: task {shown(task.get('id'))}"
            if key in seen:
                errors.append(f"{place}: document {on_one_line(key)} already stands in {seen[key]}")
                continue
            seen[key] = place
            _add(task, place, scheme, annotator, found, errors)
    if found.dropped and not lenient:
        errors += [f"{fault} (--lenient drops it)" for fault in found.dropped]
    if errors:
        raise VigoldError("\n".join(errors))
    return found


def _add(task: Json, place: str, scheme: Scheme, annotator: str | None, found: Gold, errors: list[str]) -> None:
    annotations = task.get("annotations") or []
    if not isinstance(annotations, list) or not all(isinstance(one, dict) for one in annotations):
        errors.append(f"{place}: annotations is {shown(annotations)}, not a list of objects")
        return
    submitted = [a for a in annotations if not a.get("was_cancelled")]
    if not submitted:
        (found.skipped if annotations else found.unannotated).append(task.get("id"))
        return
    try:
        chosen = choose(submitted, annotator)
        if chosen is None:
            found.unannotated.append(task.get("id"))
            return
        document, faults = labelstudio.document(task, chosen, scheme)
    except VigoldError as error:
        errors.append(f"{place}: {error}")
        return
    except RecursionError:
        errors.append(f"{place}: {NESTED}")
        return
    errors += [f"{place}: {tell(document, problem)}" for problem in problems(document)]
    found.documents.append(document)
    found.dropped.extend(faults)
