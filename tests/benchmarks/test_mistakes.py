"""The page of mistakes counts what `vigold score` tells, and shows only made-up sentences that are still wrong."""

from __future__ import annotations

from pathlib import Path

import vigold
from benchmarks.mistakes import HARD, counts, examples, hard, mistakes, wrong
from benchmarks.systems import Corpus
from vigold.document import Document, Span

GOLD = Document(
    "a", "An gặp Bình ở Huế.", spans=(Span("s1", 0, 2, "PER"), Span("s2", 7, 11, "PER"), Span("s3", 14, 17, "LOC"))
)
PREDICTED = Document("a", GOLD.text, spans=(Span("s1", 0, 6, "PER"), Span("s2", 14, 17, "ORG")))


def test_mistakes_are_counted_by_label_and_kind(tmp_path: Path) -> None:
    vigold.write(tmp_path / "gold.jsonl", [GOLD])
    vigold.write(tmp_path / "x.jsonl", [PREDICTED])
    told = mistakes(Corpus(tmp_path / "gold.jsonl", tmp_path), "x")
    assert dict(counts([GOLD], told)) == {"PER": [2, 1, 0, 0, 1, 0], "LOC": [1, 0, 1, 0, 0, 0]}
    assert "- LOC, label: `…An gặp Bình ở [Huế].…`, found as ORG `Huế`" in examples(told)


def test_hard_sentences_nest_and_are_dropped_once_they_are_right() -> None:
    lines = ["# A remark", "Posts", "{ROLE Bộ trưởng {ORG Tài chính}} đến {LOC Huế}.", "{ORG Huế} mưa."]
    right, false = hard(lines)
    assert (right.about, right.text) == ("Posts", "Bộ trưởng Tài chính đến Huế.")
    assert right.right == {(0, 19, "ROLE"), (10, 19, "ORG"), (24, 27, "LOC")}
    assert list(wrong([right, false], "rules")) == [
        "",
        "Posts:",
        "",
        "- `Huế mưa.` not found: ORG `Huế`; found: LOC `Huế`",
    ]


def test_the_hard_sentences_are_well_marked() -> None:
    sentences = list(hard(HARD.read_text("utf-8").splitlines()))
    assert len(sentences) > 10
    assert all(sentence.right and not set("{}") & set(sentence.text) for sentence in sentences)
