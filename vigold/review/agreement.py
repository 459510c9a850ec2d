"""Agreement between annotators: for every two of them, over all, and for each document."""

from __future__ import annotations

from typing import Any, NamedTuple

import msgspec
import numpy as np

from vigold.errors import VigoldError
from vigold.review import unitizing
from vigold.review.kappa import cohen, fleiss
from vigold.review.pairwise import Counts, categories, counts, f1, pair, summed
from vigold.review.units import Ints, Study, Versions, pairs, study
from vigold.review.values import (
    RelationAgreement,
    Said,
    ValueAgreement,
    relation_agreement,
    value_agreement,
    values,
)


class F1(msgspec.Struct, frozen=True):
    """Spans of one and of the other annotator, what both have, and 2 both / (one + other); see `pairwise.counts`."""

    one: int
    other: int
    exact: int
    relaxed: int
    exact_f1: float | None
    relaxed_f1: float | None


class Alpha(msgspec.Struct, frozen=True):
    """Krippendorff's uα and its 95 % interval over documents; None where it is not defined."""

    value: float | None
    ci: tuple[float, float] | None = None


class Kappa(msgspec.Struct, frozen=True):
    """Label κ over `count` places that more than one annotator has marked."""

    value: float | None
    count: int


class Figures(msgspec.Struct, frozen=True):
    """All figures between two annotators (Cohen's κ) or over all of them (Fleiss' κ; counts summed over pairs)."""

    annotators: tuple[str, ...]
    documents: int
    spans: F1
    labels: dict[str, F1]
    alpha: Alpha
    alphas: dict[str, Alpha]
    kappa: Kappa
    values: dict[str, ValueAgreement]
    relations: RelationAgreement


class DocumentAgreement(msgspec.Struct, frozen=True):
    """One document: the spans of all its annotators, and the F1 over every two of them."""

    id: str
    spans: int
    exact_f1: float | None
    relaxed_f1: float | None


class Agreement(msgspec.Struct, frozen=True):
    """Agreement over all annotators, for every two of them, and the documents, the worst first."""

    overall: Figures
    pairs: tuple[Figures, ...]
    documents: tuple[DocumentAgreement, ...]
    resamples: int
    seed: int


class _Part(NamedTuple):
    """What two annotators add to the figures over all."""

    counts: Counts
    said: list[Said]
    documents: Ints


def agreement(versions: Versions, *, resamples: int = 1000, seed: int = 12345) -> Agreement:
    """The agreement of annotators on the documents that two or more of them annotated.

    `versions` maps annotators to their documents by id; what it does not depend on is their order, save for the
    names `one` and `other`. With `resamples=0` there are no intervals. uα is None where no version has the text.
    Raises VigoldError when no document has two annotators.
    """
    made = study(versions)
    if not made.documents:
        raise VigoldError("no document has two annotators; agreement needs at least one that has")
    table = categories(made)
    every = {two: _part(versions, made, *two) for two in pairs(len(made.annotators))}
    parts = {two: part for two, part in every.items() if len(part.documents)}
    options = resamples, seed
    each = tuple(_figures(versions, made, table, two, [part], options) for two, part in parts.items())
    all_of = tuple(range(len(made.annotators)))
    overall = each[0] if len(all_of) == 2 else _figures(versions, made, table, all_of, list(parts.values()), options)
    return Agreement(overall, each, _documents(made, [part.counts for part in parts.values()]), *options)


def _part(versions: Versions, made: Study, a: int, b: int) -> _Part:
    said = list(values(versions, made.annotators[a], made.annotators[b]))
    shared = np.flatnonzero(made.present[:, a] & made.present[:, b])
    return _Part(counts(made, pair(made, a, b)), said, shared)


def _figures(
    versions: Versions,
    made: Study,
    table: Ints,
    who: tuple[int, ...],
    parts: list[_Part],
    options: tuple[int, int],
) -> Figures:
    total = summed([part.counts for part in parts])
    names = tuple(made.annotators[n] for n in who)
    documents = np.unique(np.concatenate([part.documents for part in parts]))
    by_label = Counts(*(column.sum(0) for column in total))
    labels = {label: _f1(by_label, n) for n, label in enumerate(made.labels)}
    alpha, alphas = _alphas(made, who, documents, *options)
    return Figures(
        names,
        len(documents),
        _f1(Counts(*(column.sum(keepdims=True) for column in by_label)), 0),
        labels,
        alpha,
        alphas,
        _kappa(table[:, list(who)]),
        value_agreement([item for part in parts for item in part.said]),
        relation_agreement(versions, [(names[a], names[b]) for a, b in pairs(len(names))]),
    )


def _f1(sums: Counts, n: int) -> F1:
    one, other, exact, relaxed = (int(column[n]) for column in sums)
    return F1(one, other, exact, relaxed, f1(exact, one, other), f1(relaxed, one, other))


def _alphas(
    made: Study, who: tuple[int, ...], documents: Ints, resamples: int, seed: int
) -> tuple[Alpha, dict[str, Alpha]]:
    """uα over all labels and for each, on the documents whose length is known."""
    rows = unitizing.lengths(made, who)
    known = documents[made.length[documents] > 0]
    rows = unitizing.Lengths(*(column[known] for column in rows))
    each, together = unitizing.alphas(unitizing.Lengths(*(column.sum(0) for column in rows)))
    draws = resamples if len(known) > 1 else 0
    drawn, drawn_together = unitizing.resampled(rows, draws, seed) if draws else (None, None)
    labels = {label: _alpha(each[n], drawn[:, n] if drawn is not None else None) for n, label in enumerate(made.labels)}
    return _alpha(together, drawn_together), labels


def _alpha(value: np.floating[Any] | unitizing.Floats, drawn: unitizing.Floats | None) -> Alpha:
    if np.isnan(value):
        return Alpha(None)
    return Alpha(float(value), None if drawn is None else unitizing.interval(drawn))


def _kappa(table: Ints) -> Kappa:
    marked = table[(table >= 0).sum(1) > 1]
    if table.shape[1] == 2:
        return Kappa(cohen(marked[:, 0], marked[:, 1]), len(marked))
    chosen = np.zeros((len(marked), int(marked.max(initial=0)) + 1), np.int64)
    rows, columns = np.nonzero(marked >= 0)
    np.add.at(chosen, (rows, marked[rows, columns]), 1)
    return Kappa(fleiss(chosen), len(marked))


def _documents(made: Study, parts: list[Counts]) -> tuple[DocumentAgreement, ...]:
    one, other, exact, relaxed = (column.sum(1).tolist() for column in summed(parts))
    sizes = np.bincount(made.units.document, minlength=len(made.documents)).tolist()
    rows = [
        DocumentAgreement(key, sizes[n], f1(exact[n], one[n], other[n]), f1(relaxed[n], one[n], other[n]))
        for n, key in enumerate(made.documents)
    ]
    return tuple(sorted(rows, key=lambda row: (row.exact_f1 is None, row.exact_f1, row.id)))
