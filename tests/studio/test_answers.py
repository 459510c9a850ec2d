"""Whatever a server answers, every command says one clear line: which path, and what was expected."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.command_line import Vigold, refused
from tests.studio.stand_in import StandIn, standing_in
from vigold.document import Document
from vigold.errors import VigoldError
from vigold.scheme import load
from vigold.studio import project, server, tasks
from vigold.studio.client import Client

ODD = {
    "id": "x",
    "status": 3,
    "results": 3,
    "total": "x",
    "tasks": 3,
    "task_number": "x",
    "task_count": "x",
    "created": "x",
}
BODIES = [b"", b"null", b'"text"', b"7", b"[7]", b"<html>log in", b"\xff\xfe", b"[" * 100_000, json.dumps(ODD).encode()]
COMMANDS = [
    ("status",),
    ("stats", "--json", "made.json"),
    ("pull", "-o", "made.json"),
    ("push", "tasks.json"),
]


@pytest.fixture
def there(monkeypatch: pytest.MonkeyPatch) -> Iterator[StandIn]:
    with standing_in() as stand_in:
        stand_in.add(title=load().name)
        monkeypatch.setenv("VIGOLD_STUDIO_URL", stand_in.url)
        monkeypatch.setenv("VIGOLD_STUDIO_TOKEN", "0123456789")
        yield stand_in


@pytest.mark.parametrize("words", COMMANDS, ids=lambda words: words[0])
def test_every_answer_may_be_anything(words: tuple[str, ...], vigold: Vigold, there: StandIn) -> None:
    tasks.write("tasks.json", tasks.tasks([Document("a", "Bà Đèo Thị Mận họp.")], load()))
    assert vigold("studio", *words)[0] == 0
    Path("made.json").unlink(missing_ok=True)
    routes = [route for route in dict.fromkeys(there.asked) if route[0] in ("GET", "POST")]
    assert len(routes) >= 3
    for route in routes:
        for body in BODIES:
            there.routes = {route: body}
            line = refused(vigold("studio", *words))
            assert there.url in line or "no task" in line, (route, body[:20])
            assert not Path("made.json").exists()


def test_pages_that_never_end_are_not_asked_for_ever(there: StandIn) -> None:
    there.routes = {("GET", "/api/projects/"): b'{"results": [], "next": "more"}'}
    assert project.find(Client(there.url), "x") is None


def test_two_projects_made_at_once_become_the_older_one(there: StandIn) -> None:
    def race(route: tuple[str, str]) -> None:
        if route == ("POST", "/api/projects/"):
            there.add(title="race")

    there.before = race
    found = project.create(Client(there.url), "race", load(), overlap=2)
    assert (found.id, [one["id"] for one in there.projects]) == (2, [1, 2])


@pytest.mark.parametrize("tasks", [1, None])
def test_a_newer_project_is_not_taken_away_unless_it_is_empty(tasks: int | None, there: StandIn) -> None:
    def race(route: tuple[str, str]) -> None:
        if route == ("POST", "/api/projects/"):
            there.add(title="race")
        elif there.projects[-1]["id"] == 3:
            there.projects[-1]["task_number"] = tasks

    there.before = race
    assert project.create(Client(there.url), "race", load(), overlap=2).id == 2
    with pytest.raises(VigoldError, match=r"several projects are called 'race'; name one by its number \(2, 3\)"):
        project.find(Client(there.url), "race")


def test_only_the_copy_of_an_export_is_forgotten(tmp_path: Path) -> None:
    place = tmp_path / "media" / "export" / "7"
    place.mkdir(parents=True)
    names = [
        "project-7-at-2026-11-25-23-57-0123abcd.json",
        "project-7-at-2026-11-25-23-57-0123abcd_x1Y2z3.json",
        "project-7-at-2026-11-25-23-57-mine-0123abcd.json",
        "notes.json",
    ]
    for name in names:
        (place / name).touch()
    for name in [*names[:1], names[2], "notes.json", "../7/notes.json", "", "*"]:
        server.forget(tmp_path, 7, name)
    assert sorted(path.name for path in place.iterdir()) == sorted(names[1:])


def test_where_a_project_is_missing_those_that_are_there_are_named(there: StandIn, vigold: Vigold) -> None:
    there.add(title="third pass")
    line = refused(vigold("studio", "pull", "-o", "e.json", "--project", "third"))
    assert "no project 'third'; `vigold studio push` makes it; --project names one of vigold-news, third pass" in line
