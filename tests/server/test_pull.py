"""The work of annotators comes back whole, told apart, without names; what is foreign stays out until it is mapped."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.command_line import Vigold
from tests.studio_server import Server
from vigold.document import Document, Span
from vigold.formats import jsonl, labelstudio
from vigold.scheme import load
from vigold.studio import gold, holdings, items, project, push, tasks
from vigold.studio.client import Refused

pytestmark = pytest.mark.server
SCHEME = load()
TEXT = "Bà Đèo Thị Mận họp ở Mường Lay."
SPANS = (Span("p", 3, 14, "PER"), Span("l", 21, 30, "LOC"))
CORPUS = [Document(f"d{n}", f"{TEXT} Lần {n}.", spans=SPANS) for n in range(6)]


@pytest.fixture
def work(studio: Server, tmp_path: Path) -> tuple[int, list[int], tuple[str, ...]]:
    """A project in which people submitted, submitted nothing found, skipped, began, and left the rest."""
    title = f"work of {tmp_path.name[-20:]}"
    tasks.write(tmp_path / "t.json", tasks.tasks(CORPUS, SCHEME, predictions={d.id: d for d in CORPUS}, model="m"))
    found = project.create(studio.client, title, SCHEME, overlap=2)
    push.push(studio.client, found, items.read([tmp_path / "t.json"], SCHEME))
    keys = [task.task for task in holdings.listing(studio.client, found.id)]
    one, two = studio.person(1), studio.person(2)
    result = labelstudio.result(CORPUS[0], SCHEME)
    for person, task, body in (
        (one, keys[0], {"result": result}),
        (two, keys[0], {"result": result[:1]}),
        (one, keys[1], {"result": []}),
        (two, keys[2], {"result": [], "was_cancelled": True}),
    ):
        person.post(f"/api/tasks/{task}/annotations/", {**body, "lead_time": 7.5})
    one.post(f"/api/tasks/{keys[3]}/drafts", {"result": result, "lead_time": 2})
    return found.id, keys, ("--data", str(studio.folder), "--project", title)


def test_submitted_skipped_and_begun_are_told_apart(studio: Server, vigold: Vigold, work: Any) -> None:
    number, _, options = work
    status, _, err = vigold("studio", "pull", *options, "-o", "export.json")
    assert status == 0
    assert "3 annotations of 2 tasks; 1 only skipped, 1 only begun, 2 untouched" in err
    found = gold.gold(["export.json"], SCHEME, annotator=str(_number(studio, 1)))
    assert {d.id: d.spans for d in found.documents} == {"d0": SPANS, "d1": ()}
    status, out, _ = vigold("studio", "status", *options)
    rows = {line.split()[0]: line.split()[2:] for line in out.splitlines() if "@" in line}
    assert not list((studio.folder / "media" / "export" / str(number)).iterdir())
    assert rows == {studio.people[1].email: ["2", "0", "1"], studio.people[2].email: ["1", "1", "0"]}


def test_people_stand_in_the_export_as_numbers(studio: Server, vigold: Vigold, work: Any) -> None:
    vigold("studio", "pull", *work[2], "-o", "export.json")
    text = Path("export.json").read_text()
    assert "@" not in text
    made = json.loads(text)
    assert made[3]["drafts"][0]["user"] == _number(studio, 1)
    assert {a["completed_by"] for a in made[0]["annotations"]} == {_number(studio, 1), _number(studio, 2)}
    assert all(isinstance(prediction, int) for task in made for prediction in task["predictions"])


def test_the_export_before_is_kept(studio: Server, vigold: Vigold, work: Any) -> None:
    _, keys, options = work
    vigold("studio", "pull", *options, "-o", "export.json")
    first = Path("export.json").read_bytes()
    vigold("studio", "pull", *options, "-o", "export.json")
    assert not Path("export.json.~1~").exists()
    for annotation in studio.client.get(f"/api/tasks/{keys[0]}/annotations/"):
        studio.client.delete(f"/api/annotations/{annotation['id']}/")
    status, _, err = vigold("studio", "pull", *options, "-o", "export.json")
    assert (status, Path("export.json.~1~").read_bytes()) == (0, first)
    assert "kept as export.json.~1~, 2 of its annotations are no longer on the server" in err
    studio.client.patch(f"/api/tasks/{keys[5]}/", {"data": {"text": "khác"}})
    assert vigold("studio", "pull", *options, "-o", "export.json")[0] == 2
    assert b"kh\xc3\xa1c" not in Path("export.json").read_bytes()


def test_another_text_is_refused_or_the_regions_are_moved(studio: Server, vigold: Vigold, work: Any) -> None:
    _, keys, options = work
    task = studio.client.get(f"/api/tasks/{keys[0]}/")
    longer = task["data"] | {"text": "(Bản thảo) " + TEXT + " Lần 0."}
    studio.client.patch(f"/api/tasks/{keys[0]}/", {"data": longer})
    status, _, err = vigold("studio", "pull", *options, "-o", "export.json")
    assert (status, "text-changed; --retext" in err, Path("export.json").exists()) == (2, True, False)
    assert json.loads(Path("export.refused.json").read_text())[0]["data"]["text"].startswith("(Bản thảo)")
    corrected = [Document("d0", TEXT.replace("ở Mường Lay", "tại Mường  Lay") + " Lần 0."), *CORPUS[1:]]
    jsonl.write("new.jsonl", corrected)
    # On the server the text grew by eleven characters while the regions stayed, so they hold other words now.
    assert vigold("studio", "pull", *options, "-o", "export.json", "--retext", "new.jsonl")[0] == 1
    assert json.loads(Path("export.raw.json").read_text())[0]["data"]["text"].startswith("(Bản thảo)")
    found = json.loads(Path("export.json").read_text())[0]
    assert (found["data"]["text"], labelstudio.task_fault(found, SCHEME)) == (corrected[0].text, None)


def test_another_scheme_is_refused_or_mapped(studio: Server, vigold: Vigold, work: Any, tmp_path: Path) -> None:
    scheme = (tmp_path / "s.toml", tmp_path / "m.toml")
    scheme[0].write_text('name = "x"\nversion = "2"\n[labels.PERSON]\n[labels.PLACE]\n')
    options = (*work[2], "-o", "export.json", "--scheme", "s.toml")
    status, _, err = vigold("studio", "pull", *options)
    assert (status, "6 times scheme-changed" in err) == (2, True)
    scheme[1].write_text('[labels]\nPER = "PERSON"\n')
    status, _, err = vigold("studio", "pull", *options, "--map", "m.toml")
    assert (status, "1 times unknown-label; map it with --map" in err) == (2, True)
    scheme[1].write_text('[labels]\nPER = "PERSON"\nLOC = ""\n')
    status, _, err = vigold("studio", "pull", *options, "--map", "m.toml")
    assert (status, err.count("dropped by the label map")) == (1, 2)
    found = gold.gold(["export.json"], load("s.toml"), annotator=str(_number(studio, 1)))
    assert [(span.label, span.start) for span in found.documents[0].spans] == [("PERSON", 3)]


def test_a_task_that_the_server_cannot_export_is_named_and_the_others_come(
    studio: Server, vigold: Vigold, work: Any
) -> None:
    _, keys, options = work
    half = {"id": "v", "from_name": "DATE_value", "type": "textarea", "value": {"text": ["\ud83d"]}}
    for place in (f"/api/tasks/{keys[1]}/annotations/", f"/api/tasks/{keys[4]}/drafts"):
        # The server keeps what it is told and then fails to say it.
        with pytest.raises(Refused, match="HTTP 500"):
            studio.person(2).post(place, {"result": [half], "lead_time": 1})
    status, _, err = vigold("studio", "pull", *options, "-o", "export.json")
    assert status == 1
    for number, key in ((1, "d1"), (4, "d4")):
        assert f"left out: the server cannot export task {keys[number]} (document {key})" in err
    assert "2 annotations of 1 task" in err
    text = Path("export.json").read_text()
    assert [task["id"] for task in json.loads(text)] == [key for n, key in enumerate(keys) if n not in (1, 4)]
    assert "@" not in text
    assert json.loads(text)[2]["drafts"][0]["user"] == _number(studio, 1)
    status, _, err = vigold("studio", "status", *options)
    assert (status, err.count("left out")) == (0, 2)


def _number(studio: Server, person: int) -> int:
    return int(next(u["id"] for u in studio.client.get("/api/users/") if u["email"] == studio.people[person].email))
