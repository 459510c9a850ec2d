"""A stand-in for Label Studio: it answers what vigold asks, and something else where a test wants that."""

from __future__ import annotations

import hashlib
import json
import os
import re
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from vigold.scheme import load
from vigold.studio.config import config

Route = tuple[str, str]
EMPTY = {"id": 3, "status": "completed", "md5": hashlib.md5(b"[]").hexdigest()}
FORM = b'<input type="hidden" name="csrfmiddlewaretoken" value="abc">'


class StandIn(ThreadingHTTPServer):
    """Holds projects and people; `routes` has answers in place of its own, `asked` what was asked so far.

    `before` is called with every request, ahead of the answer.
    """

    daemon_threads = True

    def __init__(self, port: int = 0) -> None:
        super().__init__(("127.0.0.1", port), _Handler)
        self.routes: dict[Route, bytes] = {}
        self.asked: list[Route] = []
        self.projects: list[dict[str, Any]] = []
        self.people: list[dict[str, Any]] = []
        self.before: Callable[[Route], None] = lambda route: None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def add(self, **project: Any) -> dict[str, Any]:
        """One more project."""
        fresh = {"id": len(self.projects) + 1, "label_config": config(load()), "task_number": 0}
        self.projects.append(fresh | project)
        return self.projects[-1]

    def answer(self, method: str, path: str, body: bytes) -> bytes:
        if (method, path) in self.routes:
            return self.routes[method, path]
        if method == "POST" and path == "/api/projects/":
            return _json(self.add(**json.loads(body)))
        if number := re.fullmatch(r"/api/projects/(\d+)/", path):
            return _json(self._one(method, int(number[1]), body))
        if path.startswith("/user/"):
            return FORM
        if path.endswith("/import"):
            return _json({"task_count": len(json.loads(body))})
        whole: dict[str, Any] = {
            "/api/projects/": {"results": self.projects, "next": None},
            "/api/users/": self.people,
            "/api/invite": {"token": "t"},
            "/api/tasks": {"total": 0, "tasks": []},
            "/health": {"status": "UP"},
        }
        kinds = {"/exports/": EMPTY, "/exports/3": None, "/model-versions/": {}}
        return _json(whole.get(path, next((kinds[end] for end in kinds if path.endswith(end)), [])))

    def _one(self, method: str, number: int, body: bytes) -> Any:
        project = next(one for one in self.projects if one["id"] == number)
        if method == "DELETE":
            self.projects.remove(project)
        if method == "PATCH":
            project |= json.loads(body)
        return project


class _Handler(BaseHTTPRequestHandler):
    server: StandIn

    def do_GET(self) -> None:
        route = (self.command, urlsplit(self.path).path)
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.server.asked.append(route)
        self.server.before(route)
        answer = self.server.answer(*route, body)
        accepted = self.command == "POST" and route[1].startswith("/user/")
        if accepted and "signup" in route[1]:
            self.server.people.append({"id": len(self.server.people) + 1, "email": parse_qs(body.decode())["email"][0]})
        self.send_response(500 if answer == b"broken" else 302 if accepted else 200)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    do_POST = do_PATCH = do_DELETE = do_GET

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def standing_in() -> Iterator[StandIn]:
    """A stand-in in a thread of its own."""
    with StandIn() as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield server
        server.shutdown()


def command(folder: Path) -> Path:
    """A `label-studio` in this folder, which is to be put on the PATH."""
    program = folder / "label-studio"
    root = Path(__file__).parent.parent.parent
    program.write_text(
        f"#!{sys.executable}\nimport sys\nsys.path.insert(0, {str(root)!r})\n"
        "from tests.studio.stand_in import main\nmain(sys.argv)\n"
    )
    program.chmod(0o755)
    return program


def main(words: list[str]) -> None:
    """As `label-studio start`: adds its process to the file `pids`; what stands in the file `broken` fails."""
    options = dict(zip(words[3::2], words[4::2], strict=True))
    folder = Path(options["--data-dir"])
    with (folder / "pids").open("a") as file:
        file.write(f"{os.getpid()}\n")
    server = StandIn(int(options["--port"]))

    def fail(route: Route) -> None:
        broken = (folder / "broken").read_text().split() if (folder / "broken").exists() else []
        server.routes = {route: b"broken"} if route[1] in broken else {}

    server.before = fail
    server.serve_forever(0.01)


def _json(value: Any) -> bytes:
    return json.dumps(value).encode()
