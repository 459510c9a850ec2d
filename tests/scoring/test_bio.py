"""The seqeval view is seqeval's own, on flat tags, and says what these lost."""

from __future__ import annotations

import warnings
from pathlib import Path

import pytest
from seqeval.metrics import classification_report

import vigold
from vigold.document import Document, Span
from vigold.errors import VigoldError
from vigold.scoring import files

GOLD = "-DOCSTART- O\n\nHà B-LOC\nNội I-LOC\n, O\nLan B-PER\n\nHuế B-LOC\n"
FOUND = "-DOCSTART- O\n\nHà I-LOC\nNội I-LOC\n, O\nLan B-ORG\n\nHuế B-LOC\n"


def test_conll_gives_what_seqeval_gives(tmp_path: Path) -> None:
    (tmp_path / "g.conll").write_text(GOLD)
    (tmp_path / "p.conll").write_text(FOUND)
    result = files.score(tmp_path / "g.conll", [f"x={tmp_path / 'p.conll'}"], bio=True, resamples=0)
    assert "|decoding:lenient|" in result.signature
    bio = result.systems["x"].bio
    assert bio is not None
    rows = [[[line.split()[1] for line in text.splitlines() if line and "DOC" not in line]] for text in (GOLD, FOUND)]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        report = classification_report(*rows, output_dict=True)
    for average in ("micro", "macro", "weighted"):
        ours = getattr(bio.default, average)
        peer = report[f"{average} avg"]
        assert (ours.p, ours.r, ours.f1) == (peer["precision"], peer["recall"], peer["f1-score"])
    assert bio.default.micro.f1 == result.systems["x"].micro["strict"].f1
    assert (bio.lost_gold, bio.lost_predicted) == (0, 0)


def test_what_flat_tags_cannot_hold_is_counted() -> None:
    text = "Bộ Tài chính họp"
    spans = (Span("a", 0, 12, "ORG"), Span("b", 3, 12, "ROLE"), Span("c", 14, 16, "EVENT"))
    gold = [Document("a", text, spans=spans)]
    bio = vigold.score(gold, {"x": [Document("a", spans=spans[:1])]}, bio=True, resamples=0).systems["x"].bio
    assert bio is not None
    assert (bio.lost_gold, bio.lost_predicted) == (2, 0)
    assert (bio.strict.micro.p, bio.strict.micro.r) == (1.0, 0.5)


def test_no_spans_and_no_text() -> None:
    empty = vigold.score([Document("a", "x")], {"x": [Document("a")]}, bio=True).systems["x"].bio
    assert empty is not None
    assert empty.strict.micro.f1 is None
    with pytest.raises(VigoldError, match="document a has no text"):
        vigold.score([Document("a", spans=(Span("s", 0, 1, "X"),))], {"x": [Document("a")]}, bio=True)
