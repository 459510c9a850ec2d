"""Parts of a corpus that are scored by themselves: by zone, length, depth, source, year, or any field."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from vigold.document import Document
from vigold.errors import VigoldError
from vigold.formats.wording import on_one_line
from vigold.scoring.columns import Ints
from vigold.scoring.comparators import plain
from vigold.scoring.corpus import Corpus
from vigold.scoring.counts import KINDS, Fates, tally
from vigold.scoring.shelf import bare
from vigold.scoring.views import nesting

LENGTHS = (5, 10, 20, 40)
"""Upper bounds, in characters, of the groups of span lengths; the last group has none."""
DEEPEST = 3
SERIES = {"party": re.compile(r"\d+\s*-"), "state": re.compile(r"\d+\s*/"), "bare": re.compile(r"\d+\Z")}
"""How the numbers of documents begin: `57-KL/TW` is the Party's, `30/2020/NĐ-CP` the state's."""
MOST = 200
"""Groups that a slice may have; more would be no overview, and their counts would fill the memory."""
FIELDS = ("source", "published", "licence", "url", "title")


class Slice(NamedTuple):
    """Names of the groups, and the group of each span of gold and of each predicted one; -1 where it is in none."""

    groups: list[str]
    gold: Ints
    predicted: Ints


class Seen(NamedTuple):
    """What the training data hold: labels with folded surfaces."""

    surfaces: frozenset[tuple[str, str]]


def seen_in(train: Corpus) -> Seen:
    """The surfaces of a training corpus; raises VigoldError where it has no text."""
    words = surfaces(train, train.documents)
    if words is None:
        raise VigoldError("--train: the training data have no text to look for known names in")
    labels = (train.labels[code] for code in train.spans.label.tolist())
    return Seen(frozenset(zip(labels, map(plain, words), strict=True)))


def slice_by(name: str, gold: Corpus, predicted: Corpus, seen: Seen | None = None) -> Slice:
    """The slice of this name: one of `names`, or a field of the documents or of their `meta`.

    Documents without a field that others have are a group of their own, the last one: `no source`. Raises VigoldError
    when no document has such a field, for `seen` without training data, and for more than `MOST` groups.
    """
    if name == "seen" and seen is not None:
        sides = [_known(side, gold.documents, seen) for side in (gold, predicted)]
    elif name in _OF_SPANS:
        sides = [_OF_SPANS[name](side, gold.documents) for side in (gold, predicted)]
    elif name == "seen" and not any(name in document.meta for document in bare(gold.documents)):
        raise VigoldError("--by seen: needs the data that the system was trained on; name them by --train")
    else:
        values = [missing(name) if value is None else value for value in field(bare(gold.documents), name, _OF_SPANS)]
        sides = [[values[n] for n in side.spans.document.tolist()] for side in (gold, predicted)]
    found = _coded(sides[0], sides[1], last=missing(name))
    if len(found.groups) > MOST:
        raise VigoldError(f"--by {name}: {len(found.groups):,} groups, more than {MOST}; name a coarser field")
    return found


def names(gold: Corpus, seen: Seen | None) -> list[str]:
    """The slices that this corpus has something to say on."""
    found = [name for name in _OF_SPANS if any(group is not None for group in _OF_SPANS[name](gold, gold.documents))]
    for name in ("source", "year"):
        groups = {_value(document, name) for document in bare(gold.documents)}
        found += [name] if groups - {None} and len(groups) <= MOST else []
    return found + (["seen"] if seen is not None else [])


def missing(name: str) -> str:
    """The group of documents that have no such field."""
    return f"no {name}"


def field(documents: Sequence[Document], name: str, others: Iterable[str] = ()) -> list[str | None]:
    """The value of a field in each document; raises VigoldError, which names `others` too, when none has it."""
    values = [_value(document, name) for document in documents]
    if documents and not any(value is not None for value in values):
        known = sorted({key for document in documents for key in document.meta})
        have = ", ".join(("year", *FIELDS, *others, *map(on_one_line, known)))
        raise VigoldError(f"no document has a field {name!r}; there are {have}")
    return values


def clusters(documents: Sequence[Document], name: str) -> Ints:
    """Documents with the same value of a field share a number; one without the field stands alone."""
    keys = [value if value is not None else n for n, value in enumerate(field(bare(documents), name))]
    codes: dict[str | int, int] = {}
    return np.array([codes.setdefault(key, len(codes)) for key in keys], dtype=np.int64)


def block(part: Slice, gold: Corpus, predicted: Corpus, fates: Fates) -> NDArray[np.float32]:
    """Counts of shape (documents, groups, 2, 5); see `counts.tally`."""
    size, width = len(gold.documents), len(part.groups)
    codes, kinds = [], []
    for side, group, fate in ((gold, part.gold, fates[0]), (predicted, part.predicted, fates[1])):
        rows = np.flatnonzero(group >= 0)
        codes.append(side.spans.document[rows] * width + group[rows])
        kinds.append(fate[rows])
    table = tally((codes[0], codes[1]), (kinds[0], kinds[1]), size * width)
    return table.reshape(size, width, 2, KINDS)


def surfaces(corpus: Corpus, documents: Sequence[Document]) -> list[str] | None:
    """The words of each span, from the texts of these documents; None where one has no text."""
    spans = corpus.spans
    texts = [document.text for document in documents]
    rows = zip(spans.document.tolist(), spans.start.tolist(), spans.end.tolist(), strict=True)
    if any(texts[n] is None for n in np.unique(spans.document).tolist()):
        return None
    return [(texts[document] or "")[start:end] for document, start, end in rows]


Groups = Sequence[str | None]


def _coded(gold: Groups, predicted: Groups, *, last: str) -> Slice:
    found = {group for group in (*gold, *predicted) if group is not None}
    groups = sorted(found, key=lambda group: (group == last, _natural(group)))
    place = {group: n for n, group in enumerate(groups)}
    sides = (np.array([-1 if g is None else place[g] for g in side], dtype=np.int64) for side in (gold, predicted))
    return Slice(groups, *sides)


def _natural(group: str) -> tuple[int, str]:
    match = re.match(r"\d+", group)
    return (int(match[0]) if match else 0, group)


def _value(document: Document, name: str) -> str | None:
    if name == "year":
        return document.published[:4] if document.published else None
    value = getattr(document, name) if name in FIELDS else document.meta.get(name)
    return None if value is None else str(value)


def _zone(side: Corpus, documents: Sequence[Document]) -> Groups:
    found: list[str | None] = []
    documents = bare(documents)
    for number, start in zip(side.spans.document.tolist(), side.spans.start.tolist(), strict=True):
        zones = (zone.kind for zone in documents[number].zones if zone.start <= start < zone.end)
        found.append(next(zones, None))
    return found


def _length(side: Corpus, documents: Sequence[Document]) -> Groups:
    bounds = np.array(LENGTHS)
    names = [f"{low + 1}-{high}" for low, high in zip((0, *LENGTHS), LENGTHS, strict=False)] + [f"{LENGTHS[-1] + 1}+"]
    return [names[n] for n in np.searchsorted(bounds, side.spans.end - side.spans.start).tolist()]


def _depth(side: Corpus, documents: Sequence[Document]) -> Groups:
    inside = nesting(side.spans)[0]
    return [str(n) if n < DEEPEST else f"{DEEPEST}+" for n in inside.tolist()]


def _series(side: Corpus, documents: Sequence[Document]) -> Groups:
    of_values: list[str | None] = []
    for attrs in side.values:
        number = attrs.get("number", "")
        of_values.append(next((name for name, pattern in SERIES.items() if pattern.match(number)), None))
    return [of_values[code] for code in side.attrs.tolist()]


def _known(side: Corpus, documents: Sequence[Document], seen: Seen) -> Groups:
    words = surfaces(side, documents)
    if words is None:
        raise VigoldError("--train: gold has no text to look for known names in")
    labels = (side.labels[code] for code in side.spans.label.tolist())
    pairs = zip(labels, map(plain, words), strict=True)
    return ["seen" if pair in seen.surfaces else "unseen" for pair in pairs]


KNOWN = ("year", *FIELDS, "zone", "length", "depth", "series", "seen")
"""Slices that need no field beside those that every document has."""

_OF_SPANS: dict[str, Callable[[Corpus, Sequence[Document]], Groups]] = {
    "zone": _zone,
    "length": _length,
    "depth": _depth,
    "series": _series,
}
