"""What became of every span, counted for each document and label, on both sides."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from vigold.scoring.columns import Columns, Floats, Ints, common, pack
from vigold.scoring.matching import Pairs

Fates = tuple[NDArray[np.uint8], NDArray[np.uint8]]

UNMATCHED = 4
"""What became of a span without a pair: missed in gold, spurious in a prediction. Before it stand the kinds of pair
of `matching`: exact, same span, same label, other."""
KINDS = 5
SCHEMATA = ("strict", "exact", "partial", "type")
CREDIT = np.array(
    [
        [1.0, 0.0, 0.0, 0.0, 0.0],  # strict: boundaries and label
        [1.0, 1.0, 0.0, 0.0, 0.0],  # exact: boundaries
        [1.0, 1.0, 0.5, 0.5, 0.0],  # partial: an overlap counts half
        [1.0, 0.0, 1.0, 0.0, 0.0],  # type: overlap and label
    ]
)
"""What a span of each kind is worth under each schema (SemEval-2013 task 9.1, Segura-Bedmar et al. 2013)."""


def kinds(pairs: Pairs, gold: int, predicted: int) -> Fates:
    """For each gold and each predicted span, how it was matched (0 to 3) or that it was not (4)."""
    sides = np.full(gold, UNMATCHED, np.uint8), np.full(predicted, UNMATCHED, np.uint8)
    sides[0][pairs.gold] = sides[1][pairs.predicted] = pairs.kind
    return sides


def tally(codes: tuple[Ints, Ints], fate: Fates, size: int) -> NDArray[np.float32]:
    """Counts of shape (size, 2, 5): for each code how many spans of gold (0) and of the prediction (1) are of a kind.

    A pair is counted on both sides, under the code of each: a gold PER that is taken for an ORG is one under PER
    in gold and one under ORG in the prediction. So each side adds up to its number of spans.
    """
    table = np.empty((size, 2, KINDS), np.float32)
    for side in (0, 1):
        table[:, side] = np.bincount(codes[side] * KINDS + fate[side], minlength=size * KINDS).reshape(size, KINDS)
    return table


def by_document_and_label(
    gold: Columns, predicted: Columns, pairs: Pairs, documents: int, labels: int
) -> NDArray[np.float32]:
    """Counts of shape (documents, labels, 2, 5); see `tally`."""
    codes = gold.document * labels + gold.label, predicted.document * labels + predicted.label
    table = tally(codes, kinds(pairs, len(gold.label), len(predicted.label)), documents * labels)
    return table.reshape(documents, labels, 2, KINDS)


def strict_table(gold: Columns, predicted: Columns, documents: int, labels: int) -> Ints:
    """Strict counts of shape (documents, labels, 3) - right, gold, predicted - without matching anything else."""
    hits = common(*pack(gold, predicted))[0]
    codes = gold.document * labels + gold.label
    parts = codes[hits], codes, predicted.document * labels + predicted.label
    tables = [np.bincount(part, minlength=documents * labels) for part in parts]
    return np.stack(tables, axis=-1).reshape(documents, labels, 3)


def figures(counts: NDArray[np.floating]) -> dict[str, tuple[Floats, Floats, Floats]]:
    """Precision, recall and F1 of every schema from counts of shape (..., 2, 5), each of shape (...).

    Precision looks at the predicted side and recall at gold; where both give the same credit, as over all labels,
    F1 is 2 tp / (gold + predicted). A denominator of 0 gives 0, and nan where both sides are empty.
    """
    totals = counts.sum(axis=-1, dtype=np.float64)
    credit = counts.astype(np.float64) @ CREDIT.T
    return {
        schema: ratios(credit[..., 0, n], credit[..., 1, n], totals[..., 0], totals[..., 1])
        for n, schema in enumerate(SCHEMATA)
    }


def ratios(tp: Floats, tp_predicted: Floats, gold: Floats, predicted: Floats) -> tuple[Floats, Floats, Floats]:
    """Precision, recall and F1 from what is right on the gold side and on the predicted side."""
    p = np.divide(tp_predicted, predicted, out=np.zeros_like(tp), where=predicted > 0)
    r = np.divide(tp, gold, out=np.zeros_like(tp), where=gold > 0)
    mean = np.divide(2 * p * r, p + r, out=np.zeros_like(tp), where=p + r > 0)
    joint = np.divide(2 * tp, gold + predicted, out=np.zeros_like(tp), where=gold + predicted > 0)
    f1 = np.where(tp == tp_predicted, joint, mean)
    empty = (gold == 0) & (predicted == 0)
    for figure in (p, r, f1):
        figure[empty] = np.nan
    return p, r, f1


def macro(f1: Floats, gold: Floats) -> Floats:
    """The mean F1 over the labels that gold has, along the last axis; nan where it has none."""
    has = gold > 0
    count = has.sum(axis=-1)
    total = np.where(has, f1, 0.0).sum(axis=-1)
    mean: Floats = np.divide(total, count, out=np.full(count.shape, np.nan), where=count > 0)
    return mean
