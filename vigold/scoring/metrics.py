"""Precision, recall and F1 from counts.

Strict matching: a span is right when its start, end and label are (SemEval-2013 task 9.1, strict). Spans are sets,
so nested ones count like any others: precision = |gold ∩ predicted| / |predicted|, recall = … / |gold|.
"""

from __future__ import annotations

import msgspec


class Score(msgspec.Struct, frozen=True):
    """Precision, recall, F1 (0 to 1, or None where gold and prediction are both empty) and the counts behind them."""

    p: float | None
    r: float | None
    f1: float | None
    tp: int
    fp: int
    fn: int
    gold: int
    pred: int


def score(tp: int, gold: int, pred: int) -> Score:
    """The score of `tp` right spans among `pred` predicted and `gold` gold ones; a denominator of 0 gives 0.0."""
    rest = {"tp": tp, "fp": pred - tp, "fn": gold - tp, "gold": gold, "pred": pred}
    if gold == pred == 0:
        return Score(None, None, None, **rest)
    return Score(tp / pred if pred else 0.0, tp / gold if gold else 0.0, 2 * tp / (gold + pred), **rest)


def macro_f1(scores: list[Score]) -> float | None:
    """The mean F1 over the labels that gold has; None when it has none."""
    values = [score.f1 for score in scores if score.gold and score.f1 is not None]
    return sum(values) / len(values) if values else None
