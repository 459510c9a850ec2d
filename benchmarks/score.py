"""How fast is scoring, beside seqeval, nervaluate and spaCy on the same spans in the same run?

    python benchmarks/score.py [--spans 10000 100000 1000000] [--peers-up-to 100000] [--runs 3]

Every way runs in a process of its own; CPU seconds are the least of the runs, memory is the peak above what was there
before the first. All ways must agree on micro strict F1. Peers above `--peers-up-to` spans take minutes and gigabytes;
where spaCy is not installed it is left out. Writes what it prints to benchmarks/results/score.txt.
"""

from __future__ import annotations

import argparse
import importlib.util
import multiprocessing
import os
import platform
import resource
import tempfile
import time
import warnings
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from vigold.scoring.columns import Columns, pack
from vigold.scoring.counts import by_document_and_label, figures, strict_table
from vigold.scoring.matching import match

try:
    from benchmarks import corpora
except ModuleNotFoundError:  # run as a file, with this folder on the path
    import corpora

RESULT = Path(__file__).parent / "results" / "score.txt"
Make = Callable[[int], tuple[Columns, Columns]]


class Cost(NamedTuple):
    """What a way took: CPU seconds, megabytes, and what it found."""

    seconds: float
    megabytes: float
    found: Any


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
    """vigold: 10,000 paired bootstrap resamples of two systems, all schemata."""
    from vigold.scoring.resampling import bootstrap_sums, exact, interval

    size = int(gold.document.max()) + 1
    table = by_document_and_label(gold, predicted, match(gold, predicted), size, 1 + int(gold.label.max())).sum(axis=1)
    both = exact(np.concatenate((table, table[::-1]), axis=1).reshape(size, -1))

    def work() -> None:
        sums = bootstrap_sums(both, 10_000, 1).reshape(10_000, 2, 2, 5)
        one, other = (figures(sums[:, n]) for n in (0, 1))
        for schema in one:
            interval(other[schema][2] - one[schema][2])

    return work


def measure(make: Make, spans: int, prepare: Callable[..., Callable[[], Any]], runs: int) -> Cost:
    """The cost of a way in a process of its own."""
    queue: Any = multiprocessing.get_context("fork").Queue()
    child = multiprocessing.get_context("fork").Process(target=_measured, args=(queue, make, spans, prepare, runs))
    child.start()
    cost = queue.get()
    child.join()
    if isinstance(cost, Exception):
        raise cost
    return Cost(*cost)


def _measured(queue: Any, make: Make, spans: int, prepare: Callable[..., Callable[[], Any]], runs: int) -> None:
    warnings.simplefilter("ignore")
    try:
        work = prepare(*make(spans))
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        seconds, found = [], None
        for _ in range(runs):
            begin = time.process_time()
            found = work()
            seconds.append(time.process_time() - begin)
        queue.put((min(seconds), (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024, found))
    except Exception as error:
        queue.put(error)


OURS = {"bare sort of the keys": bare_sort, "vigold strict": strict, "vigold schemata": schemata}
FLAT = {"seqeval report": seqeval_report, "seqeval strict": seqeval_strict, "nervaluate": nervaluate}


def rows(given: argparse.Namespace) -> list[tuple[str, int, str, Cost]]:
    """Everything that is measured: corpus, spans, way, cost."""
    found = []
    peers = FLAT | ({"spaCy": spacy} if importlib.util.find_spec("spacy") else {})
    for spans in given.spans:
        allowed = peers if spans <= given.peers_up_to else {}
        for name, way in (OURS | allowed).items():
            found.append(("flat", spans, name, measure(corpora.flat, spans, way, given.runs if name in OURS else 1)))
        for name, way in {"vigold schemata": schemata, **({"nervaluate": nervaluate} if allowed else {})}.items():
            found.append(("nested", spans, name, measure(corpora.nested, spans, way, given.runs)))
        cost = measure(corpora.one_document, spans, schemata, given.runs)
        found.append(("one document", spans, "vigold schemata", cost))
    for resamples in (1000, 10_000):
        cost = measure(corpora.flat, max(given.spans), from_files(resamples), given.runs)
        found.append(("files", max(given.spans), f"vigold, {resamples:,} resamples", cost))
    cost = measure(corpora.flat, 250_000, paired_resamples, given.runs)
    found.append(("flat", 250_000, "10,000 paired resamples", cost))
    return found


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--spans", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    options.add_argument("--peers-up-to", type=int, default=100_000)
    options.add_argument("--runs", type=int, default=3)
    found = rows(options.parse_args())
    seconds = {(corpus, spans, name): cost.seconds for corpus, spans, name, cost in found}
    peers = [name for name in (*FLAT, "spacy") if importlib.util.find_spec(name.split()[0])]
    versions = ", ".join(f"{name} {version(name)}" for name in dict.fromkeys(one.split()[0] for one in peers))
    machine = f"{os.cpu_count()} cores, Python {platform.python_version()}, numpy {np.__version__}, {versions}"
    lines = [machine, f"{'corpus':<14}{'spans':>10}  {'way':<28}{'CPU s':>10}{'MB':>8}{'x vigold':>10}"]
    for corpus, spans, name, cost in found:
        base = seconds.get((corpus, spans, "vigold schemata" if name == "nervaluate" else "vigold strict"))
        ratio = f"{cost.seconds / base:10,.1f}" if base else ""
        lines.append(f"{corpus:<14}{spans:>10,}  {name:<28}{cost.seconds:10.4f}{cost.megabytes:8.0f}{ratio}")
    print("\n".join(lines))
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text("\n".join(lines) + "\n")
    for spans in {row[1] for row in found}:
        f1 = {cost.found for corpus, size, _, cost in found if (corpus, size) == ("flat", spans) and cost.found}
        assert max(f1, default=0) - min(f1, default=0) < 1e-9, f1


if __name__ == "__main__":
    main()
