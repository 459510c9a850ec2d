"""Where the stretches of a text that is known by hashes alone stand in a copy of it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from vigold.release.marks import ANCHOR, Anchor, Hasher, Mark


class Fix(NamedTuple):
    """An anchor that was found again: its place in the old text and in the copy."""

    old: int
    new: int


class Alignment:
    """The anchors of a document laid over the matching form of a copy."""

    def __init__(self, anchors: Sequence[Anchor], copy: str, hasher: Hasher) -> None:
        self._copy, self._hasher = copy, hasher
        self._fixes = _rising(_pairs(anchors, copy, hasher))
        self._olds = [fix.old for fix in self._fixes]

    @property
    def found(self) -> int:
        """How many anchors were found again, in their order."""
        return len(self._fixes)

    def place(self, mark: Mark) -> int | None:
        """Where a stretch begins in the copy; None where its hash is not found, or where it is not clear which it is.

        It is looked for between the anchors around it: where one of them puts it, else nearby, if it stands there once.
        """
        if mark.size < 1:
            return None
        before, after = self._around(mark)
        steps = {mark.at + fix.new - fix.old for fix in (before, after) if fix is not None}
        found = [at for at in sorted(steps) if self._is(mark, at)]
        if not found:
            low = before.new + min(ANCHOR, mark.at - before.old) if before else 0
            high = (after.new if after else len(self._copy)) - mark.size
            near = {at for step in steps for at in range(max(low, step - ANCHOR), min(high, step + ANCHOR) + 1)}
            found = [at for at in near if self._is(mark, at)]
        return found[0] if len(found) == 1 else None

    def _around(self, mark: Mark) -> tuple[Fix | None, Fix | None]:
        """The last anchor that begins no later than the stretch, and the first that begins after its end."""
        left = bisect_right(self._olds, mark.at) - 1
        right = bisect_left(self._olds, mark.at + mark.size)
        return (
            self._fixes[left] if left >= 0 else None,
            self._fixes[right] if right < len(self._fixes) else None,
        )

    def _is(self, mark: Mark, at: int) -> bool:
        return at >= 0 and self._hasher.hash("span", self._copy[at : at + mark.size]) == mark.hash


def _pairs(anchors: Iterable[Anchor], copy: str, hasher: Hasher) -> Iterator[Fix]:
    """Every place of the copy that has the hash of an anchor."""
    wanted: dict[str, list[int]] = defaultdict(list)
    for anchor in anchors:
        wanted[anchor.hash].append(anchor.at)
    for new in range(len(copy) - ANCHOR + 1 if wanted else 0):
        for old in wanted.get(hasher.hash("anchor", copy[new : new + ANCHOR]), ()):
            yield Fix(old, new)


def _rising(pairs: Iterable[Fix]) -> list[Fix]:
    """The longest chain of pairs that rises in both texts (patience sorting: Fredman 1975)."""
    chain: list[Fix] = []
    tops: list[int] = []
    links: dict[Fix, Fix | None] = {}
    # Falling where the old place is the same, so that an anchor is used once.
    for pair in sorted(pairs, key=lambda one: (one.old, -one.new)):
        pile = bisect_left(tops, pair.new)
        links[pair] = chain[pile - 1] if pile else None
        chain[pile : pile + 1] = [pair]
        tops[pile : pile + 1] = [pair.new]
    found: list[Fix] = []
    last = chain[-1] if chain else None
    while last is not None:
        found.append(last)
        last = links[last]
    return found[::-1]
