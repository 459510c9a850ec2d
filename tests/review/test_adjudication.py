"""The third pass: what is agreed is kept as it is, what is disputed is told and never decided by itself."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.review.made import DATE, DOC, GOLD, LOC, PER, ROLE, SCHEME, export, exported, span, version, write
from tests.strategies import documents
from vigold.document import Document, Relation
from vigold.review import annotators
from vigold.review.adjudication import MARK, Adjudicated, adjudicate, settled
from vigold.review.disputes import compare
from vigold.scheme import Scheme, load
from vigold.studio import gold

SCHEMES = [SCHEME, load(Path(__file__).parent.parent / "recipes.toml")]
OTHER = version(
    msgspec.structs.replace(DATE, attrs={"type": "DATE", "value": "2023-07-06"}),
    span("Bộ trưởng", "ORG", key="r"),
    PER,
    DOC,
    span("Lào Cai", "LOC", key="l"),
)


def third_pass(folder: Path, made: list[dict[str, Any]], scheme: Scheme = SCHEME) -> list[Adjudicated]:
    return list(adjudicate(annotators.read([write(folder / "export.json", made)], scheme), scheme))


def gold_of(folder: Path, made: list[dict[str, Any]], scheme: Scheme = SCHEME) -> gold.Gold:
    return gold.gold([write(folder / "third.json", made)], scheme)


def test_disputes_say_who_said_what() -> None:
    outcome = compare({"1": GOLD, "2": OTHER})
    assert [s.id for s in outcome.agreed] == ["t", "p", "d"]
    assert outcome.agreed[0].attrs == {"type": "DATE"}
    assert [(d.kind, [(o.annotators, o.said) for o in d.options]) for d in outcome.disputes] == [
        ("value", [(("1",), "value = 2023-07-05"), (("2",), "value = 2023-07-06")]),
        (
            "label",
            [(("2",), "ORG [15, 24) “Bộ trưởng”"), (("1",), "ROLE [15, 24) “Bộ trưởng”")],
        ),
        ("relation", [(("1",), "holds → ROLE “Bộ trưởng”"), (("2",), "nothing")]),
        (
            "boundary",
            [(("1",), "LOC [73, 85) “tỉnh Lào Cai”"), (("2",), "LOC [78, 85) “Lào Cai”")],
        ),
    ]


@pytest.mark.parametrize("scheme", SCHEMES, ids=lambda scheme: scheme.name)
@settings(deadline=None, max_examples=40)
@given(data=st.data())
def test_adjudicating_agreed_gold_is_the_identity(scheme: Scheme, data: st.DataObject) -> None:
    corpus = [data.draw(documents(scheme, f"d{n}")) for n in range(2)]
    with TemporaryDirectory() as folder:
        made = third_pass(Path(folder), export(*({"1": d, "2": d} for d in corpus), scheme=scheme), scheme)
        assert [item.state for item in made] == ["agreed", "agreed"]
        found = gold_of(Path(folder), exported([item.task for item in made]), scheme)
    assert found.documents == corpus
    assert settled(found.documents) == (corpus, [])


def test_a_dispute_left_as_it_was_is_no_gold(tmp_path: Path) -> None:
    (item,) = third_pass(tmp_path, export({"1": GOLD, "2": OTHER}))
    assert item.state == "disputed"
    assert len(item.task["data"]["disputes"]) == 4
    found = gold.gold([write(tmp_path / "t.json", exported([item.task], submit=True))], SCHEME)
    kept, left = settled(found.documents)
    assert kept == []
    assert {line.line[1] for line in left} == {"1", "2", "3", "4"}


def test_decided_disputes_make_gold(tmp_path: Path) -> None:
    (item,) = third_pass(tmp_path, export({"1": GOLD, "2": OTHER}))
    made = exported([item.task], submit=True)
    result = made[0]["annotations"][0]["result"]
    wrong = {
        r["id"]
        for r in result
        if r.get("type") == "labels" and (r["value"]["start"], *r["value"]["labels"]) in {(15, "ORG"), (78, "LOC")}
    }
    result[:] = [r for r in result if r.get("id") not in wrong]
    for region in result:
        region.pop("meta", None)
    ids = {r["value"]["labels"][0]: r["id"] for r in result if r.get("type") == "labels"}
    result.append({"id": ids["DATE"], "from_name": "DATE_value", "type": "textarea", "value": {"text": ["2023-07-05"]}})
    arrow = {"type": "relation", "from_id": ids["PER"], "to_id": ids["ROLE"], "direction": "right"}
    result.append(arrow | {"labels": ["holds"]})
    kept, left = settled(gold_of(tmp_path, made).documents)
    assert left == []
    assert {s.key for s in kept[0].spans} == {s.key for s in GOLD.spans}
    assert [r.type for r in kept[0].relations] == ["holds"]


def test_nothing_annotated_is_lost(tmp_path: Path) -> None:
    lone, decided, skipped = (version(PER, of=Document(key, GOLD.text)) for key in ("lone", "decided", "skipped"))
    made = export({"1": lone}, {"1": decided, "2": version(LOC, of=decided)}, {"1": skipped})
    made[1]["annotations"][1]["ground_truth"] = True
    made[2]["annotations"][0]["was_cancelled"] = True
    path = write(tmp_path / "export.json", made)
    reading = annotators.read([path], SCHEME)
    done = list(adjudicate(reading, SCHEME))
    assert [(item.id, item.state) for item in done] == [("lone", "single"), ("decided", "decided")]
    assert reading.left == [3]
    third = write(tmp_path / "third.json", exported([item.task for item in done]))
    found = gold.gold([third], SCHEME)
    assert ([d.spans for d in found.documents], [u.document for u in found.undecided]) == ([(LOC,)], ["lone"])
    found = gold.gold([third], SCHEME, single=True)
    assert [d.spans for d in found.documents] == [(PER,), (LOC,)]


def test_what_one_person_alone_said_is_no_gold_until_somebody_decides(tmp_path: Path) -> None:
    (item,) = third_pass(tmp_path, export({"1": GOLD}))
    # Where nothing is said of it, Label Studio makes an imported annotation a ground truth.
    assert item.task["annotations"][0]["ground_truth"] is False
    made = exported([item.task])
    found = gold_of(tmp_path, made)
    assert (found.documents, [str(one) for one in found.undecided]) == (
        [],
        [
            "document a1 (task 1): single: one person alone annotated it; mark that annotation as ground truth, "
            "or take all such with --single"
        ],
    )
    made[0]["annotations"][0]["ground_truth"] = True
    found = gold_of(tmp_path, made)
    assert ([d.id for d in found.documents], found.undecided) == (["a1"], [])


def test_a_dispute_that_nobody_took_up_is_listed(tmp_path: Path) -> None:
    (item,) = third_pass(tmp_path, export({"1": GOLD, "2": OTHER}))
    found = gold_of(tmp_path, exported([item.task]))
    assert (found.documents, [(u.document, u.state) for u in found.undecided]) == ([], [("a1", "disputed")])


def test_a_task_tells_what_it_was_made_of(tmp_path: Path) -> None:
    def compared(*made: dict[str, Document]) -> list[tuple[str, str]]:
        data = [item.task["data"] for item in third_pass(tmp_path, export(*made))]
        return [(one["state"], one["compared"]) for one in data]

    ((alone, one),) = compared({"1": GOLD})
    ((state, two),) = compared({"1": GOLD, "2": OTHER})
    ((again, same),) = compared({"2": OTHER, "1": version(*reversed(GOLD.spans), relations=GOLD.relations)})
    assert (alone, state, again) == ("single", "disputed", "disputed")
    assert one != two == same
    assert two != compared({"1": GOLD, "2": version(PER)})[0][1]


def test_notes_of_annotators_go_on(tmp_path: Path) -> None:
    made = export({"1": version(PER), "2": version(PER)})
    made[0]["annotations"][1]["result"][0]["meta"] = {"text": ["chưa chắc"]}
    (item,) = third_pass(tmp_path, made)
    found = gold_of(tmp_path, exported([item.task])).documents[0]
    assert found.meta["notes"] == {"p": {"text": ["2: chưa chắc"]}}
    assert settled([found])[1] == []


def test_every_disputed_region_carries_a_marked_line(tmp_path: Path) -> None:
    three = {"1": version(PER, LOC), "2": version(PER), "3": version(LOC, relations=())}
    (item,) = third_pass(tmp_path, export(three))
    (prediction,) = item.task["predictions"]
    notes = {r["id"]: r["meta"]["text"][0] for r in prediction["result"] if "meta" in r}
    assert set(notes) == {"p", "l"}
    assert all(note.startswith(MARK) for note in notes.values())
    assert "1, 2: PER" in notes["p"]
    assert "3: không có" in notes["p"]


def test_ids_never_collide() -> None:
    one = version(PER, ROLE, relations=(Relation("holds", "p", "r"),))
    other = version(msgspec.structs.replace(ROLE, id="p"), msgspec.structs.replace(LOC, id="r"), relations=())
    outcome = compare({"1": one, "2": other})
    assert len(set(outcome.ids.values())) == len(outcome.ids) == 3
