"""How fast are references and dates beside HeidelTime and dateparser, on the same texts in the same run?

    python benchmarks/extract.py [GOLD.jsonl] [--heideltime FOLDER] [--runs 5]

The texts are those of GOLD (the bundled sample by default). Prints medians in MB of UTF-8 a second on one core:
CPU seconds of this process for ours and dateparser, wall clock of the warm Java process for HeidelTime, which is
given the texts once before. Then, for ours, seconds per MB as a text grows and on texts made to be slow: a linear
extractor keeps to one figure.
"""

from __future__ import annotations

import argparse
import platform
import statistics
import time
from collections.abc import Callable, Iterable
from importlib import resources
from pathlib import Path

import vigold
from vigold.document import Document
from vigold.errors import VigoldError
from vigold.extraction import Extractor, Found, dates, get, references

MB = 1_000_000
GROWING = (0.625, 1.25, 2.5, 5, 10)
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


def both(document: Document) -> Found:
    """References, with the dates that they need for `issued_on`."""
    found = dates.find(document.text or "", document.published)
    return Found(tuple(references.find(document.text or "", found, (), document.published).spans))


def seconds(find: Extractor, documents: Iterable[Document], clock: Callable[[], float]) -> float:
    begin = clock()
    for document in documents:
        find(document)
    return clock() - begin


def size(documents: Iterable[Document]) -> float:
    """Megabytes of UTF-8."""
    return sum(len((document.text or "").encode()) for document in documents) / MB


def rivals(documents: list[Document], runs: int, heideltime: str) -> None:
    ways: dict[str, tuple[Extractor, Callable[[], float]]] = {
        "references": (get("references"), time.process_time),
        "dates": (get("dates"), time.process_time),
        "references + dates": (both, time.process_time),
    }
    specs = {"dateparser": "dateparser", "HeidelTime, warm": f"heideltime:home={heideltime}"}
    for name, spec in specs.items():
        try:
            ways[name] = get(spec), time.perf_counter
        except VigoldError as error:
            print(f"{name}: left out: {error}")
    total = size(documents)
    rates: dict[str, list[float]] = {name: [] for name in ways}
    for find, clock in ways.values():
        seconds(find, documents, clock)
    for _ in range(runs):  # by turns, so that a busy machine is busy for all
        for name, (find, clock) in ways.items():
            # Texts that take milliseconds are read often enough for the clock.
            times = 20 if clock is time.process_time else 1
            rates[name].append(total * times / seconds(find, documents * times, clock))
    middle = {name: statistics.median(found) for name, found in rates.items()}
    for name, rate in middle.items():
        print(f"{name:<20}{rate:9.3f} MB/s {middle['references + dates'] / rate:9.1f} x as fast: references + dates")


def growth(documents: list[Document], runs: int) -> None:
    """Seconds per MB of one long text, for references and for dates."""
    base = "\n\n".join(document.text or "" for document in documents)
    bases = {"news": base, **SLOW_TEXTS}
    print(f"\n{'seconds per MB of a text of':<28}" + "".join(f"{mb:>9} MB" for mb in GROWING))
    for kind, find in (("references", get("references")), ("dates", get("dates"))):
        for name, unit in bases.items():
            row = []
            for mb in GROWING if name == "news" else GROWING[:3]:
                text = unit * (round(mb * MB / len(unit.encode())) + 1)
                long = [Document("long", text, published="2023-07-05")]
                took = statistics.median(seconds(find, long, time.process_time) for _ in range(runs))
                row.append(took / size(long))
            print(f"{kind:<12}{name:<16}" + "".join(f"{value:12.3f}" for value in row))


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("gold", nargs="?", type=Path)
    options.add_argument("--heideltime", default="", help="the folder of the unpacked wheel")
    options.add_argument("--runs", type=int, default=5)
    given = options.parse_args()
    with resources.as_file(resources.files("vigold") / "sample" / "gold.jsonl") as sample:
        documents = vigold.read(given.gold or sample)
    print(f"{len(documents)} texts, {size(documents):.3f} MB, median of {given.runs} runs, {platform.platform()}")
    rivals(documents, given.runs, given.heideltime)
    growth(documents, max(1, given.runs // 2))


if __name__ == "__main__":
    main()
