"""Exports of another scheme or text, damaged ones, and the ones before: nothing comes in unseen, nothing is lost."""

from __future__ import annotations

import copy
import json
import random
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vigold.document import Document, Relation, Span
from vigold.errors import VigoldError
from vigold.formats import exports
from vigold.formats.labelstudio import Json
from vigold.scheme import load
from vigold.studio import adapt, export, gold, pull, stats, tasks

SCHEME = load()
RECIPES = load(Path(__file__).parent.parent / "recipes.toml")
DOCUMENT = Document(
    "d",
    "Bà Đèo Thị Mận, Chủ tịch xã, họp ngày 3/4/2024.",
    spans=(
        Span("p", 3, 14, "PER"),
        Span("r", 16, 27, "ROLE"),
        Span("t", 33, 46, "DATE", {"type": "DATE", "value": "2024-04-03"}),
    ),
    relations=(Relation("holds", "p", "r"),),
)


def made(document: Document = DOCUMENT) -> list[Json]:
    """An export with one annotated task."""
    (task,) = tasks.tasks([document], SCHEME, annotations=True)
    origin = {"id": 9, "result": copy.deepcopy(task["annotations"][0]["result"])}
    annotation = {"id": 70, "completed_by": 2, "was_cancelled": False, "lead_time": 8.0}
    task["annotations"][0] |= annotation | {"parent_prediction": 9, "prediction": origin}
    return [task | {"id": 7, "drafts": [], "predictions": [9]}]


def write(folder: Path, made: list[Json], **options: Any) -> pull.Pulled:
    return pull.write(folder / "e.json", export.tasks([json.dumps(task).encode() for task in made]), SCHEME, **options)


def test_regions_move_to_a_corrected_text_and_losses_are_told(tmp_path: Path) -> None:
    text = "Sáng qua, bà Đèo Thị Mấn, Chủ tịch xã, đã họp."
    done = write(tmp_path, made(), documents={"d": Document("d", text)})
    assert [line.partition(" [")[0] for line in done.lost] == [
        "task 7, annotation 70: not moved to the new text: region t, DATE"
    ]
    (found,) = gold.gold([tmp_path / "e.json"], SCHEME).documents
    assert [(found.surface(span), span.label) for span in found.spans] == [
        ("Đèo Thị Mấn", "PER"),
        ("Chủ tịch xã", "ROLE"),
    ]
    assert found.relations == DOCUMENT.relations
    assert json.loads((tmp_path / "e.raw.json").read_text())[0]["data"]["text"] == DOCUMENT.text


def test_a_label_map_renames_labels_their_values_and_relations(tmp_path: Path) -> None:
    path = tmp_path / "map.toml"
    path.write_text(
        '[labels]\nPER = "MÓN"\nDATE = "NGUYÊN_LIỆU"\nROLE = "NGUYÊN_LIỆU"\n[values]\nDATE_value = '
        '"NGUYÊN_LIỆU_lượng"\nDATE_type = ""\n[relations]\nholds = "gồm"\n'
    )
    done = pull.write(tmp_path / "e.json", made(), RECIPES, names=adapt.load_map(path))
    assert (done.lost, done.faults) == ([], [])
    (found,) = gold.gold([tmp_path / "e.json"], RECIPES).documents
    assert [(s.label, s.attrs) for s in found.spans] == [
        ("MÓN", {}),
        ("NGUYÊN_LIỆU", {}),
        ("NGUYÊN_LIỆU", {"lượng": "2024-04-03"}),
    ]
    assert [relation.type for relation in found.relations] == ["gồm"]


def test_labels_that_somebody_added_on_the_server_are_refused_until_mapped(tmp_path: Path) -> None:
    export = made()
    export[0]["annotations"][0]["result"][0]["value"]["labels"] = ["NHÂN_VẬT"]
    with pytest.raises(VigoldError, match="unknown-label; map it with --map"):
        write(tmp_path, export)
    assert not (tmp_path / "e.json").exists()
    assert write(tmp_path, export, names=adapt.LabelMap({"NHÂN_VẬT": "PER", "ROLE": "ORG"})).lost == []
    (found,) = gold.gold([tmp_path / "e.json"], SCHEME).documents
    assert found.spans == DOCUMENT.spans


def test_regions_that_read_otherwise_in_the_new_text_are_listed(tmp_path: Path) -> None:
    done = write(tmp_path, made(), documents={"d": Document("d", (DOCUMENT.text or "").replace("Mận", "Mấn"))})
    assert (done.lost, done.reworded) == (
        [],
        ["task 7, annotation 70, region p: 'Đèo Thị Mận' reads 'Đèo Thị Mấn' now"],
    )
    assert "look again: " + done.reworded[0] in done.told()


def test_a_map_that_changes_nothing_since_the_scheme_is_the_same_is_told(tmp_path: Path) -> None:
    done = write(tmp_path, made(), names=adapt.LabelMap({"PER": "ORG", "OLD": "LOC"}, relations={"holds": ""}))
    assert done.idle == ["PER", "holds"]
    assert any("the map is not applied to tasks of this scheme for PER, holds" in line for line in done.told())
    assert gold.gold([tmp_path / "e.json"], SCHEME).documents[0].spans == DOCUMENT.spans


def test_a_value_follows_its_own_label_where_another_begins_alike(tmp_path: Path) -> None:
    export = made()
    result = export[0]["annotations"][0]["result"]
    for item in result:
        if item.get("id") == "t":
            item["from_name"] = item["from_name"].replace("DATE_", "PER_DAY_")
            if "labels" in item["value"]:
                item["value"]["labels"] = ["PER_DAY"]
    result.append({"id": "lone", "from_name": "PER_DAY_mod", "type": "choices", "value": {"choices": ["START"]}})
    done = write(tmp_path, export, names=adapt.LabelMap({"PER": "ORG", "PER_DAY": "DATE"}))
    assert [fault.name for fault in done.faults] == ["attribute-without-region"]
    assert gold.gold([tmp_path / "e.json"], SCHEME, lenient=True).documents[0].spans[2] == DOCUMENT.spans[2]


def test_what_gold_will_refuse_is_told_with_its_tasks(tmp_path: Path) -> None:
    export = [*made(), made()[0] | {"id": 8}, made(msgspec.structs.replace(DOCUMENT, id="e"))[0] | {"id": 9}]
    export[2]["annotations"][0]["result"][0]["value"]["end"] = 5000
    done = write(tmp_path, export)
    assert (done.whole, [fault.name for fault in done.faults][:2]) == (False, ["doubled-document", "past-the-text"])
    assert any("`vigold gold` will refuse this export for task 8, 9;" in line for line in done.told())
    assert write(tmp_path, made()).whole


@pytest.mark.parametrize("content", ["", "x = ", "[labels]\nA = 3\n", "[tables]\n"])
def test_a_broken_map_is_refused(tmp_path: Path, content: str) -> None:
    (tmp_path / "map.toml").write_text(content)
    with pytest.raises(VigoldError, match=r"map\.toml"):
        adapt.load_map(tmp_path / "map.toml")


def test_every_export_before_is_kept_under_its_own_number(tmp_path: Path) -> None:
    for number in range(3):
        export = made()
        export[0]["annotations"][0]["id"] = number
        done = write(tmp_path, export)
        assert (done.previous, done.vanished) == ((tmp_path / f"e.json.~{number}~", 1) if number else (None, 0))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["e.json", "e.json.~1~", "e.json.~2~"]
    assert json.loads((tmp_path / "e.json.~1~").read_text())[0]["annotations"][0]["id"] == 0


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to everything in an export."""
    if path:
        yield path
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in inner:
        yield from places(part, (*path, key))


JUNK: list[Any] = [None, 5, -1, 2.5, True, "", "x", [], {}, [None], {"text": 3}, ["a", "b"], {"id": [1]}, [{}]]


@settings(deadline=None, max_examples=150, database=None)
@given(st.randoms(use_true_random=False))
def test_a_damaged_export_ends_in_words_or_in_a_reported_drop(rng: random.Random) -> None:
    broken: Any = made()
    for _ in range(rng.randint(1, 3)):
        *way, last = rng.choice(list(places(broken)))
        part = broken
        for key in way:
            part = part[key]
        part[last] = copy.deepcopy(rng.choice(JUNK))
    with tempfile.TemporaryDirectory() as folder, suppress(VigoldError):
        path = Path(folder) / "e.json"
        done = pull.write(path, export.tasks([json.dumps(task).encode() for task in broken]), SCHEME)
        stats.stats(exports.read(path))
        found = gold.gold([path], SCHEME, lenient=True)
        # Where nobody has said anything, what can still be read is all that was there, or its loss is told.
        assert not done.faults or found.dropped or not found.documents
        for document in found.documents:
            assert not list(SCHEME.problems(document))
