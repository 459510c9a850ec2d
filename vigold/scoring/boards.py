"""One table a label group: systems are ranked and tested only on labels that all of them give."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from vigold.scoring.corpus import Corpus

Own = Mapping[str, frozenset[str]]


def own(gold: Corpus, systems: Mapping[str, Corpus], given: Mapping[str, Collection[str]]) -> Own:
    """For each system the labels of gold that it gives: those that `given` says, and those of its spans.

    One that says nothing and found nothing is taken to give all: it failed.
    """
    truth = frozenset(_labels(gold))
    return {
        name: truth & (_labels(system) | frozenset(given.get(name, ())) or truth) for name, system in systems.items()
    }


def groups(given: Own) -> list[tuple[list[str], list[str]]]:
    """Label groups, largest first, each with the systems that give all of it; empty where all give the same.

    A group is what some system gives of the labels of gold; one that no second system gives has nobody to be compared
    with, but stays a table of its own.
    """
    sets = sorted({labels for labels in given.values() if labels}, key=lambda labels: (-len(labels), sorted(labels)))
    if len(set(given.values())) < 2:
        return []
    return [(sorted(labels), [name for name in given if given[name] >= labels]) for labels in sets]


def _labels(side: Corpus) -> frozenset[str]:
    return frozenset(side.labels[code] for code in set(side.spans.label.tolist()))
