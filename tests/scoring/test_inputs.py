"""What was collapsed, left out or added stands in the result; errors name the system and its file."""

from __future__ import annotations

import json
import socket
from pathlib import Path
from typing import Any

import datasets
import pytest

from vigold.document import Document, Span
from vigold.errors import VigoldError
from vigold.formats import jsonl, labelstudio, registry
from vigold.formats.registry import Reading
from vigold.scheme import load
from vigold.scoring import files

SPAN = Span("s", 0, 3, "LOC")
GOLD = [Document("a", "Huế", spans=(SPAN,)), Document("b", "Sa Pa")]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    jsonl.write("gold.jsonl", GOLD)
    return tmp_path


def test_documents_that_were_added_and_left_out_are_counted(folder: Path) -> None:
    jsonl.write("p.jsonl", [Document("b", spans=()), Document("c", spans=()), Document("d", spans=())])
    result = files.score("gold.jsonl", ["x=p.jsonl"], missing="empty", unknown="drop", resamples=0)
    assert result.remarks == [
        "system x (p.jsonl): 1 of 2 documents without a prediction count as empty",
        "system x (p.jsonl): 2 documents that gold does not have left out",
    ]


@pytest.mark.parametrize(
    ("documents", "words"),
    [
        ([Document("a", spans=())], r"system x \(p\.jsonl\): no prediction for document b"),
        ([*GOLD, Document("c", "")], r"system x \(p\.jsonl\): document c is not in gold"),
        ([Document("a", "Hue", spans=()), GOLD[1]], r"system x \(p\.jsonl\): document a was predicted on another text"),
        ([Document("a", spans=(Span("s", 0, 4, "X"),)), GOLD[1]], r"system x \(p\.jsonl\): document a: span \[0, 4\)"),
    ],
)
def test_errors_name_the_system_and_its_file(folder: Path, documents: list[Document], words: str) -> None:
    jsonl.write("p.jsonl", documents)
    with pytest.raises(VigoldError, match=words):
        files.score("gold.jsonl", ["x=p.jsonl"], resamples=0)


def test_collapsed_spans_are_counted_and_stand_in_the_signature(folder: Path) -> None:
    spans = [{"start": 0, "end": 3, "label": "LOC"}] * 3
    Path("p.jsonl").write_text(json.dumps({"id": "a", "spans": spans}) + '\n{"id":"b","spans":[]}\n')
    result = files.score("gold.jsonl", ["p.jsonl"], how=Reading(collapse=True), resamples=0)
    assert result.remarks == ["p.jsonl: 2 doubled spans taken once"]
    assert "|duplicates:collapse|" in result.signature
    assert result.systems["p"].micro["strict"].f1 == 1.0


def exported(document: Document, *annotations: dict[str, Any]) -> dict[str, Any]:
    return {**labelstudio.task(document, load()), "id": int(document.id, 36), "annotations": list(annotations)}


def test_exports_count_what_nobody_submitted_and_refuse_a_doubled_document(folder: Path) -> None:
    done = {"id": 1, "result": labelstudio.result(GOLD[0], load())}
    tasks = [exported(GOLD[0], done), exported(GOLD[1], {"id": 2, "was_cancelled": True, "result": []})]
    Path("gold.json").write_text(json.dumps(tasks))
    jsonl.write("p.jsonl", GOLD[:1])
    result = files.score("gold.json", ["p.jsonl"], resamples=0)
    assert result.remarks == ["gold.json: 1 tasks without a submitted annotation left out"]
    Path("gold.json").write_text(json.dumps([tasks[0], {**tasks[0], "id": 77}]))
    tasks[0]["data"]["source"] = 5
    Path("odd.json").write_text(json.dumps(tasks))
    with pytest.raises(VigoldError, match=r"odd\.json: task 10: document a: key source: expected text or null"):
        list(registry.read("odd.json"))
    with pytest.raises(VigoldError, match=r"gold\.json: task 77: document a already stands in task 10"):
        list(registry.read("gold.json"))


def test_a_split_of_nothing_is_an_error(folder: Path) -> None:
    for how in (Reading(split="test"), Reading(config="bio")):
        with pytest.raises(VigoldError, match="--split and --config choose a part of a folder or Hub dataset"):
            files.score("gold.jsonl", ["gold.jsonl"], how=how, resamples=0)


def test_a_dataset_of_the_hub(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    span = {"start": datasets.Value("int32"), "end": datasets.Value("int32")}
    span["label"] = datasets.ClassLabel(names=["PER", "LOC"])
    features = datasets.Features({"id": datasets.Value("string"), "spans": datasets.List(span)})
    rows = {"id": ["b", "a"], "spans": [[], [{"start": 0, "end": 3, "label": 1}]]}
    made = datasets.DatasetDict({"test": datasets.Dataset.from_dict(rows, features=features)})

    def load_dataset(name: str, config: str | None, split: str | None) -> object:
        assert datasets.are_progress_bars_disabled()
        return made[split] if split else made

    monkeypatch.setattr(datasets, "load_dataset", load_dataset)
    for how in (Reading(), Reading(split="test")):
        result = files.score("someone/news-v1.0", ["gold.jsonl"], how=how, resamples=0)
        assert result.systems["gold"].micro["strict"].f1 == 1.0
        assert not datasets.are_progress_bars_disabled()


def test_without_a_network_a_dataset_is_refused_in_one_line(folder: Path) -> None:
    with pytest.raises(VigoldError, match="someone/news: no such file, and no dataset of the Hub: ") as found:
        files.score("someone/news", ["gold.jsonl"], resamples=0)
    assert "\n" not in str(found.value)


def test_without_any_network_nothing_is_tried_but_what_is_kept_here(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nowhere(*_: object) -> None:
        raise socket.gaierror(-2, "Name or service not known")

    asked: list[str] = []

    def load(name: str, *_: object, **options: object) -> None:
        asked.append(name)
        raise ConnectionError("tried in vain")

    monkeypatch.delenv("HF_HUB_OFFLINE")
    monkeypatch.setattr("vigold.formats.hub_reach.getproxies", dict)
    monkeypatch.setattr(socket, "getaddrinfo", nowhere)
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_CACHE", str(folder))
    monkeypatch.setattr(datasets, "load_dataset", load)
    with pytest.raises(VigoldError, match=r"someone/news: .* cannot be reached: Name or service not known"):
        files.score("someone/news", ["gold.jsonl"], resamples=0)
    assert asked == []
    Path("datasets--someone--news").mkdir()
    with pytest.raises(VigoldError, match="tried in vain"):
        files.score("someone/news", ["gold.jsonl"], resamples=0)
    assert asked == ["someone/news"]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (b'{"id":"a","spans":\n[]}', "line 1: not JSON"),
        (b'{"id":"a","spans":[],"note":"\xff"}', "line 1: not UTF-8"),
        (b'{"id":"a","spans":[],"note":' + b"[" * 5000 + b"]" * 5000 + b"}", "line 1: lists or objects are nested too"),
        (b'{"id":"a","spans":[],"note":"\\u0000"}', "line 1: document a: meta holds a NUL"),
    ],
)
def test_what_scoring_passes_over_must_be_sound_too(folder: Path, line: bytes, words: str) -> None:
    Path("p.jsonl").write_bytes(line + b'\n{"id":"b","spans":[]}\n')
    with pytest.raises(VigoldError, match=rf"^p\.jsonl: {words}"):
        files.score("gold.jsonl", ["p.jsonl"], resamples=0)
