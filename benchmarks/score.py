"""How fast is strict scoring beside seqeval and nervaluate, on the same flat spans in the same run?

    python benchmarks/score.py [--entities 100000] [--runs 5]

Prints medians of CPU seconds and the ratio of each peer to vigold. All three must agree on the micro F1.
"""

from __future__ import annotations

import argparse
import platform
import random
import statistics
import time
from collections.abc import Callable
from importlib.metadata import version

from nervaluate import Evaluator
from seqeval.metrics import f1_score
from seqeval.scheme import IOB2

import vigold
from vigold.document import Document, Span

LABELS = ("PER", "ORG", "LOC", "ROLE", "EVENT", "DATE", "DOC")
PER_DOCUMENT, TOKENS = 25, 500


def corpus(entities: int, seed: int = 12345) -> tuple[list[list[str]], list[list[str]]]:
    """Gold and predicted IOB2 tags of documents of 500 tokens; about one prediction in ten is wrong."""
    rng = random.Random(seed)
    gold, predicted = [], []
    for _ in range(entities // PER_DOCUMENT):
        sides = ["O"] * TOKENS, ["O"] * TOKENS
        for slot in range(PER_DOCUMENT):
            start, length, label = slot * 20 + rng.randrange(10), rng.randrange(1, 6), rng.choice(LABELS)
            tags = [f"B-{label}", *[f"I-{label}"] * (length - 1)]
            sides[0][start : start + length] = tags
            if rng.random() > 0.05:
                sides[1][start : start + length] = (
                    tags if rng.random() > 0.05 else [f"B-{rng.choice(LABELS)}", *tags[1:]]
                )
        gold.append(sides[0])
        predicted.append(sides[1])
    return gold, predicted


def spans(tags: list[str]) -> tuple[Span, ...]:
    """The spans of IOB2 tags, read as strictly as the scheme is."""
    found: list[tuple[int, int, str]] = []
    for n, tag in enumerate(tags):
        if tag.startswith("B-"):
            found.append((n, n + 1, tag[2:]))
        elif tag != "O" and found and found[-1][1] == n and found[-1][2] == tag[2:]:
            found[-1] = (found[-1][0], n + 1, tag[2:])
    return tuple(Span(f"s{n}", *span) for n, span in enumerate(found))


def cpu(work: Callable[[], float], runs: int) -> tuple[float, float]:
    """The result of `work` and the median of its CPU seconds."""
    seconds = []
    for _ in range(runs):
        begin = time.process_time()
        result = work()
        seconds.append(time.process_time() - begin)
    return result, statistics.median(seconds)


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--entities", type=int, default=100_000)
    options.add_argument("--runs", type=int, default=5)
    given = options.parse_args()
    tags = corpus(given.entities)
    documents = [[Document(str(n), spans=spans(row)) for n, row in enumerate(side)] for side in tags]
    dicts = [
        [[{"label": s.label, "start": s.start, "end": s.end - 1} for s in d.spans] for d in side] for side in documents
    ]
    ways: dict[str, Callable[[], float]] = {
        "vigold": lambda: vigold.score(documents[0], {"x": documents[1]}).systems["x"].micro.f1 or 0.0,
        "seqeval": lambda: f1_score(*tags, mode="strict", scheme=IOB2),
        "nervaluate": lambda: Evaluator(*dicts, tags=list(LABELS), loader="default").evaluate()["overall"]["strict"].f1,
    }
    found = {name: cpu(work, given.runs) for name, work in ways.items()}
    assert max(f1 for f1, _ in found.values()) - min(f1 for f1, _ in found.values()) < 1e-9, found
    print(f"{given.entities:,} gold entities, median of {given.runs} runs, Python {platform.python_version()}")
    for name, (f1, seconds) in found.items():
        ratio = seconds / found["vigold"][1]
        print(f"{name:<12}{version(name):<10}F1 {f1:.6f}  {seconds:8.3f} s CPU  {ratio:6.1f} x vigold's time")


if __name__ == "__main__":
    main()
