"""Who holds which post, and the posts that count only beside a person."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from vigold.document import Span
from vigold.extraction.names.gaps import AFTER_PERSON, BEFORE_PERSON, IN_LIST
from vigold.extraction.names.reading import Node, Reading
from vigold.extraction.names.shapes import POSTS
from vigold.extraction.names.words import PER, ROLE, known
from vigold.extraction.views import view

_BESIDE = known(ROLE, "beside")


def holders(text: str, spans: Sequence[Span]) -> list[tuple[int, int]]:
    """Pairs of a person and a post held, as indices into `spans`.

    The post stands directly before the name, or after it behind a comma or a dash; further posts in the same
    list count, until another person.
    """
    folded = view(text).folded
    order = sorted((n for n, span in enumerate(spans) if span.label in (PER, ROLE)), key=lambda n: spans[n].start)
    pairs = []
    for place, n in enumerate(order):
        if spans[n].label == PER:
            pairs += [(n, post) for post in _posts_before(folded, spans, order, place)]
            pairs += [(n, post) for post in _posts_after(folded, spans, order, place)]
    return pairs


def beside(reading: Reading, nodes: Sequence[Node]) -> list[Node]:
    """The names without the posts that count only beside a person."""
    kept: list[Node] = []
    for n, node in enumerate(nodes):
        end = POSTS.end(reading, node.start) if node.label == ROLE else 0
        if not end or reading.lower(node.start, end) not in _BESIDE:
            kept.append(node)
            continue
        around = (*nodes[max(0, n - 1) : n], *nodes[n + 1 : n + 2])
        near = any(other.label == PER and _near(reading.text, node, other) for other in around)
        kept += [node] if near else node.inner
    return kept


def _near(text: str, post: Node, person: Node) -> bool:
    if person.start >= post.end:
        return BEFORE_PERSON.fits(text, post.end, person.start)
    return AFTER_PERSON.fits(text, person.end, post.start)


def _posts_before(text: str, spans: Sequence[Span], order: Sequence[int], place: int) -> Iterator[int]:
    """The run of posts that leads up to a name, unless it belongs to the name before."""
    found: list[int] = []
    start, gap = spans[order[place]].start, BEFORE_PERSON
    for n in map(order.__getitem__, range(place - 1, -1, -1)):
        span = spans[n]
        if span.label == PER:
            if found and AFTER_PERSON.fits(text, span.end, start):
                del found[1:]
            break
        if not gap.fits(text, span.end, start):
            if span.end <= start:
                break
            continue
        found, start, gap = [*found, n], span.start, IN_LIST
    return reversed(found)


def _posts_after(text: str, spans: Sequence[Span], order: Sequence[int], place: int) -> Iterator[int]:
    end = spans[order[place]].end
    found: list[int] = []
    for n in map(order.__getitem__, range(place + 1, len(order))):
        span = spans[n]
        if span.start < end:
            continue
        if span.label == PER:
            if found and BEFORE_PERSON.fits(text, end, span.start):
                found.pop()
            break
        if not (IN_LIST if found else AFTER_PERSON).fits(text, end, span.start):
            break
        found.append(n)
        end = span.end
    return iter(found)
