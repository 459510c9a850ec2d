"""What the first screen says: who is ahead on which labels, by how much, and whether that is more than chance."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from vigold.scoring.comparison import LEVEL
from vigold.scoring.report.plots import Plot, ranked
from vigold.scoring.result import Comparison, Result, Scores


class Verdict(NamedTuple):
    """A label group: its labels (none for all), the systems by strict F1, and what can be said of the first two.

    `sure` is None where nothing was tested. `pill` says it in two words, `words` in a sentence.
    """

    labels: list[str]
    plot: Plot
    sure: bool | None
    pill: str
    words: str


def verdicts(result: Result) -> list[Verdict]:
    """A verdict for each label group, those with a comparison first; one over all labels where there are no groups."""
    order = {name: n for n, name in enumerate(result.systems)}
    groups: list[tuple[list[str], dict[str, Scores], list[Comparison]]]
    groups = [(board.labels, board.systems, board.comparisons) for board in result.boards]
    if not groups:
        groups = [([], {name: system.micro for name, system in result.systems.items()}, result.comparisons)]
    found = [Verdict(names, ranked(scores, "strict", order), *_said(scores, pairs)) for names, scores, pairs in groups]
    return sorted(found, key=lambda one: len(one.plot.marks) < 2)


def _said(scores: dict[str, Scores], comparisons: Sequence[Comparison]) -> tuple[bool | None, str, str]:
    names = sorted(scores, key=lambda name: -(scores[name]["strict"].f1 or 0.0))
    if len(names) < 2:
        return None, "alone", "No other system gives these labels."
    best, second = names[:2]
    one = next(one for one in comparisons if one.metric == "strict" and {one.a, one.b} == {best, second})
    if one.delta is None:
        return None, "empty", "Neither gold nor any system has a span."
    turn = 1 if one.b == best else -1
    ends = "" if one.ci is None else " [{:.1f}, {:.1f}]".format(*sorted(100 * turn * end for end in one.ci))
    ahead = f"{100 * abs(one.delta):.1f} points{ends} ahead of {second}" if one.delta else f"Level with {second}"
    if one.p_holm is None:
        return None, "not tested", f"{ahead}. Without resamples nothing says whether that is chance."
    p = "p Holm below 0.001" if one.p_holm < 0.001 else f"p Holm {one.p_holm:.3f}"
    if one.p_holm >= LEVEL or not one.delta:
        seen = "" if not one.detectable else f" This corpus shows differences from {100 * one.detectable:.1f} on."
        return False, "not told apart", f"{ahead}, which may be chance ({p}).{seen}"
    rest = list(_not_beaten(best, names, comparisons))
    others = f" Not told apart from {', '.join(rest)}." if rest else ""
    return True, "beyond chance", f"{ahead}, {p}.{others}"


def _not_beaten(best: str, names: Sequence[str], comparisons: Sequence[Comparison]) -> Iterator[str]:
    """The systems behind the first two that the first cannot be told from; fewer spans can make their tests weaker."""
    for name in names[2:]:
        pair = (one for one in comparisons if one.metric == "strict" and {one.a, one.b} == {best, name})
        if any(one.p_holm is None or one.p_holm >= LEVEL for one in pair):
            yield name
