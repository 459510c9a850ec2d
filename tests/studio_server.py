"""A real Label Studio on a free port, with the few calls that the tests need."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.conftest import label_studio

TOKEN = "0123456789abcdef0123456789abcdef01234567"
SETTINGS = {
    "LABEL_STUDIO_USERNAME": "admin@example.com",
    "LABEL_STUDIO_PASSWORD": "Passw0rd-admin",
    "LABEL_STUDIO_USER_TOKEN": TOKEN,
    "LABEL_STUDIO_ENABLE_LEGACY_API_TOKEN": "true",
    "LABEL_STUDIO_COLLECT_ANALYTICS": "false",
    "LABEL_STUDIO_LATEST_VERSION_CHECK": "false",
    "SENTRY_DSN": "",
    "FRONTEND_SENTRY_DSN": "",
}


class Server(NamedTuple):
    """A running server and calls to its API."""

    url: str

    def call(self, path: str, body: Any = None) -> Any:
        data = None if body is None else json.dumps(body).encode()
        headers = {"Authorization": f"Token {TOKEN}", "Content-Type": "application/json"}
        with urllib.request.urlopen(urllib.request.Request(self.url + path, data, headers), timeout=60) as answer:
            return json.loads(answer.read())

    def project(self, title: str, config: str, tasks: list[dict[str, Any]]) -> int:
        """A new project with these tasks; its id."""
        key = int(self.call("/api/projects/", {"title": title, "label_config": config})["id"])
        self.call(f"/api/projects/{key}/import", tasks)
        return key

    def export(self, project: int, path: Path) -> Path:
        """The raw JSON export of a project."""
        tasks = self.call(f"/api/projects/{project}/export?exportType=JSON&download_all_tasks=true")
        path.write_text(json.dumps(tasks), "utf-8")
        return path


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(480):
        if process.poll() is not None:
            break
        try:
            urllib.request.urlopen(url + "/health", timeout=2)
            return
        except (urllib.error.URLError, OSError):
            time.sleep(0.5)
    raise RuntimeError(f"Label Studio did not start:\n{log.read_text()[-2000:]}")


@pytest.fixture(scope="session")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder, port = tmp_path_factory.mktemp("label-studio"), _free_port()
    log = folder / "server.log"
    command = [str(label_studio()), "start", "--no-browser", "--internal-host", "127.0.0.1"]
    command += ["--port", str(port), "--data-dir", str(folder)]
    environment = os.environ | SETTINGS | {"LABEL_STUDIO_BASE_DATA_DIR": str(folder)}
    with log.open("wb") as out:
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=out, stderr=out, env=environment, start_new_session=True
        )
    server = Server(f"http://127.0.0.1:{port}")
    try:
        _wait(server.url, process, log)
        yield server
    finally:
        process.terminate()
        process.wait(30)
