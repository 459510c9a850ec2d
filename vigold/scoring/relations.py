"""Relations: Strict and Boundaries, as Taillé et al. 2020 (2009.10684) tell them apart.

A relation is right when its type and direction are, and its two spans are: with their labels under Strict, by their
offsets alone under Boundaries. Relations are sets under each of the two.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from vigold.scoring.columns import Columns, Ints, common, pack
from vigold.scoring.corpus import Corpus


def block(gold: Corpus, predicted: Corpus) -> NDArray[np.float32]:
    """Counts of shape (documents, types, 2, 3): strict and boundaries; right, gold, predicted."""
    table = np.zeros((len(gold.documents), len(gold.types), 2, 3), np.float32)
    if not len(gold.relations.head) and not len(predicted.relations.head):
        return table  # without ranking all spans for nothing
    for schema, labelled in enumerate((True, False)):
        sides = _sides(gold, predicted, labelled)
        right = common(sides[0][0], sides[1][0])[0]
        rows = sides[0][1][right], sides[0][1], sides[1][1]
        for place, cells in enumerate(rows):
            counts = np.bincount(cells, minlength=table.shape[0] * table.shape[1])
            table[:, :, schema, place] = counts.reshape(table.shape[:2])
    return table


def _sides(gold: Corpus, predicted: Corpus, labelled: bool) -> list[tuple[Ints, Ints]]:
    """For each side the sorted keys of its distinct relations, comparable between sides, and document and type of each.

    Ends are ranked among the distinct spans of both sides; a relation is then like a span from one end to the other.
    """
    spans = [side.spans for side in (gold, predicted)]
    if not labelled:
        spans = [part._replace(label=np.zeros(len(part.label), np.int64)) for part in spans]
    keys = pack(*spans)
    ranks = np.unique(np.concatenate(keys), return_inverse=True)[1]
    parts = ranks[: len(keys[0])], ranks[len(keys[0]) :]
    size = len(ranks) + 1
    arrows = []
    for side, place in zip((gold, predicted), parts, strict=True):
        head, tail = place[side.relations.head], place[side.relations.tail]
        cells = side.relations.document * len(side.types) + side.relations.type
        # Columns want end after start; heads lie above all tails.
        arrows.append(Columns(cells, tail, head + size, np.zeros(len(head), np.int64)))
    found = []
    for arrow, key in zip(arrows, pack(*arrows), strict=True):
        distinct, first = np.unique(key, return_index=True)
        found.append((distinct, arrow.document[first]))
    return found
