"""Raw JSON exports of Label Studio: their tasks, and which annotation of a task counts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from vigold.document import Document, problems
from vigold.errors import VigoldError
from vigold.files import Source, decode, read_bytes
from vigold.formats import labelstudio
from vigold.formats.jsonl import tell
from vigold.formats.labelstudio import Json
from vigold.formats.wording import NESTED, on_one_line
from vigold.scheme import Scheme


def documents(path: Source, scheme: Scheme, remarks: list[str] | None = None) -> Iterator[Document]:
    """The documents of an export, one for each task with a submitted annotation; a remark counts the others.

    Raises VigoldError, naming task and region, where `vigold gold` would, and both tasks of a document that stands
    twice.
    """
    seen: dict[str, object] = {}
    left = 0
    for task in read(path):
        place = f"{path}: task {task.get('id')}"
        if fault := labelstudio.task_fault(task, scheme):
            raise VigoldError(f"{path}: {fault}")
        submitted = [a for a in task.get("annotations") or [] if isinstance(a, dict) and not a.get("was_cancelled")]
        chosen = _chosen(submitted, place)
        if chosen is None:
            left += 1
            continue
        try:
            document, faults = labelstudio.document(task, chosen, scheme)
        except VigoldError as error:
            raise VigoldError(f"{place}: {error}") from None
        if faults:
            raise VigoldError(f"{path}: {faults[0]}; `vigold gold --lenient` drops it")
        if problem := next(problems(document), None):
            raise VigoldError(f"{place}: {tell(document, problem)}")
        if document.id in seen:
            raise VigoldError(
                f"{place}: document {on_one_line(document.id)} already stands in task {seen[document.id]}"
            )
        seen[document.id] = task.get("id")
        yield document
    if not seen:
        raise VigoldError(f"{path}: none of its {left:,} tasks has a submitted annotation")
    if left and remarks is not None:
        remarks.append(f"{path}: {left:,} tasks without a submitted annotation left out")


def _chosen(submitted: list[Json], place: str) -> Json | None:
    try:
        return choose(submitted, None) if submitted else None
    except VigoldError as error:
        raise VigoldError(f"{place}: {error} for `vigold gold`") from None


def read(path: Source) -> list[Json]:
    """The tasks of a raw JSON export; raises VigoldError when the file is something else."""
    data = read_bytes(path, "a raw JSON export of Label Studio")
    try:
        tasks = msgspec.json.decode(data)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        decode(data, str(path))
        raise VigoldError(f"{path}: not JSON: {error}") from None
    except RecursionError:
        raise VigoldError(f"{path}: {NESTED}") from None
    if not isinstance(tasks, list) or not all(isinstance(task, dict) for task in tasks):
        raise VigoldError(f"{path}: expected a list of tasks; export the project as JSON (not JSON-MIN, CSV or CoNLL)")
    return tasks


def choose(annotations: list[Json], annotator: str | None) -> Json | None:
    """The gold one of submitted annotations; None when the annotator asked for has none among them."""
    if annotator is not None:
        annotations = [a for a in annotations if annotator in _names(a.get("completed_by"))]
        if not annotations:
            return None
    truths = [a for a in annotations if a.get("ground_truth")]
    if len(truths or annotations) > 1:
        names = ", ".join(str(a.get("id")) for a in annotations)
        cure = "mark one as ground truth" if annotator else "mark one as ground truth or name an --annotator"
        raise VigoldError(f"several annotations ({names}) and no ground truth; {cure}")
    return (truths or annotations)[0]


def _names(completed_by: Any) -> set[str]:
    if isinstance(completed_by, dict):
        return {str(completed_by.get(key)) for key in ("id", "email", "username")}
    return {str(completed_by)}
