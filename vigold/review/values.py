"""Agreement on values and on relations: what annotators say of spans that both have marked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import msgspec
import numpy as np

from vigold.document import Document, Relation, Span
from vigold.review.kappa import cohen
from vigold.review.pairwise import f1
from vigold.review.units import Versions


class ValueAgreement(msgspec.Struct, frozen=True):
    """Of `count` spans with equal boundaries and label that carry a value for either annotator, how many carry the
    same one; κ over these spans, the absent value being a category."""

    count: int
    same: int
    share: float | None
    kappa: float | None


class RelationAgreement(msgspec.Struct, frozen=True):
    """Relations of two annotators: all, and those whose ends both have marked; equal in type and ends."""

    one: int
    other: int
    both: int
    f1: float | None
    shared_f1: float | None


class Said(NamedTuple):
    """A value of each annotator for the same attribute of the same span; None where one gave none."""

    name: str
    one: str | None
    other: str | None


def values(versions: Versions, a: str, b: str) -> Iterator[Said]:
    """What two annotators said of every attribute of the spans that both have marked."""
    for one, other in both(versions, a, b):
        theirs = {span.key: span for span in other.spans if span.attrs}
        ours = {span.key: span for span in one.spans if span.attrs}
        common = {span.key for span in other.spans} & {span.key for span in one.spans}
        for key in (ours.keys() | theirs.keys()) & common:
            yield from _said(key[2], _attrs(ours.get(key)), _attrs(theirs.get(key)))


def both(versions: Versions, a: str, b: str) -> Iterator[tuple[Document, Document]]:
    """The two versions of each document that both annotated."""
    for key, document in versions[a].items():
        if key in versions[b]:
            yield document, versions[b][key]


def _attrs(span: Span | None) -> dict[str, str]:
    return span.attrs if span else {}


def _said(label: str, one: dict[str, str], other: dict[str, str]) -> Iterator[Said]:
    for name in one.keys() | other.keys():
        yield Said(f"{label}.{name}", one.get(name), other.get(name))


def value_agreement(said: list[Said]) -> dict[str, ValueAgreement]:
    """Agreement for each attribute, named `LABEL.attribute`, in alphabetical order."""
    answers: dict[str, list[tuple[str | None, str | None]]] = {}
    for item in said:
        answers.setdefault(item.name, []).append((item.one, item.other))
    return {name: _agreement(answers[name]) for name in sorted(answers)}


def _agreement(answers: list[tuple[str | None, str | None]]) -> ValueAgreement:
    equal = sum(one == other for one, other in answers)
    codes: dict[str | None, int] = {}
    columns = [[codes.setdefault(row[n], len(codes)) for row in answers] for n in (0, 1)]
    kappa = cohen(*(np.array(column, np.int64) for column in columns))
    return ValueAgreement(len(answers), equal, equal / len(answers), kappa)


Arrow = tuple[str, tuple[int, int, str], tuple[int, int, str]]


def arrows(document: Document) -> dict[Arrow, Relation]:
    """The relations of a document by type and by the keys of their ends, which do not depend on ids."""
    keys = {span.id: span.key for span in document.spans}
    return {(r.type, keys[r.head], keys[r.tail]): r for r in document.relations}


def relation_agreement(versions: Versions, pairs: list[tuple[str, str]]) -> RelationAgreement:
    """Agreement on relations over all these pairs of annotators."""
    sizes = np.zeros(5, np.int64)
    for a, b in pairs:
        for one, other in both(versions, a, b):
            if one.relations or other.relations:
                sizes += _relations(one, other)
    ours, theirs, common, ours_shared, theirs_shared = sizes.tolist()
    shared = f1(common, ours_shared, theirs_shared)
    return RelationAgreement(ours, theirs, common, f1(common, ours, theirs), shared)


def _relations(one: Document, other: Document) -> tuple[int, int, int, int, int]:
    known = {span.key for span in one.spans} & {span.key for span in other.spans}
    ours, theirs = arrows(one), arrows(other)
    shared = (sum(head in known and tail in known for _, head, tail in side) for side in (ours, theirs))
    return len(ours), len(theirs), len(ours.keys() & theirs.keys()), *shared  # type: ignore[return-value]
