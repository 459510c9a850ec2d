"""What people did on a task of an export, as far as it has the shape of it."""

from __future__ import annotations

from typing import Any

from vigold.formats import stamps
from vigold.formats.labelstudio import Json


def done(task: Json) -> list[Json]:
    """The annotations, skips among them."""
    return _objects(task.get("annotations"))


def submitted(task: Json) -> list[Json]:
    """The annotations that are no skips."""
    return [work for work in done(task) if not work.get("was_cancelled")]


def drafts(task: Json) -> list[Json]:
    """What was begun and not submitted; changes of something submitted among them."""
    return _objects(task.get("drafts"))


def untouched(task: Json) -> bool:
    """Whether nobody has worked on a task of an export: no draft, and no annotation but the one it was pushed with."""
    data = task.get("data")
    known = stamps.of(data).carried if isinstance(data, dict) else ""
    return not task.get("drafts") and all(_as_pushed(work, known) for work in done(task))


def _as_pushed(work: Json, known: str) -> bool:
    # Label Studio names who changed an annotation; only people take time for one.
    changed = work.get("updated_by") is not None or work.get("lead_time") is not None or work.get("was_cancelled")
    return not changed and stamps.carried(work) == known


def _objects(value: Any) -> list[Json]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
