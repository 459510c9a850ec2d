"""Who annotated what: the versions of each document, from exports of Label Studio or from a file for each person."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from vigold.document import Document, problems
from vigold.errors import VigoldError, shown
from vigold.files import Source, open_to_read
from vigold.formats import exports as raw
from vigold.formats import jsonl, labelstudio
from vigold.formats.exports import by_number, called, names
from vigold.formats.jsonl import tell
from vigold.formats.labelstudio import LABEL, Fault, Json
from vigold.formats.wording import NESTED, counted
from vigold.review.doubles import collapse
from vigold.scheme import Scheme


class Annotated(NamedTuple):
    """A task of an export, with the submitted annotations, without what was dropped of them, and, by annotator, the
    documents that they make."""

    task: Json
    annotations: list[Json]
    documents: dict[str, Document]


class Reading(NamedTuple):
    """The tasks that somebody annotated by document id, the bad regions that were dropped, the ids of the tasks
    without a submitted annotation, and what was drawn twice, a line each."""

    tasks: dict[str, Annotated]
    dropped: list[Fault]
    left: list[object]
    doubles: list[str]

    @property
    def versions(self) -> dict[str, dict[str, Document]]:
        """For each annotator, in the order of their names, the documents that this person annotated, by id."""
        found: dict[str, dict[str, Document]] = {}
        for key, annotated in self.tasks.items():
            for name, document in annotated.documents.items():
                found.setdefault(name, {})[key] = document
        return {name: found[name] for name in sorted(found, key=by_number)}


def read(
    exports: Iterable[Source], scheme: Scheme, *, annotators: Sequence[str] = (), lenient: bool = False
) -> Reading:
    """Every annotator's documents in raw JSON exports, which may be one export or one for each person.

    Drafts and cancelled annotations never count. An annotator is called by the id in `completed_by`; `annotators`
    (ids or e-mails) takes only theirs. A region that somebody drew twice alike is taken once. Raises VigoldError, a
    line a fault, for bad regions (with `lenient` they are dropped and listed), a changed text or scheme, two
    annotations of a document by the same annotator, an annotator who has annotated nothing, and where nobody has.
    """
    found = Reading({}, [], [], [])
    errors: list[str] = []
    authors: list[Any] = []
    paths = list(exports)
    for path in paths:
        for task in raw.read(path):
            if fault := labelstudio.task_fault(task, scheme):
                errors.append(f"{path}: {fault}")
                continue
            place = f"{path}: task {task.get('id')}"
            try:
                submitted = _submitted(task)
                authors += [annotation.get("completed_by") for annotation in submitted]
                _add(task, submitted, place, scheme, set(annotators), found, errors)
            except VigoldError as error:
                errors.append(f"{place}: {error}")
            except RecursionError:
                errors.append(f"{place}: {NESTED}")
    everywhere = ", ".join(map(str, paths))
    if strange := raw.missing(annotators, authors):
        errors.append(f"{everywhere}: {strange}")
    elif not authors and not errors:
        errors.append(f"{everywhere}: no submitted annotation in {counted(len(found.left), 'task')}")
    if found.dropped and not lenient:
        errors += [f"{fault} (--lenient drops it)" for fault in found.dropped]
    if errors:
        raise VigoldError("\n".join(errors))
    return found


def _submitted(task: Json) -> list[Json]:
    annotations = task.get("annotations") or []
    if not isinstance(annotations, list) or not all(isinstance(annotation, dict) for annotation in annotations):
        raise VigoldError(f"annotations is {shown(annotations)}, not a list of objects")
    return [annotation for annotation in annotations if not annotation.get("was_cancelled")]


def _add(
    task: Json,
    submitted: list[Json],
    place: str,
    scheme: Scheme,
    wanted: set[str],
    found: Reading,
    errors: list[str],
) -> None:
    if wanted:
        submitted = [a for a in submitted if wanted & names(a.get("completed_by"))]
    if not submitted:
        found.left.append(task.get("id"))
        return
    key = task["data"]["id"]
    here = found.tasks.setdefault(key, Annotated(task, [], {}))
    if here.task["data"]["text"] != task["data"]["text"]:
        errors.append(f"{place}: document {key} has another text than in an earlier task")
        return
    for annotation in submitted:
        name = called(annotation.get("completed_by"))
        if name in here.documents:
            cure = "cancel one of them in Label Studio"
            errors.append(f"{place}: document {key} has two annotations by annotator {name}; {cure}")
            continue
        annotation, doubles = collapse(annotation, task["data"]["text"])
        found.doubles.extend(f"{place}, annotator {name}: {double}" for double in doubles)
        document, faults = labelstudio.document(task, annotation, scheme)
        errors += [f"{place}: {tell(document, problem)}" for problem in problems(document)]
        here.annotations.append(_without(faults, annotation, document, scheme))
        here.documents[name] = document
        found.dropped.extend(faults)


def _without(faults: list[Fault], annotation: Json, document: Document, scheme: Scheme) -> Json:
    """The annotation as it is, or where something in it was bad, as its document says it."""
    if not faults:
        return annotation
    result = labelstudio.result(document, scheme)
    notes = document.meta.get("notes") or {}
    for item in result:
        if item.get("from_name") == LABEL and item["id"] in notes:
            item["meta"] = notes[item["id"]]
    return {**annotation, "result": result}


def files(paths: Sequence[Path], *, max_record: int = jsonl.MAX_RECORD) -> dict[str, dict[str, Document]]:
    """The documents of each annotator from a JSONL file each, called after their files.

    Raises VigoldError for what cannot be read, two files of one name, and a document with different texts.
    """
    found: dict[str, dict[str, Document]] = {}
    texts: dict[str, tuple[str, Path]] = {}
    for path in paths:
        if path.stem in found:
            raise VigoldError(f"{path}: two files are called {path.stem!r}; rename one")
        mine = found.setdefault(path.stem, {})
        for document in jsonl.read(path, max_record=max_record):
            mine[document.id] = document
            if document.text is not None:
                text, where = texts.setdefault(document.id, (document.text, path))
                if text != document.text:
                    raise VigoldError(f"{path}: document {document.id} has another text than in {where}")
    return found


def is_export(path: Source) -> bool:
    """Whether a file is a raw export (a JSON list) and not JSONL; raises VigoldError when it cannot be read."""
    with open_to_read(path) as file:
        return file.read(4096).lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"[")


def unshared(versions: dict[str, dict[str, Document]]) -> Iterator[str]:
    """The ids of the documents that only one annotator has."""
    seen: dict[str, int] = {}
    for documents in versions.values():
        for key in documents:
            seen[key] = seen.get(key, 0) + 1
    return (key for key, count in seen.items() if count == 1)
