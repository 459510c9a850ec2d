"""What would more articles bring, which labels are weak, and what is still wrong? Makes eval/curve.md and curve.svg.

    python -m benchmarks.curve

Trains on parts of the bundled sample and scores on the unseen articles, which nothing is trained on. Of errors on
these only counts are told: whoever writes rules may read the page. Predictions are those of `benchmarks.board`, which
runs first.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from itertools import repeat
from pathlib import Path

import vigold
from benchmarks import drawing
from benchmarks.learning import MICRO, SUBSETS, Curve, forecast, learn
from benchmarks.mistakes import HARD, KINDS, Mistake, counts, examples, hard, mistakes, wrong
from benchmarks.systems import EVAL, SAMPLE, UNSEEN, Corpus
from vigold.errors import MissingExtra
from vigold.extraction.registry import trainer

SIZES = (1, 2, 4, 6, 8, 10)
LAST = SIZES[-1]
AHEAD = (20, 50, 100)
SYSTEMS: dict[str, tuple[str, dict[str, str]]] = {
    "crf, words alone": ("crf", {"rules": "no", "gazetteers": "no"}),
    "crf": ("crf", {}),
    "hybrid": ("hybrid", {}),
}
BOARD = ("rules", "crf", "hybrid")

INTRODUCTION = f"""\
# What more articles would bring, and what is still wrong

`make eval` writes this page. Models were trained on some of the ten articles of `sample` and scored on the twenty of
`unseen`; strict F1 in percent, the mean of {SUBSETS} random parts of each size, with the lowest and the highest. There
is only one part of ten. `crf, words alone` sees neither the lists of names nor what the rules say (`crf:rules=no,
gazetteers=no`): its curve is what articles alone teach. `crf` and `hybrid` begin where the rules are."""

AHEAD_ABOUT = f"""\
A power law, `1 - F1 = a n^-b` for n articles, fitted to the sizes above, beside what was measured at {LAST}. The
intervals come from drawing the models of each size anew: they tell of the luck of the draw alone. Where the law says
more of {LAST} articles than was measured, the curve bends away below it, and it is not carried on: *levels off*."""

AHEAD_LIMITS = """\
What this cannot say: whether the law holds beyond what it was fitted to, and 100 articles are ten times that. The parts
of one size share articles, so their spread is too small, and the ten are by one hand and of one genre: more of the same
would teach less than the law says, articles of another kind more. A power law goes on to 100 %, while gold itself is
not right everywhere. `crf` and `hybrid` learn above all how far to trust the rules, and have learnt that after a few
articles; what a thousand would teach them beyond that cannot be seen from ten."""

MISTAKES_ABOUT = """\
How many spans of gold there are, and how they are missed: a wrong boundary, a wrong label, both, not found at all; and
spans where there should be none. On `sample`, `crf` and `hybrid` predicted each article by a model of the others."""


def cell(values: Iterable[float]) -> str:
    """The mean in percent, with the lowest and the highest where there are several."""
    given = [100 * value for value in values]
    mean = f"{sum(given) / len(given):.1f}"
    return mean if len(given) < 2 else f"{mean} [{min(given):.1f}, {max(given):.1f}]"


def table(header: Iterable[object], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    cells = list(map(str, header))
    yield from ("", f"| {' | '.join(cells)} |", "|---" * len(cells) + "|")
    yield from (f"| {' | '.join(row)} |" for row in rows)


def learnt(found: Mapping[str, Mapping[str, Curve]]) -> Iterator[str]:
    for system, by_label in found.items():
        yield from ("", f"`{system}`:")
        yield from table(("label", *SIZES), ((label, *map(cell, curve.values())) for label, curve in by_label.items()))


def ahead(found: Mapping[str, Mapping[str, Curve]]) -> Iterator[str]:
    rows = []
    for system, by_label in found.items():
        for label, curve in by_label.items():
            law, measured = (100 * f1 for f1 in (forecast(curve, LAST).f1, curve[LAST][0]))
            row = (f"`{system}`", label, f"{measured:.1f}", f"{law:.1f}")
            bends = law > measured - 0.05  # where both are written alike there is nothing left to gain either
            rows.append((*row, *(["levels off"] * len(AHEAD) if bends else map(foreseen, repeat(curve), AHEAD))))
    yield from table(("system", "label", f"{LAST}, measured", f"{LAST}, law", *AHEAD), rows)


def foreseen(curve: Curve, articles: int) -> str:
    f1, low, high = (100 * part for part in forecast(curve, articles))
    return f"{f1:.1f} [{low:.1f}, {high:.1f}]"


def kinds(corpus: Corpus, told: Mapping[str, list[Mistake]]) -> Iterator[str]:
    gold = vigold.read(corpus.gold)
    rows = (
        (f"`{name}`", label, *map(str, numbers)) for name, each in told.items() for label, numbers in counts(gold, each)
    )
    yield from table(("extractor", "label", "gold", *KINDS.values()), rows)


def page(found: Mapping[str, Mapping[str, Curve]], told: Mapping[str, Mapping[str, list[Mistake]]]) -> Iterator[str]:
    yield from (INTRODUCTION, "", "![F1 of all labels by number of articles](curve.svg)")
    yield from learnt(found)
    yield from ("", "## Further on", "", AHEAD_ABOUT)
    yield from ahead(found)
    yield from ("", AHEAD_LIMITS, "", "## Which labels are weak", "", MISTAKES_ABOUT)
    for name, corpus in (("unseen", UNSEEN), ("sample", SAMPLE)):
        yield from ("", f"On `{name}`:")
        yield from kinds(corpus, told[name])
    yield from ("", "## What is still wrong", "", "`crf` on `sample`, the first mistake of each kind and label:", "")
    yield from examples(told["sample"]["crf"])
    yield from ("", f"`rules` on made-up sentences ([{HARD.name}](../benchmarks/{HARD.name})).")
    yield from wrong(hard(HARD.read_text("utf-8").splitlines()), "rules")


def picture(found: Mapping[str, Mapping[str, Curve]]) -> str:
    rules = vigold.score(UNSEEN.gold, {"rules": UNSEEN.folder / "rules.jsonl"}, resamples=0).to_dict()
    level = rules["systems"]["rules"]["micro"]["strict"]["f1"]
    lines = {system: by_label[MICRO] for system, by_label in found.items()}
    return drawing.curves(lines, {"rules": level}, "Strict F1 in percent on unseen articles, by articles to train on")


def write(found: Mapping[str, Mapping[str, Curve]], folder: Path = EVAL) -> None:
    """The page and the picture of some curves."""
    told = {
        name: {extractor: mistakes(corpus, extractor) for extractor in BOARD}
        for name, corpus in (("unseen", UNSEEN), ("sample", SAMPLE))
    }
    (folder / "curve.svg").write_text(picture(found), "utf-8")
    (folder / "curve.md").write_text("".join(line + "\n" for line in page(found, told)), "utf-8")


def measured() -> dict[str, dict[str, Curve]]:
    """The curves of all systems. Raises MissingExtra where nothing can be trained."""
    articles, test = vigold.read(SAMPLE.gold), vigold.read(UNSEEN.gold)
    return {
        system: learn(partial(trainer(kind), **options), articles, SIZES, test)
        for system, (kind, options) in SYSTEMS.items()
    }


def main() -> None:
    try:
        found = measured()
    except MissingExtra as error:
        print(f"curve.md is left as it is: {error}", file=sys.stderr)
        return
    write(found)


if __name__ == "__main__":
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    main()
