"""Every format gives the same corpus as the JSONL that it was made of."""

from __future__ import annotations

import json
from pathlib import Path

import datasets
import msgspec
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import vigold
from tests.strategies import documents
from vigold.document import Document, Span
from vigold.errors import VigoldError
from vigold.formats import jsonl, registry
from vigold.release import dataset
from vigold.scheme import load
from vigold.scoring import inputs
from vigold.scoring.arrow import of_dataset
from vigold.scoring.corpus import Corpus, fingerprint, from_documents
from vigold.scoring.reading import read_jsonl


def told(corpus: Corpus) -> object:
    spans = [part.tolist() for part in corpus.spans]
    attrs = [corpus.values[code] for code in corpus.attrs.tolist()]
    relations = sorted(zip(*(part.tolist() for part in corpus.relations), strict=True))
    return list(corpus.documents), spans, corpus.labels, attrs, relations, corpus.types


@given(st.lists(documents(load()), min_size=1, max_size=3))
@settings(max_examples=25)
def test_jsonl_and_arrow_read_what_documents_hold(
    tmp_path_factory: pytest.TempPathFactory, some: list[Document]
) -> None:

    some = [msgspec.structs.replace(document, id=f"d{n}") for n, document in enumerate(some)]
    folder = tmp_path_factory.mktemp("formats")
    jsonl.write(folder / "a.jsonl", some)
    expected = told(from_documents(some))
    assert told(read_jsonl(folder / "a.jsonl")) == expected
    dataset.release(some, load(), folder / "set")
    file = folder / "set" / "default" / "train.parquet"
    made = datasets.Dataset.from_parquet(str(file), cache_dir=str(folder / "cache"))
    assert told(of_dataset(made, "here")) == expected
    found = inputs.read(file, registry.Reading())
    assert told(found) == expected
    assert fingerprint(found) == fingerprint(from_documents(reversed(some)))


def test_a_release_is_read_by_configuration_and_split(tmp_path: Path, sample_gold: list[Document]) -> None:
    dataset.release(sample_gold, load(), tmp_path / "set", split="test")
    found = inputs.read(tmp_path / "set", registry.Reading())
    assert told(found) == told(from_documents(sample_gold))
    with pytest.raises(VigoldError, match="no Parquet file of configuration default, split dev"):
        inputs.read(tmp_path / "set", registry.Reading(split="dev"))


def test_brat_folders(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("Ông Minh ở Huế")
    annotations = "T1\tPER 4 8\tMinh\nT2\tLOC 11 14\tHuế\nA1\tkind T2 city\nA2\tdead T1\nR1\tin Arg1:T1 Arg2:T2\n"
    (tmp_path / "in" / "a.ann").write_text(annotations + "#1\tAnnotatorNotes T1\tx\nE1\tMove:T1\n")
    (document,) = registry.read(tmp_path)
    assert (document.id, [document.surface(span) for span in document.spans]) == ("in/a", ["Minh", "Huế"])
    assert [span.attrs for span in document.spans] == [{"dead": "true"}, {"kind": "city"}]
    assert [(one.type, one.head, one.tail) for one in document.relations] == [("in", "T1", "T2")]
    (tmp_path / "in" / "a.txt").unlink()
    assert next(registry.read(tmp_path)).text is None
    (tmp_path / "in" / "a.ann").write_text("T1\tPER 0 3;4 8\tÔng Minh\n")
    with pytest.raises(VigoldError, match=r"a\.ann: line 1: a discontinuous entity"):
        list(registry.read(tmp_path))


def test_a_file_without_a_document_is_refused(tmp_path: Path) -> None:
    jsonl.write(tmp_path / "a.jsonl", [])
    (tmp_path / "a.json").write_text("[]")
    pq.write_table(pa.table({"id": pa.array([], pa.string()), "spans": pa.nulls(0)}), tmp_path / "a.parquet")
    for name in ("a.jsonl", "a.json", "a.parquet"):
        for read in (vigold.read, lambda path: inputs.read(path, registry.Reading())):
            with pytest.raises(VigoldError, match=rf"{name}: (the file is empty|none of its 0 tasks|holds no row)"):
                read(tmp_path / name)
    with pytest.raises(VigoldError, match=r"no folder with \*\.ann files"):
        list(registry.read(tmp_path / "a.jsonl", format="brat"))


def test_exports_are_read_as_gold(sample_gold: list[Document]) -> None:
    from importlib import resources

    with resources.as_file(resources.files("vigold") / "sample" / "export.json") as path:
        assert registry.told(path) == "labelstudio"
        found = {document.id: document for document in registry.read(path)}
    assert {key: one.spans for key, one in found.items()} == {one.id: one.spans for one in sample_gold}


def test_doubled_spans_collapse_on_demand(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    spans = [{"id": key, "start": 0, "end": 1, "label": "X"} for key in "pq"]
    arrows = [{"type": "r", "head": "q", "tail": "z"}]
    path.write_text(
        json.dumps({"id": "a", "spans": [*spans, {"id": "z", "start": 1, "end": 2, "label": "X"}], "relations": arrows})
    )
    with pytest.raises(VigoldError, match="line 1: document a: span q: the same start, end and label as span p"):
        read_jsonl(path)
    (document,) = registry.read(path, registry.Reading(collapse=True))
    assert [span.id for span in document.spans] == ["p", "z"]
    assert document.relations[0].head == "p"


def test_conll_meets_conll_and_other_formats(tmp_path: Path) -> None:
    gold, other, lines = tmp_path / "g.conll", tmp_path / "p.conll", tmp_path / "p.jsonl"
    gold.write_text("Hà B-LOC\nNội I-LOC\n")
    other.write_text("Ha\u0300 B-LOC\nNội I-LOC\n")
    jsonl.write(lines, [Document("0", "Hà\nNội", spans=(Span("s", 0, 6, "LOC"),))])
    found = inputs.read_all(gold, {"x": other}, registry.Reading())
    assert found.remarks == [f"{other}: 1 tokens are not those of gold"]
    assert vigold.score(found.gold, found.systems).systems["x"].micro["strict"].tp == 1
    found = inputs.read_all(gold, {"x": lines}, registry.Reading())
    assert vigold.score(found.gold, found.systems).systems["x"].micro["strict"].tp == 1
    other.write_text("Hà B-LOC\n")
    with pytest.raises(VigoldError, match="document 0: 1 tokens, gold has 2; they part at token 1"):
        inputs.read_all(gold, {"x": other}, registry.Reading())


SPAN = '{"id":"s","start":0,"end":1,"label":"X"}'


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        ('"spans":[{"start":3,"end":3,"label":"X"}]', "start 3 is not before end 3"),
        ('"text":"x","spans":[{"start":0,"end":9,"label":"X"}]', "outside the text"),
        ('"spans":[{"start":0,"end":99999999999999999999,"label":"X"}]', "over 2..31; no text is so long"),
        ('"spans":[]}\n{"id":"a","spans":[]', "line 2: document a already stands in line 1"),
        (f'"spans":[{SPAN},{SPAN.replace("1", "2")}]', "twice"),
        (f'"spans":[{SPAN},{SPAN.replace("s", "t", 1)}]', "span t: the same start, end and label as span s"),
        ('"spans":[{"start":0,"end":1,"label":""}]', "the label of the span .* is empty"),
        ('"spans":[{"start":0,"end":1,"label":"X","id":""}]', "the id of the span .* is empty"),
        ('"spans":[{"start":0,"end":1,"label":"X","score":"high"}]', "key score: expected a number or null, got text"),
        ('"spans":[{"start":0,"end":1,"label":"X","attrs":{"n":""}}]', "n is empty; leave out what has no value"),
        ('"spans":null', "neither text nor spans"),
        ('"spans":[],"relations":[{"type":"r","head":"s","tail":"t"}]', "points to a span that is not there"),
        ('"spans":[{"start":0,"end":1,"label":"X","attrs":{"n":1}}]', "expected text, got a whole number"),
    ],
)
def test_the_fast_reader_refuses_with_the_words_of_the_careful_one(tmp_path: Path, keys: str, words: str) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"id":"a",' + keys + "}\n")
    with pytest.raises(VigoldError, match=words):
        read_jsonl(path)
