"""Predictions against gold: joined, matched, counted, resampled, told."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import msgspec

from vigold.scheme import Scheme, load
from vigold.scoring import comparison, relations, statistics, values
from vigold.scoring.counts import by_document_and_label
from vigold.scoring.joining import Input, Missing, Sides, Unknown, as_corpus, join
from vigold.scoring.matching import Pairs, match
from vigold.scoring.result import Result
from vigold.scoring.signature import signature
from vigold.scoring.statistics import Blocks, Figures, Names
from vigold.scoring.telling import system


class Options(msgspec.Struct, frozen=True):
    """How to evaluate; all of it stands in the signature."""

    missing: Missing = "error"
    unknown: Unknown = "error"
    resamples: int = 10_000
    seed: int = 12345


class Matched(NamedTuple):
    """Gold and predictions side by side, and which spans of each system were paired with which of gold.

    `judged` holds, for each system and label with values, how these agree (see `values`).
    """

    sides: Sides
    scheme: Scheme
    pairs: dict[str, Pairs]
    attributes: dict[str, list[str]]
    judged: dict[str, dict[str, values.Judged]]


def evaluate(
    gold: Input, predictions: Mapping[str, Input], *, corpus: str = "gold", scheme: Scheme | None = None, **options: Any
) -> Result:
    """All figures of every system against gold, under the name `corpus`; options as in `Options`.

    Values are compared as `scheme` says, by default vigold's own. Documents are joined by id. Raises VigoldError for
    ids that stand twice, are missing or unknown, and for texts that differ.
    """
    chosen = msgspec.convert(options, Options)
    return told(matched(gold, predictions, chosen, scheme), chosen, corpus)


def matched(gold: Input, predictions: Mapping[str, Input], options: Options, scheme: Scheme | None = None) -> Matched:
    """The first half of an evaluation: who predicted what for which gold span."""
    scheme = scheme or load()
    truth = as_corpus(gold, "gold")
    systems = {name: as_corpus(documents, name) for name, documents in predictions.items()}
    sides = join(truth, systems, options.missing, options.unknown)
    pairs = {name: match(sides.gold.spans, system.spans) for name, system in sides.systems.items()}
    attributes = values.valued(sides.gold, scheme)
    judged = {
        name: {label: values.judge(sides.gold, system, label, names, scheme) for label, names in attributes.items()}
        for name, system in sides.systems.items()
    }
    return Matched(sides, scheme, pairs, attributes, judged)


def told(work: Matched, options: Options, corpus: str) -> Result:
    """The second half of an evaluation: figures, intervals, comparisons."""
    gold = work.sides.gold
    names = Names(gold.labels, gold.types, work.attributes, {})
    blocks = {name: _blocks(work, name) for name in work.sides.systems}
    sums = {name: statistics.totals(block) for name, block in blocks.items()}
    points = {name: statistics.all_figures(total, names) for name, total in sums.items()}
    samples: dict[str, Figures] = {name: {} for name in blocks}
    # One document says nothing of how documents differ.
    resamples = options.resamples if len(gold.documents) > 1 else 0
    if resamples:
        drawn = statistics.resampled(blocks, None, resamples, options.seed)
        samples = {name: statistics.all_figures(total, names) for name, total in drawn.items()}
    systems = {name: system(work, name, sums[name], points[name], samples[name], names) for name in blocks}
    pairs = comparison.compare(blocks, points, samples, None, resamples, options.seed)
    return Result(signature(gold, corpus, work.scheme, options), systems, pairs, comparison.wins(list(blocks), pairs))


def _blocks(work: Matched, name: str) -> Blocks:
    gold, system = work.sides.gold, work.sides.systems[name]
    size = len(gold.documents), len(gold.labels)
    blocks = {"labels": by_document_and_label(gold.spans, system.spans, work.pairs[name], *size)}
    for label, judged in work.judged[name].items():
        blocks[f"values/{label}"] = values.block(gold, system, label, judged)
    if gold.types:
        blocks["relations"] = relations.block(gold, system)
    return blocks
