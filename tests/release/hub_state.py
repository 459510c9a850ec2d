"""What the stand-in of the Hub keeps: repositories with their commits and tags, and the faults that it is to show."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from threading import Event
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.release.hub_server import Handler

TOKEN = "hf_" + "standin" * 5
Tree = dict[str, bytes]


class Repo:
    """The commits of a dataset, the newest last, and its tags."""

    def __init__(self, private: bool) -> None:
        self.private = private
        self.commits: list[tuple[str, Tree, str]] = []
        self.tags: dict[str, str] = {}
        self.commit({".gitattributes": b"*.parquet filter=lfs\n"}, "initial commit")

    def commit(self, tree: Tree, message: str) -> str:
        # As git does, after the content too: a client keeps what it has of a commit.
        held = "".join(f"{path} {hashlib.sha256(data).hexdigest()}" for path, data in sorted(tree.items()))
        name = hashlib.sha1(f"{len(self.commits)} {message} {held}".encode()).hexdigest()
        self.commits.append((name, tree, message))
        return name

    @property
    def head(self) -> str:
        return self.commits[-1][0]

    def tree(self, revision: str) -> Tree | None:
        name = self.head if revision == "main" else self.tags.get(revision, revision)
        return next((tree for key, tree, _ in self.commits if key == name), None)


class Hub:
    """What the server keeps. `faults` maps a step to what it does in place of answering, each used once."""

    def __init__(self) -> None:
        self.url = ""
        self.repos: dict[str, Repo] = {}
        self.aside: dict[str, bytes] = {}
        self.faults: dict[str, list[Callable[[Handler], bool]]] = {}
        self.asked: list[str] = []

    def fail(self, step: str, status: int, times: int = 100, **headers: str) -> None:
        """Answer a step with a status."""

        def answer(handler: Handler) -> bool:
            handler.body()
            handler.send(status, {"error": f"no, {TOKEN}, see {self.url}/?sig=open"}, headers)
            return True

        self.faults[step] = [answer] * times

    def cut(self, step: str, *, after: bool = False, times: int = 100) -> None:
        """Break off the connection at a step: in the middle of what is sent, or after it was done."""

        def leave(handler: Handler) -> bool:
            if not after:
                handler.rfile.read(min(10, handler.length))
                handler.hang_up()
            handler.mute = after
            return not after

        self.faults[step] = [leave] * times

    def hang(self, step: str, seconds: float) -> None:
        """Keep silent at a step."""

        def sleep(handler: Handler) -> bool:
            Event().wait(seconds)
            handler.hang_up()
            return True

        self.faults[step] = [sleep] * 100
