"""Values of spans that overlap within their label, as TempEval-3 scores them (UzZaman et al. 2013, S13-2001)."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from vigold.scheme import Label, Scheme
from vigold.scoring.columns import Bools, Columns, Ints
from vigold.scoring.comparators import CANONICAL, Attrs, Comparator, comparator, plain
from vigold.scoring.corpus import Corpus
from vigold.scoring.matching import match


class Judged(NamedTuple):
    """The values of one label: rows of matched gold and predicted spans, and whether their values are the same.

    `attributes` holds, for each attribute, whether either side has it and whether both have it alike, for each pair.
    """

    gold: Ints
    predicted: Ints
    same: Bools
    attributes: dict[str, tuple[Bools, Bools]]


def valued(gold: Corpus, scheme: Scheme) -> dict[str, list[str]]:
    """The labels in use that have values, and their attributes: those of the scheme, then others that gold has."""
    found: dict[str, list[str]] = {}
    for code, label in enumerate(gold.labels):
        used = np.unique(gold.attrs[gold.spans.label == code]).tolist()
        names = dict.fromkeys(scheme.labels[label].attributes if label in scheme.labels else ())
        names |= dict.fromkeys(sorted({name for one in used for name in gold.values[one]}))
        if names:
            found[label] = list(names)
    return found


def judge(gold: Corpus, predicted: Corpus, label: str, names: list[str], scheme: Scheme) -> Judged:
    """The values of one label, over spans matched within it, whatever other labels stand there."""
    code = gold.labels.index(label)
    rows, others = (np.flatnonzero(side.spans.label == code) for side in (gold, predicted))
    pairs = match(_unlabelled(gold.spans, rows), _unlabelled(predicted.spans, others))
    left, right = rows[pairs.gold], others[pairs.predicted]
    rule = scheme.labels.get(label, Label())
    same = _same(gold, predicted, left, right, (rows, others), comparator(rule.compare))
    codes = gold.attrs[left], predicted.attrs[right]
    attributes = {}
    for name in names:
        grammar = rule.attributes[name].grammar if name in rule.attributes else None
        keys = _keys((gold.values, predicted.values), name, grammar)
        one, other = keys[0][codes[0]], keys[1][codes[1]]
        attributes[name] = ((one >= 0) | (other >= 0), (one >= 0) & (one == other))
    return Judged(left, right, same, attributes)


def block(gold: Corpus, predicted: Corpus, label: str, judged: Judged) -> NDArray[np.float32]:
    """Counts of shape (documents, 4 + 2 attributes): matched, same value, gold, predicted; asked, alike."""
    code, size = gold.labels.index(label), len(gold.documents)
    document = gold.spans.document[judged.gold]
    columns = [
        document,
        document[judged.same],
        gold.spans.document[gold.spans.label == code],
        predicted.spans.document[predicted.spans.label == code],
    ]
    columns += [document[part] for parts in judged.attributes.values() for part in parts]
    return np.stack([np.bincount(column, minlength=size) for column in columns], axis=1).astype(np.float32)


def unparsable(corpus: Corpus, label: str, scheme: Scheme) -> Ints:
    """The rows of the spans of this label with a value that the scheme does not allow."""
    if label not in scheme.labels or label not in corpus.labels:
        return np.empty(0, np.int64)
    checks = {name: scheme.check(label, name) for name in scheme.labels[label].attributes}
    rows = np.flatnonzero(corpus.spans.label == corpus.labels.index(label))
    bad = np.zeros(len(corpus.values), dtype=bool)
    for code in np.unique(corpus.attrs[rows]).tolist():
        items = corpus.values[code].items()
        bad[code] = any(name in checks and not checks[name](value) for name, value in items)
    return rows[bad[corpus.attrs[rows]]]


def _unlabelled(spans: Columns, rows: Ints) -> Columns:
    part = spans.take(rows)
    return part._replace(label=np.zeros(len(rows), np.int64))


def _same(gold: Corpus, predicted: Corpus, left: Ints, right: Ints, rows: tuple[Ints, Ints], rule: Comparator) -> Bools:
    """Whether the values of each pair are the same, as they stand or as their documents complete them."""
    whole = _compared((gold.values, predicted.values), gold.attrs[left], predicted.attrs[right], rule)
    settled = [_settled(side, own, rule) for side, own in zip((gold, predicted), rows, strict=True)]
    if settled[0] is None and settled[1] is None:
        return whole
    sides = [one or (side.attrs, side.values) for one, side in zip(settled, (gold, predicted), strict=True)]
    return whole | _compared((sides[0][1], sides[1][1]), sides[0][0][left], sides[1][0][right], rule)


def _compared(values: tuple[list[Attrs], list[Attrs]], one: Ints, other: Ints, rule: Comparator) -> Bools:
    """Compare each distinct pair of values once."""
    width = len(values[1])
    pairs, place = np.unique(one * width + other, return_inverse=True)
    same = [rule.same(values[0][pair // width], values[1][pair % width]) for pair in pairs.tolist()]
    return np.array(same, dtype=bool)[place]


def _settled(corpus: Corpus, rows: Ints, rule: Comparator) -> tuple[Ints, list[Attrs]] | None:
    """Attribute codes and values after each document has completed its own; None where none needs it."""
    used = np.unique(corpus.attrs[rows])
    partial = np.zeros(len(corpus.values), dtype=bool)
    partial[used] = [rule.partial(corpus.values[code]) for code in used.tolist()]
    documents = np.unique(corpus.spans.document[rows[partial[corpus.attrs[rows]]]])
    if not len(documents):
        return None
    attrs, values = corpus.attrs.copy(), list(corpus.values)
    own = corpus.spans.document[rows]
    for begin, end in zip(np.searchsorted(own, documents), np.searchsorted(own, documents, "right"), strict=True):
        here = rows[begin:end]
        before = [corpus.values[code] for code in corpus.attrs[here].tolist()]
        for row, old, new in zip(here.tolist(), before, rule.settle(before), strict=True):
            if new is not old:
                attrs[row] = len(values)
                values.append(new)
    return attrs, values


def _keys(values: tuple[list[Attrs], list[Attrs]], name: str, grammar: str | None) -> tuple[Ints, Ints]:
    """For each side, the canonical form of this attribute in each of its values, as a number; -1 where it is absent."""
    canonical = CANONICAL.get(grammar or "", plain)
    forms: dict[str, int] = {}
    raw: dict[str, int] = {}

    def key(value: str | None) -> int:
        if value is None:
            return -1
        if value not in raw:
            raw[value] = forms.setdefault(canonical(value), len(forms))
        return raw[value]

    one, other = (np.array([key(attrs.get(name)) for attrs in side], dtype=np.int64) for side in values)
    return one, other
