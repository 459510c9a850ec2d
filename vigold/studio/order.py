"""Which documents to annotate first: those on which extractors differ most, so that an early hour teaches most.

The committee of Seung, Opper and Sompolinsky (Query by Committee, COLT 1992), with F1 between its members as the
measure of how far they agree, as annotators are compared.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

from vigold.document import Document
from vigold.errors import VigoldError


class Placed(NamedTuple):
    """A document, how far the extractors differ on it (0 all alike, 1 nothing in common), and by how many spans."""

    document: Document
    share: float
    spans: int


def by_disagreement(documents: Sequence[Document], systems: Mapping[str, Mapping[str, Document]]) -> list[Placed]:
    """The documents, first where the extractors differ most: the mean of 1 - F1 over every two of them.

    `systems` maps the name of each to its predictions by document id. Two spans are alike with the same start, end
    and label; two extractors are compared on the labels that both give anywhere, since one that cannot give a label
    does not differ about it. Of documents with the same share, those with more differing spans come first, then
    those that stood first. Raises VigoldError for fewer than two extractors, for two without a label in common,
    and for a document without a prediction.
    """
    if len(systems) < 2:
        raise VigoldError(
            "--order disagreement compares extractors: give --predictions twice or more; `vigold extract` makes them"
        )
    labels = {name: {span.label for one in found.values() for span in one.spans} for name, found in systems.items()}
    pairs = [(a, b, labels[a] & labels[b]) for a, b in combinations(systems, 2)]
    if strange := next(((a, b) for a, b, shared in pairs if not shared), None):
        raise VigoldError(f"predictions {strange[0]} and {strange[1]} have no label in common, so nothing to compare")
    for name, found in systems.items():
        if lacking := next((document.id for document in documents if document.id not in found), None):
            raise VigoldError(f"{name}: no prediction for document {lacking}")
    placed = []
    for document in documents:
        counts = [_differing(systems[a][document.id], systems[b][document.id], shared) for a, b, shared in pairs]
        share = sum(spans / total for spans, total in counts if total) / len(pairs)
        placed.append(Placed(document, share, sum(spans for spans, _ in counts)))
    return sorted(placed, key=lambda one: (-one.share, -one.spans))


def _differing(one: Document, other: Document, labels: Collection[str]) -> tuple[int, int]:
    """How many spans only one of the two has, of how many both have together; their quotient is 1 - F1."""
    mine, theirs = ({span.key for span in found.spans if span.label in labels} for found in (one, other))
    return len(mine ^ theirs), len(mine) + len(theirs)
