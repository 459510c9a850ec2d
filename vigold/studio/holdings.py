"""What a project holds already, and the doubles in it that a broken connection can leave."""

from __future__ import annotations

from collections.abc import Iterator
from tempfile import TemporaryFile
from typing import Any, NamedTuple

import msgspec

from vigold.errors import VigoldError
from vigold.formats import stamps
from vigold.formats.stamps import Stamp
from vigold.studio import pieces, works
from vigold.studio.client import Client

_PAGE = 1000
_WANTED = "id,data,total_annotations,cancelled_annotations,total_predictions"


class Key(NamedTuple):
    """What makes two tasks the same: the document, its text and the scheme."""

    id: str
    sha256: str
    scheme: str


class Held(NamedTuple):
    """A task on the server with how many annotations (skips among them) and predictions it has, and what it says of
    itself as one of the third pass."""

    task: int
    key: Key
    annotations: int
    predictions: int
    stamp: Stamp = Stamp()


class _Count(msgspec.Struct, frozen=True):
    task_number: int | None = None


class _Task(msgspec.Struct, frozen=True):
    id: int
    data: dict[str, Any] | None = None
    total_annotations: int | None = None
    cancelled_annotations: int | None = None
    total_predictions: int | None = None


class _Page(msgspec.Struct, frozen=True):
    total: int
    tasks: list[_Task]


def count(client: Client, project: int) -> int:
    """How many tasks the project holds."""
    return client.read(_Count, f"/api/projects/{project}/", {"include": "task_number"}).task_number or 0


def listing(client: Client, project: int) -> Iterator[Held]:
    """Every task of the project, in the order in which they came."""
    page, total, seen = 1, 1, 0
    while seen < total:
        query = {"project": project, "page": page, "page_size": _PAGE, "include": _WANTED, "resolve_uri": "false"}
        answer = client.read(_Page, "/api/tasks", query)
        total = answer.total
        if not answer.tasks:
            break
        yield from map(_held, answer.tasks)
        seen += len(answer.tasks)
        page += 1


def tidy(client: Client, project: int, held: list[Held]) -> tuple[list[Held], int, list[str]]:
    """Take away every double that nobody has worked on.

    Gives what is left, how many tasks went, and a line for each document in whose doubles people have worked.
    """
    groups: dict[Key, list[int]] = {}
    for task in held:
        # A task that vigold did not make has no document, and is like no other.
        groups.setdefault(task.key, []).extend([task.task] if task.key.id else [])
    doubled = {key: sorted(tasks) for key, tasks in groups.items() if len(tasks) > 1}
    if not doubled:
        return held, 0, []
    busy = set(worked_on(client, project, [task for tasks in doubled.values() for task in tasks]))
    gone: set[int] = set()
    left: list[str] = []
    for key, tasks in doubled.items():
        kept = [task for task in tasks if task in busy] or tasks[:1]
        gone.update(set(tasks) - set(kept))
        if len(kept) > 1:
            left.append(f"document {key.id}: people have worked on several tasks of it: {', '.join(map(str, kept))}")
    for number in sorted(gone):
        client.delete(f"/api/tasks/{number}/")
    return [task for task in held if task.task not in gone], len(gone), left


def _held(task: _Task) -> Held:
    data: dict[str, Any] = task.data or {}
    scheme: Any = data.get("scheme")
    stamp = scheme.get("hash") if isinstance(scheme, dict) else None
    key = Key(str(data.get("id") or ""), str(data.get("sha256") or ""), str(stamp or ""))
    annotations = (task.total_annotations or 0) + (task.cancelled_annotations or 0)
    return Held(task.id, key, annotations, task.total_predictions or 0, stamps.of(data))


def worked_on(client: Client, project: int, tasks: list[int]) -> Iterator[int]:
    """Those of the tasks that hold somebody's work, or may hold it since the server cannot show them."""
    # Another push may be taking doubles away at this moment.
    for number, task in pieces.tasks(client, project, tasks, may_vanish=True):
        if task is None or not works.untouched(task):
            yield number


def predicted(client: Client, project: int) -> dict[int, set[str]]:
    """For each task that has predictions, the hashes of what they hold."""
    found: dict[int, set[str]] = {}
    with TemporaryFile() as file:
        client.download(f"/api/predictions/?task__project={project}", file)
        file.seek(0)
        data = file.read()
    try:
        there = msgspec.json.decode(data, type=list[_Prediction])
        results = [msgspec.json.decode(one.result) or [] for one in there]
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise VigoldError(f"{client.url}: the answer to /api/predictions/ is of another kind ({error})") from None
    for prediction, result in zip(there, results, strict=True):
        found.setdefault(prediction.task, set()).add(stamps.digest(result))
    return found


class _Prediction(msgspec.Struct):
    task: int
    result: msgspec.Raw
