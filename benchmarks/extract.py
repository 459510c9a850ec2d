"""How fast are the extractors, beside those of others, on the same texts in the same run?

    python -m benchmarks.extract [GOLD.jsonl] [--runs 5] [--also NAME:key=value,…] [--quick]

The texts are those of GOLD (the bundled sample by default); `crf` and `hybrid` are trained on the sample first. Each
extractor is made and warmed in a process of its own; then they take turns, so that a busy machine is busy for all.
Rates are medians of KB (1,000 bytes of UTF-8) a second: of the CPU, for the process and the programs that it started
(Java keeps several CPUs busy), and of the clock. Memory is the peak of all these processes. HeidelTime and ViNLP are
found through VIGOLD_HEIDELTIME and VIGOLD_VINLP; what is not installed is left out.

Then what training on 5,000 sentences takes, and, for ours, seconds per MB as a text grows and on texts made to be slow:
a linear extractor keeps to one figure. Writes what it prints to benchmarks/results/extract.txt; with `--quick` it does
neither of these, and only prints. The programs that an extractor starts are counted on Linux alone.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import platform
import statistics
import tempfile
import time
from collections.abc import Iterable, Iterator
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, NamedTuple

import vigold
from benchmarks import training
from benchmarks.machine import cpu, memory
from benchmarks.systems import SAMPLE, TRAINED
from vigold.document import Document
from vigold.errors import VigoldError
from vigold.extraction import Extractor, get
from vigold.extraction.registry import trainer, versions

RESULT = Path(__file__).parent / "results" / "extract.txt"
OURS = ("rules", "references", "dates", "names", "simple")
OTHERS = ("dateparser", "heideltime", "underthesea", "vinlp")
CLAIMS = (
    ("rules", "vinlp"),
    ("names", "vinlp"),
    ("names", "underthesea"),
    ("dates", "heideltime"),
    ("dates", "dateparser"),
    ("crf", "underthesea"),
)
"""What is compared with what: extractors of one kind."""

TURN = 0.3
"""Seconds that a turn lasts at least, so that the clock can tell."""

MB = 1_000_000
_SHOWN = 12  # characters of a version, or of the hash of a model
GROWING = (0.3, 0.6, 1.2, 2.5, 5)
SLOW_TEXTS = {
    "digits": "1234567890",
    "dashes": "---- - – ",
    "slashes": "1/2/3//4/",
    "dots": "1.2.3..4.",
    "số số số": "số ",
    "ngày ngày": "ngày ",
    "Nghị quyết": "Nghị quyết ",
    "Luật A, B": "Luật A, B và ",
    "open ranges": "từ ngày 5 đến ",
    "30/2020/": "30/2020/NĐ-",
    "blanks": " \u00a0\t",
}


class Turn(NamedTuple):
    """KB a second of the CPU and of the clock."""

    cpu: float
    clock: float


class Cost(NamedTuple):
    """What an extractor took: seconds to make and warm it, its turns, peak memory in MB, and versions of others."""

    loading: float
    turns: list[Turn]
    megabytes: float
    versions: dict[str, str]

    @property
    def median(self) -> Turn:
        return Turn(*(statistics.median(turn[n] for turn in self.turns) for n in range(2)))

    @property
    def others(self) -> str:
        """The programs of others that it works with."""
        return ", ".join(f"{name} {number[:_SHOWN]}" for name, number in self.versions.items())


def size(documents: Iterable[Document]) -> int:
    """Bytes of UTF-8."""
    return sum(len((document.text or "").encode()) for document in documents)


def passes(find: Extractor, documents: list[Document], times: int) -> Turn:
    bytes_, spent, begin = size(documents) * times, cpu(), time.perf_counter()
    for _ in range(times):
        for document in documents:
            find(document)
    clock = time.perf_counter() - begin
    # The clock of a program's CPU ticks in hundredths, and may not have moved.
    return Turn(bytes_ / max(cpu() - spent, 0.0001) / 1000, bytes_ / clock / 1000)


def serve(spec: str, documents: list[Document], parent: Connection) -> None:
    """One extractor in this process: the reason why it cannot be made, or a turn whenever it is asked for one."""
    begin = time.perf_counter()
    try:
        find = get(spec)
    except VigoldError as error:
        parent.send(str(error))
        return
    first = passes(find, documents, 1)
    parent.send((time.perf_counter() - begin, versions(find)))
    times = round(TURN * first.clock * 1000 / size(documents)) + 1
    while parent.recv():
        parent.send(passes(find, documents, times))
    parent.send(memory())


def measure(specs: Iterable[str], documents: list[Document], runs: int) -> dict[str, Cost | str]:
    """For each extractor what it took, or why it is left out."""
    context = multiprocessing.get_context("spawn")
    pipes: dict[str, Connection] = {}
    costs: dict[str, Any] = {}
    for spec in specs:
        pipes[spec], end = context.Pipe()
        context.Process(target=serve, args=(spec, documents, end), daemon=True).start()
        made = pipes[spec].recv()
        costs[spec] = made if isinstance(made, str) else Cost(made[0], [], 0, made[1])
    warm = [spec for spec, cost in costs.items() if isinstance(cost, Cost)]
    for _ in range(runs):
        for spec in warm:
            pipes[spec].send(True)
            costs[spec].turns.append(pipes[spec].recv())
    for spec in warm:
        pipes[spec].send(False)
        costs[spec] = costs[spec]._replace(megabytes=pipes[spec].recv())
    return costs


def rates(costs: dict[str, Cost | str]) -> Iterator[str]:
    yield f"{'extractor':<14}{'KB/s of CPU':>12}{'of the clock':>14}{'loading s':>11}{'peak MB':>9}  with"
    middle: dict[str, Turn] = {}
    for spec, cost in costs.items():
        name = spec.partition(":")[0]
        if isinstance(cost, str):
            yield f"{name:<14}left out: {cost}"
            continue
        middle[name] = cost.median
        rate = f"{middle[name].cpu:12,.0f}{middle[name].clock:14,.0f}"
        yield f"{name:<14}{rate}{cost.loading:11.2f}{cost.megabytes:9.0f}  {cost.others}".rstrip()
    yield ""
    for one, other in CLAIMS:
        if one in middle and other in middle:
            times = (getattr(middle[one], field) / getattr(middle[other], field) for field in Turn._fields)
            yield "{} is {:.1f} times as fast as {} by CPU, {:.1f} by the clock".format(one, next(times), other, *times)


def growth(documents: list[Document]) -> Iterator[str]:
    """Seconds of the CPU per MB of one long text."""
    base = "\n\n".join(document.text or "" for document in documents)
    yield f"{'seconds per MB of a text of':<28}" + "".join(f"{mb:>9} MB" for mb in GROWING)
    for kind, find in ((kind, get(kind)) for kind in ("references", "dates", "names")):
        for name, unit in {"news": base, **SLOW_TEXTS}.items():
            row = []
            for mb in GROWING if name == "news" else GROWING[:3]:
                text = unit * (round(mb * MB / len(unit.encode())) + 1)
                long = [Document("long", text, published="2023-07-05")]
                row.append(1000 / passes(find, long, 1).cpu)
            yield f"{kind:<12}{name:<16}" + "".join(f"{value:12.3f}" for value in row)


def trained(folder: Path) -> Iterator[str]:
    """The extractors that are trained, each with a model of the sample, as far as they can be trained here."""
    for name in TRAINED:
        try:
            trainer(name)(vigold.read(SAMPLE.gold)).save(folder / name)
        except VigoldError:
            yield name  # Then it cannot be made either, and the table says why.
        else:
            yield f"{name}:model={folder / name}"


def report(documents: list[Document], given: argparse.Namespace) -> Iterator[str]:
    density = sum(len(document.spans) for document in documents) / size(documents) * 1000
    yield f"{len(documents)} texts, {size(documents):,} bytes, {density:.0f} spans a KB, median of {given.runs} turns"
    made_with = f"Python {platform.python_version()}, vigold {vigold.__version__}"
    yield f"{os.cpu_count()} cores, {platform.platform()}, {made_with}"
    yield ""
    with tempfile.TemporaryDirectory() as folder:
        specs = (*OURS, *trained(Path(folder)), *OTHERS, *given.also)
        yield from rates(measure(specs, documents, given.runs))
    if not given.quick:
        yield from ("", str(training.cost()), "")
        yield from growth(documents)


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("gold", nargs="?", type=Path, default=SAMPLE.gold)
    options.add_argument("--runs", type=int, default=5)
    options.add_argument("--also", action="append", default=[], help="a further extractor: NAME or NAME:key=value,…")
    options.add_argument("--quick", action="store_true", help="print the rates alone, and write nothing")
    given = options.parse_args()
    documents = vigold.read(given.gold)
    lines = []
    for line in report(documents, given):
        print(line, flush=True)
        lines.append(line + "\n")
    if not given.quick:
        RESULT.write_text("".join(lines), "utf-8")


if __name__ == "__main__":
    main()
