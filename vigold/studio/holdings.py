"""What a project holds already, and the doubles in it that a broken connection can leave."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple
from urllib.parse import urlencode

import msgspec

from vigold.studio.client import Client

_PAGE = 1000
_WANTED = "id,data,total_annotations,cancelled_annotations,total_predictions"
_IDS = 100


class Key(NamedTuple):
    """What makes two tasks the same: the document, its text and the scheme."""

    id: str
    sha256: str
    scheme: str


class Held(NamedTuple):
    """A task on the server with how many annotations (skips among them) and predictions it has."""

    task: int
    key: Key
    annotations: int
    predictions: int


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
    busy = set(_worked_on(client, project, [task for tasks in doubled.values() for task in tasks]))
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
    return Held(task.id, key, annotations, task.total_predictions or 0)


def _worked_on(client: Client, project: int, tasks: list[int]) -> Iterator[int]:
    # Only an export shows the drafts of everybody.
    for start in range(0, len(tasks), _IDS):
        ids = [("ids[]", task) for task in tasks[start : start + _IDS]]
        query = urlencode([("exportType", "JSON"), ("download_all_tasks", "true"), *ids])
        for task in client.get(f"/api/projects/{project}/export?{query}"):
            if task.get("annotations") or task.get("drafts"):
                yield task["id"]
