"""What became of pre-annotations, and how far the work is, from exports made by hand."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from tests.command_line import Vigold
from tests.studio.stand_in import standing_in
from vigold.studio.stats import Fate, stats
from vigold.studio.tally import Work, tally


def region(key: str, start: int, label: str, value: str | None = None) -> list[dict[str, Any]]:
    place = {"start": start, "end": start + 3}
    made: list[dict[str, Any]] = [{"id": key, "from_name": "label", "value": {**place, "labels": [label]}}]
    if value:
        made.append({"id": key, "from_name": f"{label}_value", "value": {**place, "text": [value]}})
    return made


SHOWN = [*region("a", 0, "PER"), *region("b", 5, "DATE", "2024"), *region("c", 9, "LOC"), *region("d", 15, "ORG")]
DONE = [*region("a", 0, "PER"), *region("b", 5, "DATE", "2023"), *region("x", 9, "LOC"), *region("y", 30, "ORG")]
ANNOTATION = {"id": 1, "completed_by": 2, "lead_time": 30.0, "result": DONE, "parent_prediction": 4}
TASK = {"id": 1, "annotations": [ANNOTATION | {"prediction": {"result": SHOWN}}]}
ALONE = {"id": 2, "annotations": [ANNOTATION | {"parent_prediction": None, "completed_by": 3, "lead_time": 50}]}
SKIPPED = {"id": 3, "annotations": [ANNOTATION | {"was_cancelled": True}], "drafts": [{"user": 2, "annotation": None}]}
BEGUN = {"id": 4, "annotations": [], "drafts": [{"user": 3, "annotation": None}]}
CHANGING = {"id": 5, "annotations": [ANNOTATION], "drafts": [{"user": 2, "annotation": 1}]}


def test_every_region_has_one_fate() -> None:
    found = stats([TASK, ALONE, SKIPPED])
    # A region marked anew in the same way is kept; a changed value is a change.
    assert dict(found.labels) == {
        "PER": Fate(kept=1),
        "DATE": Fate(changed=1),
        "LOC": Fate(kept=1),
        "ORG": Fate(deleted=1, added=1),
    }
    people = {share.name: share for share in found.people}
    assert list(people) == ["all", "2", "3"]
    assert people["all"].fate == people["2"].fate == Fate(2, 1, 1, 1)
    assert (people["all"].seconds, people["all"].seconds_alone, people["all"].alone) == (30, 50, 1)
    assert people["3"].fate.predicted == 0


def test_stats_of_a_file_as_a_user_sees_them(vigold: Vigold) -> None:
    Path("export.json").write_text(json.dumps([TASK, ALONE]))
    status, out, _ = vigold("studio", "stats", "export.json", "--json", "s.json")
    assert (status, "50.0%" in out, "25.0%" in out) == (0, True, True)
    written = json.loads(Path("s.json").read_text())
    assert written["people"]["all"]["kept"] == 2
    assert written["labels"]["ORG"] == {"predicted": 1, "kept": 0, "changed": 0, "deleted": 1, "added": 1}


@pytest.mark.parametrize("time", [-1, 10**400, "30", None])
def test_what_is_no_time_is_left_out(time: object) -> None:
    odd = {"id": 2, "annotations": [ANNOTATION | {"lead_time": time, "prediction": {"result": SHOWN}}]}
    everybody = stats([TASK, odd]).people[0]
    assert (everybody.tasks, everybody.seconds) == (2, 30)


@pytest.mark.parametrize("width", [80, 60, 40])
def test_no_head_is_cut_however_narrow_the_screen(width: int, vigold: Vigold, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    Path("export.json").write_text(json.dumps([TASK, ALONE]))
    lines = vigold("studio", "stats", "export.json")[1].splitlines()
    assert max(map(len, lines)) <= width
    for head in ("annotator", "predicted", "changed", "deleted", "s a task", "s without"):
        assert any(head in line for line in lines), head
    everybody = [cell for line in lines if line.startswith("all ") for cell in line.split()[1:]]
    assert everybody == ["1", "4", "50.0%", "25.0%", "25.0%", "1", "30", "50"]


def test_a_label_cannot_steer_the_terminal(vigold: Vigold) -> None:
    label = "A\x1b[2J\u202e[red]B"
    work = ANNOTATION | {"result": region("a", 0, label), "prediction": {"result": []}}
    Path("export.json").write_text(json.dumps([{"id": 1, "annotations": [work]}]))
    status, out, _ = vigold("studio", "stats", "export.json")
    assert (status, r"A\x1b[2J\u202e[red]B" in out) == (0, True)
    assert not set("\x1b\u202e") & set(out)


def test_people_and_titles_cannot_steer_the_terminal(vigold: Vigold, monkeypatch: pytest.MonkeyPatch) -> None:
    with standing_in() as there:
        monkeypatch.setenv("VIGOLD_STUDIO_URL", there.url)
        monkeypatch.setenv("VIGOLD_STUDIO_TOKEN", "0123456789")
        there.add(title="dịch \u2066thuật")
        there.people.append({"id": 2, "email": "lan\x1b[1m@\u202eexample.com"})
        export = json.dumps([TASK]).encode()
        there.routes["POST", "/api/projects/1/exports/"] = json.dumps(
            {"id": 3, "status": "completed", "md5": hashlib.md5(export).hexdigest()}
        ).encode()
        there.routes["GET", "/api/projects/1/exports/3/download"] = export
        status, out, _ = vigold("studio", "status", "--project", "1")
    assert status == 0
    assert r"dịch \u2066thuật (1)" in out
    assert r"lan\x1b[1m@\u202eexample.com" in out


def test_submitted_skipped_begun_and_untouched_tasks() -> None:
    found = tally([TASK, ALONE, SKIPPED, BEGUN, CHANGING, {"id": 6}])
    assert (found.tasks, found.annotated, found.skipped, found.begun, found.untouched) == (6, 3, 1, 1, 1)
    assert found.people == [Work("2", 2, 1, 1), Work("3", 1, 0, 1)]
    assert (found.finished(1), found.finished(2)) == (3, 0)
