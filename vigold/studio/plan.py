"""What a push has to do: which tasks are new in a project, which are there, and which are there as something else."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from vigold.formats.wording import counted
from vigold.studio.holdings import Held
from vigold.studio.items import Item


class Change(NamedTuple):
    """A task that is on the server as something else: what differs, and whether it may take that one's place."""

    held: Held
    item: Item
    what: str
    replaceable: bool = True

    def __str__(self) -> str:
        there = counted(self.held.annotations, "annotation")
        return f"document {self.item.key.id}: task {self.held.task} {self.what} ({there} there)"


class Plan(NamedTuple):
    """What a push will do: send `new`, add the predictions of `bare` to tasks that have none, tell of `changed`; the
    predictions of `kept` are on tasks that have some, or work of people, already."""

    new: list[Item]
    same: int
    bare: list[tuple[Held, Item]]
    kept: list[tuple[Held, Item]]
    changed: list[Change]


def plan(items: Iterable[Item], held: Iterable[Held]) -> Plan:
    """Compare the tasks with what the project holds."""
    there: dict[str, list[Held]] = {}
    for task in held:
        there.setdefault(task.key.id, []).append(task)
    found = Plan([], 0, [], [], [])
    same = 0
    for item in items:
        known = there.get(item.key.id, [])
        match = next((task for task in known if task.key == item.key and task.stamp.same(item.stamp)), None)
        if match is not None:
            same += 1
            if item.version:
                (found.kept if match.predictions or match.annotations else found.bare).append((match, item))
        elif known:
            found.changed.append(_change(item, next((task for task in known if task.key == item.key), known[0])))
        else:
            found.new.append(item)
    return found._replace(same=same)


def _change(item: Item, held: Held) -> Change:
    if bool(item.stamp.state) != bool(held.stamp.state):
        kind, other = ("first", "third") if item.stamp.state else ("third", "first")
        what = f"is one of a {kind} pass; push tasks of a {other} pass to a project of their own with --project"
        return Change(held, item, what, replaceable=False)
    if item.key.sha256 != held.key.sha256:
        return Change(held, item, "has another text")
    if item.key.scheme != held.key.scheme:
        return Change(held, item, "has another scheme")
    if item.stamp.state != held.stamp.state:
        return Change(held, item, f"was made of a document that was {held.stamp.state} and is {item.stamp.state} now")
    return Change(held, item, "was made of other annotations than there are now")
