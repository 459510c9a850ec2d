"""Models as files: written whole, checked before they are read, refused with one line."""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.command_line import Vigold, refused
from tests.extraction.crf.made import conll, documents
from vigold.document import Document, Span, crossings
from vigold.errors import MissingExtra
from vigold.extraction import extract, get, hybrid
from vigold.extraction.crf import train
from vigold.formats import jsonl

pytest.importorskip("pycrfsuite", reason="the extra crf is not installed")


@pytest.fixture
def model(tmp_path: Path) -> Path:
    train(documents(12), iterations="5").save(tmp_path / "model")
    return tmp_path / "model"


def test_the_manifest_of_a_run_says_which_model_it_was(model: Path, vigold: Vigold) -> None:
    jsonl.write("in.jsonl", documents(1))
    assert vigold("extract", "in.jsonl", "-x", f"crf:model={model}", "-o", "out.jsonl")[0] == 0
    versions = json.loads(Path("out.jsonl.manifest.json").read_text())["versions"]
    assert versions["model"] == hashlib.sha256((model / "manifest.json").read_bytes()).hexdigest()
    assert "python-crfsuite" in versions


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


def _turn(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


def _other(path: Path) -> None:
    path.write_text("no model at all")


def _older(path: Path) -> None:
    path.write_text(path.read_text().replace('"features": 1', '"features": 0'))


def _elsewhere(path: Path) -> None:
    path.write_text(path.read_text().replace("inner.crfsuite", "../secret"))


@pytest.mark.parametrize(
    ("file", "spoil", "words"),
    [
        ("outer.crfsuite", _cut, "outer.crfsuite: damaged"),
        ("inner.crfsuite", _turn, "inner.crfsuite: damaged"),
        ("outer.crfsuite", _other, "outer.crfsuite: damaged"),
        ("outer.crfsuite", Path.unlink, "outer.crfsuite: cannot read"),
        ("manifest.json", Path.unlink, "vigold train"),
        ("manifest.json", _other, "no manifest of a model"),
        ("manifest.json", _older, "train it again"),
        ("manifest.json", _elsewhere, "no manifest of a model"),
    ],
)
def test_a_damaged_model_is_refused(
    vigold: Vigold, model: Path, file: str, spoil: Callable[[Path], None], words: str
) -> None:
    spoil(model / file)
    Path("a.jsonl").write_text('{"id":"a","text":"x"}\n')
    assert words in refused(vigold("extract", "-x", f"crf:model={model}", "a.jsonl", "-o", "out.jsonl"))
    assert not Path("out.jsonl").exists()


@pytest.mark.parametrize("name", ["crf", "hybrid"])
def test_without_a_model_the_way_to_one_is_told(vigold: Vigold, name: str) -> None:
    Path("a.jsonl").write_text('{"id":"a","text":"x"}\n')
    assert "vigold train" in refused(vigold("extract", "-x", name, "a.jsonl", "-o", "out.jsonl"))


def test_without_the_package_the_extra_is_named(model: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pycrfsuite", None)
    with pytest.raises(MissingExtra, match=r"vigold\[crf\]"):
        get(f"crf:model={model}")
    with pytest.raises(MissingExtra, match=r"vigold\[crf\]"):
        train(documents(4))


def test_training_replaces_a_model_and_nothing_else(vigold: Vigold) -> None:
    Path("gold.conll").write_text(conll(documents(8)))
    command = ("train", "-x", "crf:iterations=3", "gold.conll", "-o")
    assert "is a file" in refused(vigold(*command, "gold.conll"))
    Path("mine").mkdir()
    Path("mine", "diary.txt").touch()
    assert "holds diary.txt" in refused(vigold(*command, "mine"))
    assert "there is no folder nowhere" in refused(vigold("train", "no such gold", "-o", "nowhere/model"))
    assert [vigold(*command, "model")[0] for _ in range(2)] == [0, 0]
    assert sorted(os.listdir()) == ["gold.conll", "mine", "model"]
    assert sorted(os.listdir("model")) == ["manifest.json", "outer.crfsuite"]


@pytest.mark.parametrize(
    ("extractor", "record", "words"),
    [
        ("rules", {"id": "a", "text": "x"}, "rules is not trained; train one of these: crf, hybrid"),
        ("crf", {"id": "a", "spans": []}, "gold.jsonl: document a has no text"),
        ("crf", {"id": "a", "text": "x"}, "no span can be learnt"),
        (
            "crf:c3=1",
            {"id": "a", "text": "x"},
            "(c1, c2, iterations, minfreq, rules, gazetteers): there is no key c3",
        ),
        ("crf:c1=inf", {"id": "a", "text": "x"}, "key c1: "),
        ("crf:iterations=9999999999", {"id": "a", "text": "x"}, "key iterations: "),
    ],
)
def test_training_refuses_with_one_line(vigold: Vigold, extractor: str, record: dict[str, str], words: str) -> None:
    Path("gold.jsonl").write_text(json.dumps(record) + "\n")
    assert words in refused(vigold("train", "-x", extractor, "gold.jsonl", "-o", "model"))
    assert os.listdir() == ["gold.jsonl"]


def test_training_prints_cross_validated_scores(vigold: Vigold) -> None:
    jsonl.write("gold.jsonl", documents(12))
    command = ("train", "-x", "crf:iterations=5", "gold.jsonl", "-o", "model", "--resamples", "0", "--folds")
    assert "take 2 to 12" in refused(vigold(*command, "13"))
    jsonl.write("one.jsonl", documents(1))
    assert "leave --folds out" in refused(vigold("train", "one.jsonl", "-o", "model", "--folds", "2"))
    assert not Path("model").exists()
    _, out, _ = vigold(*command, "2")
    assert "2 layers" in out.splitlines()[0]
    assert all(label in out for label in ("NAME", "PLACE", "TEAM", "micro"))


def test_training_reads_words_of_a_corpus_as_their_syllables(vigold: Vigold) -> None:
    Path("a.conll").write_text("Ở O\nHội_An B-LOC\n")
    command = ("train", "-x", "crf:iterations=5", "a.conll", "-o", "model")
    status, out, err = vigold(*command)
    assert (status, " 2 tokens," in out, "a.conll: 1 tokens with `_`" in err) == (0, True, True)
    status, out, err = vigold(*command, "--from", "phoner")
    assert (status, " 3 tokens," in out, "`_`" in err) == (0, True, False)


def test_training_counts_the_labels_that_the_model_learnt(vigold: Vigold) -> None:
    document = Document("a", "Bà Ngà đến ngày 5/7/2023.", spans=(Span("a", 3, 6, "PERSON"), Span("b", 11, 24, "DATE")))
    jsonl.write("gold.jsonl", [document])
    status, out, _ = vigold("train", "-x", "hybrid:iterations=5", "gold.jsonl", "-o", "model")
    assert status == 0
    assert "1 span, 1 label, 1 layer, by rules DATE and " in out


def test_hybrid_takes_names_from_the_model_and_the_rest_from_rules(tmp_path: Path) -> None:
    text = "Bà Sầm Ngà nhận Quyết định số 15/QĐ-UBND ngày 5/7/2023."
    spans = (Span("a", 3, 10, "PERSON"), Span("b", 16, 33, "DOC"), Span("c", 41, 54, "DATE"))
    document = Document("a", text, spans=spans)
    hybrid.train([document] * 3, iterations="20").save(tmp_path / "model")
    assert json.loads((tmp_path / "model" / "manifest.json").read_text())["labels"] == ["PERSON"]
    (found,) = extract([document], f"hybrid:model={tmp_path / 'model'}")
    assert {(span.label, found.surface(span)) for span in found.spans} == {
        ("PERSON", "Sầm Ngà"),
        ("DOC", "Quyết định số 15/QĐ-UBND ngày 5/7/2023"),
        ("DATE", "ngày 5/7/2023"),
    }
    assert {span.attrs.get("value") for span in found.spans if span.label == "DATE"} == {"2023-07-05"}
    assert [relation.type for relation in found.relations] == ["issued_on"]
    assert list(crossings(found.spans)) == []


@pytest.mark.parametrize(("marked", "trusted"), [("Nguyễn Văn An", ("PER",)), ("phát biểu", ())])
def test_hybrid_trusts_the_rules_where_what_they_add_is_right(marked: str, trusted: tuple[str, ...]) -> None:
    text = "Ông Nguyễn Văn An phát biểu."
    start = text.index(marked)
    document = Document("a", text, spans=(Span("s", start, start + len(marked), "PER"),))
    # After one step the model finds nothing by itself.
    made = hybrid.train([document] * 6, iterations="1", rules="no", gazetteers="no", c1="50")
    assert made.manifest.trusted == trusted
    (found,) = extract([document], made)
    assert [found.surface(span) for span in found.spans] == ["Nguyễn Văn An"] * len(trusted)


def test_hybrid_judges_rules_only_where_they_have_a_label_of_the_model(monkeypatch: pytest.MonkeyPatch) -> None:
    trained = []

    def counting(given: list[Document], **options: str) -> Any:
        trained.append(1)
        return train(given, **options)

    monkeypatch.setattr("vigold.extraction.hybrid.crf.train", counting)
    hybrid.train(documents(6), iterations="3")
    assert len(trained) == 1
