"""The figures of seqeval on the same data: spans flattened to tags, scored by seqeval itself."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from typing import Any

import msgspec

from vigold.document import Document, Span
from vigold.errors import VigoldError
from vigold.formats.tags import decoded, outermost, tags
from vigold.scoring.corpus import Corpus
from vigold.scoring.metrics import number
from vigold.scoring.shelf import bare
from vigold.text import Piece, tokens


class Average(msgspec.Struct, frozen=True):
    """What seqeval says of one label or average; None where it has nothing to divide by."""

    p: float | None
    r: float | None
    f1: float | None
    support: int


class Report(msgspec.Struct, frozen=True):
    """seqeval's classification report in one mode."""

    micro: Average
    macro: Average
    weighted: Average
    labels: dict[str, Average]


class Bio(msgspec.Struct, frozen=True):
    """seqeval's report in both modes, and how many spans the flat tags could not hold as they are.

    `default` is lenient, as conlleval is; `strict` is with the scheme IOB2. Tags are over the tokens of a CoNLL gold
    file, else over vigold's tokens, a document a row.
    """

    strict: Report
    default: Report
    lost_gold: int
    lost_predicted: int


def bio(gold: Corpus, predicted: Corpus) -> Bio:
    """seqeval on the flattened spans. Raises VigoldError for a document with spans whose text is not known."""
    texts = [one.text if one.text is not None else other.text for one, other in _both(gold, predicted)]
    rows: tuple[list[list[str]], list[list[str]]] = ([], [])
    lost = [0, 0]
    sides = _spans(gold), _spans(predicted)
    for n, (document, text) in enumerate(zip(bare(gold.documents), texts, strict=True)):
        pieces = _pieces(text, gold.notes.get("format") == "conll")
        for side in (0, 1):
            spans = sides[side][n]
            if text is None and spans:
                raise VigoldError(f"--bio: document {document.id} has no text to cut into tokens")
            row = tags(pieces, outermost(spans))
            lost[side] += len(spans) - len({span.key for span in spans} & _recovered(pieces, row))
            rows[side].append(row)
    return Bio(_report(*rows, strict=True), _report(*rows, strict=False), *lost)


def _both(gold: Corpus, predicted: Corpus) -> list[tuple[Document, Document]]:
    return list(zip(gold.documents, predicted.documents, strict=True))


def _spans(side: Corpus) -> list[list[Span]]:
    """The spans of each document."""
    found: list[list[Span]] = [[] for _ in side.documents]
    for document, start, end, label in zip(*(part.tolist() for part in side.spans), strict=True):
        found[document].append(Span("", start, end, side.labels[label]))
    return found


def _pieces(text: str | None, conll_tokens: bool) -> list[Piece]:
    if text is None:
        return []
    if not conll_tokens:
        return tokens(text)
    found, at = [], 0
    for word in text.split(" "):
        found.append(Piece(at, at + len(word)))
        at += len(word) + 1
    return found


def _recovered(pieces: Sequence[Piece], row: list[str]) -> set[tuple[int, int, str]]:
    chunks = decoded(row, "strict:IOB2")
    return {(pieces[chunk.start].start, pieces[chunk.end - 1].end, chunk.label) for chunk in chunks}


def _report(gold: list[list[str]], predicted: list[list[str]], strict: bool) -> Report:
    from seqeval.metrics import classification_report
    from seqeval.scheme import IOB2

    how: dict[str, Any] = {"mode": "strict", "scheme": IOB2} if strict else {}
    if not any(tag != "O" for side in (gold, predicted) for row in side for tag in row):
        nothing = Average(None, None, None, 0)  # seqeval fails here
        return Report(nothing, nothing, nothing, {})
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = classification_report(gold, predicted, output_dict=True, zero_division=0, **how)
    micro, macro, weighted = (_average(found.pop(f"{kind} avg")) for kind in ("micro", "macro", "weighted"))
    return Report(micro, macro, weighted, {label: _average(one) for label, one in found.items()})


def _average(found: dict[str, Any]) -> Average:
    p, r, f1 = (number(float(found[key])) for key in ("precision", "recall", "f1-score"))
    return Average(p, r, f1, int(found["support"]))
