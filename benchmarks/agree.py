"""How long does the agreement of two annotators take, with intervals, values, relations and nested spans?

    python benchmarks/agree.py [--spans 25000] [--resamples 1000] [--runs 5]

Prints the median of CPU seconds of the figures, and of the whole command on JSONL files. Wanted: under 2 s.
"""

from __future__ import annotations

import argparse
import platform
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import vigold
from vigold.document import Document, Relation, Span
from vigold.review.agreement import agreement

LABELS = ("PER", "ORG", "LOC", "ROLE", "EVENT", "DOC")
PER_DOCUMENT = 25


def corpus(spans: int, seed: int = 12345) -> tuple[list[Document], list[Document]]:
    """Two annotators' documents of 25 spans in 3,000 characters; about one span in six differs."""
    rng = random.Random(seed)
    sides: tuple[list[Document], list[Document]] = ([], [])
    for number in range(spans // PER_DOCUMENT):
        one = _spans(rng)
        other = [_other(span, rng) for span in one if rng.random() > 0.05]
        for side, found in zip(sides, (one, list({span.key: span for span in other}.values())), strict=True):
            arrows = tuple(Relation("x", a.id, b.id) for a, b in zip(found[::5], found[1::5], strict=False))
            side.append(Document(f"d{number}", "x" * 3000, spans=tuple(found), relations=arrows))
    return sides


def _spans(rng: random.Random) -> list[Span]:
    found: list[Span] = []
    for slot in range(PER_DOCUMENT - 5):
        start = slot * 150 + rng.randrange(60)
        end = start + rng.randrange(8, 80)
        attrs = {"value": str(rng.randrange(2000, 2030))} if slot % 4 == 0 else {}
        found.append(Span(f"s{slot}", start, end, rng.choice(LABELS), attrs))
        if slot % 4 == 3:
            found.append(Span(f"n{slot}", start + 2, end - 2, found[-1].label))
    return found


def _other(span: Span, rng: random.Random) -> Span:
    """What the other annotator made of it: mostly the same."""
    chance = rng.random()
    start = span.start + (chance < 0.05)
    label = rng.choice(LABELS) if chance > 0.95 else span.label
    return Span(span.id, start, span.end, label, {"value": "?"} if span.attrs and chance > 0.9 else span.attrs)


def cpu(work: Callable[[], object], runs: int, children: bool = False) -> float:
    """The median of the CPU seconds of `work`, here or in the processes that it starts."""
    seconds = []
    for _ in range(runs):
        begin = _clock(children)
        work()
        seconds.append(_clock(children) - begin)
    return statistics.median(seconds)


def _clock(children: bool) -> float:
    if not children:
        return time.process_time()
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--spans", type=int, default=25_000)
    options.add_argument("--resamples", type=int, default=1000)
    options.add_argument("--runs", type=int, default=5)
    given = options.parse_args()
    sides = corpus(given.spans)
    versions = {name: {d.id: d for d in side} for name, side in zip(("one", "other"), sides, strict=True)}
    sizes = " and ".join(f"{sum(len(d.spans) for d in side):,}" for side in sides)
    print(
        f"{sizes} spans, {given.resamples} resamples, median of {given.runs} runs, Python {platform.python_version()}"
    )
    figures = cpu(lambda: agreement(versions, resamples=given.resamples), given.runs)
    print(f"figures          {figures:6.2f} s CPU")
    with tempfile.TemporaryDirectory() as folder:
        paths = [str(Path(folder) / f"{name}.jsonl") for name in versions]
        for path, side in zip(paths, sides, strict=True):
            vigold.write(path, side)
        command = [sys.executable, "-m", "vigold", "agree", *paths, "--resamples", str(given.resamples)]
        whole = cpu(lambda: subprocess.run(command, check=True, capture_output=True), given.runs, children=True)
    print(f"whole command    {whole:6.2f} s CPU")


if __name__ == "__main__":
    main()
