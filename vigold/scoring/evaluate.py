"""Predictions against gold: joined, matched, counted, resampled, told."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import msgspec

from vigold.scoring import comparison, statistics
from vigold.scoring.corpus import Corpus
from vigold.scoring.counts import SCHEMATA, by_document_and_label
from vigold.scoring.joining import Input, Missing, Sides, Unknown, as_corpus, join
from vigold.scoring.matching import Pairs, match
from vigold.scoring.metrics import Interval, Mean, muc, number, scores
from vigold.scoring.result import Label, Result, System
from vigold.scoring.signature import signature
from vigold.scoring.statistics import PRF, Array, Blocks, Figures, Names, Path


class Options(msgspec.Struct, frozen=True):
    """How to evaluate; all of it stands in the signature."""

    missing: Missing = "error"
    unknown: Unknown = "error"
    resamples: int = 10_000
    seed: int = 12345


class Matched(NamedTuple):
    """Gold and predictions side by side, and which spans of each system were paired with which of gold."""

    sides: Sides
    pairs: dict[str, Pairs]


def evaluate(gold: Input, predictions: Mapping[str, Input], *, corpus: str = "gold", **options: object) -> Result:
    """All figures of every system against gold, under the name `corpus`; options as in `Options`.

    Documents are joined by id. Raises VigoldError for ids that stand twice, are missing or unknown, and for texts that
    differ.
    """
    chosen = msgspec.convert(options, Options)
    return told(matched(gold, predictions, chosen), chosen, corpus)


def matched(gold: Input, predictions: Mapping[str, Input], options: Options) -> Matched:
    """The first half of an evaluation: who predicted what for which gold span."""
    truth = as_corpus(gold, "gold")
    systems = {name: as_corpus(documents, name) for name, documents in predictions.items()}
    sides = join(truth, systems, options.missing, options.unknown)
    return Matched(sides, {name: match(sides.gold.spans, system.spans) for name, system in sides.systems.items()})


def told(work: Matched, options: Options, corpus: str) -> Result:
    """The second half of an evaluation: figures, intervals, comparisons."""
    gold = work.sides.gold
    names = Names(gold.labels, gold.types, {}, {})
    blocks = {name: _blocks(gold, system, work.pairs[name]) for name, system in work.sides.systems.items()}
    sums = {name: statistics.totals(block) for name, block in blocks.items()}
    points = {name: statistics.all_figures(total, names) for name, total in sums.items()}
    samples: dict[str, Figures] = {name: {} for name in blocks}
    resamples = options.resamples if len(gold.documents) > 1 else 0
    if resamples:
        drawn = statistics.resampled(blocks, None, resamples, options.seed)
        samples = {name: statistics.all_figures(total, names) for name, total in drawn.items()}
    systems = {name: _system(sums[name], points[name], samples[name], names) for name in blocks}
    pairs = comparison.compare(blocks, points, samples, None, resamples, options.seed)
    return Result(signature(gold, corpus, options), systems, pairs, comparison.wins(list(blocks), pairs))


def _blocks(gold: Corpus, system: Corpus, pairs: Pairs) -> Blocks:
    size = len(gold.documents), len(gold.labels)
    return {"labels": by_document_and_label(gold.spans, system.spans, pairs, *size)}


class _Told(NamedTuple):
    """Figures and intervals by their place, looked up for one score at a time."""

    points: Figures
    intervals: dict[Path, Interval]

    def label(self, counts: Array, path: Path) -> Label:
        figures, intervals = {}, {}
        for schema in SCHEMATA:
            paths = [(*path, schema, name) for name in PRF]
            figures[schema] = tuple(number(float(self.points[one])) for one in paths)
            intervals[schema] = [self.intervals.get(one) for one in paths]
        return Label(**scores(counts, figures, intervals), muc=muc(counts))


def _system(sums: Mapping[str, Array], points: Figures, samples: Figures, names: Names) -> System:
    told = _Told(points, statistics.intervals(samples))
    labels = sums["labels"]
    micro = told.label(labels.sum(axis=0), ("micro",))
    # By support, then by name.
    order = sorted(range(len(names.labels)), key=lambda n: (-labels[n, 0].sum(), names.labels[n]))
    macro = {
        schema: Mean(number(float(points[path])), told.intervals.get(path))
        for schema, path in ((schema, ("macro", schema, "f1")) for schema in SCHEMATA)
    }
    return System(
        micro={schema: getattr(micro, schema) for schema in SCHEMATA},
        macro=macro,
        muc=micro.muc,
        labels={names.labels[n]: told.label(labels[n], ("labels", names.labels[n])) for n in order},
    )
