"""What the document browser of the report shows: texts, spans of gold and systems, and what is wrong with each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from vigold.scheme import Scheme
from vigold.scoring.corpus import Corpus
from vigold.scoring.counts import kinds
from vigold.scoring.result import Result, System

if TYPE_CHECKING:
    from vigold.scoring.evaluate import Matched

KINDS = ("right", "label", "boundary", "label-and-boundary", "missed", "spurious", "value", "not-given")
"""What the page tells apart: the kinds of pair, spans without one on either side, right spans of wrong value, and
missed ones of a label that the system does not give."""
PALETTE = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#7a5195", "#6d4c41")


def browser(result: Result, work: Matched) -> dict[str, Any]:
    """Labels with colours, systems, kinds, and for each document its text and spans.

    A gold span is [start, end, label, attributes, [kind for each system]], a predicted one [start, end, label,
    attributes, kind]; kinds are places in `KINDS`.
    """
    gold = work.sides.gold
    names = list(work.sides.systems)
    judged = [_kinds(work, name, system) for name, system in result.systems.items()]
    found: list[dict[str, Any]] = [
        {"id": one.id, "title": one.title or "", "text": text, "gold": [], "systems": [[] for _ in names]}
        for one, text in zip(gold.documents, _texts(work), strict=True)
    ]
    each = np.stack([one for one, _ in judged], axis=1).tolist() if judged else [[] for _ in gold.attrs]
    for document, span, fates in zip(gold.spans.document.tolist(), _rows(gold), each, strict=True):
        found[document]["gold"].append([*span, fates])
    for n, name in enumerate(names):
        side = work.sides.systems[name]
        for document, span, kind in zip(side.spans.document.tolist(), _rows(side), judged[n][1].tolist(), strict=True):
            found[document]["systems"][n].append([*span, kind])
    return {"labels": colours(gold.labels, work.scheme), "systems": names, "kinds": KINDS, "documents": found}


def colours(labels: list[str], scheme: Scheme) -> list[dict[str, str]]:
    """Each label with its colour in the scheme, or one of a palette that colour-blind readers can tell apart."""
    spare = iter(PALETTE * (1 + len(labels) // len(PALETTE)))
    return [
        {"name": label, "colour": scheme.labels[label].colour if label in scheme.labels else next(spare)}
        for label in labels
    ]


def _texts(work: Matched) -> list[str | None]:
    """The text of each document, of gold or of the first system that has it."""
    sides = (work.sides.gold, *work.sides.systems.values())
    rows = zip(*(side.documents for side in sides), strict=True)
    return [next((one.text for one in row if one.text is not None), None) for row in rows]


def _rows(side: Corpus) -> list[list[Any]]:
    told = [", ".join(f"{key}={value}" for key, value in attrs.items()) for attrs in side.values]
    parts = zip(*(part.tolist() for part in (*side.spans[1:], side.attrs)), strict=True)
    return [[start, end, label, told[attrs]] for start, end, label, attrs in parts]


def _kinds(work: Matched, name: str, told: System) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """For each gold and each predicted span its place in `KINDS`."""
    gold, side = work.sides.gold, work.sides.systems[name]
    fates = [fate.astype(np.int64) for fate in kinds(work.pairs[name], len(gold.attrs), len(side.attrs))]
    given = np.array([told.gives(label) for label in gold.labels], dtype=bool)
    fates[0][(fates[0] == KINDS.index("missed")) & ~given[gold.spans.label]] = KINDS.index("not-given")
    fates[1][fates[1] == KINDS.index("missed")] = KINDS.index("spurious")
    for judged in work.judged[name].values():
        for fate, rows in ((fates[0], judged.gold[~judged.same]), (fates[1], judged.predicted[~judged.same])):
            right = rows[fate[rows] == 0]
            fate[right] = KINDS.index("value")
    return fates[0], fates[1]
