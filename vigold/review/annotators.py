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
from vigold.formats.jsonl import tell
from vigold.formats.labelstudio import Fault, Json
from vigold.scheme import Scheme


class Annotated(NamedTuple):
    """A task of an export, with the submitted annotations and, by annotator, the documents that they make."""

    task: Json
    annotations: list[Json]
    documents: dict[str, Document]


class Reading(NamedTuple):
    """The tasks that somebody annotated by document id, the bad regions that were dropped, and the ids of the tasks
    without a submitted annotation."""

    tasks: dict[str, Annotated]
    dropped: list[Fault]
    left: list[object]

    @property
    def versions(self) -> dict[str, dict[str, Document]]:
        """For each annotator, in the order of their names, the documents that this person annotated, by id."""
        found: dict[str, dict[str, Document]] = {}
        for key, annotated in self.tasks.items():
            for name, document in annotated.documents.items():
                found.setdefault(name, {})[key] = document
        return {name: found[name] for name in sorted(found, key=_order)}


def read(
    exports: Iterable[Source], scheme: Scheme, *, annotators: Sequence[str] = (), lenient: bool = False
) -> Reading:
    """Every annotator's documents in raw JSON exports, which may be one export or one for each person.

    Drafts and cancelled annotations never count. An annotator is called by the id in `completed_by`; `annotators`
    (ids or e-mails) takes only theirs. Raises VigoldError, a line a fault, for bad regions (with `lenient` they are
    dropped and listed), a changed text or scheme, and two annotations of a document by the same annotator.
    """
    found = Reading({}, [], [])
    errors: list[str] = []
    for path in exports:
        for task in raw.read(path):
            if fault := labelstudio.task_fault(task, scheme):
                errors.append(f"{path}: {fault}")
            else:
                _add(task, f"{path}: task {task.get('id')}", scheme, set(annotators), found, errors)
    if found.dropped and not lenient:
        errors += [f"{fault} (--lenient drops it)" for fault in found.dropped]
    if errors:
        raise VigoldError("\n".join(errors))
    return found


def _add(task: Json, place: str, scheme: Scheme, wanted: set[str], found: Reading, errors: list[str]) -> None:
    annotations = task.get("annotations") or []
    if not isinstance(annotations, list) or not all(isinstance(annotation, dict) for annotation in annotations):
        errors.append(f"{place}: annotations is {shown(annotations)}, not a list of objects")
        return
    submitted = [annotation for annotation in annotations if not annotation.get("was_cancelled")]
    if wanted:
        submitted = [a for a in submitted if wanted & _names(a.get("completed_by"))]
    if not submitted:
        found.left.append(task.get("id"))
        return
    key = task["data"]["id"]
    here = found.tasks.setdefault(key, Annotated(task, [], {}))
    if here.task["data"]["text"] != task["data"]["text"]:
        errors.append(f"{place}: document {key} has another text than in an earlier task")
        return
    for annotation in submitted:
        name = _name(annotation.get("completed_by"))
        if name in here.documents:
            cure = "cancel one of them in Label Studio"
            errors.append(f"{place}: document {key} has two annotations by annotator {name}; {cure}")
            continue
        try:
            document, faults = labelstudio.document(task, annotation, scheme)
        except VigoldError as error:
            errors.append(f"{place}: {error}")
            continue
        errors += [f"{place}: {tell(document, problem)}" for problem in problems(document)]
        here.annotations.append(annotation)
        here.documents[name] = document
        found.dropped.extend(faults)


def _names(completed_by: Any) -> set[str]:
    keys = ("id", "email", "username")
    return {str(completed_by.get(key)) for key in keys} if isinstance(completed_by, dict) else {str(completed_by)}


def _name(completed_by: Any) -> str:
    """What an annotator is called in reports: the number, which names nobody outside the server."""
    if isinstance(completed_by, dict):
        return str(next((completed_by[key] for key in ("id", "username", "email") if completed_by.get(key)), "?"))
    return str(completed_by)


def _order(name: str) -> tuple[int, int, str]:
    return (0, int(name), "") if name.isdecimal() else (1, 0, name)


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
