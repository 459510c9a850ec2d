"""What is told of a system: scores with their counts and intervals."""

from __future__ import annotations

import math

import msgspec
import numpy as np
from numpy.typing import NDArray

from vigold.scoring.counts import CREDIT, SCHEMATA, UNMATCHED

Interval = tuple[float, float] | None
Counts = NDArray[np.floating]


class Score(msgspec.Struct, frozen=True):
    """Precision, recall and F1 (0 to 1, None where gold and prediction are both empty), counts and intervals.

    `tp` is what is right on the gold side, in the partial schema with halves; `fn = gold - tp`. For one label in the
    exact and partial schemata, and for one slice, the predicted side can hold another number of right spans, since a
    pair may join two labels: there `fp` counts from the predicted side, as precision does. Else `fp = pred - tp`.
    """

    p: float | None
    r: float | None
    f1: float | None
    tp: float
    fp: float
    fn: float
    gold: int
    pred: int
    ci: Interval = None
    ci_p: Interval = None
    ci_r: Interval = None


class Mean(msgspec.Struct, frozen=True):
    """The mean F1 over the labels that gold has; None where it has none."""

    f1: float | None
    ci: Interval = None


class Muc(msgspec.Struct, frozen=True):
    """Every pair judged once: same span and label; overlap and same label; another label; missed; spurious.

    MUC-5 (Chinchor and Sundheim 1993) names the categories. `inc` counts gold spans that were given another label and
    `inc_pred` predicted spans whose gold has another one: over all labels they are equal, for one label they are not.
    POS = cor + par + inc + mis and ACT = cor + par + inc_pred + spu.
    """

    cor: int
    par: int
    inc: int
    mis: int
    spu: int
    inc_pred: int


def scores(
    counts: Counts, figures: dict[str, tuple[float | None, ...]], intervals: dict[str, list[Interval]]
) -> dict[str, Score]:
    """The score of every schema from counts of shape (2, 5) and precision, recall and F1 with their intervals."""
    gold, pred = (int(total) for total in counts.sum(axis=-1))
    credit = counts.astype(np.float64) @ CREDIT.T
    found = {}
    for n, schema in enumerate(SCHEMATA):
        p, r, f1 = figures[schema]
        tp, right = (_count(credit[side, n], schema) for side in (0, 1))
        ci_p, ci_r, ci = intervals.get(schema, (None, None, None))
        found[schema] = Score(p, r, f1, tp, pred - right, gold - tp, gold, pred, ci, ci_p, ci_r)
    return found


def muc(counts: Counts) -> Muc:
    """The MUC counts from counts of shape (2, 5)."""
    exact, same, label, other, unmatched = (counts[:, kind].astype(int).tolist() for kind in range(UNMATCHED + 1))
    return Muc(exact[0], label[0], same[0] + other[0], unmatched[0], unmatched[1], same[1] + other[1])


def number(value: float) -> float | None:
    """A figure as it is told: None in place of nan."""
    return None if math.isnan(value) else float(value)


def _count(value: float, schema: str) -> float:
    return float(value) if schema == "partial" else int(value)
