"""Predictions against gold: joined, matched, counted, resampled, told."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Annotated, Any, NamedTuple

import msgspec
from msgspec.structs import replace

from vigold.errors import VigoldError
from vigold.formats.wording import mismatch
from vigold.scheme import Scheme, load
from vigold.scoring import boards, comparison, relations, resampling, slices, statistics, values
from vigold.scoring.corpus import Corpus, fingerprint
from vigold.scoring.counts import by_document_and_label, kinds
from vigold.scoring.joining import Input, Missing, Sides, Unknown, as_corpus, join
from vigold.scoring.matching import Pairs, match
from vigold.scoring.result import Board, Result
from vigold.scoring.signature import signature
from vigold.scoring.slices import Slice
from vigold.scoring.statistics import Blocks, Figures, Names
from vigold.scoring.telling import system
from vigold.scoring.views import Layer, View, all_seen, flattened, load_map, seen, strangers

MOST_RESAMPLES = 100_000
"""All resampled sums are held at once, so more would take gigabytes; p-values are fine to 1e-5 with so many."""


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How to evaluate; what changes a figure stands in the signature.

    `map` names or holds a label map, `by` names slices (`all` for every one that the corpus has), `cluster` a field
    whose values are resampled together in place of documents, `bio` adds seqeval's view.
    """

    missing: Missing = "error"
    unknown: Unknown = "error"
    labels: tuple[str, ...] | None = None
    map: str | dict[str, str] | None = None
    layer: Layer = "all"
    by: tuple[str, ...] = ()
    cluster: str | None = None
    bio: bool = False
    resamples: Annotated[int, msgspec.Meta(ge=0, le=MOST_RESAMPLES)] = 10_000
    seed: Annotated[int, msgspec.Meta(ge=0)] = 12345


class Matched(NamedTuple):
    """Gold and predictions side by side, and which spans of each system were paired with which of gold.

    `judged` holds, for each system and label with values, how these agree (see `values`); `gold_hash` names gold as
    it was read, before a map or choice of labels.
    """

    sides: Sides
    gold_hash: str
    scheme: Scheme
    pairs: dict[str, Pairs]
    attributes: dict[str, list[str]]
    judged: dict[str, dict[str, values.Judged]]
    slices: dict[str, dict[str, Slice]]
    remarks: list[str]


def evaluate(
    gold: Input,
    predictions: Mapping[str, Input],
    *,
    corpus: str = "gold",
    scheme: Scheme | None = None,
    train: Input | None = None,
    given: Mapping[str, Collection[str]] | None = None,
    **options: Any,
) -> Result:
    """All figures of every system against gold, under the name `corpus`; options as in `Options`.

    Values are compared as `scheme` says, by default vigold's own; `train` gives the slices of seen and unseen names;
    `given` says which labels a system gives beside those of its spans (see `boards`), before a map. Documents are
    joined by id. Raises VigoldError for ids that stand twice, are missing or unknown, for texts that differ, and for
    labels and fields that nothing has.
    """
    chosen = convert(options)
    return told(matched(gold, predictions, chosen, scheme, train), chosen, corpus, given)


def convert(options: Mapping[str, Any]) -> Options:
    """Keyword arguments as Options; raises VigoldError for what is none."""
    known = Options.__struct_fields__
    for name in options:
        if name not in known:
            raise VigoldError(f"scoring has no option {name!r}; there are {', '.join(known)}")
    try:
        return msgspec.convert(options, Options)
    except msgspec.ValidationError as error:
        raise VigoldError(f"options of scoring: {mismatch(error, dict(options))}") from None


def matched(
    gold: Input,
    predictions: Mapping[str, Input],
    options: Options,
    scheme: Scheme | None = None,
    train: Input | None = None,
) -> Matched:
    """The first half of an evaluation: who predicted what for which gold span."""
    scheme = scheme or load()
    view = View(load_map(options.map) if isinstance(options.map, str) else options.map, options.labels, options.layer)
    remarks: list[str] = []
    corpora = {"gold": as_corpus(gold, "gold")}
    corpora |= {f"system {name}": as_corpus(documents, name) for name, documents in predictions.items()}
    truth, *shown = all_seen(corpora, view, remarks)
    systems = dict(zip(predictions, shown, strict=True))
    remarks += [*strangers(truth, systems, scheme.labels), *flattened(truth, systems)]
    sides = join(truth, systems, options.missing, options.unknown, remarks)
    pairs = {name: match(sides.gold.spans, system.spans) for name, system in sides.systems.items()}
    attributes = values.valued(sides.gold, scheme)
    judged = {
        name: {label: values.judge(sides.gold, system, label, names, scheme) for label, names in attributes.items()}
        for name, system in sides.systems.items()
    }
    known = None if train is None else slices.seen_in(seen(as_corpus(train, "train"), View(view.map))[0])
    parts = {name: _slices(sides.gold, system, options.by, known) for name, system in sides.systems.items()}
    return Matched(sides, fingerprint(corpora["gold"]), scheme, pairs, attributes, judged, parts, remarks)


def _slices(gold: Corpus, system: Corpus, by: Sequence[str], seen: slices.Seen | None) -> dict[str, Slice]:
    names = dict.fromkeys(one for name in by for one in (slices.names(gold, seen) if name == "all" else [name]))
    names |= {} if seen is None else {"seen": None}
    return {name: slices.slice_by(name, gold, system, seen) for name in names}


def told(work: Matched, options: Options, corpus: str, given: Mapping[str, Collection[str]] | None = None) -> Result:
    """The second half of an evaluation: figures, intervals, comparisons, and tables of label groups."""
    result = _result(work, options, corpus)
    given = given or {}
    new = load_map(options.map) if isinstance(options.map, str) else options.map
    if new is not None:
        given = {name: [new[label] for label in labels if label in new] for name, labels in given.items()}
    own = boards.own(work.sides.gold, work.sides.systems, given)
    systems = {name: replace(system, given=sorted(own[name])) for name, system in result.systems.items()}
    return replace(result, systems=systems, boards=[_board(work, options, *group) for group in boards.groups(own)])


def _result(work: Matched, options: Options, corpus: str) -> Result:
    gold = work.sides.gold
    blocks = {name: _blocks(work, name) for name in work.sides.systems}
    names = {name: _names(work, name) for name in blocks}
    sums = {name: statistics.totals(block) for name, block in blocks.items()}
    points = {name: statistics.all_figures(total, names[name]) for name, total in sums.items()}
    samples: dict[str, Figures] = {name: {} for name in blocks}
    cluster = slices.clusters(gold.documents, options.cluster) if options.cluster else None
    resamples = options.resamples if gold.documents else 0
    if resamples:
        drawn = statistics.resampled(blocks, cluster, resamples, options.seed)
        samples = {name: statistics.all_figures(total, names[name]) for name, total in drawn.items()}
    systems = {}
    for name, block in blocks.items():
        units = statistics.units(block, names[name], cluster)
        systems[name] = system(work, name, sums[name], points[name], samples[name], names[name], units, options.bio)
    pairs = comparison.compare(blocks, points, samples, cluster, resamples, options.seed)
    line = signature(gold, f"{corpus}#{work.gold_hash}", work.scheme, options)
    count = len(gold.documents) if cluster is None else len(set(cluster.tolist()))
    remarks = work.remarks + (_few(count, options.cluster) if resamples else [])
    return Result(line, systems, pairs, comparison.wins(list(blocks), pairs), remarks)


def _few(count: int, cluster: str | None) -> list[str]:
    """What a reader should know where so few documents or clusters are resampled."""
    unit = f"cluster by {cluster}" if cluster else "document"
    if count < resampling.LEAST:
        return [f"1 {unit}: nothing to resample, so there are no intervals"]
    plural = f"clusters by {cluster}" if cluster else "documents"
    return [f"only {count} {plural}: intervals by bootstrap are too narrow"] if count < resampling.FEW else []


def _board(work: Matched, options: Options, labels: list[str], systems: list[str]) -> Board:
    """The systems of one label group, scored on its labels."""
    inner = replace(options, labels=tuple(labels), map=None, layer="all", by=(), bio=False)
    some = {name: work.sides.systems[name] for name in systems}
    result = _result(matched(work.sides.gold, some, inner, work.scheme), inner, "")
    micro = {name: system.micro for name, system in result.systems.items()}
    return Board(labels, micro, result.comparisons, result.wins)


def _names(work: Matched, name: str) -> Names:
    groups = {key: part.groups for key, part in work.slices[name].items()}
    return Names(work.sides.gold.labels, work.sides.gold.types, work.attributes, groups)


def _blocks(work: Matched, name: str) -> Blocks:
    gold, system = work.sides.gold, work.sides.systems[name]
    size = len(gold.documents), len(gold.labels)
    blocks = {"labels": by_document_and_label(gold.spans, system.spans, work.pairs[name], *size)}
    for label, judged in work.judged[name].items():
        blocks[f"values/{label}"] = values.block(gold, system, label, judged)
    blocks["relations"] = relations.block(gold, system)
    fates = kinds(work.pairs[name], len(gold.attrs), len(system.attrs))
    for key, part in work.slices[name].items():
        blocks[f"slices/{key}"] = slices.block(part, gold, system, fates)
    return blocks
