"""The figures of one system as the result tells them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

import msgspec
import numpy as np

from vigold.scoring import statistics
from vigold.scoring.bio import bio
from vigold.scoring.corpus import Corpus
from vigold.scoring.counts import SCHEMATA
from vigold.scoring.metrics import Interval, Mean, Score, muc, number, scores
from vigold.scoring.mistakes import confusion
from vigold.scoring.resampling import LEAST
from vigold.scoring.result import Confusion, Label, RelationScore, System, Values
from vigold.scoring.statistics import PRF, RELATION_SCHEMATA, Array, Figures, Names, Path
from vigold.scoring.values import unparsable

if TYPE_CHECKING:
    from vigold.scoring.evaluate import Matched


def system(
    work: Matched,
    name: str,
    sums: Mapping[str, Array],
    points: Figures,
    samples: Figures,
    names: Names,
    units: Mapping[Path, int],
    flat: bool,
) -> System:
    """Everything of one system: from its sums, the figures of these, and the same figures of each resample.

    `units` says in how many documents or clusters what is counted stands; with fewer than two there is no interval.
    With `flat`, seqeval's view is added.
    """
    told = _Told(points, statistics.intervals(samples), units)
    labels = sums["labels"]
    micro = told.label(labels.sum(axis=0), ("micro",))
    # By support, then by name.
    order = sorted(range(len(names.labels)), key=lambda n: (-labels[n, 0].sum(), names.labels[n]))
    slices = {
        key: {group: told.label(sums[f"slices/{key}"][n], ("slices", key, group)) for n, group in enumerate(groups)}
        for key, groups in names.slices.items()
    }
    table = confusion(work.sides.gold, work.sides.systems[name], work.pairs[name])
    return System(
        micro={schema: getattr(micro, schema) for schema in SCHEMATA},
        macro={schema: Mean(*told.figure(("macro", schema, "f1"))) for schema in SCHEMATA},
        muc=micro.muc,
        labels={names.labels[n]: told.label(labels[n], ("labels", names.labels[n])) for n in order},
        values={label: told.values(work, name, label, sums[f"values/{label}"]) for label in names.attributes},
        relations=told.relations(sums["relations"], names.types),
        slices=slices,
        confusion=Confusion(names.labels, table.tolist()),
        bio=bio(work.sides.gold, work.sides.systems[name]) if flat else None,
    )


class _Told(NamedTuple):
    """Figures and intervals by their place, looked up for one score at a time."""

    points: Figures
    intervals: dict[Path, Interval]
    units: Mapping[Path, int]

    def figure(self, path: Path) -> tuple[float | None, Interval]:
        units = next(count for n in range(len(path), 0, -1) if (count := self.units.get(path[:n])) is not None)
        return number(float(self.points[path])), self.intervals.get(path) if units >= LEAST else None

    def label(self, counts: Array, path: Path) -> Label:
        figures, intervals = {}, {}
        for schema in SCHEMATA:
            found = [self.figure((*path, schema, name)) for name in PRF]
            figures[schema], intervals[schema] = tuple(one[0] for one in found), [one[1] for one in found]
        return Label(**scores(counts, figures, intervals), muc=muc(counts), units=self.units[path])

    def values(self, work: Matched, name: str, label: str, sums: Array) -> Values:
        gold, predicted = work.sides.gold, work.sides.systems[name]
        bad = len(unparsable(predicted, label, work.scheme))
        valued = _valued(predicted, label)
        if not _valued(gold, label):
            return Values(None, None, None, int(sums[0]), bad, valued=valued)
        attributes = {key: self.figure(("values", label, "attributes", key))[0] for key in work.attributes[label]}
        accuracy, ci_accuracy = self.figure(("values", label, "accuracy"))
        f1, ci_f1 = self.figure(("values", label, "f1"))
        kind = attributes.get("type")
        return Values(accuracy, f1, kind, int(sums[0]), bad, attributes, ci_accuracy, ci_f1, valued)

    def relations(self, sums: Array, types: list[str]) -> dict[str, RelationScore]:
        found = {}
        for n, schema in enumerate(RELATION_SCHEMATA):
            path = "relations", schema
            parts = {kind: self._relation(sums[t, n], (*path, "types", kind)) for t, kind in enumerate(types)}
            whole = self._relation(sums[:, n].sum(axis=0), path)
            found[schema] = RelationScore(**msgspec.structs.asdict(whole), types=parts)
        return found

    def _relation(self, counts: Array, path: Path) -> Score:
        (p, ci_p), (r, ci_r), (f1, ci) = (self.figure((*path, name)) for name in PRF)
        tp, gold, predicted = (int(count) for count in counts)
        return Score(p, r, f1, tp, predicted - tp, gold - tp, gold, predicted, ci, ci_p, ci_r)


def _valued(side: Corpus, label: str) -> int:
    """How many spans of a label have attributes."""
    codes = side.attrs[side.spans.label == side.labels.index(label)]
    has = np.array([bool(values) for values in side.values])
    return int(has[codes].sum())
