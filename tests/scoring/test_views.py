"""Chosen labels, label maps, layers and slices score what their names say, the same on every side."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import vigold
from vigold.document import Document, Span, Zone
from vigold.errors import VigoldError
from vigold.scoring.result import System
from vigold.scoring.slices import MOST
from vigold.scoring.views import load_map


def document(key: str, *spans: tuple[int, int, str], **fields: Any) -> Document:
    return Document(key, spans=tuple(Span(f"s{n}", *span) for n, span in enumerate(spans)), **fields)


GOLD = [
    document(
        "a", (0, 20, "ROLE"), (4, 20, "ORG"), (10, 20, "LOC"), (30, 35, "PER"), source="x", published="2023-01-02"
    ),
    document("b", (0, 5, "PER"), source="y", published="2024-01-02"),
]
FOUND = [document("a", (0, 20, "ROLE"), (10, 20, "LOCATION"), (30, 35, "PERSON")), document("b", (0, 5, "PERSON"))]


def scored(**options: object) -> System:
    return vigold.score(GOLD, {"x": FOUND}, resamples=0, **options).systems["x"]


def counts(system: System) -> tuple[float, int, int]:
    strict = system.micro["strict"]
    return strict.tp, strict.gold, strict.pred


def test_maps_rename_both_sides_and_leave_out_the_rest() -> None:
    assert counts(scored()) == (1, 5, 4)
    result = vigold.score(GOLD, {"x": FOUND}, resamples=0, map="vlsp")
    assert counts(result.systems["x"]) == (3, 4, 3)
    assert set(result.systems["x"].labels) == {"PER", "ORG", "LOC"}
    assert "gold: 1 span of ROLE left out: the map does not name it" in result.remarks
    assert "|map:vlsp#" in result.signature
    one = [document("a", (0, 1, "A"), (0, 1, "B"))]
    both = vigold.score(one, {"x": [document("a")]}, resamples=0, map={"A": "C", "B": "C"})
    assert both.remarks == ["gold: 1 span fell together under the map"]


@pytest.mark.parametrize(
    ("names", "words"),
    [
        ({"PERS": "PER"}, "^--map: names no label that a side has; there are LOC, LOCATION, ORG, PER, PERSON, ROLE$"),
        ({}, "^--map: names no label that a side has"),
        ({"PER": " "}, "^--map: the new name of PER is empty"),
    ],
)
def test_a_map_that_leaves_nothing_is_mistyped(names: dict[str, str], words: str) -> None:
    with pytest.raises(VigoldError, match=words):
        scored(map=names)


def test_a_system_with_labels_of_its_own_is_told() -> None:
    gold, found = [document("a", (0, 5, "PER"), (6, 9, "LOC"))], [document("a", (0, 5, "PERSON"))]
    systems = {"mini": found, "mixed": [document("a", (0, 5, "PERSON"), (6, 9, "LOC"))], "none": [document("a")]}
    told = "system mini: none of its labels stands in gold (PERSON); --map renames labels"
    some = "system mixed: gold has no label PERSON; --map renames labels"
    assert [one for one in vigold.score(gold, systems, resamples=0).remarks if "labels" in one] == [told, some]
    renamed = vigold.score(gold, systems, resamples=0, map={"PERSON": "PER", "PER": "PER", "LOC": "LOC"})
    assert told not in renamed.remarks


def test_a_map_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "m.toml").write_text('[labels]\nPERSON = "PER"\n')
    (tmp_path / "m.json").write_text('{"labels": {"PERSON": "PER"}}')
    assert load_map(str(tmp_path / "m.toml")) == load_map(str(tmp_path / "m.json")) == {"PERSON": "PER"}
    (tmp_path / "m.toml").write_text("labels = 3")
    with pytest.raises(VigoldError, match=r"m\.toml: not a label map"):
        load_map(str(tmp_path / "m.toml"))


def test_chosen_labels_and_layers() -> None:
    assert counts(scored(labels=["ROLE", "LOC"])) == (1, 2, 1)
    assert counts(scored(layer="outermost", map="vlsp")) == (2, 3, 3)
    assert counts(scored(layer="innermost")) == (0, 3, 3)
    with pytest.raises(VigoldError, match=r"no side has a label 'ROL'; is it ROLE\? there are LOC, LOCATION"):
        scored(labels=["ROL"])


def test_the_corpus_hash_does_not_depend_on_what_is_scored() -> None:
    lines = [vigold.score(GOLD, {"x": FOUND}, resamples=0, labels=part).signature for part in (None, ["PER"])]
    assert lines[0].split("|")[0] == lines[1].split("|")[0]


def test_slices_count_each_side_where_its_spans_are() -> None:
    slices = scored(map="vlsp", by=["depth", "length", "year", "source"]).slices
    assert {group: (s.strict.tp, s.strict.gold, s.strict.pred) for group, s in slices["depth"].items()} == {
        "0": (2, 3, 3),
        "1": (1, 1, 0),
    }
    assert {group: s.strict.gold for group, s in slices["length"].items()} == {"1-5": 2, "6-10": 1, "11-20": 1}
    assert {group: s.strict.r for group, s in slices["year"].items()} == {"2023": 2 / 3, "2024": 1.0}
    assert set(slices["source"]) == {"x", "y"}


def test_documents_without_a_field_are_a_group_of_their_own() -> None:
    """So that the groups of a field add up to the whole; `no source` stands last, whatever the others are called."""
    fields: list[dict[str, Any]] = [{"source": "x", "published": "2023-01-01"}, {"source": "z"}, {}]
    gold = [document(f"{n}", (0, 1, "X"), **some) for n, some in enumerate(fields)]
    slices = vigold.score(gold, {"x": gold}, by=["all"], resamples=0).systems["x"].slices
    assert {group: s.strict.tp for group, s in slices["source"].items()} == {"x": 1, "z": 1, "no source": 1}
    assert list(slices["source"])[-1] == "no source"
    assert {group: s.strict.tp for group, s in slices["year"].items()} == {"2023": 1, "no year": 2}
    most = [*gold, *(document(f"s{n}", (0, 1, "X"), source=f"s{n}") for n in range(MOST - 2))]
    assert "source" not in vigold.score(most, {"x": most}, by=["all"], resamples=0).systems["x"].slices


def test_zones_series_seen_names_and_own_fields() -> None:
    text = "Hà Nội\n\n57-KL/TW, 30/2020/NĐ-CP"
    zones = (Zone("title", 0, 6), Zone("body", 8, len(text)))
    spans = (
        Span("a", 0, 6, "LOC"),
        Span("b", 8, 16, "DOC", {"number": "57-KL/TW"}),
        Span("c", 18, 31, "DOC", {"number": "30/2020/NĐ-CP"}),
    )
    gold = [Document("a", text, zones=zones, spans=spans, meta={"genre": "law"})]
    train = [Document("t", "hà nội", spans=(Span("a", 0, 6, "LOC"),))]
    by = ["zone", "series", "seen", "genre"]
    slices = vigold.score(gold, {"x": gold}, by=by, train=train).systems["x"].slices
    found = {name: {group: part.strict.tp for group, part in parts.items()} for name, parts in slices.items()}
    assert found == {
        "zone": {"body": 2, "title": 1},
        "series": {"party": 1, "state": 1},
        "seen": {"seen": 1, "unseen": 2},
        "genre": {"law": 3},
    }
    assert set(vigold.score(gold, {"x": gold}, by=["all"]).systems["x"].slices) == {"zone", "length", "depth", "series"}
    with pytest.raises(VigoldError, match=r"no document has a field 'gener'; there are .*genre"):
        vigold.score(gold, {"x": gold}, by=["gener"])


def test_clusters_are_drawn_whole() -> None:
    """Two sources, all right and all wrong: by source the interval is all there is."""
    gold = [document(f"{n}", (0, 1, "X"), source="xy"[n % 2]) for n in range(40)]
    found = [document(f"{n}", (0, 1, "XY"[n % 2])) for n in range(40)]
    by_document = vigold.score(gold, {"x": found}, resamples=500).systems["x"].micro["strict"].ci
    by_source = vigold.score(gold, {"x": found}, resamples=500, cluster="source").systems["x"].micro["strict"].ci
    assert by_document is not None
    assert by_document[0] > 0.3
    assert by_source == (0.0, 1.0)


def test_unequal_systems_meet_on_shared_labels() -> None:
    few = [document("a", (30, 35, "PER")), document("b", (0, 5, "PER"))]
    systems = {"all": GOLD, "few": few, "same": few}
    boards = vigold.score(GOLD, systems, resamples=50).boards
    assert [(board.labels, list(board.systems)) for board in boards] == [
        (["LOC", "ORG", "PER", "ROLE"], ["all"]),
        (["PER"], ["all", "few", "same"]),
    ]
    assert boards[1].systems["few"]["strict"].f1 == 1.0
    assert {(one.a, one.b) for one in boards[1].comparisons} == {("all", "few"), ("all", "same"), ("few", "same")}
    assert vigold.score(GOLD, {"x": GOLD, "y": GOLD}, resamples=0).boards == []
    told = vigold.score(GOLD, systems, resamples=0, given={name: ["PER", *["ORG", "LOC", "ROLE"]] for name in systems})
    assert told.boards == []
    assert told.systems["few"].labels["ORG"].strict.r == 0.0
    assert "│ ORG" in str(told)


def row(text: str, label: str) -> list[str]:
    """The cells of the first row of a printed table that begins so."""
    line = next(line for line in text.splitlines() if line.startswith(f"│ {label} "))
    return [cell.strip() for cell in line.strip("│").split("│")]


def test_a_label_that_a_system_does_not_give_has_no_score_in_tables() -> None:
    few = [document("a", (30, 35, "PER")), document("b", (0, 5, "PER"))]
    result = vigold.score(GOLD, {"all": GOLD, "few": few, "none": [document("a"), document("b")]}, resamples=0)
    assert row(str(result), "ORG") == ["ORG", "1", "100.0", "100.0", "100.0", "–", "–", "–", "0.0", "0.0", "0.0"]
    assert result.systems["few"].labels["ORG"].strict.f1 == 0.0
    assert result.systems["few"].given == ["PER"]
    frame = result.to_pandas().set_index(["system", "label", "schema"])
    assert frame.given["few", "PER", "strict"]
    assert not frame.given["few", "ORG", "strict"]
    assert "systems compared on PER" in str(result)
    assert "systems compared\n" not in str(result)


def test_a_map_renames_what_a_system_says_it_gives_too() -> None:
    one = [document("a", (30, 35, "PERSON")), document("b")]
    systems = vigold.score(GOLD, {"x": one}, resamples=0, map="vlsp", given={"x": ["PERSON", "LOCATION"]}).systems
    assert systems["x"].given == ["LOC", "PER"]


def test_training_data_alone_give_the_slice_of_seen_names() -> None:
    gold = [Document("a", "Huế, Vinh", spans=(Span("s", 0, 3, "LOC"), Span("t", 5, 9, "LOC")))]
    train = [Document("t", "Huế", spans=(Span("s", 0, 3, "LOC"),))]
    parts = vigold.score(gold, {"x": gold}, train=train, resamples=0).systems["x"].slices["seen"]
    assert {name: part.strict.gold for name, part in parts.items()} == {"seen": 1, "unseen": 1}
    with pytest.raises(VigoldError, match=r"^train: expected documents"):
        vigold.score(gold, {"x": gold}, train=3)


def test_a_slice_of_spans_is_no_field_to_cluster_by() -> None:
    gold = [Document("a", "Huế", spans=(Span("s", 0, 3, "LOC"),), meta={"genre": "news"})]
    with pytest.raises(VigoldError, match=r"no document has a field 'zone'; there are year, .*genre") as told:
        vigold.score(gold, {"x": gold}, cluster="zone")
    assert ", zone" not in str(told.value)


def test_nothing_at_all_has_no_figures() -> None:
    result = vigold.score([], {"x": []})
    assert (result.systems["x"].micro["strict"].f1, result.systems["x"].relations["strict"].f1) == (None, None)


def test_the_signature_is_one_line_whose_parts_can_be_told_apart() -> None:
    gold = [Document("a", meta={"x|y": "1"})]
    result = vigold.score(gold, {"x": gold}, corpus="g|\n", cluster="x|y", resamples=0)
    assert result.signature.startswith(r"corpus:g/\n#")
    assert "|unit:x/y|" in result.signature
    assert "scheme:" not in result.signature
    assert "|scheme:vigold-news@" in vigold.score(GOLD, {"x": FOUND}, resamples=0).signature


def test_flat_predictions_beside_nested_gold_are_told(tmp_path: Path) -> None:
    gold = [Document("a", "UBND tỉnh Huế.", spans=(Span("s1", 0, 13, "ORG"), Span("s2", 5, 13, "LOC")))]
    vigold.write(tmp_path / "flat.conll", gold)
    systems = {"flat": str(tmp_path / "flat.conll")}
    told = "system flat: conll holds outermost spans alone, so the 1 inner ones of gold count as missed"
    assert any(one.startswith(told) for one in vigold.score(gold, systems, resamples=0).remarks)
    assert not any("outermost" in one for one in vigold.score(gold, systems, resamples=0, layer="outermost").remarks)
