"""Two annotators, a third pass, gold: by the command line on a real server, with disputes that come up late."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from tests.command_line import Vigold, refused
from tests.review.made import GOLD, LOC, PER, SCHEME, span
from tests.studio_server import Server
from vigold.document import Document, Span
from vigold.formats import jsonl, labelstudio
from vigold.studio import holdings, project
from vigold.studio.client import Client, Refused

pytestmark = pytest.mark.server
SHORT = span("Lào Cai", "LOC", key="m")
DOCUMENTS = [Document(key, GOLD.text) for key in ("agreed", "disputed", "single")]


def annotate(person: Client, number: int, key: str, *spans: Span) -> None:
    task = next(task.task for task in holdings.listing(person, number) if task.key.id == key)
    result = labelstudio.result(Document(key, GOLD.text, spans=spans), SCHEME)
    person.post(f"/api/tasks/{task}/annotations/", {"result": result, "lead_time": 1})


def following(person: Client, number: int) -> Any:
    """The task that somebody who presses “Label All Tasks” is shown; None when there is none left."""
    with suppress(Refused):
        return person.post(f"/api/dm/actions?id=next_task&project={number}", {})
    return None


def decide(person: Client, task: Any, keep: Span) -> None:
    """What an adjudicator does: the wrong regions go, the note of the right one is overwritten."""
    result = task["predictions"][0]["result"]
    result = [item for item in result if not item.get("meta") or item["value"]["start"] == keep.start]
    for item in result:
        if "meta" in item:
            item["meta"] = {"text": ["xong"]}
    person.post(f"/api/tasks/{task['id']}/annotations/", {"result": result, "lead_time": 1})


@pytest.fixture
def first(studio: Server, vigold: Vigold, request: pytest.FixtureRequest) -> tuple[int, list[str]]:
    """A first pass in which two people agree, two dispute, and of the third article one person has done nothing yet;
    its number, and the options of the third pass."""
    data = ["--data", str(studio.folder)]
    title = request.node.name[-40:]
    jsonl.write("articles.jsonl", DOCUMENTS)
    vigold("tasks", "articles.jsonl", "-o", "tasks.json")
    assert vigold("studio", "push", "tasks.json", *data, "--project", title)[0] == 0
    number = project.need(studio.client, title).id
    one, two = {"agreed": PER, "disputed": LOC, "single": LOC}, {"agreed": PER, "disputed": SHORT}
    for person, places in ((1, one), (2, two)):
        for key, place in places.items():
            annotate(studio.person(person), number, key, place)
    third = [*data, "--project", f"{title} 3"]
    adjudicated(vigold, data, title)
    status, _, err = vigold("studio", "push", "third.json", *third)
    assert (status, "1 annotation a task" in err, "3 new tasks" in err) == (0, True, True)
    return number, third


def adjudicated(vigold: Vigold, data: list[str], title: str) -> str:
    assert vigold("studio", "pull", *data, "--project", title, "-o", "export.json")[0] == 0
    status, _, err = vigold("adjudicate", "export.json", "-o", "third.json")
    assert status == 0
    return err


def test_two_annotators_and_a_third_make_gold(studio: Server, vigold: Vigold, first: Any) -> None:
    _, third = first
    assert vigold("agree", "export.json", "--resamples", "0")[0] == 0
    found = project.need(studio.client, third[-1])
    shown = studio.client.get(f"/api/projects/{found.id}/")["expert_instruction"]
    assert (found.overlap, "⚑" in shown, "xong" in shown) == (1, True, True)

    # Agreed tasks and those of one person alone are never shown to anybody.
    person = studio.person(2)
    task = following(person, found.id)
    assert (task["data"]["id"], len(task["data"]["disputes"])) == ("disputed", 1)
    decide(person, task, LOC)
    assert [following(studio.person(n), found.id) for n in range(3)] == [None] * 3

    assert vigold("studio", "pull", *third, "-o", "decided.json")[0] == 0
    status, _, err = vigold("gold", "decided.json", "-o", "gold.jsonl")
    assert (status, "not decided: document single" in err, "1 document left out" in err) == (1, True, True)
    assert {d.id: [s.key for s in d.spans] for d in jsonl.read("gold.jsonl")} == {
        "agreed": [PER.key],
        "disputed": [LOC.key],
    }
    status, _, err = vigold("gold", "decided.json", "-o", "gold.jsonl", "--single")
    assert (status, "3 gold documents" in err) == (0, True)


def test_a_document_that_is_disputed_later_is_told_and_replaced(studio: Server, vigold: Vigold, first: Any) -> None:
    number, third = first
    title = third[-1].removesuffix(" 3")
    annotate(studio.person(2), number, "single", SHORT)
    assert "2 to adjudicate" in adjudicated(vigold, third[:2], title)
    status, _, err = vigold("studio", "push", "third.json", *third)
    assert (status, "document single" in err, "was single and is disputed now" in err) == (1, True, True)
    assert "--replace" in err

    status, _, err = vigold("studio", "push", "third.json", *third, "--replace")
    assert (status, "0 new tasks, 2 there already, 0 differ and were not sent, 1 replaced" in err) == (0, True)
    found = project.need(studio.client, third[-1])
    person = studio.person(1)
    tasks = [following(person, found.id)]
    decide(person, tasks[0], LOC)
    tasks.append(following(person, found.id))
    decide(person, tasks[1], SHORT)
    assert [task["data"]["id"] for task in tasks] == ["disputed", "single"]
    assert vigold("studio", "push", "third.json", *third)[0] == 0

    vigold("studio", "pull", *third, "-o", "decided.json")
    assert vigold("gold", "decided.json", "-o", "gold.jsonl")[0] == 0
    assert {d.id: [s.key for s in d.spans] for d in jsonl.read("gold.jsonl")}["single"] == [SHORT.key]


@pytest.mark.parametrize("work", ["submitted", "draft", "changed"])
def test_what_somebody_has_touched_is_never_replaced(studio: Server, vigold: Vigold, first: Any, work: str) -> None:
    number, third = first
    person, found = studio.person(2), project.need(studio.client, third[-1])
    tasks = {task.key.id: task.task for task in holdings.listing(studio.client, found.id)}
    key = "single" if work == "changed" else "disputed"
    if work == "changed":
        carried = person.get(f"/api/tasks/{tasks[key]}/annotations/")[0]
        person.patch(f"/api/annotations/{carried['id']}/", {"ground_truth": True})
    elif work == "draft":
        person.post(f"/api/tasks/{tasks[key]}/drafts", {"result": [], "lead_time": 1})
    else:
        decide(person, following(person, found.id), LOC)

    for annotation in studio.client.get(f"/api/tasks/{_task(studio, number, 'disputed')}/annotations/")[:1]:
        studio.client.patch(f"/api/annotations/{annotation['id']}/", {"result": []})
    annotate(studio.person(2), number, "single", SHORT)
    adjudicated(vigold, third[:2], third[-1].removesuffix(" 3"))
    status, _, err = vigold("studio", "push", "third.json", *third, "--replace")
    assert (status, "1 differ and were not sent, 1 replaced" in err) == (1, True)
    assert f"document {key}: task {tasks[key]}" in err
    assert "people have worked on it" in err
    assert tasks[key] in {task.task for task in holdings.listing(studio.client, found.id)}


def test_tasks_of_a_third_pass_do_not_vanish_in_the_first(studio: Server, vigold: Vigold, first: Any) -> None:
    _, third = first
    title = third[-1].removesuffix(" 3")
    status, _, err = vigold("studio", "push", "third.json", *third[:2], "--project", title, "--replace")
    assert (status, err.count("is one of a first pass; push tasks of a third pass to a project of their own")) == (1, 3)
    status, _, err = vigold("studio", "push", "third.json", *third, "--overlap", "2")
    assert "agreed tasks are shown too" in err
    found, person, shown = project.need(studio.client, third[-1]), studio.person(1), set()
    while task := following(person, found.id):
        shown.add(task["data"]["id"])
        person.post(f"/api/tasks/{task['id']}/annotations/", {"result": [], "lead_time": 1})
    assert shown == {"agreed", "disputed", "single"}
    made = json.loads(Path("third.json").read_text()) + json.loads(Path("tasks.json").read_text())
    made[3]["data"]["id"] = "other"
    Path("mixed.json").write_text(json.dumps(made[:4]))
    assert "push them apart" in refused(vigold("studio", "push", "mixed.json", *third))


def _task(studio: Server, number: int, key: str) -> int:
    return next(task.task for task in holdings.listing(studio.client, number) if task.key.id == key)
