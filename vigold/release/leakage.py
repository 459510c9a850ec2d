"""Whether something of one document stands in another: near-duplicates, and articles on one event.

Near-duplicates share half of their runs of five words (Jaccard; Broder 1997), which are found by MinHash in bands and
then counted. Articles are on one event where both say the same day and share two names that are rare in the corpus.
"""

from __future__ import annotations

import re
import zlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import chain, combinations, islice, pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from vigold.document import Document
from vigold.errors import VigoldError
from vigold.formats.wording import counted
from vigold.scheme import Scheme
from vigold.text import words

SAME = 0.5
_RUN, _BANDS, _ROWS = 5, 16, 4
_PRIME = np.uint64(2**61 - 1)
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_NAMES = 2
_RARE, _RARE_SHARE = 3, 50
_CROWD = 50
"""So many documents of one bucket are compared each with each, and the others with the next one alone."""

Hashes = NDArray[np.uint64]
Runs = NDArray[np.uint32]


class Pair(NamedTuple):
    """Two documents, by number, that must stand in one split, and why."""

    one: int
    other: int
    why: str


class Traces:
    """What of every document is needed to find it again in another one; `add` takes a document."""

    def __init__(self, scheme: Scheme) -> None:
        self.ids: list[str] = []
        self.splits: list[str] = []
        self._labels = scheme.labels
        self._runs: list[Runs] = []
        self._signs: list[Hashes] = []
        self._names: list[frozenset[str]] = []
        self._days: list[frozenset[str]] = []
        # Fixed numbers: what is a near-duplicate must not hang on a seed.
        rng = np.random.default_rng(0)
        self._a = rng.integers(1, 2**29, (_BANDS * _ROWS, 1), np.uint64)
        self._b = rng.integers(0, 2**61 - 1, (_BANDS * _ROWS, 1), np.uint64)

    def add(self, split: str, document: Document) -> None:
        """Keep the traces of a document of this split."""
        found = words((document.text or "").casefold())
        runs = ["\0".join(found[n : n + _RUN]) for n in range(max(len(found) - _RUN, 0) + 1)]
        hashes = np.unique(np.array([zlib.crc32(run.encode()) for run in runs], np.uint64))
        self.ids.append(document.id)
        self.splits.append(split)
        self._runs.append(hashes.astype(np.uint32))
        self._signs.append(((self._a * hashes + self._b) % _PRIME).min(axis=1))
        names, days = set(), set()
        for span in document.spans:
            label = self._labels[span.label]
            if not label.attributes:
                names.add(" ".join(document.surface(span).split()).casefold())
            if label.compare == "timex3":
                days |= {day for day in span.attrs.values() if _DAY.match(day)}
        self._names.append(frozenset(names))
        self._days.append(frozenset(day[:10] for day in days))

    def pairs(self) -> Iterator[Pair]:
        """Every two documents that belong together, in the order of the documents."""
        found = {**dict(self._events()), **dict(self._duplicates())}
        for one, other in sorted(found):
            yield Pair(one, other, found[one, other])

    def _duplicates(self) -> Iterator[tuple[tuple[int, int], str]]:
        buckets: dict[tuple[int, bytes], list[int]] = defaultdict(list)
        for n, sign in enumerate(self._signs):
            for band in range(_BANDS):
                buckets[band, sign[band * _ROWS : (band + 1) * _ROWS].tobytes()].append(n)
        near = (chain(combinations(full[:_CROWD], 2), pairwise(full)) for full in buckets.values() if len(full) > 1)
        for two in set(chain.from_iterable(near)):
            share = _jaccard(self._runs[two[0]], self._runs[two[1]])
            if share >= SAME:
                yield two, f"share {share:.0%} of their words in order"

    def _events(self) -> Iterator[tuple[tuple[int, int], str]]:
        bearers: dict[str, list[int]] = defaultdict(list)
        for n, names in enumerate(self._names):
            for name in names:
                bearers[name].append(n)
        rare = max(_RARE, len(self.ids) // _RARE_SHARE)
        shared: dict[tuple[int, int], list[str]] = defaultdict(list)
        for name, holders in bearers.items():
            if len(holders) <= min(rare, _CROWD):
                for two in combinations(holders, 2):
                    shared[two].append(name)
        for two, common in shared.items():
            days = self._days[two[0]] & self._days[two[1]]
            if len(common) >= _NAMES and days:
                told = ", ".join(sorted(common)[:_NAMES])
                yield two, f"both name {told} and {min(days)}"


def _jaccard(one: Runs, other: Runs) -> float:
    both = len(np.intersect1d(one, other, assume_unique=True))
    return both / (len(one) + len(other) - both)


def groups(traces: Traces) -> list[list[int]]:
    """Documents by number, together where a chain of pairs joins them."""
    parent = list(range(len(traces.ids)))

    def root(n: int) -> int:
        while parent[n] != n:
            parent[n] = n = parent[parent[n]]
        return n

    for pair in traces.pairs():
        one, other = sorted((root(pair.one), root(pair.other)))
        parent[other] = one
    found: dict[int, list[int]] = defaultdict(list)
    for n in range(len(parent)):
        found[root(n)].append(n)
    return list(found.values())


def leaks(traces: Traces) -> list[str]:
    """Pairs that stand in different splits, as words."""
    across = (pair for pair in traces.pairs() if traces.splits[pair.one] != traces.splits[pair.other])
    return [f"documents {_named(traces, p.one)} and {_named(traces, p.other)} {p.why}" for p in across]


def notes(traces: Traces, *, strict: bool) -> Sequence[str]:
    """A line on what leaks, if anything does; with `strict` a VigoldError of it."""
    found = leaks(traces)
    if not found:
        return []
    line = f"{counted(len(found), 'pair')} of documents across splits: {'; '.join(islice(found, 2))}"
    if strict:
        raise VigoldError(f"{line}; make the splits anew with `vigold split`, which keeps such documents together")
    return [line]


def _named(traces: Traces, n: int) -> str:
    return f"{traces.ids[n]} ({traces.splits[n]})"
