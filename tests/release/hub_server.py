"""A stand-in of the Hub over real HTTP: repositories, commits with large files kept aside, tags, downloads.

It answers as much of the Hub's API as publishing, `load_dataset` and `snapshot_download` ask for, and on demand fails
at a step.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import unquote, urlsplit

from tests.release.hub_state import TOKEN, Hub, Repo


class Handler(BaseHTTPRequestHandler):
    hub: Hub
    mute = False
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self._route()

    do_POST = do_PUT = do_HEAD = do_GET

    @property
    def length(self) -> int:
        return int(self.headers.get("Content-Length") or 0)

    def log_message(self, *_: Any) -> None:
        pass

    def hang_up(self) -> None:
        self.close_connection = True
        self.connection.close()

    def send(self, status: int, value: Any = None, headers: dict[str, str] | None = None) -> None:
        body = value if isinstance(value, bytes) else json.dumps(value).encode()
        if self.mute:
            return self.hang_up()
        self.send_response(status)
        for name, text in {"Content-Length": str(len(body)), **(headers or {})}.items():
            self.send_header(name.replace("_", "-"), text)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def _route(self) -> None:
        path = unquote(urlsplit(self.path).path)
        routes = ((step, re.fullmatch(pattern, path)) for step, methods, pattern in ROUTES if self.command in methods)
        step, match = next((route for route in routes if route[1]), ("", None))
        if match is None:
            return self._take_and_send(404, {"error": "no such page"})
        self.mute = False
        self.hub.asked.append(step)
        waiting = self.hub.faults.get(step, [])
        if waiting and waiting.pop(0)(self):
            return
        if step != "put" and step != "resolve" and self.headers.get("Authorization") != f"Bearer {TOKEN}":
            return self._take_and_send(401, {"error": "Invalid credentials in Authorization header"})
        getattr(self, f"_{step}")(self.body(), **match.groupdict())

    def _take_and_send(self, status: int, value: Any) -> None:
        self.body()
        self.send(status, value)

    def body(self) -> bytes:
        """What was sent, in one piece or in chunks."""
        if self.headers.get("Transfer-Encoding") != "chunked":
            return self.rfile.read(self.length)
        found = b""
        while size := int(self.rfile.readline(), 16):
            found += self.rfile.read(size)
            self.rfile.readline()
        self.rfile.readline()
        return found

    def _repo(self, repo: str) -> Repo | None:
        found = self.hub.repos.get(repo)
        if found is None:
            self.send(404, {"error": "Repository not found"}, {"X-Error-Code": "RepoNotFound"})
        return found

    def _create(self, body: bytes) -> None:
        asked = json.loads(body)
        name = f"{asked['organization']}/{asked['name']}"
        self.hub.repos[name] = Repo(asked.get("private") or asked.get("visibility") == "private")
        self.send(200, {"url": f"{self.hub.url}/datasets/{name}", "name": name})

    def _info(self, body: bytes, repo: str, revision: str = "main") -> None:
        if (found := self._repo(repo)) is None:
            return
        tree = found.tree(revision)
        if tree is None:
            return self.send(404, {"error": "no such revision"}, {"X-Error-Code": "RevisionNotFound"})
        sha = found.head if revision == "main" else found.tags.get(revision, revision)
        siblings = [{"rfilename": name} for name in tree]
        self.send(200, {"id": repo, "sha": sha, "private": found.private, "siblings": siblings, "tags": []})

    def _refs(self, body: bytes, repo: str) -> None:
        if found := self._repo(repo):
            refs = [("branches", "main", found.head), *(("tags", *tag) for tag in found.tags.items())]
            kinds: dict[str, Any] = {"branches": [], "tags": [], "converts": []}
            for kind, name, commit in refs:
                kinds[kind].append({"name": name, "ref": f"refs/{kind}/{name}", "targetCommit": commit})
            self.send(200, kinds)

    def _tree(self, body: bytes, repo: str, revision: str, folder: str | None = None) -> None:
        if (found := self._repo(repo)) is None:
            return
        inside = f"{folder}/" if folder else ""
        files = {name: data for name, data in (found.tree(revision) or {}).items() if name.startswith(inside)}
        if not files and folder:
            return self.send(404, {"error": "no such folder"}, {"X-Error-Code": "EntryNotFound"})
        self.send(200, [_entry(name, data) for name, data in files.items()])

    def _yaml(self, body: bytes) -> None:
        self.send(200, {"errors": [], "warnings": []})

    def _preupload(self, body: bytes, repo: str) -> None:
        modes = [
            {"path": one["path"], "uploadMode": "lfs" if _aside(one["path"]) else "regular", "shouldIgnore": False}
            for one in json.loads(body)["files"]
        ]
        self.send(200, {"files": modes})

    def _batch(self, body: bytes, repo: str) -> None:
        objects = []
        for one in json.loads(body)["objects"]:
            links: dict[str, Any] = {k: {"href": f"{self.hub.url}/lfs/{k}/{one['oid']}"} for k in ("upload", "verify")}
            links["verify"]["header"] = {"Authorization": f"Bearer {TOKEN}"}
            objects.append({**one, **({} if one["oid"] in self.hub.aside else {"actions": links})})
        self.send(200, {"transfer": "basic", "objects": objects})

    def _put(self, body: bytes, oid: str) -> None:
        if hashlib.sha256(body).hexdigest() != oid:
            return self.send(400, {"error": "not what was announced"})
        self.hub.aside[oid] = body
        self.send(200)

    def _verify(self, body: bytes, oid: str) -> None:
        self.send(200 if oid in self.hub.aside else 404)

    def _commit(self, body: bytes, repo: str) -> None:
        if (found := self._repo(repo)) is None:
            return
        lines = [json.loads(line) for line in body.splitlines()]
        header = lines[0]["value"]
        if header.get("parentCommit") not in (None, found.head):
            return self.send(412, {"error": "the branch moved on"})
        tree = dict(found.commits[-1][1])
        for line in lines[1:]:
            value = line["value"]
            if line["key"] == "deletedFile":
                del tree[value["path"]]
            else:
                kept = self.hub.aside.get(value.get("oid", ""), b"")
                tree[value["path"]] = kept if line["key"] == "lfsFile" else base64.b64decode(value["content"])
        name = found.commit(tree, header["summary"])
        self.send(200, {"commitOid": name, "commitUrl": f"{self.hub.url}/datasets/{repo}/commit/{name}"})

    def _tag(self, body: bytes, repo: str, revision: str) -> None:
        if found := self._repo(repo):
            found.tags[json.loads(body)["tag"]] = revision
            self.send(200)

    def _settings(self, body: bytes, repo: str) -> None:
        if found := self._repo(repo):
            asked = json.loads(body)
            found.private = asked.get("private", asked.get("visibility") == "private")
            self.send(200, asked)

    def _resolve(self, body: bytes, repo: str, revision: str, name: str) -> None:
        if (found := self._repo(repo)) is None:
            return
        tree = found.tree(revision)
        if tree is None or name not in tree:
            return self.send(404, {"error": "no such file"}, {"X-Error-Code": "EntryNotFound"})
        sha = found.head if revision == "main" else found.tags.get(revision, revision)
        etag = hashlib.sha256(tree[name]).hexdigest()
        self.send(200, tree[name], {"ETag": f'"{etag}"', "X-Repo-Commit": sha})


_REPO = r"(?P<repo>[^/]+/[^/]+)"
ROUTES = [
    ("create", ("POST",), r"/api/repos/create"),
    ("yaml", ("POST",), r"/api/validate-yaml"),
    ("preupload", ("POST",), rf"/api/datasets/{_REPO}/preupload/main"),
    ("batch", ("POST",), rf"/datasets/{_REPO}\.git/info/lfs/objects/batch"),
    ("put", ("PUT",), r"/lfs/upload/(?P<oid>\w+)"),
    ("verify", ("POST",), r"/lfs/verify/(?P<oid>\w+)"),
    ("commit", ("POST",), rf"/api/datasets/{_REPO}/commit/main"),
    ("tag", ("POST",), rf"/api/datasets/{_REPO}/tag/(?P<revision>[^/]+)"),
    ("settings", ("PUT",), rf"/api/datasets/{_REPO}/settings"),
    ("refs", ("GET",), rf"/api/datasets/{_REPO}/refs"),
    ("tree", ("GET",), rf"/api/datasets/{_REPO}/tree/(?P<revision>[^/]+)(?:/(?P<folder>.+))?"),
    ("info", ("GET",), rf"/api/datasets/{_REPO}/revision/(?P<revision>[^/]+)"),
    ("info", ("GET",), rf"/api/datasets/{_REPO}"),
    ("resolve", ("GET", "HEAD"), rf"/datasets/{_REPO}/resolve/(?P<revision>[^/]+)/(?P<name>.+)"),
]


def _aside(name: str) -> bool:
    return name.endswith(".parquet")


def _entry(name: str, data: bytes) -> dict[str, Any]:
    blob = hashlib.sha1(f"blob {len(data)}\0".encode() + data).hexdigest()
    entry: dict[str, Any] = {"type": "file", "path": name, "size": len(data), "oid": blob}
    if _aside(name):
        entry["lfs"] = {"oid": hashlib.sha256(data).hexdigest(), "size": len(data), "pointerSize": 130}
    return entry


@contextmanager
def serving() -> Iterator[Hub]:
    """A running stand-in on a free port."""
    hub = Hub()
    handler = type("HubHandler", (Handler,), {"hub": hub})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    hub.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield hub
    finally:
        server.shutdown()
        server.server_close()
