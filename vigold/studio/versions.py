"""Which predictions annotators see: Label Studio shows those of one version a project and hides all others."""

from __future__ import annotations

from collections.abc import Iterable

from vigold.studio.client import Client
from vigold.studio.project import Project


def shown(client: Client, project: Project, pushed: Iterable[str]) -> str | None:
    """The version whose predictions shall be shown: the project's, else the commonest there, else the first pushed."""
    there = client.read(dict[str, int], f"/api/projects/{project.id}/model-versions/")
    counts = {name: count for name, count in there.items() if count}
    if project.model in counts:
        return project.model
    return max(counts, key=lambda name: counts[name]) if counts else next(iter(pushed), None)
