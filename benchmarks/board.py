"""Which extractor is how good, how fast and how large? Makes everything in eval/ again.

    python -m benchmarks.board [EXTRACTOR …]

Runs each extractor on each gold file in a process of its own, scores the predictions, times all as extract.py does, and
writes eval/board.md. One that cannot run here is left out with the reason. HeidelTime and ViNLP are found through
VIGOLD_HEIDELTIME and VIGOLD_VINLP.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import vigold
from benchmarks.extract import Cost, measure

ROOT = Path(__file__).parent.parent
EVAL = ROOT / "eval"
GOLD = {"unseen": "corpus/gold/unseen.jsonl", "sample": "vigold/sample/gold.jsonl"}
ABOUT = {
    "unseen": "Twenty articles that were written and annotated without sight of the rules",
    "sample": "The ten bundled articles, which whoever wrote the rules has seen",
}
EXTRACTORS = ("rules", "simple", "dateparser", "heideltime", "underthesea", "vinlp")
NAMES = ("PER", "ORG", "LOC")
BRIEF = (*NAMES, "ROLE", "EVENT")
NONE = "–"


class System(NamedTuple):
    """An extractor on a gold file: the manifest of its run, its scores in both views, and the labels it values."""

    name: str
    manifest: dict[str, Any]
    scores: dict[str, Any]
    as_vlsp: dict[str, Any]
    valued: set[str]


def vigold_does(*words: str | Path) -> str:
    """Run a vigold command; what went wrong, or an empty text."""
    done = subprocess.run([sys.executable, "-m", "vigold", *words], cwd=ROOT, capture_output=True, text=True)
    return done.stderr.strip() if done.returncode else ""


def predict(name: str, corpus: str) -> str:
    """The predictions and the manifest of an extractor; the reason why there are none, or an empty text."""
    return vigold_does("extract", "-x", name, GOLD[corpus], "-o", EVAL / corpus / f"{name}.jsonl")


def score(corpus: str, names: list[str], scores: Path, *options: str | Path) -> dict[str, Any]:
    """The scores of some systems by name. Raises SystemExit when they cannot be scored, which they should."""
    files = [EVAL / corpus / f"{name}.jsonl" for name in names]
    if wrong := vigold_does("score", GOLD[corpus], *files, "--json", scores, *options):
        sys.exit(wrong)
    found: dict[str, Any] = json.loads(scores.read_text("utf-8"))["systems"]
    return found


def systems(corpus: str, names: list[str]) -> list[System]:
    folder = EVAL / corpus
    manifests = {name: json.loads((folder / f"{name}.jsonl.manifest.json").read_text("utf-8")) for name in names}
    taggers = [name for name in names if set(NAMES) <= set(manifests[name]["labels"])]
    page: list[str | Path] = ["--html", folder / "report.html"] if corpus == "unseen" else []
    vlsp = ("--map", "vlsp", "--layer", "outermost", "--markdown", folder / "vlsp.md")
    with tempfile.TemporaryDirectory() as away:
        kept = folder if page else Path(away)
        scores = score(corpus, names, kept / "scores.json", "--markdown", folder / "scores.md", *page)
        as_vlsp = score(corpus, taggers, Path(away) / "vlsp.json", *vlsp) if taggers else {}
    return [
        System(name, manifests[name], scores[name], as_vlsp.get(name, {}), valued(folder / f"{name}.jsonl"))
        for name in names
    ]


def valued(predictions: Path) -> set[str]:
    return {span.label for document in vigold.read(predictions) for span in document.spans if span.attrs}


def percent(f1: float, interval: list[float] | None) -> str:
    low, high = interval or (f1, f1)
    return f"{100 * f1:.1f} [{100 * low:.1f}, {100 * high:.1f}]"


def strict(system: System, label: str) -> str:
    found = system.scores["labels"][label]["strict"]
    return percent(found["f1"], found["ci"]) if label in system.manifest["labels"] else NONE


def value(system: System, label: str) -> str:
    found = system.scores["values"][label]
    return percent(found["f1"], found["ci_f1"]) if label in system.valued else NONE


def quality(system: System) -> list[str]:
    names = ", ".join(strict(system, label).partition(" ")[0] for label in BRIEF)
    rest = names if any(label in system.manifest["labels"] for label in BRIEF) else NONE
    dates_and_documents = (of(system, label) for label in ("DATE", "DOC") for of in (strict, value))
    return [f"`{system.name}`", *dates_and_documents, rest]


def names_alone(system: System) -> list[str]:
    micro = system.as_vlsp["micro"]
    figures = [micro["strict"], *(system.as_vlsp["labels"][label]["strict"] for label in NAMES), micro["exact"]]
    return [f"`{system.name}`", *(percent(figure["f1"], figure["ci"]) for figure in figures)]


def table(title: str, header: tuple[str, ...], rows: Iterable[list[str]]) -> Iterator[str]:
    yield from ("", title, "")
    yield f"| extractor | {' | '.join(header)} |"
    yield "|---" * (len(header) + 1) + "|"
    yield from (f"| {' | '.join(row)} |" for row in rows)


def costs(names: list[str]) -> Iterator[list[str]]:
    """Rates, loading and memory on the texts of the first gold file."""
    documents = vigold.read(ROOT / GOLD["unseen"])
    for name, cost in measure(names, documents, runs=3).items():
        if isinstance(cost, Cost):
            figures = (*cost.median, cost.megabytes)
            yield [f"`{name}`", *(f"{figure:,.0f}" for figure in figures), f"{cost.loading:.1f}", cost.others or NONE]


def board(found: dict[str, list[System]], left_out: dict[str, str]) -> Iterator[str]:
    yield "# Figures"
    yield from ("", "`make eval` writes this page. F1 in percent with 95 % intervals from resampled documents.")
    for corpus, of_corpus in found.items():
        yield from ("", f"## {corpus}", "", f"{ABOUT[corpus]}.")
        header = ("DATE", "value", "DOC", "same document", ", ".join(BRIEF))
        yield from table("Strict F1, and value F1 as in TempEval-3:", header, map(quality, of_corpus))
        title = f"Names alone, outermost ones, under the map `vlsp` ([all figures]({corpus}/vlsp.md)):"
        header = ("PER, ORG, LOC", *NAMES, "boundaries alone")
        yield from table(title, header, (names_alone(system) for system in of_corpus if system.as_vlsp))
    yield from ("", "## Speed and memory")
    machine = f"{os.cpu_count()} cores, {platform.platform()}, Python {platform.python_version()}"
    title = f"Warm, on the texts of `unseen`, measured by `benchmarks/extract.py`; KB are 1,000 bytes. {machine}:"
    header = ("KB/s of CPU", "KB/s by the clock", "peak MB", "loading and first texts, s", "with")
    yield from table(title, header, costs([system.name for system in found["unseen"]]))
    if left_out:
        yield from ("", "Left out where this was made:", "")
        yield from (f"- `{name}`: `{reason}`" for name, reason in left_out.items())


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("extractors", nargs="*", default=EXTRACTORS)
    given = options.parse_args()
    left_out: dict[str, str] = {}
    found: dict[str, list[System]] = {}
    for corpus in GOLD:
        (EVAL / corpus).mkdir(parents=True, exist_ok=True)
        for name in given.extractors:
            if name not in left_out and (wrong := predict(name, corpus)):
                left_out[name] = wrong.splitlines()[0].removeprefix("vigold: error: ")
                print(f"{name}: left out: {left_out[name]}", file=sys.stderr)
        found[corpus] = systems(corpus, [name for name in given.extractors if name not in left_out])
    lines = [line + "\n" for line in board(found, left_out)]
    (EVAL / "board.md").write_text("".join(lines), "utf-8")
    print("".join(lines), end="")


if __name__ == "__main__":
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    main()
