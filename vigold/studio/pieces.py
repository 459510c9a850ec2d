"""Some tasks of a project as an export, also where one of them breaks every export that it is in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import urlencode

from vigold.errors import VigoldError
from vigold.formats.labelstudio import Json
from vigold.studio.client import Client, Refused

PIECE = 100
_MANY = 20
"""Where more tasks than this are broken, it is the server."""


def tasks(
    client: Client, project: int, wanted: Sequence[int], size: int = PIECE, *, may_vanish: bool = False
) -> Iterator[tuple[int, Json | None]]:
    """Each task by its number; None for one that the server cannot export.

    A task that is not there any more is an error, or with `may_vanish` left out.

    One annotation with a character that is no text (half a surrogate pair) ends every export of its project with
    HTTP 500; halving finds its task. Raises Refused when it is not a few tasks.
    """
    broken = 0
    left = [list(wanted[start : start + size]) for start in range(0, len(wanted), size)][::-1]
    while left:
        piece = left.pop()
        try:
            found = {task.get("id"): task for task in _exported(client, project, piece)}
        except Refused as error:
            broken += len(piece) == 1
            if error.status < 500 or broken > _MANY:
                raise
            if len(piece) == 1:
                yield piece[0], None
            else:
                half = len(piece) // 2
                left += [piece[half:], piece[:half]]
            continue
        missing = set(piece) - found.keys()
        if missing and not may_vanish:
            raise VigoldError(f"{client.url}: the export lacks task {min(missing)}; was it deleted just now? Try again")
        yield from ((number, found[number]) for number in piece if number in found)


def _exported(client: Client, project: int, numbers: Sequence[int]) -> list[Json]:
    # Only an export shows the drafts of everybody.
    ids = [("ids[]", number) for number in numbers]
    query = urlencode([("exportType", "JSON"), ("download_all_tasks", "true"), *ids])
    return client.read(list[dict[str, Any]], f"/api/projects/{project}/export?{query}")
