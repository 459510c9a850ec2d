"""The calls of Python take paths and documents, and refuse everything else in clear words."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import vigold
from tests.strategies import documents
from vigold.document import Document, Relation, Span
from vigold.errors import VigoldError
from vigold.scheme import load

ONE = Document("a", "Ông Minh ở Huế.", spans=(Span("s", 4, 8, "PER"), Span("t", 11, 14, "LOC", {"kind": "city"})))
GOLD = [ONE]
TWICE = (Span("s", 0, 1, "X"), Span("s", 1, 2, "X"))
DANGLING = Relation("in", "s", "t")


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: vigold.read(GOLD), "expected the path of a file, found a list"),
        (lambda: vigold.read(5), "expected the path of a file, found an int"),
        (lambda: vigold.write(GOLD, "x.jsonl"), r"vigold\.write\(path, documents\): expected the path of a file"),
        (lambda: vigold.write("x.jsonl", "y.jsonl"), "expected documents, found a str"),
        (lambda: vigold.write("x.jsonl", ONE), "one Document; put it in a list"),
        (lambda: vigold.write("x.jsonl", [{"id": "a"}]), "item 0 is a dict, not a Document"),
        (lambda: vigold.write("x.jsonl", None), "expected documents, found nothing"),
        (lambda: vigold.write("x.jsonl", GOLD, "xml"), "no documents are written as 'xml'; there are jsonl, parquet"),
        (lambda: vigold.write("x", [Document("a", "x", spans=ONE.spans)], "brat"), r"x: document a: span s: \[4, 8\)"),
        (
            lambda: vigold.write("x", [Document("a", relations=(DANGLING,))], "brat"),
            "points to a span that is not there",
        ),
        (lambda: vigold.extract(ONE), "one Document; put it in a list"),
        (lambda: vigold.extract(GOLD, GOLD), "expected the name of one, found a list"),
        (lambda: vigold.extract([1]), "item 0 is an int, not a Document"),
        (lambda: vigold.score(GOLD, GOLD), "expected predictions by the names of their systems, found a list"),
        (lambda: vigold.score(GOLD, "x.jsonl"), "found a str"),
        (lambda: vigold.score(GOLD, {}), "no predictions"),
        (lambda: vigold.score(GOLD, {5: GOLD}), "the name of a system must be text, found 5"),
        (lambda: vigold.score({"a": ONE}, {"x": GOLD}), "gold: expected documents, found a dict"),
        (lambda: vigold.score(GOLD, {"x": [{"id": "a"}]}), "system x: item 0 is a dict"),
        (lambda: vigold.score(GOLD, {"x": "none.jsonl"}), r"none\.jsonl: cannot read"),
        (lambda: vigold.score(GOLD, {"x": [Document("a", spans=(Span("s", "0", 1, "X"),))]}), "key start: expected"),
        (lambda: vigold.score(GOLD, {"x": [Document("a", spans=(Span("s", 0.5, 1, "X"),))]}), "key start: expected"),
        (lambda: vigold.score(GOLD, {"x": [Document("a", spans=(Span("s", 0, 1, 5),))]}), "key label: expected text"),
        (lambda: vigold.score(GOLD, {"x": [Document(5)]}), "key id: expected text"),
        (
            lambda: vigold.score(GOLD, {"x": GOLD}, scheme=5),
            "scheme: expected a Scheme or the path of one, found an int",
        ),
        (lambda: vigold.score(GOLD, {"x": [Document("a", spans=(Span(None, 0, 1, "X"),))]}), "key id: expected text"),
        (lambda: vigold.score(GOLD, {"x": [Document("a", spans=TWICE)]}), "span s: this span id stands twice"),
        (lambda: vigold.write("x", [Document(5, "x")]), "key id: expected text, got a whole number"),
        (lambda: vigold.extract([Document("a", 5)]), "key text: expected text or null, got a whole number"),
        (lambda: vigold.score(GOLD, {"x": GOLD}, resamples=-1), "key resamples: expected a whole number >= 0"),
        (lambda: vigold.score(GOLD, {"x": GOLD}, resamples=10**9), "key resamples: expected a whole number <= 100000"),
        (lambda: vigold.score(GOLD, {"x": GOLD}, seed=-1), "key seed: expected a whole number >= 0"),
        (lambda: vigold.score(GOLD, {"x": GOLD}, labels="PER"), "key labels: expected a list or null, got text"),
        (lambda: vigold.score(GOLD, {"x": GOLD}, sed=1), "scoring has no option 'sed'; there are missing, unknown"),
    ],
)
def test_wrong_types_are_refused(
    call: Callable[[], Any], words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(VigoldError, match=words):
        call()
    assert list(tmp_path.iterdir()) == []


def test_paths_and_documents_may_stand_beside_each_other(tmp_path: Path) -> None:
    vigold.write(tmp_path / "gold.jsonl", GOLD)
    words = "Ông O\nMinh B-PER\nở O\nHuế B-LOC\n. O\n"
    (tmp_path / "p.conll").write_text(f"# id = a\n{words}")
    systems = {"file": str(tmp_path / "p.conll"), "once": iter(GOLD), "documents": GOLD}
    for gold in (GOLD, iter(GOLD), tmp_path / "gold.jsonl"):
        result = vigold.score(gold, {**systems, "once": iter(GOLD)}, resamples=0)
        assert [system.micro["strict"].tp for system in result.systems.values()] == [2, 2, 2]
    assert result.signature.startswith("corpus:gold#")
    assert [one.id for one in vigold.extract(tmp_path / "gold.jsonl")] == ["a"]


def test_the_ending_says_what_is_written(tmp_path: Path) -> None:
    for name, head in {"a.parquet": b"PAR1", "a.conll": b"# id = a\n", "a.jsonl": b"{", "a.out": b"{"}.items():
        vigold.write(tmp_path / name, iter(GOLD))
        assert (tmp_path / name).read_bytes().startswith(head)
        (document,) = vigold.read(tmp_path / name)
        assert [document.surface(span) for span in document.spans] == ["Minh", "Huế"]
    vigold.write(tmp_path / "folder", GOLD, "brat")
    assert vigold.read(tmp_path / "folder")[0].spans[1].attrs == {"kind": "city"}


@given(st.lists(documents(load()), min_size=1, max_size=2))
@settings(max_examples=25)
def test_parquet_gives_back_what_was_written(tmp_path_factory: pytest.TempPathFactory, some: list[Document]) -> None:
    path = tmp_path_factory.mktemp("parquet") / "a.parquet"
    named = [Document(f"d{n}", one.text, one.published, one.title, spans=one.spans, relations=one.relations,
                      zones=one.zones, meta=one.meta) for n, one in enumerate(some)]  # fmt: skip
    vigold.write(path, named)
    assert vigold.read(path) == named
