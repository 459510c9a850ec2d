"""Where a stretch of a text stands in a corrected version of it, by alignment: of lines, then of words."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import NamedTuple

import msgspec

from vigold.document import Document, Span, sha256
from vigold.errors import VigoldError, shown

_LEVELS = (re.compile(r"[^\n]*\n|[^\n]+"), re.compile(r"\w+|\s|[^\w\s]"))
_ALIKE = 0.5


class _Run(NamedTuple):
    """Characters that are the same in both texts; an empty run is a border that both have."""

    old: int
    new: int
    length: int


class Retexted(NamedTuple):
    """A document on its new text, and in words what could not be moved to it."""

    document: Document
    lost: list[str]


def retexted(document: Document, new: Document) -> Retexted:
    """The spans and relations of `document` on the text of `new`, whose zones, title and day it takes.

    A span is lost where its words changed too much for it to be clear what became of them; with it go its relations.
    Raises VigoldError where either has no text.
    """
    if document.text is None or new.text is None:
        raise VigoldError(f"document {document.id} has no text; only spans on a text can be moved to another")
    alignment = Alignment(document.text, new.text)
    places: dict[tuple[int, int, str], Span] = {}
    lost: list[str] = []
    for span in document.spans:
        place = alignment.carry(span.start, span.end)
        if place is None or (*place, span.label) in places:
            lost.append(f"span {span.id}: {span.label} {shown(document.surface(span))}")
        else:
            places[(*place, span.label)] = msgspec.structs.replace(span, start=place[0], end=place[1])
    kept = {span.id for span in places.values()}
    for one in document.relations:
        if not {one.head, one.tail} <= kept:
            lost.append(f"relation {one.type} from {one.head} to {one.tail}")
    relations = tuple(one for one in document.relations if {one.head, one.tail} <= kept)
    meta = document.meta | ({"sha256": sha256(new.text)} if "sha256" in document.meta else {})
    made = {"spans": tuple(places.values()), "relations": relations, "meta": meta, "licence": document.licence}
    return Retexted(msgspec.structs.replace(new, **made), lost)


class Alignment:
    """The alignment of an old text with a new one."""

    def __init__(self, old: str, new: str) -> None:
        self.old, self.new = old, new
        # The ends of both texts are borders too, hence the empty runs.
        runs = _joined([_Run(0, 0, 0), *_runs(old, new, 0, 0, 0), _Run(len(old), len(new), 0)])
        self._runs = runs
        self._starts = [run.old for run in runs]
        self._ends = [run.old + run.length for run in runs]

    def carry(self, start: int, end: int) -> tuple[int, int] | None:
        """Where `old[start:end]` stands in the new text.

        None when an edge of it lies inside a changed stretch, when nothing of it is left, or when less than half of
        it is: then it is for a person to say what became of it. None too when it is outside the old text.
        """
        if not 0 <= start < end <= len(self.old):
            return None
        first, last = self._start(start), self._end(end)
        if first is None or last is None or first >= last:
            return None
        before = self.old[start:end]
        # Blanks that came in at an edge are not part of what was marked.
        first += _blanks(self.new[first:last]) - _blanks(before)
        last -= _blanks(self.new[first:last][::-1]) - _blanks(before[::-1])
        after = self.new[first:last]
        if before != after and SequenceMatcher(None, before, after, autojunk=False).ratio() < _ALIKE:
            return None
        return first, last

    def _start(self, place: int) -> int | None:
        """A first character that is still there, else the first of the stretch that took its place."""
        run = self._runs[bisect_right(self._starts, place) - 1]
        distance = place - run.old
        return run.new + distance if distance <= run.length else None

    def _end(self, place: int) -> int | None:
        run = self._runs[bisect_left(self._ends, place)]
        distance = place - run.old
        return run.new + distance if distance >= 0 else None


def _blanks(text: str) -> int:
    return len(text) - len(text.lstrip())


def _runs(old: str, new: str, at_old: int, at_new: int, level: int) -> Iterator[_Run]:
    pieces, others = _LEVELS[level].findall(old), _LEVELS[level].findall(new)
    matcher = SequenceMatcher(None, pieces, others, autojunk=False)
    for tag, i, i_end, j, j_end in matcher.get_opcodes():
        a, b = "".join(pieces[i:i_end]), "".join(others[j:j_end])
        if tag == "equal":
            yield _Run(at_old, at_new, len(a))
        elif tag == "replace" and level + 1 < len(_LEVELS):
            yield from _runs(a, b, at_old, at_new, level + 1)
        elif i_end - i == j_end - j:
            yield from _borders(pieces[i:i_end], others[j:j_end], at_old, at_new)
        at_old, at_new = at_old + len(a), at_new + len(b)


def _borders(pieces: list[str], others: list[str], at_old: int, at_new: int) -> Iterator[_Run]:
    """As many words in the place of as many: each stands for one."""
    for piece, other in zip(pieces, others, strict=True):
        at_old, at_new = at_old + len(piece), at_new + len(other)
        yield _Run(at_old, at_new, 0)


def _joined(runs: list[_Run]) -> list[_Run]:
    """The runs in order, those that touch in both texts as one."""
    joined = runs[:1]
    for run in runs[1:]:
        last = joined[-1]
        if (last.old + last.length, last.new + last.length) == (run.old, run.new):
            joined[-1] = last._replace(length=last.length + run.length)
        else:
            joined.append(run)
    return joined
