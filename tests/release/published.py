"""What the tests of publishing share: a gold document, and what stands in a folder or on the stand-in of the Hub."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import huggingface_hub

from tests.release.hub_state import TOKEN, Hub
from vigold.document import Document, Span

GOLD = Document("a1", "Ông Lê Văn Tám về Hà Nội.", licence="CC-BY-4.0", spans=(Span("p", 4, 14, "PER"),))
REPO = "lab/news"
Publish = Callable[..., tuple[int, str, str]]


def standing(hub: Hub, revision: str = "main") -> dict[str, bytes]:
    """The files of a revision, but for those of git."""
    tree = hub.repos[REPO].tree(revision) or {}
    return {name: data for name, data in tree.items() if name != ".gitattributes"}


def downloaded(hub: Hub) -> str:
    """The folder that a reader gets of the first version."""
    reading: dict[str, Any] = {"repo_type": "dataset", "revision": "1.0", "endpoint": hub.url, "token": TOKEN}
    return str(huggingface_hub.snapshot_download(REPO, **reading, local_dir="downloaded"))


def local(folder: str = "out") -> dict[str, bytes]:
    root = Path(folder)
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in root.rglob("*")
        if path.is_file() and ".cache" not in path.parts
    }
