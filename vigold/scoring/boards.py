"""One table a label group: systems are ranked and tested only on labels that all of them give."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from vigold.scoring.corpus import Corpus


def groups(
    gold: Corpus, systems: Mapping[str, Corpus], given: Mapping[str, Collection[str]]
) -> list[tuple[list[str], list[str]]]:
    """Label groups, largest first, each with the systems that give all of it; empty where all give the same.

    What a system gives is said in `given`, else it is the labels of its spans. A group is what some system gives of the
    labels of gold; one that no second system gives has nobody to be compared with, but stays a table of its own.
    """
    truth = frozenset(gold.labels[code] for code in set(gold.spans.label.tolist()))
    own = {name: truth & frozenset(given.get(name) or _labels(system)) for name, system in systems.items()}
    sets = sorted({labels for labels in own.values() if labels}, key=lambda labels: (-len(labels), sorted(labels)))
    if len(set(own.values())) < 2:
        return []
    return [(sorted(labels), [name for name in systems if own[name] >= labels]) for labels in sets]


def _labels(system: Corpus) -> set[str]:
    return {system.labels[code] for code in set(system.spans.label.tolist())}
