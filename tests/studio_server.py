"""A real Label Studio on a free port, started as `vigold studio up` does, with the few calls that the tests need."""

from __future__ import annotations

import json
import os
import shutil
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.conftest import label_studio
from vigold.studio import accounts, server
from vigold.studio.accounts import Account
from vigold.studio.client import Client


class Server(NamedTuple):
    """A running server, its data folder, and the client of its administrator."""

    url: str
    folder: Path
    client: Client

    @property
    def people(self) -> list[Account]:
        """The administrator and two annotators."""
        return accounts.load(self.folder)

    def person(self, number: int, url: str | None = None) -> Client:
        """A client of one of the people."""
        return logged_in(url or self.url, self.people[number])

    def through(self, url: str) -> Client:
        """A client of the administrator that goes by another address."""
        return self.person(0, url)

    def project(self, title: str, config: str, tasks: list[dict[str, Any]]) -> int:
        """A new project with these tasks; its id."""
        key = int(self.client.post("/api/projects/", {"title": title, "label_config": config})["id"])
        self.client.post(f"/api/projects/{key}/import", tasks)
        return key

    def export(self, project: int, path: Path) -> Path:
        """The raw JSON export of a project."""
        query = {"exportType": "JSON", "download_all_tasks": "true"}
        path.write_text(json.dumps(self.client.get(f"/api/projects/{project}/export", query)), "utf-8")
        return path


@cache
def logged_in(url: str, account: Account) -> Client:
    client = Client(url)
    client.login(account.email, account.password)
    return client


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(folder: Path) -> Iterator[Server]:
    """A server on this folder, with the accounts of two annotators."""
    place = str(Path(label_studio() or "").parent)
    if place not in os.environ["PATH"].split(os.pathsep):
        os.environ["PATH"] = f"{place}{os.pathsep}{os.environ['PATH']}"
    with server.up(folder, "127.0.0.1", free_port(), list(accounts.ANNOTATORS), lambda: None) as there:
        pass
    try:
        yield Server(there.url, folder, server.client(folder))
    finally:
        server.stop(folder)


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of a fresh server: the first start takes half a minute, one on a copy of it seconds."""
    folder = tmp_path_factory.mktemp("label-studio") / "template"
    with serving(folder):
        pass
    return folder


@pytest.fixture(scope="session")
def studio(template: Path) -> Iterator[Server]:
    """The server that all tests share, each with projects of its own."""
    with serving(Path(shutil.copytree(template, template.with_name("shared")))) as there:
        yield there
