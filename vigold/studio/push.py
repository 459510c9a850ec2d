"""Tasks to a project: only what is new there, in batches, so that doing it again never doubles anything.

A document is known by its id and the hash of its text, a task of the third pass also by what it was made of. What the
server holds is asked anew each time, so a push that broke needs no memory here: the next one sends what is missing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple, TypeVar

from vigold.errors import VigoldError
from vigold.formats import stamps
from vigold.formats.wording import counted
from vigold.studio import holdings, versions
from vigold.studio.client import Client, ConnectionBroken
from vigold.studio.holdings import Held
from vigold.studio.items import Item
from vigold.studio.plan import Change, plan
from vigold.studio.project import Project

BATCH = 250
T = TypeVar("T")
_LONG = 900.0
# So few at a time that nobody begins to work on one between the look and the exchange.
_EXCHANGED = 20
_LEFT = "not sent; --replace puts the new task in its place if nobody has touched it"
_TOUCHED = "not replaced: people have worked on it; decide it there, or delete their work there first"


class Pushed(NamedTuple):
    """How many tasks were new, were there already, got the predictions that they lacked; what differs on the server;
    how many doubles of an earlier, broken push were taken away; doubles that people have worked on; versions of
    predictions that had to be filed under the one that the project shows, which is `shown`; how many tasks were
    replaced, and how many keep other predictions than those pushed."""

    new: int
    same: int
    completed: int
    changed: list[str]
    removed: int
    doubled: list[str]
    renamed: list[str]
    shown: str | None
    replaced: int
    others: int

    def told(self) -> Iterator[str]:
        """What a user must know of it beside the sum."""
        yield from (f"look again: {line}" for line in (*self.changed, *self.doubled))
        if self.removed:
            yield f"{counted(self.removed, 'double')} of a push that broke, or of two at once, went away"
        if self.others:
            are = counted(self.others, "task that is there keeps", "tasks that are there keep")
            yield f"{are} other predictions than these; --replace updates what nobody has touched"
        for version in self.renamed:
            yield f"predictions of {version} go as {self.shown}: Label Studio shows one version a project"

    def __str__(self) -> str:
        parts = [
            counted(self.new, "new task"),
            f"{self.same} there already",
            f"{len(self.changed)} differ and were not sent",
        ]
        parts += [f"{self.completed} got their predictions"] if self.completed else []
        parts += [f"{self.replaced} replaced"] if self.replaced else []
        return ", ".join(parts)


def push(
    client: Client,
    project: Project,
    items: Sequence[Item],
    *,
    batch: int = BATCH,
    replace: bool = False,
    begin: Callable[[int], None] = lambda total: None,
    advance: Callable[[int], None] = lambda count: None,
) -> Pushed:
    """Bring the tasks into the project.

    With `replace` a task that differs, or has other predictions, takes the place of the one that is there if nobody
    has worked on that: no draft, no annotation but the one that it was pushed with. `begin` is told how many tasks
    will be sent, `advance` how many more were taken. Raises ConnectionBroken when the connection breaks; what was
    taken stays, and pushing again sends the rest.
    """
    held, removed, doubled = holdings.tidy(client, project.id, list(holdings.listing(client, project.id)))
    own = dict.fromkeys(item.version for item in items if item.version)
    shown = versions.shown(client, project, own)
    todo = plan([_under(item, shown) for item in items], held)
    others = _others(client, project, todo.kept)
    begin(len(todo.new))
    _send(client, project, todo.new, batch, advance)
    _complete(client, project, todo.bare, batch)
    replaced = _replace(client, project, [*todo.changed, *others], batch) if replace else set()
    if holdings.count(client, project.id) > len(held) + len(todo.new):
        # An import that an earlier, broken connection had begun came through meanwhile.
        _, more, doubled = holdings.tidy(client, project.id, list(holdings.listing(client, project.id)))
        removed += more
    fresh = [*todo.new, *(item for _, item in todo.bare), *(one.item for one in todo.changed if one.held in replaced)]
    if project.model != shown and any(item.version for item in fresh):
        client.patch(f"/api/projects/{project.id}/", {"model_version": shown})
    return Pushed(
        new=len(todo.new),
        same=todo.same,
        completed=len(todo.bare),
        changed=[_told(change, replace) for change in todo.changed if change.held not in replaced],
        removed=removed,
        doubled=doubled,
        renamed=[version for version in own if version != shown],
        shown=shown,
        replaced=len(replaced),
        others=sum(change.held not in replaced for change in others),
    )


def _under(item: Item, shown: str | None) -> Item:
    return item if shown is None or item.version in (None, shown) else item.under(shown)


def _told(change: Change, replace: bool) -> str:
    return f"{change}; {_TOUCHED if replace else _LEFT}" if change.replaceable else str(change)


def _others(client: Client, project: Project, kept: list[tuple[Held, Item]]) -> list[Change]:
    """The tasks on the server with other predictions than those that are pushed, or with none."""
    if not kept:
        return []
    there = holdings.predicted(client, project.id)
    return [
        Change(held, item, "has other predictions")
        for held, item in kept
        if not {stamps.digest(one.get("result") or []) for one in item.predictions} <= there.get(held.task, set())
    ]


def _replace(client: Client, project: Project, changes: list[Change], batch: int) -> set[Held]:
    """Exchange the tasks that nobody has worked on; gives those that went.

    The old one goes first: should the connection break then, the next push finds the document missing and sends it.
    """
    gone: set[Held] = set()
    for chunk in _chunks([change for change in changes if change.replaceable], _EXCHANGED):
        busy = set(holdings.worked_on(client, project.id, [change.held.task for change in chunk]))
        free = [change for change in chunk if change.held.task not in busy]
        for change in free:
            client.delete(f"/api/tasks/{change.held.task}/")
        _send(client, project, [change.item for change in free], batch, lambda count: None)
        gone.update(change.held for change in free)
    return gone


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
