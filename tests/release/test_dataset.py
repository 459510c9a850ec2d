"""A released folder loads offline and gives the same rows back."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import datasets
import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import vigold
from tests.strategies import documents
from vigold.document import Document, Relation, Span
from vigold.errors import VigoldError
from vigold.formats.tags import outermost, tags
from vigold.release.configurations import configurations
from vigold.release.dataset import release
from vigold.release.prepared import prepared
from vigold.scheme import load
from vigold.text import Piece, tokens

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
    assert "1 inner spans\nhave no place in it; 0 outer spans" in (tmp_path / "set" / "README.md").read_text("utf-8")


def test_mentions_have_their_values_their_sentence_and_what_they_refer_to(tmp_path: Path) -> None:
    text = "Theo Nghị định số 30/2020/NĐ-CP, hạn là 5/7. Nghị định 30 nêu rõ."
    spans = (
        Span("a", 5, 31, "DOC", {"doc_type": "Nghị định", "number": "30/2020/NĐ-CP", "issuer": "Chính phủ"}),
        Span("b", 40, 43, "DATE", {"type": "DATE", "value": "2023-07-05"}),
        Span("c", 45, 57, "DOC", {"doc_type": "Nghị định", "number": "30"}),
    )
    release([Document("a1", text, "2023-07-06", spans=spans)], load(), tmp_path / "set")
    one, two = rows(tmp_path / "set", "references", tmp_path)
    assert (one["document"], one["span"], one["surface"]) == ("a1", "a", text[5:31])
    assert (one["number"], one["date"], one["sentence"]) == ("30/2020/NĐ-CP", None, text[:44])
    assert one["chain"] == two["chain"] == "vn/chinh-phu/nghi-dinh/2020/30"
    assert text[two["sentence_start"] :] == two["sentence"]
    (day,) = rows(tmp_path / "set", "dates", tmp_path)
    assert (day["surface"], day["value"], day["mod"], day["published"]) == ("5/7", "2023-07-05", None, "2023-07-06")


def test_the_same_gold_gives_the_same_bytes_and_replaces_the_old(tmp_path: Path) -> None:
    for _ in range(2):
        release([GOLD], load(), tmp_path / "one")
    release([GOLD], load(), tmp_path / "two")
    files = sorted(path.relative_to(tmp_path / "one") for path in (tmp_path / "one").rglob("*") if path.is_file())
    assert {"README.md", "SHA256SUMS", "bio/train.parquet", "default/train.parquet"} < {str(file) for file in files}
    assert all((tmp_path / "one" / file).read_bytes() == (tmp_path / "two" / file).read_bytes() for file in files)
    assert sorted(os.listdir(tmp_path)) == ["one", "two"]


def test_any_scheme_is_released(tmp_path: Path) -> None:
    gold = Document("r", "phở bò", spans=(Span("a", 0, 6, "MÓN"), Span("b", 4, 6, "NGUYÊN_LIỆU", {"lượng": "3 g"})))
    release([gold], RECIPES, tmp_path / "set")
    (row,) = rows(tmp_path / "set", "default", tmp_path)
    assert row["spans"][1]["attrs"] == {"lượng": "3 g", "dạng": None}
    assert "| `MÓN` | món ăn | 1 |" in (tmp_path / "set" / "README.md").read_text("utf-8")


def test_a_scheme_without_values_and_relations_is_released(tmp_path: Path) -> None:
    (tmp_path / "bare.toml").write_text('name = "bare"\nversion = "1"\n[labels.X]\n')
    bare = load(tmp_path / "bare.toml")
    release([Document("r", "phở bò", spans=(Span("a", 0, 3, "X"),))], bare, tmp_path / "set")
    (row,) = rows(tmp_path / "set", "default", tmp_path)
    assert row["spans"] == [{"id": "a", "start": 0, "end": 3, "label": 0}]
    assert sorted(path.name for path in (tmp_path / "set").iterdir() if path.is_dir()) == ["bio", "default", "figures"]


@settings(deadline=None)
@given(st.lists(documents(load()), max_size=3))
def test_the_flat_view_is_that_of_each_document_alone(found: list[Document]) -> None:
    """The batch is tagged at once with numpy; here is the same by the plain functions, a document at a time."""
    made = {one.name: one for one in configurations(load())}["bio"]
    given = [prepared(document) for document in found]
    batch = made.batch(given).to_pylist() if given else []
    names = made.features["ner_tags"].feature.names
    for document, row in zip(found, given, strict=True):
        text, pieces = row.text, tokens(row.text)
        mine = [one for one in batch if one["id"].rpartition(":")[0] == document.id][: len(row.sentences)]
        batch = batch[len(mine) :]
        flat = [
            (n, *pair) for one in mine for n, *pair in zip(one["ner_tags"], one["starts"], one["ends"], strict=True)
        ]
        assert [Piece(start, end) for _, start, end in flat] == pieces
        assert [names[code] for code, _, _ in flat] == tags(pieces, outermost(document.spans))
        assert [one["tokens"] for one in mine] == [
            [text[p.start : p.end] for p in pieces if part.start <= p.start < part.end] for part in row.sentences
        ]


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


def test_a_second_release_of_other_gold_is_not_served_from_the_cache(tmp_path: Path) -> None:
    release([GOLD], load(), tmp_path / "set")
    assert len(rows(tmp_path / "set", "default", tmp_path)[0]["spans"]) == 5
    release([msgspec.structs.replace(GOLD, spans=GOLD.spans[:2], relations=())], load(), tmp_path / "set")
    assert len(rows(tmp_path / "set", "default", tmp_path)[0]["spans"]) == 2
    release([GOLD, msgspec.structs.replace(GOLD, id="a2")], load(), tmp_path / "set")
    assert rows(tmp_path / "set", "default", tmp_path)["id"] == ["a1", "a2"]


def test_the_features_are_those_that_datasets_itself_would_write(tmp_path: Path) -> None:
    release([GOLD], load(), tmp_path / "set")
    made = {one.name: one.features for one in configurations(load())}
    names = datasets.get_dataset_config_names(str(tmp_path / "set"))
    assert sorted(names) == ["bio", "dates", "default"]  # It has no reference, and an empty split cannot be loaded.
    assert all(rows(tmp_path / "set", name, tmp_path).features == made[name] for name in names)


def test_a_document_that_stands_twice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(VigoldError, match="document a1 stands twice in the split train"):
        release([GOLD, GOLD], load(), tmp_path / "set")
    assert os.listdir(tmp_path) == []


def test_a_folder_by_another_name_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to("set")
    for name in ("link", "set/../set", "link"):
        release([GOLD], load(), tmp_path / name)
        assert sorted(os.listdir(tmp_path)) == ["link", "set"]
        assert (tmp_path / "link").is_symlink()
        assert (tmp_path / "set" / "README.md").is_file()


def test_the_folder_that_one_is_in_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    release([GOLD], load(), tmp_path / "set")
    monkeypatch.chdir(tmp_path / "set" / "bio")
    with pytest.raises(VigoldError, match=r"^\.\.: is the folder that you are in, or holds it"):
        release([GOLD], load(), "..")


SCRIPT = (
    "import resource, sys; from vigold import cli; resource.setrlimit(resource.RLIMIT_FSIZE, ({0}, {0})); cli.main()"
)


@pytest.mark.parametrize("limit", [1_000, 12_000, 30_000])
def test_a_full_disk_leaves_one_line_and_the_old_release(tmp_path: Path, limit: int) -> None:
    gold = Path(vigold.__file__).parent / "sample" / "gold.jsonl"
    release([GOLD], load(), tmp_path / "set")
    before = sorted((str(path), path.is_file() and path.read_bytes()) for path in tmp_path.rglob("*"))
    line = [sys.executable, "-c", SCRIPT.format(limit), "release", str(gold), "-o", str(tmp_path / "set")]
    done = subprocess.run(line, capture_output=True, text=True, cwd=tmp_path)
    assert done.returncode == 2
    assert done.stderr == f"vigold: error: {tmp_path / 'set'}: cannot write: File too large\n"
    assert sorted((str(path), path.is_file() and path.read_bytes()) for path in tmp_path.rglob("*")) == before


def test_two_processes_write_the_same_bytes(tmp_path: Path) -> None:
    gold = Path(vigold.__file__).parent / "sample" / "gold.jsonl"
    trees = []
    for seed in ("1", "2"):
        line = [sys.executable, "-m", "vigold", "release", str(gold), "-o", str(tmp_path / seed)]
        subprocess.run(line, check=True, capture_output=True, env={**os.environ, "PYTHONHASHSEED": seed})
        files = sorted(path for path in (tmp_path / seed).rglob("*") if path.is_file())
        trees.append({str(path.relative_to(tmp_path / seed)): path.read_bytes() for path in files})
    assert trees[0] == trees[1]
    assert len(trees[0]) > 10
