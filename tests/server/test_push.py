"""Pushing: again, after a kill, after a lost answer - always everything once."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import socket
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

from tests.command_line import Vigold, refused
from tests.studio_server import Server, serving
from vigold.document import Document, Span
from vigold.scheme import load
from vigold.studio import holdings, items, project, push, server, tasks
from vigold.studio.client import Client, ConnectionBroken

pytestmark = pytest.mark.server
SCHEME = load()
CORPUS = [
    Document(f"bài-{n}", f"Ông Lò Văn Sáu dự họp lần {n} ở Mường Lay.", spans=(Span("p", 4, 14, "PER"),))
    for n in range(12)
]


def made(path: Path, corpus: list[Document], *, predictions: bool = True, model: str = "m") -> list[items.Item]:
    found = {document.id: document for document in corpus} if predictions else None
    tasks.write(path, tasks.tasks(corpus, SCHEME, predictions=found, model=model))
    return items.read([path], SCHEME)


def check_complete(client: Client, number: int, expected: int) -> None:
    """Every document once, each with its prediction, and an annotator is shown it."""
    held = list(holdings.listing(client, number))
    assert Counter(task.key.id for task in held) == {document.id: 1 for document in CORPUS[:expected]}
    assert {task.predictions for task in held} == {1}
    assert holdings.count(client, number) == expected
    shown = client.get(f"/api/projects/{number}/next")["predictions"]
    assert [len(prediction["result"]) for prediction in shown] == [1]


def test_only_what_is_new_is_sent_and_what_differs_is_told(studio: Server, vigold: Vigold) -> None:
    options = ("--data", str(studio.folder), "--project", "again")
    made(Path("few.json"), CORPUS[:3], predictions=False)
    assert vigold("studio", "push", "few.json", *options)[0] == 0
    changed = Document("bài-0", "Ông Lò Văn Sáu không dự họp.", spans=(Span("p", 4, 14, "PER"),))
    made(Path("more.json"), [changed, *CORPUS[1:5]])
    status, _, err = vigold("studio", "push", "more.json", *options, "--overlap", "3")
    assert status == 1
    assert "2 new tasks, 2 there already, 1 differ and were not sent, 2 got their predictions" in err
    assert "document bài-0: task" in err
    made(Path("more.json"), CORPUS[1:5])
    assert "0 new tasks, 4 there already" in vigold("studio", "push", "more.json", *options)[2]
    found = project.need(studio.client, "again")
    assert (found.overlap, found.model, found.tasks) == (3, "m", 5)


def test_predictions_of_another_version_are_shown_too(studio: Server, tmp_path: Path) -> None:
    found = project.create(studio.client, "versions", SCHEME, overlap=2)
    push.push(studio.client, found, made(tmp_path / "one.json", CORPUS[:1], model="rules"))
    done = push.push(studio.client, found, made(tmp_path / "two.json", CORPUS[1:2], model="hybrid"))
    assert (done.new, done.renamed, done.shown) == (1, ["hybrid"], "rules")
    person = studio.person(1)
    for _ in range(2):
        task = person.get(f"/api/projects/{found.id}/next")
        assert len(task["predictions"]) == 1
        person.post(f"/api/tasks/{task['id']}/annotations/", {"result": [], "lead_time": 1})


def test_other_predictions_are_told_and_replaced_where_nobody_began(studio: Server, vigold: Vigold) -> None:
    options = ("--data", str(studio.folder), "--project", "better")
    made(Path("tasks.json"), CORPUS[:3])
    assert vigold("studio", "push", "tasks.json", *options)[0] == 0
    assert "other predictions" not in vigold("studio", "push", "tasks.json", *options)[2]
    found = project.need(studio.client, "better")
    before = {task.key.id: task.task for task in holdings.listing(studio.client, found.id)}
    studio.person(1).post(f"/api/tasks/{before['bài-0']}/drafts", {"result": [], "lead_time": 1})
    better = [Document(d.id, d.text, spans=(*d.spans, Span("l", 31, 35, "LOC"))) for d in CORPUS[:2]]
    made(Path("better.json"), [*better, CORPUS[2]])
    status, _, err = vigold("studio", "push", "better.json", *options)
    assert (status, "2 tasks that are there keep other predictions than these" in err) == (0, True)
    status, _, err = vigold("studio", "push", "better.json", *options, "--replace")
    assert (status, "1 task that is there keeps other predictions" in err, "1 replaced" in err) == (0, True, True)
    after = {task.key.id: task.task for task in holdings.listing(studio.client, found.id)}
    assert {key for key in after if after[key] == before[key]} == {"bài-0", "bài-2"}
    shown = studio.client.get("/api/predictions/", {"task": after["bài-1"]})
    assert [len(prediction["result"]) for prediction in shown] == [2]


@pytest.mark.parametrize("lost", ["request", "answer"])
def test_a_replacement_that_breaks_is_completed_by_the_next_push(
    studio: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lost: str
) -> None:
    found = project.create(studio.client, f"broken by a lost {lost}", SCHEME, overlap=2)
    push.push(studio.client, found, made(tmp_path / "tasks.json", CORPUS[:2]))
    changed = [Document(d.id, f"{d.text} Hết.", spans=d.spans) for d in CORPUS[:2]]
    todo = made(tmp_path / "changed.json", changed)
    post = Client.post

    def broken(client: Client, path: str, body: Any, timeout: float = 60.0) -> Any:
        if path.endswith("/import"):
            if lost == "answer":
                post(client, path, body, timeout)
            raise ConnectionBroken("no connection.")
        return post(client, path, body, timeout)

    with monkeypatch.context() as patch:
        patch.setattr(Client, "post", broken)
        with pytest.raises(ConnectionBroken, match="the same command goes on from there"):
            push.push(studio.client, found, todo, replace=True)
    done = push.push(studio.client, found, todo)
    assert (done.new, done.same, done.changed) == ((2, 0, []) if lost == "request" else (0, 2, []))
    held = list(holdings.listing(studio.client, found.id))
    assert sorted(task.key for task in held) == sorted(item.key for item in todo)
    assert {task.predictions for task in held} == {1}


def test_what_the_server_would_take_unseen_is_refused(studio: Server, vigold: Vigold) -> None:
    made(Path("tasks.json"), CORPUS[:2])
    raw = json.loads(Path("tasks.json").read_text())
    options = ("--data", str(studio.folder), "--project", "never made")

    def pushed(tasks: list[Any]) -> str:
        Path("bad.json").write_text(json.dumps(tasks))
        return refused(vigold("studio", "push", "bad.json", *options))

    assert "bài-0 stands in bad.json already" in pushed([raw[0], raw[0]])
    assert "text-changed" in pushed([{"data": raw[0]["data"] | {"text": "khác"}}])
    wrong = json.loads(json.dumps(raw[1]))
    wrong["predictions"][0]["result"][0]["value"]["end"] = 5000
    assert "bài-1, prediction: past-the-text" in pushed([raw[0], wrong])
    Path("object.json").write_text("{}")
    assert "expected a list of tasks" in refused(vigold("studio", "push", "object.json", *options))
    assert project.find(studio.client, "never made") is None
    recipes = ("--scheme", str(Path(__file__).parent.parent / "recipes.toml"))
    found = project.create(studio.client, "news", SCHEME, overlap=2)
    Path("none.json").write_text("[]")
    line = refused(vigold("studio", "push", "none.json", "--data", str(studio.folder), "--project", "news", *recipes))
    assert "labelling config of another scheme" in line
    studio.client.delete(f"/api/projects/{found.id}/")


@contextmanager
def wire(target: str, watch: Callable[[bytes], bool]) -> Iterator[str]:
    """A wire to the server that hands every request on; when `watch` says so it hangs up in place of the answer."""
    goal = ("127.0.0.1", int(target.rpartition(":")[2]))
    listener = socket.create_server(("127.0.0.1", 0))

    def serve(line: socket.socket) -> None:
        with line, socket.create_connection(goal) as server:
            request = line.recv(1 << 16)
            while not whole(request):
                request += line.recv(1 << 16)
            server.sendall(request)
            cut = watch(request)
            with suppress(ConnectionError):
                while piece := server.recv(1 << 16):
                    line.sendall(b"" if cut else piece)

    def accept() -> None:
        with suppress(OSError):
            while True:
                threading.Thread(target=serve, args=(listener.accept()[0],), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        listener.close()


def whole(request: bytes) -> bool:
    head, ended, body = request.partition(b"\r\n\r\n")
    length = re.search(rb"(?i)content-length: (\d+)", head)
    return bool(ended) and len(body) >= int(length[1] if length else 0)


def is_import(request: bytes) -> bool:
    return b"/import " in request.partition(b"\r\n")[0]


def test_a_server_killed_while_it_imports_loses_and_doubles_nothing(template: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(template, tmp_path / "killed"))
    todo = made(tmp_path / "tasks.json", CORPUS)
    imports: list[bytes] = []

    def kill(request: bytes) -> bool:
        imports.extend([request] if is_import(request) else [])
        if len(imports) == 2:
            running = server.running(folder)
            assert running is not None
            os.kill(running.pid, signal.SIGKILL)
        return False

    with serving(folder) as there, wire(there.url, kill) as url:
        found = project.create(there.client, "killed", SCHEME, overlap=2)
        with pytest.raises(ConnectionBroken, match="4 of 12 new tasks were taken; the same command goes on"):
            push.push(there.through(url), found, todo, batch=4)
    with serving(folder) as there:
        done = push.push(there.client, found, todo, batch=4)
        assert (done.new + done.same, done.removed) == (12, 0)
        check_complete(there.client, found.id, 12)


def test_an_answer_that_is_lost_does_not_double(studio: Server, tmp_path: Path) -> None:
    found = project.create(studio.client, "lost answer", SCHEME, overlap=2)
    todo = made(tmp_path / "tasks.json", CORPUS)
    imports: list[bytes] = []

    def cut(request: bytes) -> bool:
        imports.extend([request] if is_import(request) else [])
        return len(imports) == 2

    with wire(studio.url, cut) as url, pytest.raises(ConnectionBroken, match="4 of 12"):
        push.push(studio.through(url), found, todo, batch=4)
    assert holdings.count(studio.client, found.id) == 8
    assert push.push(studio.client, found, todo, batch=4)[:2] == (4, 8)
    check_complete(studio.client, found.id, 12)


def test_two_pushes_at_once_leave_every_document_once(studio: Server, tmp_path: Path) -> None:
    found = project.create(studio.client, "two pushes", SCHEME, overlap=2)
    todo = made(tmp_path / "tasks.json", CORPUS)
    both_looked = threading.Barrier(2, timeout=60)

    def wait(_: int) -> None:
        both_looked.wait()

    def one(person: int) -> push.Pushed:
        return push.push(studio.person(person), found, todo, batch=4, begin=wait)

    with ThreadPoolExecutor() as pool:
        done = list(pool.map(one, (0, 1)))
    assert [len(one.doubled) for one in done] == [0, 0]
    check_complete(studio.client, found.id, 12)


def test_an_import_that_comes_through_late_is_tidied_unless_people_worked_on_it(studio: Server, tmp_path: Path) -> None:
    found = project.create(studio.client, "late", SCHEME, overlap=2)
    todo = made(tmp_path / "tasks.json", CORPUS[:6])
    late = json.loads((tmp_path / "tasks.json").read_text())[:3]
    done = push.push(
        studio.client, found, todo, begin=lambda _: studio.client.post(f"/api/projects/{found.id}/import", late)
    )
    assert (done.new, done.removed) == (6, 3)
    check_complete(studio.client, found.id, 6)

    studio.client.post(f"/api/projects/{found.id}/import", late)
    newest = sorted(task.task for task in holdings.listing(studio.client, found.id))[-3:]
    studio.person(1).post(f"/api/tasks/{newest[0]}/drafts", {"result": [], "lead_time": 1})
    studio.person(2).post(f"/api/tasks/{newest[1]}/annotations/", {"result": [], "lead_time": 1})
    done = push.push(studio.client, found, todo)
    assert (done.new, done.same, done.removed, done.doubled) == (0, 6, 3, [])
    left = {task.task for task in holdings.listing(studio.client, found.id)}
    assert left & set(newest) == set(newest[:2])
