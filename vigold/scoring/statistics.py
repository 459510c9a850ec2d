"""From what was counted in each document to figures with intervals.

A block is an array whose first axis is the documents and whose further axes say what was counted. The blocks of all
systems, flattened, are the columns of one table; the same draws of documents serve all of them. Figures are functions
of the sums of blocks, so that one function gives both what is reported and how it varies.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from vigold.scoring.columns import Floats, Ints
from vigold.scoring.counts import figures, macro, ratios
from vigold.scoring.resampling import bootstrap_sums, clustered, exact, interval

Array = NDArray[np.floating]
Blocks = Mapping[str, Array]
Path = tuple[str, ...]
Figures = dict[Path, Floats]

PRF = ("p", "r", "f1")
RELATION_SCHEMATA = ("strict", "boundaries")


class Names(NamedTuple):
    """What the further axes of the blocks stand for.

    `labels`: labels, gold or predicted, kind of pair. `values/LABEL`: see `values`. `relations`: types, schema, and
    right, gold, predicted. `slices/NAME`: groups, gold or predicted, kind of pair.
    """

    labels: list[str]
    types: list[str]
    attributes: dict[str, list[str]]
    slices: dict[str, list[str]]


def totals(blocks: Blocks) -> dict[str, Array]:
    """The sums of the blocks over the documents."""
    return {name: block.sum(axis=0, dtype=np.float64) for name, block in blocks.items()}


def resampled(
    systems: Mapping[str, Blocks], cluster: Ints | None, resamples: int, seed: int
) -> dict[str, dict[str, Array]]:
    """The sums of the blocks of each system in each resample of documents, which becomes their first axis."""
    parts = [block.reshape(len(block), -1) for blocks in systems.values() for block in blocks.values()]
    if not parts:
        return {name: {} for name in systems}
    table = clustered(np.concatenate(parts, axis=1), cluster)
    kept, place = _distinct(table)
    sums = bootstrap_sums(exact(table[:, kept]), resamples, seed)[:, place]
    at = 0
    found: dict[str, dict[str, Array]] = {}
    for name, blocks in systems.items():
        found[name] = {}
        for key, block in blocks.items():
            width = int(np.prod(block.shape[1:]))
            found[name][key] = sums[:, at : at + width].reshape(resamples, *block.shape[1:])
            at += width
    return found


def _distinct(table: Array) -> tuple[list[int], list[int]]:
    """The columns that differ from all before them, and for each column its place among these.

    A pair of the same label counts the same on both sides, so a fifth of the columns need not be summed twice.
    """
    first: dict[bytes, int] = {}
    kept: list[int] = []
    place: list[int] = []
    for n, column in enumerate(np.ascontiguousarray(table.T)):
        at = first.setdefault(column.tobytes(), len(kept))
        if at == len(kept):
            kept.append(n)
        place.append(at)
    return kept, place


def units(blocks: Blocks, names: Names, cluster: Ints | None) -> dict[Path, int]:
    """In how many documents or clusters that something stands which the figures below this place count.

    What stands in fewer than two is the same in every draw that has it: no variation is seen, so none can be told.
    """
    found: dict[Path, int] = {}

    def put(paths: list[Path], block: Array) -> None:
        """`block` has an entry for each document and path."""
        found.update(zip(paths, (clustered(block, cluster) > 0).sum(axis=0).tolist(), strict=True))

    labels = blocks["labels"].sum(axis=(2, 3))
    put([("micro",), ("macro",)], np.repeat(labels.sum(axis=1)[:, None], 2, axis=1))
    put([("labels", label) for label in names.labels], labels)
    for name, groups in names.slices.items():
        put([("slices", name, group) for group in groups], blocks[f"slices/{name}"].sum(axis=(2, 3)))
    for label in names.attributes:
        put([("values", label)], blocks[f"values/{label}"].sum(axis=1)[:, None])
    kinds = blocks["relations"].sum(axis=3)
    put([("relations", schema) for schema in RELATION_SCHEMATA], kinds.sum(axis=1))
    paths: list[Path] = [("relations", schema, "types", kind) for kind in names.types for schema in RELATION_SCHEMATA]
    put(paths, kinds.reshape(len(kinds), len(paths)))
    return found


def all_figures(sums: Blocks, names: Names) -> Figures:
    """Every figure by its place in the result, each of the shape that leads the sums (none, or resamples)."""
    found: Figures = {}
    labels = sums["labels"]
    _put(found, ("micro",), labels.sum(axis=-3))
    each = figures(labels)
    for schema, (_, _, f1) in each.items():
        found["macro", schema, "f1"] = macro(f1, labels[..., 0, :].sum(axis=-1))
        for n, label in enumerate(names.labels):
            for name, figure in zip(PRF, each[schema], strict=True):
                found["labels", label, schema, name] = figure[..., n]
    for name, groups in names.slices.items():
        for n, group in enumerate(groups):
            _put(found, ("slices", name, group), sums[f"slices/{name}"][..., n, :, :])
    _put_relations(found, sums["relations"], names.types)
    for label, attributes in names.attributes.items():
        _put_values(found, label, sums[f"values/{label}"], attributes)
    return found


def intervals(figures: Figures) -> dict[Path, tuple[float, float] | None]:
    """The 95 % percentile interval of each resampled figure."""
    return {path: interval(figure) for path, figure in figures.items()}


def _put(found: Figures, path: Path, counts: Array) -> None:
    for schema, parts in figures(counts).items():
        found.update({(*path, schema, name): figure for name, figure in zip(PRF, parts, strict=True)})


def _put_relations(found: Figures, sums: Array, types: list[str]) -> None:
    for n, schema in enumerate(RELATION_SCHEMATA):
        whole = sums[..., n, :].sum(axis=-2)
        parts = [((), whole), *((("types", kind), sums[..., t, n, :]) for t, kind in enumerate(types))]
        for path, counts in parts:
            right, gold, predicted = (np.asarray(counts[..., k], np.float64) for k in range(3))
            for name, figure in zip(PRF, ratios(right, right, gold, predicted), strict=True):
                found["relations", schema, *path, name] = figure


def _put_values(found: Figures, label: str, sums: Array, attributes: list[str]) -> None:
    """Accuracy over matched spans; F1 = accuracy times overlap F1 = 2 right / (gold + predicted) (TempEval-3)."""
    matched, right, gold, predicted = (np.asarray(sums[..., k], np.float64) for k in range(4))
    found["values", label, "accuracy"] = _share(right, matched)
    found["values", label, "f1"] = _share(2 * right, gold + predicted)
    for n, attribute in enumerate(attributes):
        asked, same = sums[..., 4 + 2 * n], sums[..., 5 + 2 * n]
        found["values", label, "attributes", attribute] = _share(same, asked)


def _share(part: Array, whole: Array) -> Floats:
    empty = np.full(np.shape(whole), np.nan)
    share: Floats = np.divide(part, whole, out=empty, where=np.asarray(whole) > 0)
    return share
