"""Checks of a document as a whole: what its scheme forbids, its relations, what adjudication left open."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from vigold.review.adjudication import left_open
from vigold.review.case import Case, Hit, at
from vigold.review.checks_text import Nothing


def forbidden(case: Case, options: Nothing) -> Iterator[Hit]:
    """What gold may not have: labels, attributes and relations that are not in the scheme, spans that cross."""
    for problem in case.scheme.problems(case.document):
        span = case.facts.by_id.get(problem.span or "")
        yield Hit(span, span.start if span else 0, span.end if span else 0, problem.message)


def relation_ends(case: Case, options: Nothing) -> Iterator[Hit]:
    """Relations between spans of labels that the scheme does not allow at their ends."""
    for relation in case.document.relations:
        kind = case.scheme.relations.get(relation.type)
        head, tail = case.facts.by_id[relation.head], case.facts.by_id[relation.tail]
        if kind is not None and not (head.label in kind.head and tail.label in kind.tail):
            allowed = f"{' or '.join(kind.head)} → {' or '.join(kind.tail)}"
            yield at(head, f"{relation.type} {head.label} → {tail.label} “{case.words(tail)}”, not {allowed}")


def relation_lines(case: Case, options: Nothing) -> Iterator[Hit]:
    """Relations whose ends lie in different paragraphs."""
    starts = [line.start for line in case.facts.lines]
    for relation in case.document.relations:
        head, tail = case.facts.by_id[relation.head], case.facts.by_id[relation.tail]
        if bisect_right(starts, head.start) != bisect_right(starts, tail.start):
            yield at(head, f"{relation.type} → {tail.label} “{case.words(tail)}”")


def disputes(case: Case, options: Nothing) -> Iterator[Hit]:
    """Regions whose note still tells of a dispute."""
    for left in left_open(case.document):
        span = case.facts.by_id.get(left.region)
        yield Hit(span, span.start if span else 0, span.end if span else 0, left.line)
