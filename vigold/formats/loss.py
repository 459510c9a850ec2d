"""What a format cannot hold of the documents that are written in it, counted by kind and label."""

from __future__ import annotations

from collections import Counter

NESTED = "spans within others"
CUT = "spans that end within a token"
VALUES = "values of spans"
RELATIONS = "relations"


class Loss:
    """A tally that a writer keeps; `told` puts it into words."""

    def __init__(self) -> None:
        self._kinds: dict[str, Counter[str]] = {}

    def note(self, kind: str, label: str = "", number: int = 1) -> None:
        """Count this many of a kind, of a label where the kind has labels; 0 counts nothing."""
        if number:
            self._kinds.setdefault(kind, Counter())[label] += number

    def field(self, name: str) -> None:
        """Note a field of documents, which is told without a count."""
        self._kinds.setdefault(name, Counter())

    def told(self) -> str:
        """All of it on one line, fields first: `zones, 5 relations, 3 spans within others (LOC 2, ORG 1)`; empty where
        nothing is."""
        return ", ".join(
            _told(kind, counts) for kind, counts in sorted(self._kinds.items(), key=lambda one: bool(one[1]))
        )


def _told(kind: str, counts: Counter[str]) -> str:
    if not counts:
        return kind
    labels = ", ".join(f"{label} {count:,}" for label, count in counts.most_common() if label)
    return f"{counts.total():,} {kind}" + (f" ({labels})" if labels else "")
