"""What a model learns, from any labels, nested or not, and that it is the same each time."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from tests.command_line import Vigold
from tests.extraction.crf.made import conll, documents
from tests.strategies import texts
from vigold.document import Document, Span, crossings
from vigold.errors import VigoldError
from vigold.extraction import extract
from vigold.extraction.crf import Model, train
from vigold.extraction.crf.gazetteers import memberships
from vigold.extraction.crf.windows import LONGEST, kind_of, windows
from vigold.folds import cross_validated
from vigold.scoring.evaluate import evaluate

pytest.importorskip("pycrfsuite", reason="the extra crf is not installed")


@pytest.fixture(scope="module")
def nested() -> Model:
    return train(documents(60), iterations="40")


def test_conll_to_model_to_scores(vigold: Vigold) -> None:
    Path("train.conll").write_text(conll(documents(60)))
    Path("more.conll").write_text(conll(documents(20, seed=2)))
    Path("test.conll").write_text(conll(documents(20, seed=3)))
    status, out, _ = vigold("train", "-x", "crf:iterations=40", "train.conll", "more.conll", "-o", "model")
    assert status == 0
    assert out.startswith("80 documents, 80 sentences, ")
    assert "3 labels, 1 layer, " in out
    assert vigold("extract", "-x", "crf:model=model", "test.conll", "-o", "pred.jsonl")[0] == 0
    assert vigold("score", "test.conll", "pred.jsonl", "--bio", "--resamples", "0", "--json", "s.json")[0] == 0
    system = json.loads(Path("s.json").read_text())["systems"]["pred"]
    assert system["micro"]["strict"]["f1"] > 0.95
    assert system["bio"]["strict"]["micro"]["f1"] > 0.95
    assert json.loads(Path("pred.jsonl.manifest.json").read_text())["labels"] == ["NAME", "PLACE", "TEAM"]


def test_nested_spans_are_found_in_their_layers(nested: Model) -> None:
    unseen = documents(20, seed=9)
    result = evaluate(unseen, {"crf": list(extract(unseen, nested))}, resamples=0)
    assert nested.manifest.layers == 2
    assert {label: part.strict.f1 for label, part in result.systems["crf"].labels.items()} == pytest.approx(
        {"NAME": 1.0, "PLACE": 1.0, "TEAM": 1.0}, abs=0.05
    )


@settings(max_examples=40)
@given(texts())
def test_nothing_ever_crosses_or_ends_in_a_blank(nested: Model, text: str) -> None:
    (found,) = extract([Document("a", f"Đội cứu hộ {text} huyện Đá Mây gọi")], nested)
    assert list(crossings(found.spans)) == []
    assert all(found.surface(span).strip() == found.surface(span) != "" for span in found.spans)


def test_the_same_documents_give_the_same_bytes() -> None:
    one, two = (train(documents(12), iterations="10") for _ in range(2))
    assert (one.files, one.manifest) == (two.files, two.manifest)
    assert train(documents(12, seed=2), iterations="10").manifest.training.sha256 != one.manifest.training.sha256


@pytest.mark.parametrize(
    ("spans", "lost"),
    [
        ([(0, 8, "A"), (5, 13, "B")], "crossing another"),
        ([(0, 8, "A"), (9, 11, "B")], "edges within a token"),
        ([(0, 8, "A"), (9, 17, "B")], "across paragraphs or windows"),
    ],
)
def test_what_cannot_be_learnt_is_counted(spans: list[tuple[int, int, str]], lost: str) -> None:
    document = Document("a", "Lũng Cẩm trời\nmưa", spans=tuple(Span(f"s{n}", *key) for n, key in enumerate(spans)))
    model = train([document], iterations="2")
    assert model.manifest.training.lost == {lost: 1}
    assert model.labels == ("A",)


@pytest.mark.parametrize(
    ("options", "spans", "words"),
    [
        ({}, (), "no span can be learnt from (no spans)"),
        ({}, (Span("s", 0, 2, "A"),), "1 with edges within a token"),
        ({"depth": "3"}, (Span("s", 0, 4, "A"),), "depth"),
        ({"c1": "-1"}, (Span("s", 0, 4, "A"),), "c1"),
        ({"c1": "x"}, (Span("s", 0, 4, "A"),), "c1"),
    ],
)
def test_training_refuses(options: dict[str, Any], spans: tuple[Span, ...], words: str) -> None:
    with pytest.raises(VigoldError, match=re.escape(words)):
        train([Document("a", "Lũng Cẩm", spans=spans)], **options)


def test_rules_are_asked_only_for_labels_that_they_give(nested: Model) -> None:
    assert nested.manifest.setting.opinions == ()
    document = Document("a", "Ông Lò Phong ở Lũng Cẩm .", spans=(Span("s", 4, 12, "PER"), Span("t", 15, 23, "X")))
    assert train([document], iterations="2").manifest.setting.opinions == ("PER",)
    assert train([document], iterations="2", rules="no").manifest.setting.opinions == ()


def test_texts_that_are_tokenised_keep_their_tokens() -> None:
    assert kind_of(["Ông A , bà B ( 3 tuổi ) , ở nhà ."]) == "chunks"
    assert kind_of(["Ông A, bà B (3 tuổi), ở nhà."]) == "syllables"
    (window,) = windows("Ca COVID-19 ở TP.HCM, (quận 3).", "chunks")
    assert window.words == ["Ca", "COVID-19", "ở", "TP.HCM", ",", "(", "quận", "3", ")", "."]


def test_long_texts_are_cut_between_sentences() -> None:
    found = list(windows("Trời mưa to. " * 1000, "syllables"))
    assert all(len(window.words) <= LONGEST and window.opens[0] for window in found)
    assert sum(len(window.words) for window in found) == 4000
    assert [len(window.words) for window in windows("mưa " * 900, "syllables")] == [400, 400, 100]


def test_the_longest_phrase_of_the_tables_counts() -> None:
    found = memberships(["ông", "nguyễn", "ở", "lào", "cai"])
    assert "B:surname" in found[1]
    assert ("B:place" in found[3], "I:place" in found[4]) == (True, True)


def test_in_cross_validation_no_document_is_known_to_its_model() -> None:
    made = documents(9)
    seen: list[set[str]] = []

    def memorise(known: Any) -> Any:
        seen.append({document.id for document in known})
        return train(known, iterations="5")

    result = cross_validated(made, memorise, "crf", folds=3, resamples=0)
    assert [len(ids) for ids in seen] == [6, 6, 6]
    assert set.intersection(*seen) == set()
    assert ("|folds:3|" in result.signature, "scheme:" in result.signature) == (True, False)
    assert result.systems["crf"].micro["strict"].gold == sum(len(document.spans) for document in made)
    with pytest.raises(VigoldError, match="take 2 to 9"):
        cross_validated(made, memorise, "crf", folds=10)
