"""What trainers read: rows of tokens, GLiNER, DocBin. Read again, they give what the format can hold."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import vigold
from tests.strategies import documents
from vigold.document import Document, Relation, Span
from vigold.errors import MissingExtra
from vigold.formats import registry, writers
from vigold.scheme import load
from vigold.text import tokens

SOME = st.lists(documents(load()), min_size=1, max_size=3)


def named(some: list[Document]) -> list[Document]:
    return [Document(f"d{n}", one.text, spans=one.spans) for n, one in enumerate(some)]


def solid(document: Document) -> list[tuple[str, str]]:
    return sorted((span.label, "".join(document.surface(span).split())) for span in document.spans)


def aligned(document: Document) -> Document:
    """The document without the spans that end within a token."""
    pieces = tokens(document.text or "")
    starts, ends = {piece.start for piece in pieces}, {piece.end for piece in pieces}
    kept = tuple(span for span in document.spans if span.start in starts and span.end in ends)
    return Document(document.id, document.text, spans=kept)


@given(SOME)
@settings(max_examples=40)
def test_rows_of_tokens_hold_what_conll_holds(tmp_path_factory: pytest.TempPathFactory, some: list[Document]) -> None:
    folder = tmp_path_factory.mktemp("rows")
    vigold.write(folder / "a.conll", named(some))
    vigold.write(folder / "a.jsonl", named(some), "hf-tokens")
    assert registry.told(folder / "a.jsonl") == "hf-tokens"
    assert vigold.read(folder / "a.jsonl") == vigold.read(folder / "a.conll")


@given(SOME)
@settings(max_examples=40)
def test_gliner_holds_nested_spans(tmp_path_factory: pytest.TempPathFactory, some: list[Document]) -> None:
    path = tmp_path_factory.mktemp("gliner") / "a.json"
    vigold.write(path, named(some), "gliner")
    assert registry.told(path) == "gliner"
    for item in json.loads(path.read_text("utf-8")):
        assert all(0 <= first <= last < len(item["tokenized_text"]) for first, last, _ in item["ner"])
    for before, after in zip(map(aligned, named(some)), vigold.read(path), strict=True):
        assert (after.id, solid(after)) == (before.id, solid(before))
        assert (after.text or "").split() == [
            str(before.text)[piece.start : piece.end] for piece in tokens(before.text or "")
        ]


@given(SOME)
@settings(max_examples=40)
def test_spacy_reads_the_same_spans(tmp_path_factory: pytest.TempPathFactory, some: list[Document]) -> None:
    spacy = pytest.importorskip("spacy", reason="the extra `spacy` is not installed")
    path = tmp_path_factory.mktemp("spacy") / "a.spacy"
    vigold.write(path, named(some))
    found = spacy.tokens.DocBin().from_disk(path).get_docs(spacy.vocab.Vocab())
    for before, doc in zip(named(some), found, strict=True):
        grouped = {(s.start_char, s.end_char, s.label_) for s in doc.spans["sc"]}
        assert (doc.user_data["id"], doc.text) == (before.id, before.text)
        # White space may be a token of spaCy, and so a span, but is none of vigold's.
        assert {span.key for span in aligned(before).spans} <= grouped <= {span.key for span in before.spans}
        assert {(s.start_char, s.end_char, s.label_) for s in doc.ents} <= grouped
        assert len(doc.spans["sc"]) == len(grouped)


def test_without_spacy_the_extra_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "spacy.tokens", None)
    with pytest.raises(
        MissingExtra, match=r"writing files of spaCy needs more packages: pip install 'vigold\[spacy\]'"
    ):
        vigold.write(tmp_path / "a.spacy", [Document("a", "Huế")])
    assert list(tmp_path.iterdir()) == []


def test_spacy_trains_on_the_sample(tmp_path: Path, sample_gold: list[Document]) -> None:
    spacy = pytest.importorskip("spacy", reason="the extra `spacy` is not installed")
    vigold.write(tmp_path / "a.spacy", sample_gold)
    nlp = spacy.blank("xx")
    examples = list(spacy.training.Corpus(tmp_path / "a.spacy")(nlp))
    nlp.add_pipe("ner")
    nlp.initialize(lambda: examples)
    assert set(nlp.get_pipe("ner").labels) <= set(load().labels)
    assert (
        sum(len(one.reference.spans["sc"]) for one in examples) > sum(len(one.reference.ents) for one in examples) > 0
    )


GOLD = Document(
    "a",
    "UBND tỉnh X họp",
    published="2024-01-02",
    spans=(
        Span("o", 0, 11, "ORG", {"kind": "state"}),
        Span("l", 5, 11, "LOC"),
        Span("h", 12, 14, "EVENT"),
    ),
    relations=(Relation("in", "o", "l"),),
)


@pytest.mark.parametrize(
    ("format", "left"),
    [
        ("conll", "1 spans within others (LOC 1), 1 spans that end within a token (EVENT 1), 1 values of spans"),
        ("hf-tokens", "1 spans within others (LOC 1), 1 spans that end within a token (EVENT 1), 1 values of spans"),
        ("gliner", "1 spans that end within a token (EVENT 1), 1 values of spans"),
        (
            "spacy",
            "1 spans that end within a token (EVENT 1), 1 spans within others from doc.ents alone (LOC 1), "
            "1 values of spans",
        ),
    ],
)
def test_what_a_format_cannot_hold_is_told_by_kind_and_label(tmp_path: Path, format: str, left: str) -> None:
    if format == "spacy":
        pytest.importorskip("spacy", reason="the extra `spacy` is not installed")
    remarks: list[str] = []
    path = tmp_path / "out"
    writers.write(path, [GOLD], format, remarks)
    assert remarks == [f"{path}: {format} cannot hold all there is; left out: published, 1 relations, {left}"]


def test_fields_that_are_left_out_stand_together(tmp_path: Path) -> None:
    later = msgspec.structs.replace(GOLD, id="later", source="Báo Mưa")
    remarks: list[str] = []
    writers.write(tmp_path / "out", [GOLD, later], "gliner", remarks)
    assert "left out: published, source, 2 relations, 2 spans that" in remarks[0]


@pytest.mark.parametrize("format", ["conll", "hf-tokens", "gliner", "spacy"])
def test_a_document_without_a_text_is_refused(tmp_path: Path, format: str) -> None:
    if format == "spacy":
        pytest.importorskip("spacy", reason="the extra `spacy` is not installed")
    with pytest.raises(vigold.VigoldError, match=r"document a has no text; .* is made of tokens"):
        vigold.write(tmp_path / "out", [Document("a")], format)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ('[{"tokenized_text":["a"],"ner":[[0,1,"X"]]}]', r"item 0: ner: number 0: \[0, 1\] is not within the 1 tokens"),
        ('[{"tokenized_text":["a"],"ner":[[0,"X"]]}]', r"item 0: ner: number 0: expected \[first, last, label\]"),
        ('[{"tokenized_text":"a","ner":[]}]', "item 0: tokenized_text must be a list of texts"),
        ('[{"tokenized_text":["a"],"ner":[]}, 7]', "item 1: expected an object with tokenized_text and ner, found 7"),
        ('{"tokenized_text":["a"]}', "expected a JSON list of items"),
        ("[", "not JSON"),
        ("[]", "holds no row"),
    ],
)
def test_what_is_no_item_of_gliner_is_named(tmp_path: Path, content: str, words: str) -> None:
    (tmp_path / "a.json").write_text(content)
    with pytest.raises(vigold.VigoldError, match=words):
        list(registry.read(tmp_path / "a.json", format="gliner"))
