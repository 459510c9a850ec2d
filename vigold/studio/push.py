"""Tasks to a project: only what is new there, in batches, so that doing it again never doubles anything.

A document is known by its id and the hash of its text. What the server holds is asked anew each time, so a push that
broke needs no memory here: the next one sends what is missing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple, TypeVar

from vigold.errors import VigoldError
from vigold.studio import holdings, versions
from vigold.studio.client import Client, ConnectionBroken
from vigold.studio.holdings import Held
from vigold.studio.items import Item
from vigold.studio.project import Project

BATCH = 250
T = TypeVar("T")
_LONG = 900.0


class Pushed(NamedTuple):
    """How many tasks were new, were there already, got the predictions that they lacked; what differs on the server;
    how many doubles of an earlier, broken push were taken away; doubles that people have worked on; and versions of
    predictions that had to be filed under the one that the project shows, which is `shown`."""

    new: int
    same: int
    completed: int
    changed: list[str]
    removed: int
    doubled: list[str]
    renamed: list[str]
    shown: str | None


class Plan(NamedTuple):
    """What a push will do: send `new`, add the predictions of `bare` to tasks that have none, tell of `changed`."""

    new: list[Item]
    same: int
    bare: list[tuple[Held, Item]]
    changed: list[str]


def plan(items: Iterable[Item], held: Iterable[Held]) -> Plan:
    """Compare the tasks with what the project holds."""
    there: dict[str, list[Held]] = {}
    for task in held:
        there.setdefault(task.key.id, []).append(task)
    found = Plan([], 0, [], [])
    same = 0
    for item in items:
        known = there.get(item.key.id, [])
        match = next((task for task in known if task.key == item.key), None)
        if match is not None:
            same += 1
            if item.version and not match.predictions and not match.annotations:
                found.bare.append((match, item))
        elif known:
            found.changed.append(_change(item, known[0]))
        else:
            found.new.append(item)
    return found._replace(same=same)


def push(
    client: Client,
    project: Project,
    items: Sequence[Item],
    *,
    batch: int = BATCH,
    begin: Callable[[int], None] = lambda total: None,
    advance: Callable[[int], None] = lambda count: None,
) -> Pushed:
    """Bring the tasks into the project.

    `begin` is told how many tasks will be sent, `advance` how many more were taken. Raises ConnectionBroken when the
    connection breaks; what was taken stays, and pushing again sends the rest.
    """
    held, removed, doubled = holdings.tidy(client, project.id, list(holdings.listing(client, project.id)))
    own = dict.fromkeys(item.version for item in items if item.version)
    shown = versions.shown(client, project, own)
    todo = plan([_under(item, shown) for item in items], held)
    begin(len(todo.new))
    _send(client, project, todo.new, batch, advance)
    _complete(client, project, todo.bare, batch)
    if holdings.count(client, project.id) > len(held) + len(todo.new):
        # An import that an earlier, broken connection had begun came through meanwhile.
        _, more, doubled = holdings.tidy(client, project.id, list(holdings.listing(client, project.id)))
        removed += more
    if project.model != shown and any(item.version for item in (*todo.new, *(item for _, item in todo.bare))):
        client.patch(f"/api/projects/{project.id}/", {"model_version": shown})
    renamed = [version for version in own if version != shown]
    return Pushed(len(todo.new), todo.same, len(todo.bare), todo.changed, removed, doubled, renamed, shown)


def _under(item: Item, shown: str | None) -> Item:
    return item if shown is None or item.version in (None, shown) else item.under(shown)


def _change(item: Item, held: Held) -> str:
    what = "text" if item.key.sha256 != held.key.sha256 else "scheme"
    return f"document {item.key.id}: task {held.task} has another {what} ({held.annotations} annotations there)"


def _send(client: Client, project: Project, items: list[Item], batch: int, advance: Callable[[int], None]) -> None:
    done = 0
    for chunk in _chunks(items, batch):
        body = b"[" + b",".join(bytes(item.raw) for item in chunk) + b"]"
        try:
            answer = client.post(f"/api/projects/{project.id}/import", body, _LONG)
        except ConnectionBroken as error:
            raise ConnectionBroken(
                f"{error} {done:,} of {len(items):,} new tasks were taken; the same command goes on from there"
            ) from None
        taken = answer.get("task_count") if isinstance(answer, dict) else None
        if taken != len(chunk):
            raise VigoldError(f"{client.url}: took {taken} of {len(chunk)} tasks; push again to see what is missing")
        done += len(chunk)
        advance(len(chunk))


def _complete(client: Client, project: Project, bare: list[tuple[Held, Item]], batch: int) -> None:
    for chunk in _chunks(bare, batch):
        body = [{**prediction, "task": held.task} for held, item in chunk for prediction in item.predictions]
        answer = client.send(dict[str, Any], f"/api/projects/{project.id}/import/predictions", body, _LONG)
        if answer.get("created") != len(body):
            raise VigoldError(f"{client.url}: took {answer.get('created')} of {len(body)} predictions")


def _chunks(items: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    for start in range(0, len(items), size):
        yield items[start : start + size]
