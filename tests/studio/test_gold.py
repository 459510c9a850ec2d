"""The server checks almost nothing, so reading an export does: every fault has a name and a place."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from vigold.document import Document, Relation, Span
from vigold.errors import VigoldError
from vigold.formats import exports
from vigold.scheme import load
from vigold.studio import gold, tasks

SCHEME = load()
TEXT = "Nghị quyết số 12-NQ/TW ngày 3/4/2024 của Bộ Chính trị"
DOCUMENT = Document(
    "a1",
    TEXT,
    spans=(
        Span("d", 0, 53, "DOC", {"doc_type": "Nghị quyết", "number": "12-NQ/TW"}),
        Span("t", 23, 36, "DATE", {"type": "DATE", "value": "2024-04-03"}),
        Span("o", 41, 53, "ORG"),
    ),
    relations=(Relation("issued_by", "d", "o"), Relation("issued_on", "d", "t")),
)
Json = dict[str, Any]


def export(**changes: Any) -> list[Json]:
    """One annotated task; `changes` go into its annotation."""
    (task,) = tasks.tasks([DOCUMENT], SCHEME, annotations=True)
    task["id"] = 7
    task["annotations"][0] |= {"id": 70, "completed_by": 1, "was_cancelled": False} | changes
    return [task]


def read(tmp_path: Path, made: list[Json], **options: Any) -> gold.Gold:
    path = tmp_path / "export.json"
    path.write_text(json.dumps(made))
    return gold.gold([path], SCHEME, **options)


def region(key: str, start: Any, end: Any, *labels: str) -> Json:
    value = {"start": start, "end": end, "labels": list(labels)}
    return {"id": key, "from_name": "label", "to_name": "text", "type": "labels", "value": value}


def value(key: str, control: str, *texts: Any) -> Json:
    return answer(key, control, text=list(texts))


def answer(key: str, control: str, **given: Any) -> Json:
    return {"id": key, "from_name": control, "to_name": "text", "type": "textarea", "value": given}


def with_words(item: Json, words: str) -> Json:
    return item | {"value": item["value"] | {"text": words}}


def arrow(head: str, tail: str, *labels: str, direction: str = "right") -> Json:
    return {"type": "relation", "from_id": head, "to_id": tail, "direction": direction, "labels": list(labels)}


def with_labels(labels: Any) -> Json:
    return {"id": "x", "from_name": "label", "type": "labels", "value": {"start": 0, "end": 4, "labels": labels}}


BAD = [
    (region("x", 0, 4, "NOPE"), "unknown-label", "x"),
    (region("x", 50, 5000, "ORG"), "past-the-text", "x"),
    (region("x", 9, 3, "ORG"), "end-before-start", "x"),
    (region("x", "0", "4", "ORG"), "no-offsets", "x"),
    (region("x", 0, 4, "ORG", "LOC"), "not-one-label", "x"),
    (region("x", 41, 53, "ORG"), "doubled-span", "x"),
    (region("o", 0, 4, "LOC"), "doubled-region", "o"),
    (
        region("x", 44, 60 - 7, "LOC") | {"id": "x", "value": {"start": 30, "end": 45, "labels": ["LOC"]}},
        "crossing",
        "x",
    ),
    (value("gone", "DATE_value", "2024"), "attribute-without-region", "gone"),
    (value("o", "DATE_value", "2024"), "attribute-of-another-label", "o"),
    (value("d", "DOC_issuer", "a", "b"), "several-values", "d"),
    (value("d", "topic", "x"), "unknown-control", "d"),
    (arrow("d", "gone", "issued_by"), "dangling-relation", "d"),
    (arrow("d", "d", "amends"), "self-relation", "d"),
    (arrow("o", "d"), "unlabelled-relation", "o"),
    (arrow("d", "t", "likes"), "unknown-relation", "d"),
    (arrow("d", "t", "issued_on"), "doubled-relation", "d"),
    (arrow("d", "t", "issued_on", direction="bi"), "two-way-relation", "d"),
    ("rubbish", "foreign-item", None),
    (region("x", 0, 4, "ORG") | {"from_name": ["label"]}, "foreign-item", "x"),
    (region("x", 0, 4, "ORG") | {"id": ["x"]}, "foreign-item", None),
    (arrow("d", "t", "issued_on") | {"to_id": ["t"]}, "foreign-item", "d"),
    (arrow("d", "t") | {"labels": 5}, "foreign-item", "d"),
    (with_labels([["PER"]]), "not-one-label", "x"),
    (with_labels([{}]), "not-one-label", "x"),
    (with_labels(5), "not-one-label", "x"),
    (region("", 0, 4, "ORG"), "no-offsets", ""),
    (with_words(region("x", 0, 4, "ORG"), "Nghi"), "other-words", "x"),
    (answer("t", "DATE_mod", choices=[None], text="ngày"), "no-answer", "t"),
    (answer("d", "DOC_issuer", text={"a": 1}), "no-answer", "d"),
    (answer("d", "DOC_issuer"), "no-answer", "d"),
]


@pytest.mark.parametrize(("item", "name", "where"), BAD, ids=[name for _, name, _ in BAD])
def test_a_bad_region_is_named_and_can_be_dropped(tmp_path: Path, item: Any, name: str, where: str | None) -> None:
    made = export()
    made[0]["annotations"][0]["result"].append(item)
    with pytest.raises(VigoldError, match=f"task 7, annotation 70.*{name}"):
        read(tmp_path, made)
    found = read(tmp_path, made, lenient=True)
    assert [(fault.name, fault.region) for fault in found.dropped] == [(name, where)]
    assert found.documents[0].spans == DOCUMENT.spans
    assert found.documents[0].relations == DOCUMENT.relations


def test_a_region_may_hold_its_words_as_a_browser_writes_them(tmp_path: Path) -> None:
    document = Document("a2", "Bộ  Tài\nchính\n\nhọp")
    words = {"s1": "Bộ Tài\\nchính", "s2": "họp", "s3": "Tài chính\\n\\nhọp"}
    places = {"s1": (0, 13), "s2": (15, 18), "s3": (4, 18)}
    for key, said in words.items():
        (task,) = tasks.tasks([document], SCHEME)
        task["annotations"] = [{"id": 1, "result": [with_words(region(key, *places[key], "ORG"), said)]}]
        assert [span.id for span in read(tmp_path, [task]).documents[0].spans] == [key]


def test_choices_that_were_cleared_are_no_value(tmp_path: Path) -> None:
    made = export(result=[region("t", 23, 36, "DATE"), answer("t", "DATE_type", choices=[], text="ngày 3/4/2024")])
    assert read(tmp_path, made).documents[0].spans[0].attrs == {}


@pytest.mark.parametrize("lenient", [False, True])
@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"annotations": 5}, "task 7: annotations is 5, not a list"),
        ({"annotations": [5]}, r"task 7: annotations is \[5\], not a list"),
        ({"annotations": [{"id": 70, "result": 5}]}, "task 7: annotation 70: result is 5, not a list"),
        ({"data": {"scheme": "x"}}, "task 7.*data.scheme must be objects"),
        ({"data": {"meta": []}}, "task 7.*data.meta"),
        ({"data": {"zones": [5]}}, "task 7: document a1: zone number 1: expected an object, got a whole number"),
        ({"data": {"published": 5}}, "task 7: document a1: key published: expected text or null"),
        ({"data": 5}, "task 7.*foreign-task"),
    ],
)
def test_a_damaged_task_is_named(tmp_path: Path, change: Json, words: str, lenient: bool) -> None:
    made = export()
    data = made[0]["data"]
    made[0] |= change
    if isinstance(change.get("data"), dict):
        made[0]["data"] = data | change["data"]
    with pytest.raises(VigoldError, match=words) as told:
        read(tmp_path, made, lenient=lenient)
    assert "\n" not in str(told.value)


def test_meta_may_be_null(tmp_path: Path) -> None:
    made = export()
    made[0]["data"]["meta"] = None
    assert set(read(tmp_path, made).documents[0].meta) == {"scheme", "sha256"}


def test_every_fault_is_told_at_once(tmp_path: Path) -> None:
    made = export()
    made[0]["annotations"][0]["result"] += [item for item, _, _ in BAD[:3]]
    with pytest.raises(VigoldError) as told:
        read(tmp_path, made)
    assert len(str(told.value).splitlines()) == 3


def test_a_relation_drawn_backwards_keeps_its_direction(tmp_path: Path) -> None:
    made = export(result=[region("d", 0, 22, "DOC"), region("o", 41, 53, "ORG")])
    made[0]["annotations"][0]["result"].append(arrow("o", "d", "issued_by", direction="left"))
    assert read(tmp_path, made).documents[0].relations == (Relation("issued_by", "d", "o"),)


def test_a_note_on_a_region_is_kept(tmp_path: Path) -> None:
    made = export(result=[region("o", 41, 53, "ORG") | {"meta": {"text": ["chưa chắc"]}}])
    assert read(tmp_path, made).documents[0].meta["notes"] == {"o": {"text": ["chưa chắc"]}}


@pytest.mark.parametrize("lenient", [False, True])
def test_another_text_or_scheme_is_refused(tmp_path: Path, lenient: bool) -> None:
    for change, name in (({"text": TEXT + "!"}, "text-changed"), ({"scheme": {"name": "x"}}, "scheme-changed")):
        made = export()
        made[0]["data"] |= change
        with pytest.raises(VigoldError, match=f"task 7.*{name}"):
            read(tmp_path, made, lenient=lenient)


def test_skips_drafts_and_empty_annotations_are_told_apart(tmp_path: Path) -> None:
    made = [export(was_cancelled=True)[0], export(result=[])[0], export()[0]]
    for number, task in enumerate(made):
        task["id"], task["data"]["id"] = number, f"a{number}"
    made[2] |= {"annotations": [], "drafts": [{"result": [region("x", 0, 4, "ORG")]}]}
    found = read(tmp_path, made)
    assert [(document.id, document.spans) for document in found.documents] == [("a1", ())]
    assert (found.skipped, found.unannotated) == ([0], [2])


def test_one_annotation_is_gold_and_the_choice_is_never_silent(tmp_path: Path) -> None:
    made = export()
    other = {"id": 71, "completed_by": {"id": 2, "email": "b@example.com"}, "result": []}
    made[0]["annotations"].append(other)
    with pytest.raises(VigoldError, match=r"several annotations \(70, 71\).*`vigold adjudicate`"):
        read(tmp_path, made)
    assert read(tmp_path, made, annotator="b@example.com").documents[0].spans == ()
    assert len(read(tmp_path, made, annotator="1").documents[0].spans) == 3
    with pytest.raises(VigoldError, match=r"export\.json: annotator 9 has annotated nothing; there are 1, 2"):
        read(tmp_path, made, annotator="9")
    other["ground_truth"] = True
    found = read(tmp_path, made)
    assert (found.documents[0].spans, found.overruled) == ((), [7])
    made[0]["annotations"][0]["ground_truth"] = True
    with pytest.raises(VigoldError, match=r"several ground truths \(70, 71\); leave one"):
        read(tmp_path, made)


def test_a_ground_truth_that_says_what_the_others_say_overrules_nobody(tmp_path: Path) -> None:
    made = export(ground_truth=True)
    renamed = [item | {"id": f"{item['id']}2"} for item in made[0]["annotations"][0]["result"] if "id" in item]
    arrows = [arrow("d2", "t2", "issued_on"), arrow("d2", "o2", "issued_by")]
    made[0]["annotations"].append({"id": 71, "completed_by": 2, "result": [*renamed, *arrows]})
    assert read(tmp_path, made).overruled == []


def test_a_reader_of_exports_decides_no_more_than_gold_does(tmp_path: Path) -> None:
    made = export()
    made[0]["data"]["state"] = "single"
    path = tmp_path / "export.json"
    path.write_text(json.dumps(made))
    with pytest.raises(VigoldError, match="task 7: nobody has decided this single document; `vigold gold` lists"):
        list(exports.documents(path, SCHEME))
    made[0]["annotations"][0]["ground_truth"] = True
    path.write_text(json.dumps(made))
    assert [document.id for document in exports.documents(path, SCHEME)] == ["a1"]


def test_somebody_who_annotated_only_some_tasks_is_asked_for(tmp_path: Path) -> None:
    made = [export()[0], export(completed_by=2)[0]]
    made[1]["id"], made[1]["data"]["id"] = 8, "a2"
    found = read(tmp_path, made, annotator="2")
    assert ([document.id for document in found.documents], found.unannotated) == (["a2"], [7])


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("", "empty"),
        ("[{", "not JSON"),
        ("[" * 100_000, "nested too deeply"),
        ("{}", "expected a list of tasks, found one record or JSONL"),
        ('{"id": "a", "text": "x"}\n{"id": "b", "text": "y"}\n', "expected a list of tasks, found one record or JSONL"),
        ('"x"', "expected a list of tasks; export the project as JSON"),
        ('[{"id": 3, "data": {"body": "x"}}]', "task 3.*foreign-task"),
    ],
)
def test_other_files_are_refused(tmp_path: Path, content: str, words: str) -> None:
    path = tmp_path / "export.json"
    path.write_text(content)
    with pytest.raises(VigoldError, match=words):
        gold.gold([path], SCHEME)


def test_a_document_in_two_exports_is_refused(tmp_path: Path) -> None:
    for name in ("one.json", "two.json"):
        (tmp_path / name).write_text(json.dumps(export()))
    with pytest.raises(VigoldError, match=r"two\.json: task 7: document a1 already stands in .*one\.json"):
        gold.gold([tmp_path / "one.json", tmp_path / "two.json"], SCHEME)
