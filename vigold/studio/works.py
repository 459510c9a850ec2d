"""What people did on a task of an export, as far as it has the shape of it."""

from __future__ import annotations

from typing import Any

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


def _objects(value: Any) -> list[Json]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
