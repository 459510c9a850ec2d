"""What benchmarks/score.py times: vigold and its peers, each made ready on a corpus and then called."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks import corpora
from vigold.scoring.columns import Columns, pack
from vigold.scoring.counts import by_document_and_label, figures, strict_table
from vigold.scoring.matching import match


def bare_sort(gold: Columns, predicted: Columns) -> Callable[[], Any]:
    """Sorting the keys of both sides, which any join by sorting must do."""
    keys = np.concatenate(pack(gold, predicted))
    keys = np.random.default_rng(1).permutation(keys)
    return lambda: np.sort(keys)[0] and None


def strict(gold: Columns, predicted: Columns) -> Callable[[], Any]:
    """vigold: strict counts for each document and label, from arrays."""
    size = int(gold.document.max()) + 1

    def work() -> float:
        right, support, given = strict_table(gold, predicted, size, len(corpora.LABELS)).sum(axis=(0, 1))
        return float(2 * right / (support + given))

    return work


def schemata(gold: Columns, predicted: Columns) -> Callable[[], Any]:
    """vigold: all four schemata and MUC counts for each document and label, from arrays."""
    size = int(gold.document.max()) + 1

    def work() -> float:
        pairs = match(gold, predicted)
        counts = by_document_and_label(gold, predicted, pairs, size, len(corpora.LABELS))
        figures(counts.sum(axis=0))
        return float(figures(counts.sum(axis=(0, 1)))["strict"][2])

    return work


def seqeval_report(gold: Columns, predicted: Columns, **how: Any) -> Callable[[], Any]:
    """seqeval: the report."""
    from seqeval.metrics import classification_report

    rows = corpora.tags(gold), corpora.tags(predicted)
    return lambda: float(classification_report(*rows, output_dict=True, **how)["micro avg"]["f1-score"])


def seqeval_strict(gold: Columns, predicted: Columns) -> Callable[[], Any]:
    """seqeval: the strict report."""
    from seqeval.scheme import IOB2

    return seqeval_report(gold, predicted, mode="strict", scheme=IOB2)


def nervaluate(gold: Columns, predicted: Columns) -> Callable[[], Any]:
    """nervaluate: all schemata, by label too."""
    from nervaluate import Evaluator

    sides = corpora.dicts(gold), corpora.dicts(predicted)
    tags = list(corpora.LABELS)
    return lambda: float(Evaluator(*sides, tags=tags, loader="default").evaluate()["overall"]["strict"].f1)


def spacy(gold: Columns, predicted: Columns) -> Callable[[], Any]:
    """spaCy: the scorer of spans."""
    from spacy.scorer import Scorer
    from spacy.tokens import Doc, Span
    from spacy.training import Example
    from spacy.vocab import Vocab

    vocab = Vocab()

    def docs(side: Columns) -> list[Any]:
        found = [Doc(vocab, words=["w"] * corpora.TOKENS) for _ in range(int(gold.document.max()) + 1)]
        groups: list[list[Any]] = [[] for _ in found]
        for document, start, end, label in zip(*(part.tolist() for part in side), strict=True):
            groups[document].append(Span(found[document], start, end, label=corpora.LABELS[label]))
        for doc, spans in zip(found, groups, strict=True):
            doc.spans["sc"] = spans
        return found

    examples = [Example(one, other) for one, other in zip(docs(predicted), docs(gold), strict=True)]
    how: dict[str, Any] = {"getter": lambda doc, key: doc.spans["sc"], "allow_overlap": True}
    return lambda: float(Scorer.score_spans(examples, "sc", **how)["sc_f"])


def from_files(resamples: int) -> Callable[[Columns, Columns], Callable[[], Any]]:
    """vigold: from two JSONL files to the printed table with intervals."""

    def prepare(gold: Columns, predicted: Columns) -> Callable[[], Any]:
        from vigold.scoring import files
        from vigold.scoring.table import as_text

        folder = Path(tempfile.mkdtemp())
        corpora.write(folder / "gold.jsonl", gold, 1)
        corpora.write(folder / "found.jsonl", predicted, 2)

        def work() -> float:
            result = files.score(folder / "gold.jsonl", [str(folder / "found.jsonl")], resamples=resamples)
            as_text(result)
            return float(result.systems["found"].micro["strict"].f1 or 0)

        return work

    return prepare


def paired_resamples(gold: Columns, predicted: Columns) -> Callable[[], Any]:
    """vigold: 10,000 paired resamples of two systems in all schemata, and as many shuffles: intervals, p-values."""
    from vigold.scoring import comparison, statistics
    from vigold.scoring.statistics import Names

    size = int(gold.document.max()) + 1
    other = predicted.take(np.random.default_rng(2).random(len(predicted.start)) < 0.99)
    systems = {}
    for name, side in (("a", predicted), ("b", other)):
        table = by_document_and_label(gold, side, match(gold, side), size, 1 + int(gold.label.max()))
        systems[name] = {"labels": table.sum(axis=1, keepdims=True), "relations": np.zeros((size, 0, 2, 3))}
    names = Names(["all"], [], {}, {})
    points = {n: statistics.all_figures(statistics.totals(block), names) for n, block in systems.items()}

    def work() -> None:
        drawn = statistics.resampled(systems, None, 10_000, 1)
        samples = {name: statistics.all_figures(sums, names) for name, sums in drawn.items()}
        comparison.compare(systems, points, samples, None, 10_000, 1)

    return work
