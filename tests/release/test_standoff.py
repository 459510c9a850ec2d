"""A stand-off release shows no text, and gives the gold back on the very text."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import datasets
import pytest
from hypothesis import given, settings
from msgspec.structs import replace

from tests.command_line import Vigold, refused
from tests.conftest import ROOT
from tests.strategies import documents
from vigold.document import Document, Relation, Span, Zone
from vigold.errors import VigoldError
from vigold.formats import jsonl
from vigold.release.marks import ANCHOR
from vigold.release.rehydrate import rehydrate
from vigold.release.restoring import restored
from vigold.release.standoff import record, standoff
from vigold.release.wording import RUN, runs
from vigold.scheme import load

TEXT = "Ngày 5/7/2023, Thủ tướng ký nghị  định số 10/2023/NĐ-CP tại Hà Nội, theo báo Lúa Mới."
GOLD = Document(
    "a1",
    TEXT,
    "2023-07-06",
    title="Ký nghị định",
    url="https://example.org/a1",
    zones=(Zone("body", 0, len(TEXT)),),
    spans=(
        Span("t", 0, 13, "DATE", {"type": "DATE", "value": "2023-07-05"}),
        Span("d", 28, 55, "DOC", {"doc_type": "Nghị định", "number": "10/2023/NĐ-CP", "issuer": "Chính phủ"}),
        Span("l", 60, 66, "LOC"),
    ),
    relations=(Relation("issued_on", "d", "t"),),
    meta={"genre": "news", "author": "Lê Văn Tám", "annotator": "tam@example.org", "words": 18, "deep": {"a": "b c"}},
)
RECIPES = load(ROOT / "tests" / "recipes.toml")


def test_a_record_keeps_facts_and_places_but_no_words() -> None:
    made = record(GOLD, load())
    number = made.spans[1]
    assert GOLD.surface(GOLD.spans[1]) == "nghị  định số 10/2023/NĐ-CP"
    kept = {name: value for name, value in number.attrs.items() if value}
    assert kept == {"number": "10/2023/NĐ-CP", "issuer": "Chính phủ"}, "the text does not say the issuer"
    (words,) = number.words
    assert (words.attribute, TEXT[words.start : words.end], words.form) == ("doc_type", "nghị  định", "joined-capital")
    assert json.loads(made.meta) == {"genre": "news", "words": 18}
    assert made.omitted == ("annotator", "author", "deep")


def test_the_sample_shows_no_run_of_words_and_comes_back(sample_gold: list[Document], tmp_path: Path) -> None:
    standoff(sample_gold, load(), tmp_path / "out")
    files = [path for path in (tmp_path / "out").rglob("*") if path.is_file()]
    shown = set().union(*(runs(path.read_text("utf-8")) for path in files))
    texts = set().union(*(runs(document.text or "") for document in sample_gold))
    assert len(texts) > 1000
    assert not shown & texts
    jsonl.write(tmp_path / "texts.jsonl", sample_gold)
    outcomes = list(rehydrate(tmp_path / "out", [tmp_path / "texts.jsonl"]))
    assert [one.document for one in outcomes] == sample_gold
    assert {(one.state, *one.lost) for one in outcomes} == {("exact",)}


def test_hashes_are_short_keyed_and_apart(sample_gold: list[Document]) -> None:
    made = record(sample_gold[0], load())
    assert {later.at - one.at for one, later in pairwise(made.anchors)} == {2 * ANCHOR}
    assert {len(anchor.hash) for anchor in made.anchors} == {6}
    assert {len(span.mark.hash) for span in made.spans} == {8}
    other = record(replace(sample_gold[0], text=f"{sample_gold[0].text} Hết."), load())
    assert not {span.mark.hash for span in made.spans} & {span.mark.hash for span in other.spans}


@given(documents(RECIPES))
@settings(max_examples=150)
def test_the_very_text_gives_the_gold_back(document: Document) -> None:
    made = restored(record(document, RECIPES), document)
    assert (made.document, made.lost) == (document, [])


def test_a_stand_off_release_loads(tmp_path: Path) -> None:
    standoff([GOLD, replace(GOLD, id="a2", spans=(), relations=(), title=None)], load(), tmp_path / "out", split="test")
    data = datasets.load_dataset(str(tmp_path / "out"), split="test", cache_dir=str(tmp_path / "cache"))
    assert data["id"] == ["a1", "a2"]
    assert [span["label"] for span in data[0]["spans"]] == ["DATE", "DOC", "LOC"]


def test_splits_stand_side_by_side(tmp_path: Path) -> None:
    standoff([GOLD], load(), tmp_path / "out", split="train")
    standoff([replace(GOLD, id="a2")], load(), tmp_path / "out", split="test")
    assert sorted(path.name for path in (tmp_path / "out" / "standoff").iterdir()) == ["test.jsonl", "train.jsonl"]
    assert "standoff/train.jsonl" in (tmp_path / "out" / "README.md").read_text("utf-8")
    with pytest.raises(VigoldError, match=r"document a1 already stands in .*train.jsonl: line 1"):
        standoff([GOLD], load(), tmp_path / "out", split="more")
    recipes = replace(GOLD, id="a3", spans=(), relations=())
    with pytest.raises(VigoldError, match="of another scheme"):
        standoff([recipes], RECIPES, tmp_path / "out", split="more")
    (tmp_path / "out" / "scheme.json").unlink()
    with pytest.raises(VigoldError, match="of another scheme"):
        standoff([replace(GOLD, id="a3")], load(), tmp_path / "out", split="more")


def test_a_field_that_holds_text_stops_the_release(vigold: Vigold) -> None:
    source = " ".join(TEXT.split()[: RUN + 2])
    jsonl.write("gold.jsonl", [replace(GOLD, source=source)])
    line = refused(vigold("release", "gold.jsonl", "-o", "out", "--standoff"))
    assert "document a1: 8 words in a row of its text would stand in the record" in line
    assert not Path("out").exists()


@pytest.mark.parametrize(
    ("change", "said"),
    [({"text": None, "zones": ()}, "has no text"), ({"spans": (Span("x", 0, 4, "FOOD"),), "relations": ()}, "'FOOD'")],
)
def test_what_is_no_gold_is_refused(change: dict[str, object], said: str, tmp_path: Path) -> None:
    with pytest.raises(VigoldError, match=said):
        standoff([replace(GOLD, **change)], load(), tmp_path / "out")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_with_other_things_is_kept(vigold: Vigold) -> None:
    jsonl.write("gold.jsonl", [GOLD])
    Path("out").mkdir()
    Path("out/thesis.txt").write_text("years of work")
    assert "holds thesis.txt" in refused(vigold("release", "gold.jsonl", "-o", "out", "--standoff"))
    assert Path("out/thesis.txt").read_text() == "years of work"
