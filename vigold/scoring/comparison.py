"""Every pair of systems compared: paired bootstrap, approximate randomisation, Holm, who beats whom."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from vigold.scoring.columns import Floats, Ints
from vigold.scoring.counts import CREDIT, SCHEMATA
from vigold.scoring.metrics import number
from vigold.scoring.resampling import LEAST, clustered, exact, holm, interval, p_value, swapped_sums
from vigold.scoring.result import Comparison, Record
from vigold.scoring.statistics import Blocks, Figures

LEVEL = 0.05
POWER = 1.959964 + 0.841621
"""Standard errors between no difference and one that is found at the 5 % level (two-sided) with power 0.8."""
ROUNDING = 1e-12


def compare(
    systems: Mapping[str, Blocks],
    points: Mapping[str, Figures],
    samples: Mapping[str, Figures],
    cluster: Ints | None,
    resamples: int,
    seed: int,
) -> list[Comparison]:
    """Every pair in the order of the systems, in every schema.

    `systems` are the blocks of each document, `points` the figures over all of them, `samples` the same figures in each
    bootstrap resample (empty without resamples).
    """
    found = []
    for a, b in combinations(systems, 2):
        p = _randomised(systems[a], systems[b], cluster, resamples, seed) if resamples else {}
        varied = resamples and _units(systems[a], systems[b], cluster) >= LEAST
        for schema in SCHEMATA:
            path = "micro", schema, "f1"
            delta = float(points[b][path] - points[a][path])
            sample = samples[b][path] - samples[a][path] if varied else np.empty(0)
            found.append(_comparison(a, b, schema, delta, sample, p.get(schema)))
    return _adjusted(found) if resamples else found


def wins(names: list[str], comparisons: list[Comparison]) -> dict[str, dict[str, Record]]:
    """For each schema and system, against how many others it wins, loses, or neither; empty without p-values."""
    if not comparisons or comparisons[0].p_holm is None:
        return {}
    table = {schema: {name: [0, 0, 0] for name in names} for schema in SCHEMATA}
    for one in comparisons:
        rows = table[one.metric][one.b], table[one.metric][one.a]
        sure = one.p_holm is not None and one.p_holm < LEVEL and one.delta
        first, second = (2, 2) if not sure else (0, 1) if (one.delta or 0) > 0 else (1, 0)
        rows[0][first] += 1
        rows[1][second] += 1
    return {schema: {name: Record(*row) for name, row in rows.items()} for schema, rows in table.items()}


def _comparison(a: str, b: str, schema: str, delta: float, sample: Floats, p: float | None) -> Comparison:
    told = number(delta)
    sample = sample[~np.isnan(sample)]
    if told is None or not len(sample):
        return Comparison(a, b, schema, told, p=None if told is None else p)
    # Around what was seen, the bootstrap strays as far as differences do when there is none (Efron 1993, ch. 16).
    extreme = int((np.abs(sample - delta) >= abs(delta) - ROUNDING).sum())
    detectable = POWER * float(sample.std())
    return Comparison(a, b, schema, told, interval(sample), p, p_value(extreme, len(sample)), None, detectable)


def _randomised(a: Blocks, b: Blocks, cluster: Ints | None, shuffles: int, seed: int) -> dict[str, float]:
    """The two-sided p-value of each schema when outputs are swapped document by document (Yeh 2000, C00-2137)."""
    tables = [_table(blocks) for blocks in (a, b)]
    gold = float(a["labels"][..., 0, :].sum(dtype=np.float64))
    wholes = [table.sum(axis=0, dtype=np.float64) for table in tables]
    moved = swapped_sums(exact(clustered(tables[1] - tables[0], cluster)), shuffles, seed)
    seen = np.abs(_difference(wholes[0], wholes[1], gold))
    drawn = np.abs(_difference(wholes[0] + moved, wholes[1] - moved, gold))
    extreme = (drawn >= seen - ROUNDING).sum(axis=0).tolist()
    return {schema: p_value(int(count), shuffles) for schema, count in zip(SCHEMATA, extreme, strict=True)}


def _units(a: Blocks, b: Blocks, cluster: Ints | None) -> int:
    """In how many documents or clusters there are spans of gold or of one of the systems."""
    spans = a["labels"].sum(axis=(1, 2, 3)) + b["labels"].sum(axis=(1, 2, 3))
    return int((clustered(spans[:, None], cluster) > 0).sum())


def _table(blocks: Blocks) -> NDArray[np.floating]:
    """For each document the predicted spans of each kind of pair, over all labels: (documents, 5)."""
    table: NDArray[np.floating] = blocks["labels"][..., 1, :].sum(axis=1)
    return table


def _difference(a: Floats, b: Floats, gold: float) -> Floats:
    """F1 of b minus F1 of a in each schema, (..., 4), from the kinds of predicted spans, (..., 5).

    Over all labels both sides of a pair get the same credit, so the predicted side tells all.
    """
    scores = [2 * (kinds @ CREDIT.T) / np.maximum(kinds.sum(axis=-1) + gold, 1)[..., None] for kinds in (a, b)]
    difference: Floats = scores[1] - scores[0]
    return difference


def _adjusted(found: list[Comparison]) -> list[Comparison]:
    """Holm over all pairs, within each schema."""
    from msgspec.structs import replace

    adjusted = list(found)
    for schema in SCHEMATA:
        places = [n for n, one in enumerate(found) if one.metric == schema and one.p is not None]
        for n, p in zip(places, holm([found[n].p or 0.0 for n in places]), strict=True):
            adjusted[n] = replace(found[n], p_holm=p)
    return adjusted
