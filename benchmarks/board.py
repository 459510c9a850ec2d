"""Which extractor is how good, how fast and how large? Makes the figures in eval/ again.

    python -m benchmarks.board [EXTRACTOR …] [--dev GOLD.jsonl]

Trains those that are trained, runs each extractor on each gold file in a process of its own, scores the predictions,
times all as extract.py does, and writes eval/board.md. Of a further gold file, `--dev`, only a table of figures is
kept, eval/dev.md. An extractor that cannot run here is left out with the reason. HeidelTime and ViNLP are found
through VIGOLD_HEIDELTIME and VIGOLD_VINLP.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

import vigold
from benchmarks.extract import Cost, measure
from benchmarks.systems import EVAL, NAMES, SAMPLE, TRAINED, UNSEEN, Corpus, System, predict, spec, systems, train

CORPORA = {"unseen": UNSEEN, "sample": SAMPLE}
ABOUT = {
    "unseen": "Twenty articles that were written and annotated without sight of the rules. `crf` and `hybrid` were\n"
    "trained on the ten of `sample`.",
    "sample": "The ten bundled articles, which whoever wrote the rules has seen. `crf` and `hybrid` predicted each\n"
    "article by a model of the other nine.",
}
ABOUT_DEV = """\
{documents} real articles with {spans:,} spans, whose texts belong to their publishers and are not kept here. Whoever
wrote the rules has looked at their errors on these, so `unseen` tells more. `crf` and `hybrid` were trained on the
ten articles of `sample` alone. `make eval DEV=GOLD.jsonl` writes this page."""
EXTRACTORS = ("rules", "crf", "hybrid", "simple", "dateparser", "heideltime", "underthesea", "vinlp")
ALL_NAMES = (*NAMES, "ROLE", "EVENT")
DATED = ("DATE", "DOC")
NONE = "–"


def percent(f1: float, interval: list[float] | None) -> str:
    low, high = interval or (f1, f1)
    return f"{100 * f1:.1f} [{100 * low:.1f}, {100 * high:.1f}]"


def strict(system: System, label: str) -> str:
    found = system.scores["labels"].get(label, {}).get("strict")
    return percent(found["f1"], found["ci"]) if found and label in system.labels else NONE


def value(system: System, label: str) -> str:
    found = system.scores["values"].get(label)
    return percent(found["f1"], found["ci_f1"]) if found and label in system.valued else NONE


def dates_and_documents(system: System) -> list[str]:
    return [f"`{system.name}`", *(of(system, label) for label in DATED for of in (strict, value))]


def names(system: System) -> list[str]:
    return [f"`{system.name}`", *(strict(system, label) for label in ALL_NAMES)]


def names_alone(system: System) -> list[str]:
    micro = system.as_vlsp["micro"]
    figures = [micro["strict"], *(system.as_vlsp["labels"][label]["strict"] for label in NAMES), micro["exact"]]
    return [f"`{system.name}`", *(percent(figure["f1"], figure["ci"]) for figure in figures)]


def table(title: str, header: tuple[str, ...], rows: Iterable[list[str]]) -> Iterator[str]:
    yield from ("", title, "")
    yield f"| extractor | {' | '.join(header)} |"
    yield "|---" * (len(header) + 1) + "|"
    yield from (f"| {' | '.join(row)} |" for row in rows)


def giving(found: Iterable[System], labels: Iterable[str]) -> Iterator[System]:
    """The systems that give one of the labels at least."""
    wanted = set(labels)
    return (system for system in found if wanted & set(system.labels))


def quality(found: list[System], vlsp: str) -> Iterator[str]:
    """The tables of one gold file."""
    header = ("DATE", "value", "DOC", "same document")
    rows = map(dates_and_documents, giving(found, DATED))
    yield from table("Dates and references, strict F1, and value F1 as in TempEval-3:", header, rows)
    yield from table("Names, nested ones too, strict F1:", ALL_NAMES, map(names, giving(found, ALL_NAMES)))
    outer = ("PER, ORG, LOC", *NAMES, "boundaries alone")
    alone = (names_alone(system) for system in found if system.as_vlsp)
    yield from table(f"Names alone, outermost ones, under the map `vlsp`{vlsp}:", outer, alone)


def costs(extractors: list[str]) -> Iterator[list[str]]:
    """Rates, loading and memory on the texts of `unseen`."""
    for name, cost in measure(map(spec, extractors), vigold.read(UNSEEN.gold), runs=3).items():
        if isinstance(cost, Cost):
            figures = (f"{figure:,.0f}" for figure in (*cost.median, cost.megabytes))
            yield [f"`{name.partition(':')[0]}`", *figures, f"{cost.loading:.1f}", cost.others or NONE]


def board(found: dict[str, list[System]], left_out: dict[str, str]) -> Iterator[str]:
    yield "# Figures"
    yield from ("", "`make eval` writes this page. F1 in percent with 95 % intervals from resampled documents.")
    for corpus, of_corpus in found.items():
        yield from ("", f"## {corpus}", "", ABOUT[corpus])
        yield from quality(of_corpus, f" ([all figures]({corpus}/vlsp.md))")
    yield from ("", "## Speed and memory")
    machine = f"{os.cpu_count()} cores, {platform.platform()}, Python {platform.python_version()}"
    title = f"Warm, on the texts of `unseen`, measured by `benchmarks/extract.py`; KB are 1,000 bytes. {machine}:"
    header = ("KB/s of CPU", "KB/s by the clock", "peak MB", "loading and first texts, s", "with")
    yield from table(title, header, costs([system.name for system in found["unseen"]]))
    yield from missing(left_out)


def dev(gold: Path, found: list[System], left_out: dict[str, str]) -> Iterator[str]:
    documents = vigold.read(gold)
    spans = sum(len(document.spans) for document in documents)
    yield "# Figures on real articles"
    yield from ("", ABOUT_DEV.format(documents=len(documents), spans=spans))
    yield from ("", "F1 in percent with 95 % intervals from resampled documents.")
    yield from quality(found, "")
    yield from missing(left_out)


def missing(left_out: dict[str, str]) -> Iterator[str]:
    if left_out:
        yield from ("", "Left out where this was made:", "")
        yield from (f"- `{name}`: `{reason}`" for name, reason in left_out.items())


def run(corpus: Corpus, extractors: Iterable[str], left_out: dict[str, str]) -> list[System]:
    """The extractors on a gold file; adds to `left_out` what cannot run."""
    done = []
    for name in extractors:
        if name in left_out:
            continue
        if wrong := predict(name, corpus):
            note(left_out, name, wrong)
        else:
            done.append(name)
    return systems(corpus, done)


def note(left_out: dict[str, str], name: str, wrong: str) -> None:
    left_out[name] = wrong.splitlines()[0].removeprefix("vigold: error: ")
    print(f"{name}: left out: {left_out[name]}", file=sys.stderr)


def write(path: Path, lines: Iterable[str]) -> None:
    text = "".join(line + "\n" for line in lines)
    path.write_text(text, "utf-8")
    print(text)


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("extractors", nargs="*", default=EXTRACTORS)
    options.add_argument("--dev", type=Path, help="a further gold file, of which only figures are kept")
    given = options.parse_args()
    left_out: dict[str, str] = {}
    for name in (name for name in given.extractors if name in TRAINED):
        if wrong := train(name):
            note(left_out, name, wrong)
    found = {name: run(corpus, given.extractors, left_out) for name, corpus in CORPORA.items()}
    write(EVAL / "board.md", board(found, left_out))
    if given.dev:
        with tempfile.TemporaryDirectory() as away:
            on_dev = run(Corpus(given.dev.resolve(), Path(away)), given.extractors, left_out)
            write(EVAL / "dev.md", dev(given.dev, on_dev, left_out))


if __name__ == "__main__":
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    main()
