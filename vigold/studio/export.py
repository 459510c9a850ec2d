"""The raw export of a project: a snapshot made by the server, downloaded and checked, without anybody's name in it."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from io import BytesIO
from typing import Any, NamedTuple

import msgspec

from vigold.errors import VigoldError
from vigold.formats.labelstudio import Json
from vigold.formats.wording import on_one_line
from vigold.studio import holdings, pieces, works
from vigold.studio.client import Client

_WISH = {
    "title": "vigold",
    "serialization_options": {
        "drafts": {"only_id": False},
        "predictions": {"only_id": True},
        "annotations__completed_by": {"only_id": True},
        "include_annotation_history": False,
        "interpolate_key_frames": False,
    },
}
_LONG = 900.0
_NAMES = ("created_username", "created_ago", "user_email")


class Export(NamedTuple):
    """The tasks of an export as their bytes, what the server calls its copy, and the tasks that the server could not
    export, a line each."""

    raws: list[msgspec.Raw]
    copy: str
    broken: list[str]

    def tasks(self) -> Iterator[Json]:
        """The tasks, one at a time, people as the numbers of their accounts alone."""
        return tasks(self.raws)


class _Snapshot(msgspec.Struct, frozen=True):
    id: int
    status: str
    md5: str | None = None


def download(client: Client, project: int) -> Export:
    """Every task of the project with annotations, drafts and the ids of predictions.

    The server forgets the snapshot afterwards but keeps its file (`server.forget`). Where a few tasks break the
    snapshot, the others come piece by piece. Raises VigoldError when the export fails or does not arrive whole.
    """
    place = f"/api/projects/{project}/exports"
    export = client.send(_Snapshot, f"{place}/", _WISH, _LONG)
    try:
        export = _finished(client, f"{place}/{export.id}", export)
        if export.status == "failed":
            return _by_pieces(client, project)
        with BytesIO() as file:
            copy = client.download(f"{place}/{export.id}/download?exportType=JSON", file)
            data = file.getvalue()
    finally:
        with suppress(VigoldError):
            client.delete(f"{place}/{export.id}")
    md5 = hashlib.md5(data, usedforsecurity=False).hexdigest()
    if md5 != export.md5:
        raise VigoldError(f"{client.url}: the export did not arrive whole; pull again")
    try:
        return Export(msgspec.json.decode(data, type=list[msgspec.Raw]), copy, [])
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise VigoldError(f"{client.url}: not a raw JSON export of Label Studio: {error}") from None


def _by_pieces(client: Client, project: int) -> Export:
    documents = {task.task: task.key.id for task in holdings.listing(client, project)}
    found = Export([], "", [])
    for number, task in pieces.tasks(client, project, list(documents)):
        if task is None:
            found.broken.append(f"task {number} (document {on_one_line(documents[number])})")
        else:
            found.raws.append(msgspec.Raw(msgspec.json.encode(task)))
    return found


def tasks(raws: Iterable[bytes | msgspec.Raw]) -> Iterator[Json]:
    """The tasks, one at a time, people as the numbers of their accounts alone."""
    for one in raws:
        task = msgspec.json.decode(one)
        if not isinstance(task, dict):
            raise VigoldError("the export holds something that is no task; export the project as JSON")
        yield _anonymous(task)


def _finished(client: Client, path: str, export: _Snapshot) -> _Snapshot:
    deadline = time.monotonic() + _LONG
    while export.status in ("created", "in_progress") and time.monotonic() < deadline:
        time.sleep(1)
        export = client.read(_Snapshot, path)
    if export.status not in ("completed", "failed"):
        raise VigoldError(f"{client.url}: the export of the project is {export.status}; pull again")
    return export


def _anonymous(task: Json) -> Json:
    """Names and addresses out, numbers in; the numbers are what the server calls its accounts."""
    for annotation in works.done(task):
        if isinstance(annotation.get("completed_by"), dict):
            annotation["completed_by"] = annotation["completed_by"].get("id")
    for draft in works.drafts(task):
        draft["user"] = _number(draft)
        for name in _NAMES:
            draft.pop(name, None)
    return task


def _number(draft: dict[str, Any]) -> int | None:
    # The server gives the address as `user`; the number stands only at the end of "name address, number".
    said = str(draft.get("created_username") or draft.get("user") or "").rpartition(" ")[2]
    return int(said) if said.isdigit() else None
