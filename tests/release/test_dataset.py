"""A released folder loads offline and gives the same rows back."""

from __future__ import annotations

import json
import os
from pathlib import Path

import datasets
import msgspec
import pytest
from hypothesis import given, settings

from tests.strategies import documents
from vigold.document import Document, Relation, Span
from vigold.errors import VigoldError
from vigold.release import bio
from vigold.release.dataset import release
from vigold.scheme import load

TEXT = "Ông Lê Văn Tám về TP. Huế. Sở Y tế tỉnh Lào Cai họp ngày 5/7/2023."
GOLD = Document(
    "a1",
    TEXT,
    "2023-07-06",
    licence="CC-BY-4.0",
    spans=(
        Span("p", 4, 14, "PER"),
        Span("l", 18, 25, "LOC"),
        Span("o", 27, 47, "ORG"),
        Span("i", 35, 47, "LOC"),
        Span("t", 52, 65, "DATE", {"type": "DATE", "value": "2023-07-05"}),
    ),
    relations=(Relation("issued_on", "o", "t"),),
    meta={"b": 1, "a": "ễ"},
)
RECIPES = load(Path(__file__).parent.parent / "recipes.toml")


def rows(folder: Path, name: str, tmp_path: Path) -> datasets.Dataset:
    return datasets.load_dataset(str(folder), name, split="train", cache_dir=str(tmp_path / "cache"))


def test_the_default_rows_are_the_records(tmp_path: Path) -> None:
    release([GOLD], load(), tmp_path / "set")
    data = rows(tmp_path / "set", "default", tmp_path)
    (row,) = data
    label = data.features["spans"].feature["label"]
    assert (row["id"], row["text"], row["published"], row["url"]) == ("a1", TEXT, "2023-07-06", None)
    assert json.loads(row["meta"]) == GOLD.meta
    assert [(s["id"], s["start"], s["end"], label.int2str(s["label"])) for s in row["spans"]] == [
        (s.id, s.start, s.end, s.label) for s in GOLD.spans
    ]
    assert [{k: v for k, v in s["attrs"].items() if v is not None} for s in row["spans"]] == [
        s.attrs for s in GOLD.spans
    ]
    assert list(row["spans"][0]["attrs"]) == list(load().attributes)
    kind = data.features["relations"].feature["type"]
    assert [(kind.int2str(r["type"]), r["head"], r["tail"]) for r in row["relations"]] == [("issued_on", "o", "t")]


def test_the_bio_rows_are_sentences_of_outermost_spans(tmp_path: Path) -> None:
    release([GOLD], load(), tmp_path / "set")
    data = rows(tmp_path / "set", "bio", tmp_path)
    names = data.features["ner_tags"].feature
    first, second = data
    assert first["tokens"] == ["Ông", "Lê", "Văn", "Tám", "về", "TP.", "Huế", "."]
    assert names.int2str(first["ner_tags"]) == ["O", "B-PER", "I-PER", "I-PER", "O", "B-LOC", "I-LOC", "O"]
    assert names.int2str(second["ner_tags"])[:6] == ["B-ORG", *["I-ORG"] * 5]
    assert [TEXT[s:e] for s, e in zip(second["starts"], second["ends"], strict=True)] == second["tokens"]
    assert bio.loss(GOLD) == bio.Loss(nested=1, inside_token=0)


def test_the_same_gold_gives_the_same_bytes_and_replaces_the_old(tmp_path: Path) -> None:
    for _ in range(2):
        release([GOLD], load(), tmp_path / "one")
    release([GOLD], load(), tmp_path / "two")
    files = sorted(path.relative_to(tmp_path / "one") for path in (tmp_path / "one").rglob("*") if path.is_file())
    assert [str(file) for file in files] == ["README.md", "bio/train.parquet", "default/train.parquet", "scheme.json"]
    assert all((tmp_path / "one" / file).read_bytes() == (tmp_path / "two" / file).read_bytes() for file in files)
    assert sorted(os.listdir(tmp_path)) == ["one", "two"]


def test_any_scheme_is_released(tmp_path: Path) -> None:
    gold = Document("r", "phở bò", spans=(Span("a", 0, 6, "MÓN"), Span("b", 4, 6, "NGUYÊN_LIỆU", {"lượng": "3 g"})))
    release([gold], RECIPES, tmp_path / "set")
    (row,) = rows(tmp_path / "set", "default", tmp_path)
    assert row["spans"][1]["attrs"] == {"lượng": "3 g", "dạng": None}
    assert "| `MÓN` | món ăn | 1 |" in (tmp_path / "set" / "README.md").read_text("utf-8")


@settings(deadline=None)
@given(documents(load()))
def test_no_token_is_lost_or_doubled(document: Document) -> None:
    found = list(bio.rows(document))
    assert "".join(token for row in found for token in row["tokens"]) == "".join((document.text or "").split())
    opened = sum(tag.startswith("B-") for row in found for tag in row["ner_tags"])
    assert opened <= len(bio.outermost(document.spans))
    for row in found:
        for before, tag in zip(["O", *row["ner_tags"]], row["ner_tags"], strict=False):
            assert not tag.startswith("I-") or before[1:] == tag[1:]


@pytest.mark.parametrize(
    ("documents", "words"),
    [
        ([], "no gold documents"),
        ([Document("a", "x", spans=(Span("s", 0, 1, "NOPE"),))], "'NOPE' is not in"),
        ([Document("a", None, spans=(Span("s", 0, 1, "PER"),))], "has no text"),
        ([Document("a", "abcd", spans=(Span("s", 0, 3, "PER"), Span("t", 2, 4, "ORG")))], "crosses"),
    ],
)
def test_bad_gold_leaves_no_folder(tmp_path: Path, documents: list[Document], words: str) -> None:
    with pytest.raises(VigoldError, match=words):
        release(documents, load(), tmp_path / "set")
    assert os.listdir(tmp_path) == []


def test_a_folder_with_other_things_is_not_touched(tmp_path: Path) -> None:
    (tmp_path / "thesis.tex").write_text("years of work")
    with pytest.raises(VigoldError, match=r"holds thesis\.tex"):
        release([GOLD], load(), tmp_path)
    assert (tmp_path / "thesis.tex").read_text() == "years of work"


def test_splits_stand_side_by_side(tmp_path: Path) -> None:
    other = msgspec.structs.replace(GOLD, id="a2")
    release([GOLD], load(), tmp_path / "set")
    release([other], load(), tmp_path / "set", split="test")
    release([GOLD], load(), tmp_path / "set")
    found = datasets.load_dataset(str(tmp_path / "set"), "default", cache_dir=str(tmp_path / "cache"))
    assert {name: part["id"] for name, part in found.items()} == {"train": ["a1"], "test": ["a2"]}
    assert found["test"][0]["spans"] == found["train"][0]["spans"]
    with pytest.raises(VigoldError, match="stands in the splits train and test"):
        release([GOLD], load(), tmp_path / "set", split="test")
    with pytest.raises(VigoldError, match="of another scheme"):
        release([Document("r", "phở")], RECIPES, tmp_path / "set", split="test")
    with pytest.raises(VigoldError, match="is no name"):
        release([GOLD], load(), tmp_path / "set", split="../out")
