"""The spans of several annotators as arrays: one entry a span, joined across annotators by key and by place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from vigold.document import Document

Ints = NDArray[np.int64]
Versions = Mapping[str, Mapping[str, Document]]
"""For each annotator the documents that this person annotated, by id."""


class Units(NamedTuple):
    """Spans as arrays of equal length. `key` numbers document, start, end and label; `place` the first three."""

    annotator: Ints
    document: Ints
    start: Ints
    end: Ints
    label: Ints
    key: Ints
    place: Ints

    def of(self, annotators: Sequence[int]) -> Units:
        """The spans of these annotators alone; keys and places keep their numbers."""
        mine = np.isin(self.annotator, annotators)
        return Units(*(column[mine] for column in self))


class Study(NamedTuple):
    """What several annotators said of the documents that at least two of them annotated.

    `present` holds a row a document and a column an annotator; `length` is 0 where no version has the text.
    """

    annotators: tuple[str, ...]
    documents: tuple[str, ...]
    labels: tuple[str, ...]
    present: NDArray[np.bool_]
    length: Ints
    units: Units


def study(versions: Versions) -> Study:
    """The arrays of all spans in documents with two or more annotators; documents and labels in order."""
    names = tuple(versions)
    found = sorted({key for documents in versions.values() for key in documents})
    shared = tuple(key for key in found if sum(key in documents for documents in versions.values()) > 1)
    present = np.array([[key in versions[name] for name in names] for key in shared], bool).reshape(
        len(shared), len(names)
    )
    rows = [
        (a, d, span.start, span.end, span.label)
        for a, name in enumerate(names)
        for d, key in enumerate(shared)
        if key in versions[name]
        for span in versions[name][key].spans
    ]
    labels = tuple(sorted({row[4] for row in rows}))
    codes = {label: code for code, label in enumerate(labels)}
    columns = [np.fromiter((row[n] for row in rows), np.int64, len(rows)) for n in range(4)]
    columns.append(np.fromiter((codes[row[4]] for row in rows), np.int64, len(rows)))
    keys = group(*columns[1:]), group(*columns[1:4])
    units = Units(*(*columns, *keys))
    lengths = np.array([_length(versions, key) for key in shared], np.int64)
    return Study(names, shared, labels, present, lengths, units)


def _length(versions: Versions, key: str) -> int:
    texts = (documents[key].text for documents in versions.values() if key in documents)
    return len(next((text for text in texts if text is not None), ""))


def group(*columns: Ints) -> Ints:
    """A number for each row, the same for equal rows, rising with the rows (the first column counts most)."""
    order = np.lexsort(columns[::-1])
    new = np.zeros(len(order), bool)
    for column in columns:
        new[1:] |= np.diff(column[order]) != 0
    numbers = np.empty(len(order), np.int64)
    numbers[order] = np.cumsum(new)
    return numbers


def levels(units: Units) -> Ints:
    """The depth of each span among those of its annotator, document and label that hold or precede it, from 0.

    Spans of one level never overlap: a span goes to the first level on which it begins after everything before it
    has ended, as nested (and crossing) spans do not.
    """
    owner = group(units.annotator, units.document, units.label)
    stride = int(units.end.max(initial=0)) + 1
    start, end = owner * stride + units.start, owner * stride + units.end
    found = np.zeros(len(start), np.int64)
    left = np.lexsort((-end, start))
    level = 0
    while len(left):
        found[left] = level
        reached = np.maximum.accumulate(end[left])
        covered = np.zeros(len(left), bool)
        covered[1:] = start[left][1:] < reached[:-1]
        left, level = left[covered], level + 1
    return found


def overlaps(one: Units, other: Units) -> tuple[Ints, Ints]:
    """The places in `one` and `other` of every two spans of the same document and label that overlap."""
    count = len(one.start)
    both = [np.concatenate(pair) for pair in zip(one, other, strict=True)]
    owner = group(both[Units._fields.index("document")], both[Units._fields.index("label")])
    stride = int(max(one.end.max(initial=0), other.end.max(initial=0))) + 1
    start, end = one.start + owner[:count] * stride, one.end + owner[:count] * stride
    order = np.argsort(other.start + owner[count:] * stride, kind="stable")
    starts, ends = ((column + owner[count:] * stride)[order] for column in (other.start, other.end))
    first = np.searchsorted(np.maximum.accumulate(ends), start, "right")
    last = np.searchsorted(starts, end, "left")
    mine, theirs = ranges(first, last)
    hit = ends[theirs] > start[mine]
    return mine[hit], order[theirs[hit]]


def ranges(first: Ints, last: Ints) -> tuple[Ints, Ints]:
    """Every number of the half-open ranges, with the place of the range that it comes from."""
    sizes = np.maximum(last - first, 0)
    owner = np.repeat(np.arange(len(sizes)), sizes)
    begin = np.cumsum(sizes) - sizes
    return owner, np.arange(len(owner)) - begin[owner] + first[owner]


def pairs(count: int) -> list[tuple[int, int]]:
    """Every two annotators."""
    return [(a, b) for a in range(count) for b in range(a + 1, count)]
