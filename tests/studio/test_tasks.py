"""Tasks carry what reading back needs; the config shows what the scheme says, escaped."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree as Xml

import msgspec
import pytest

from tests.command_line import Vigold, refused
from vigold.document import Document, Span, sha256
from vigold.errors import VigoldError
from vigold.formats import jsonl
from vigold.scheme import load
from vigold.studio import tasks
from vigold.studio.config import config

ARTICLE = Document("a1", "Hà Nội mưa", "2024-05-01", source="Báo Mưa", meta={"author": "x"})


def test_a_task_holds_text_hashes_and_origin() -> None:
    (task,) = tasks.tasks([ARTICLE], load())
    data = task["data"]
    assert (data["text"], data["id"], data["published"], data["source"]) == (
        "Hà Nội mưa",
        "a1",
        "2024-05-01",
        "Báo Mưa",
    )
    assert data["sha256"] == sha256("Hà Nội mưa")
    assert data["scheme"] == {"name": "vigold-news", "version": "1.0", "hash": load().hash}
    assert data["meta"] == {"author": "x"}


@pytest.mark.parametrize(
    ("predictions", "words"),
    [
        ({}, "no prediction for document a1"),
        ({"a1": Document("a1", "khác")}, "another text"),
        ({"a1": Document("a1", spans=(Span("s", 0, 2, "NOPE"),))}, "'NOPE' is not in"),
        ({"a1": ARTICLE, "a2": ARTICLE}, "document a2 is not among"),
    ],
)
def test_predictions_must_belong(predictions: dict[str, Document], words: str) -> None:
    with pytest.raises(VigoldError, match=words):
        list(tasks.tasks([ARTICLE], load(), predictions=predictions))


def test_a_label_outside_the_scheme_names_its_file_and_the_remedy(vigold: Vigold) -> None:
    spans = (Span("s", 0, 6, "MONEY"),)
    jsonl.write("articles.jsonl", [ARTICLE])
    jsonl.write("money.jsonl", [msgspec.structs.replace(ARTICLE, spans=spans)])
    predicted = refused(vigold("tasks", "articles.jsonl", "--predictions", "money.jsonl", "-o", "tasks.json"))
    assert predicted.startswith("vigold: error: money.jsonl: document a1: span s: label 'MONEY' is not in scheme")
    assert predicted.endswith("; --scheme FILE takes another scheme")
    annotated = refused(vigold("tasks", "money.jsonl", "--annotations", "-o", "tasks.json"))
    assert annotated == predicted


def test_gold_that_crosses_makes_no_task() -> None:
    crossing = msgspec.structs.replace(ARTICLE, spans=(Span("a", 0, 6, "LOC"), Span("b", 3, 10, "ORG")))
    with pytest.raises(VigoldError, match="crosses"):
        list(tasks.tasks([crossing], load(), annotations=True))


def test_spans_that_are_written_as_an_annotation_are_no_ground_truth() -> None:
    (task,) = tasks.tasks([ARTICLE], load(), annotations=True)
    assert [work["ground_truth"] for work in task["annotations"]] == [False]


@pytest.mark.parametrize("path", [None, Path(__file__).parent.parent / "recipes.toml"])
def test_the_config_offers_every_label_value_and_relation(path: Path | None) -> None:
    scheme = load(path)
    view = Xml.fromstring(config(scheme))
    assert [item.get("value") for item in view.iter("Label")] == list(scheme.labels)
    assert [item.get("value") for item in view.iter("Relation")] == list(scheme.relations)
    controls = {item.get("name"): item for kind in ("TextArea", "Choices") for item in view.iter(kind)}
    assert set(controls) == set(scheme.controls)
    for name, (label, _) in scheme.controls.items():
        assert controls[name].get("whenLabelValue") == label
        assert controls[name].get("perRegion") == "true"
    assert next(view.iter("Text")).get("granularity") == "word"


def test_words_of_the_scheme_are_escaped() -> None:
    scheme = load()
    label = msgspec.structs.replace(scheme.labels["PER"], hint='"/><script>alert(1)</script>')
    wild = msgspec.structs.replace(scheme, labels={"<b>": label})
    assert "<script" not in config(wild)
    assert next(Xml.fromstring(config(wild)).iter("Label")).get("value") == "<b>"
