"""Nested spans as tags and back: the outermost spans of a window, then within each span those directly inside.

The inner model tags the tokens of one span at a time, so what it finds never crosses anything, whatever the depth.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from vigold.document import Span


class Node(NamedTuple):
    """A span over the tokens [start, end) of a window and those directly inside it."""

    start: int
    end: int
    label: str
    inner: list[Node]


class Laid(NamedTuple):
    """The spans of a document on the tokens of each of its windows, and those that could not be laid, with why."""

    windows: list[list[Node]]
    lost: list[tuple[Span, str]]


UNALIGNED, CUT, CROSSING = "edges within a token", "across paragraphs or windows", "crossing another"


def laid(spans: Iterable[Span], starts: Sequence[dict[int, int]], ends: Sequence[dict[int, int]]) -> Laid:
    """Trees of the spans; `starts` and `ends` say for each window which token begins or ends at an offset."""
    first = {offset: (w, n) for w, window in enumerate(starts) for offset, n in window.items()}
    last = {offset: (w, n + 1) for w, window in enumerate(ends) for offset, n in window.items()}
    found = Laid([[] for _ in starts], [])
    for span in sorted(spans, key=lambda span: (span.start, -span.end, span.label)):
        begin, end = first.get(span.start), last.get(span.end)
        if begin is None or end is None:
            found.lost.append((span, UNALIGNED))
        elif begin[0] != end[0]:
            found.lost.append((span, CUT))
        elif not _put(found.windows[begin[0]], Node(begin[1], end[1], span.label, [])):
            found.lost.append((span, CROSSING))
    return found


def _put(nodes: list[Node], new: Node) -> bool:
    """Add a node that begins no earlier than those there are; False where it crosses one."""
    while nodes and new.start < nodes[-1].end:
        if new.end > nodes[-1].end:
            return False
        nodes = nodes[-1].inner
    nodes.append(new)
    return True


def walk(nodes: Iterable[Node]) -> Iterator[Node]:
    """All nodes, outer ones first."""
    for node in nodes:
        yield node
        yield from walk(node.inner)


def within(nodes: Iterable[Node], outer: Node) -> Iterator[Node]:
    """Of trees that know nothing of `outer`, the outermost nodes that lie in it and are not the same span."""
    for node in nodes:
        if node.end <= outer.start or node.start >= outer.end:
            continue
        if node[:3] != outer[:3] and outer.start <= node.start and node.end <= outer.end:
            yield node
        else:
            yield from within(node.inner, outer)


def depth(nodes: Iterable[Node]) -> int:
    """How many spans lie in one another."""
    return max((1 + depth(node.inner) for node in nodes), default=0)


def tags(nodes: Iterable[Node], start: int, end: int) -> list[str]:
    """IOB2 over the tokens [start, end) for nodes that do not overlap."""
    made = ["O"] * (end - start)
    for node in nodes:
        first, length = node.start - start, node.end - node.start
        made[first : first + length] = [f"B-{node.label}", *[f"I-{node.label}"] * (length - 1)]
    return made
