"""Raw JSON exports of Label Studio: their tasks, and which annotation of a task counts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from vigold.document import Document, problems
from vigold.errors import VigoldError
from vigold.files import Source, decode, read_bytes
from vigold.formats import labelstudio, stamps
from vigold.formats.jsonl import tell
from vigold.formats.labelstudio import Json
from vigold.formats.wording import NESTED, on_one_line
from vigold.scheme import Scheme

_BLANKS = b"\xef\xbb\xbf \t\r\n"
_WANTED = "export the project as JSON (not JSON-MIN, CSV or CoNLL)"


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
        if state := stamps.undecided(task["data"], chosen):
            raise VigoldError(f"{place}: nobody has decided this {state} document; `vigold gold` lists all such")
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
    if data.lstrip(_BLANKS).startswith(b"{"):
        raise VigoldError(f"{path}: expected a list of tasks, found one record or JSONL (documents?); {_WANTED}")
    try:
        tasks = msgspec.json.decode(data)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        decode(data, str(path))
        raise VigoldError(f"{path}: not JSON: {error}") from None
    except RecursionError:
        raise VigoldError(f"{path}: {NESTED}") from None
    if not isinstance(tasks, list) or not all(isinstance(task, dict) for task in tasks):
        raise VigoldError(f"{path}: expected a list of tasks; {_WANTED}")
    return tasks


def choose(annotations: list[Json], annotator: str | None) -> Json | None:
    """The gold one of submitted annotations; None when the annotator asked for has none among them."""
    if annotator is not None:
        annotations = [a for a in annotations if annotator in names(a.get("completed_by"))]
        if not annotations:
            return None
    truths = [a for a in annotations if a.get("ground_truth")]
    if len(truths or annotations) > 1:
        told = ", ".join(str(a.get("id")) for a in truths or annotations)
        if truths:
            raise VigoldError(f"several ground truths ({told}); leave one")
        cure = "mark one as ground truth"
        cure += "" if annotator else ", make a third pass with `vigold adjudicate` or name an --annotator"
        raise VigoldError(f"several annotations ({told}) and no ground truth; {cure}")
    return (truths or annotations)[0]


def names(completed_by: Any) -> set[str]:
    """Every name under which an annotator may be asked for: the number, the address, the name of the account."""
    if isinstance(completed_by, dict):
        return {str(completed_by.get(key)) for key in ("id", "email", "username")}
    return {str(completed_by)}


def called(completed_by: Any) -> str:
    """What an annotator is called in reports: the number, which names nobody outside the server."""
    if isinstance(completed_by, dict):
        return str(next((completed_by[key] for key in ("id", "username", "email") if completed_by.get(key)), "?"))
    return str(completed_by)


def by_number(name: str) -> tuple[int, int, str]:
    """The order of annotators: by number, then those who have none."""
    return (0, int(name), "") if name.isdecimal() else (1, 0, name)


def missing(wanted: Iterable[str], authors: Iterable[Any]) -> str | None:
    """What to say where somebody asked for has annotated nothing; `authors` are those who have."""
    people = list(authors)
    known = {name for author in people for name in names(author)}
    strange = next((name for name in wanted if name not in known), None)
    if strange is None:
        return None
    there = ", ".join(sorted({called(author) for author in people}, key=by_number)) or "nobody"
    return f"annotator {on_one_line(strange)} has annotated nothing; there are {there}"
