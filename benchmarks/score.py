"""How fast is scoring, beside seqeval, nervaluate and spaCy on the same spans in the same run?

    python benchmarks/score.py [--spans 10000 100000 1000000] [--peers-up-to 100000] [--runs 3]

Every way runs in a process of its own; seconds are the median of the runs, memory is the peak above what was there
before the first (Linux tells it). On a busy machine the seconds of the processor are those to look at. Peers above
`--peers-up-to` spans take minutes and gigabytes; where spaCy is not installed it is left out. All ways must agree on
micro strict F1. Writes what it prints to benchmarks/results/score.txt.
"""

from __future__ import annotations

import argparse
import importlib.util
import math
import multiprocessing
import os
import platform
import sys
import time
import warnings
from collections.abc import Callable, Iterator
from importlib.metadata import version
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

import numpy as np

from vigold.scoring.columns import Columns

if not __package__:  # run as a file, with this folder on the path in place of the one that holds it
    sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks import corpora
from benchmarks import score_ways as ways

RESULT = Path(__file__).parent / "results" / "score.txt"
STATUS = Path("/proc/self/status")
Make = Callable[[int], tuple[Columns, Columns]]


class Cost(NamedTuple):
    """What a way took: seconds of the processor and of the clock, megabytes, and what it found."""

    seconds: float
    wall: float
    megabytes: float
    found: Any


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
        Path("/proc/self/clear_refs").write_text("5")  # the peak is from now on
        before = _memory("VmRSS")
        seconds, walls, found = [], [], None
        for _ in range(runs):
            begin, clock = time.process_time(), time.perf_counter()
            found = work()
            seconds.append(time.process_time() - begin)
            walls.append(time.perf_counter() - clock)
        queue.put((median(seconds), median(walls), _memory("VmHWM") - before, found))
    except Exception as error:
        queue.put(error)


def _memory(what: str) -> float:
    """Megabytes of this process: VmRSS is what it holds, VmHWM the most that it held."""
    line = next(line for line in STATUS.read_text().splitlines() if line.startswith(f"{what}:"))
    return int(line.split()[1]) / 1024


OURS = {"bare sort of the keys": ways.bare_sort, "vigold strict": ways.strict, "vigold schemata": ways.schemata}
TAGS = {"seqeval report": ways.seqeval_report, "seqeval strict": ways.seqeval_strict}
HEAD = f"{'spans':>10}  {'way':<34}{'CPU s':>10}{'wall s':>10}{'MB':>7}{'x vigold':>10}"


def sections(given: argparse.Namespace) -> Iterator[str]:
    """Everything that is measured, a line each."""
    yield from _beside(
        "Arrays of flat spans: strict counts", corpora.flat, {**OURS, **TAGS, **_spacy()}, "strict", given
    )
    peer = {"vigold schemata": ways.schemata, "nervaluate": ways.nervaluate}
    yield from _beside("Arrays of flat spans: all schemata", corpora.flat, peer, "schemata", given)
    yield from _beside("Arrays of nested spans: all schemata", corpora.nested, peer, "schemata", given)
    yield from _one_document(given)
    yield from ("", "Two systems compared, 10,000 documents of 25 spans", HEAD)
    yield _line(
        250_000, "10,000 resamples and shuffles", measure(corpora.flat, 250_000, ways.paired_resamples, given.runs)
    )
    spans = max(given.spans)
    yield from ("", f"Two JSONL files of {spans // corpora.PER_DOCUMENT:,} documents to the table with intervals", HEAD)
    for resamples in (1000, 10_000):
        cost = measure(corpora.flat, spans, ways.from_files(resamples), given.runs)
        yield _line(spans, f"vigold, {resamples:,} resamples", cost)


def _spacy() -> dict[str, Any]:
    return {"spaCy": ways.spacy} if importlib.util.find_spec("spacy") else {}


def _beside(title: str, make: Make, chosen: dict[str, Any], base: str, given: argparse.Namespace) -> Iterator[str]:
    """Ways side by side on corpora of one kind, as multiples of what vigold takes; they must agree."""
    yield from ("", title, HEAD)
    for spans in given.spans:
        costs: dict[str, Cost] = {}
        for name, way in chosen.items():
            if name in OURS or spans <= given.peers_up_to:
                costs[name] = measure(make, spans, way, given.runs)
        for name, cost in costs.items():
            yield _line(spans, name, cost, costs[f"vigold {base}"].seconds)
        f1 = [cost.found for name, cost in costs.items() if cost.found is not None and make is corpora.flat]
        assert max(f1, default=0) - min(f1, default=0) < 1e-9, f1


def _one_document(given: argparse.Namespace) -> Iterator[str]:
    """All spans in one document; the slope is 1 where twice the spans take twice the time."""
    yield from ("", "One document of nested spans: all schemata", HEAD)
    seconds = {}
    for spans in given.spans:
        cost = measure(corpora.one_document, spans, ways.schemata, given.runs)
        seconds[spans] = cost.seconds
        yield _line(spans, "vigold schemata", cost)
    for (few, short), (many, long) in pairwise(seconds.items()):
        yield f"slope from {few:,} to {many:,} spans: {math.log(long / short) / math.log(many / few):.2f}"


def _line(spans: int, name: str, cost: Cost, base: float = 0.0) -> str:
    ratio = f"{cost.seconds / base:10,.1f}" if base else ""
    return f"{spans:>10,}  {name:<34}{cost.seconds:10.4f}{cost.wall:10.4f}{cost.megabytes:7.0f}{ratio}"


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--spans", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    options.add_argument("--peers-up-to", type=int, default=100_000)
    options.add_argument("--runs", type=int, default=3)
    given = options.parse_args()
    peers = [name for name in ("seqeval", "nervaluate", "spacy") if importlib.util.find_spec(name)]
    versions = ", ".join(f"{name} {version(name)}" for name in peers)
    lines = [f"{os.cpu_count()} cores, Python {platform.python_version()}, numpy {np.__version__}, {versions}"]
    lines.append(f"median of {given.runs}; load of the machine before: {os.getloadavg()[0]:.1f}")
    print("\n".join(lines), flush=True)
    for line in sections(given):
        print(line, flush=True)
        lines.append(line)
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
