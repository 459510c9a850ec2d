"""Checks of boundaries and words: what stands at an edge, around it and inside it, and the same words elsewhere."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Annotated

import msgspec

from vigold.document import Span
from vigold.review.case import Case, Hit, at, surface
from vigold.review.patterns import compiled, ending


class Edges(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Regular expressions of what does not belong to a span at its beginning and at its end; `keep` fits the words
    whose end is right after all."""

    head: str = ""
    tail: str = ""
    keep: str = ""

    def __post_init__(self) -> None:
        for pattern in (self.tail, self.keep):
            ending(pattern)


def edges(case: Case, options: Edges) -> Iterator[Hit]:
    """Spans that begin or end with what does not belong to them; mended by leaving it out."""
    text = case.facts.folded
    for span in case.spans:
        start, end = span.start, span.end
        if options.head and (match := compiled(options.head).match(text, start, min(end, start + _FAR))):
            start = match.end()
        if options.tail:
            near = text[max(start, end - _NEAR) : end]
            kept = options.keep and ending(options.keep).search(near)
            if not kept and (match := ending(options.tail).search(near)):
                end -= len(near) - match.start()
        if (start, end) != (span.start, span.end):
            extra = case.text[span.start : start] + case.text[end : span.end]
            yield at(span, repr(extra.strip() or extra), (start, end) if start < end else None)


Pair = Annotated[str, msgspec.Meta(min_length=2, max_length=2)]


class Enclosed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Pairs of an opening and a closing sign."""

    pairs: tuple[Pair, ...]


def enclosed(case: Case, options: Enclosed) -> Iterator[Hit]:
    """Spans with a quote or bracket at an edge whose partner is not inside, or that are quoted as a whole."""
    for span in case.spans:
        words = case.words(span)
        start = any(words[0] == p[0] and p[1] not in words[1:-1] for p in options.pairs)
        end = any(words[-1] == p[1] and p[0] not in words[1:-1] for p in options.pairs)
        if start or end:
            place = span.start + start, span.end - end
            yield at(span, words[0] * start + words[-1] * end, place if place[0] < place[1] else None)


_NEAR = 60
"""How many characters before or after a span, and at its end, are looked at."""
_FAR = 300
"""How many characters of a span are looked at from its beginning: more than names have."""


class Inside(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A regular expression that the words of no span should hold; with `own`, the words that no span inside it has."""

    pattern: str
    own: bool = False


def inside(case: Case, options: Inside) -> Iterator[Hit]:
    """Spans that hold what they should not."""
    for span in case.spans:
        for match in compiled(options.pattern).finditer(case.facts.folded[span.start : span.end][:_FAR]):
            place = span.start + match.start()
            if not (options.own and any(_within(o, span) and o.end > place for o in case.facts.around(place))):
                yield at(span, repr(match[0].strip() or match[0]))
                break


def _within(inner: Span, outer: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end and inner.key != outer.key


class Nothing(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """No options."""


def cut(case: Case, options: Nothing) -> Iterator[Hit]:
    """Spans that begin or end in the middle of a word; mended by taking the whole word in."""
    text = case.text
    for span in case.spans:
        start, end = span.start, span.end
        while start > 0 and _joined(text[start - 1], text[start]):
            start -= 1
        while end < len(text) and _joined(text[end - 1], text[end]):
            end += 1
        if (start, end) != (span.start, span.end):
            yield at(span, text[start:end], (start, end))


def _joined(left: str, right: str) -> bool:
    """Whether two characters are of one word; `tướngTrần` is two words that lack a blank."""
    return left.isalnum() and right.isalnum() and not (left.islower() and right.isupper())


def surfaces(case: Case, options: Nothing) -> Iterator[Hit]:
    """Spans whose words carry another label more often, or as often, elsewhere."""
    places = {(span.start, span.end) for span in case.document.spans}
    doubled = len(places) < len(case.document.spans)
    for span in case.spans:
        counts = case.corpus.surfaces.get(surface(case.facts.folded, span))
        if counts is None or len(counts) < 2 or (doubled and _shared(case, span)):
            continue
        others = [(count, label) for label, count in counts.items() if label != span.label]
        if max(others)[0] >= counts[span.label]:
            yield at(span, ", ".join(f"{label} {count}" for label, count in counts.most_common()))


def _shared(case: Case, span: Span) -> bool:
    return any(s is not span and (s.start, s.end) == (span.start, span.end) for s in case.document.spans)


class Repeats(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The fewest characters of a name that is looked for, and what may not stand around a repeat of it."""

    shortest: int = 3
    after: str = ""
    before: str = ""

    def __post_init__(self) -> None:
        ending(self.before)


def repeats(case: Case, options: Repeats) -> Iterator[Hit]:
    """Stretches outside all spans that repeat the words of a marked name."""
    labels: dict[str, str] = {}
    for span in case.spans:
        words = case.words(span)
        if len(words) >= options.shortest and any(char.isupper() for char in words):
            labels.setdefault(words, span.label)
    if not labels:
        return
    names = "|".join(re.escape(words) for words in sorted(labels, key=len, reverse=True))
    starts, ends = _covered(case.document.spans)
    for match in re.finditer(f"(?<!\\w)(?:{names})(?!\\w)", case.text):
        place = bisect_right(starts, match.end() - 1) - 1
        taken = place >= 0 and ends[place] > match.start()
        if not taken and not _part_of_more(case.text, match, options):
            yield Hit(None, *match.span(), labels[match[0]])


def _part_of_more(text: str, match: re.Match[str], options: Repeats) -> bool:
    left, right = text[max(0, match.start() - _NEAR) : match.start()], text[match.end() : match.end() + _NEAR]
    return bool(
        (options.before and ending(options.before).search(left))
        or (options.after and compiled(options.after).match(right))
    )


def _covered(spans: Sequence[Span]) -> tuple[list[int], list[int]]:
    """The stretches that spans cover, joined where they overlap."""
    starts: list[int] = []
    ends: list[int] = []
    for span in sorted(spans, key=lambda span: span.start):
        if ends and span.start < ends[-1]:
            ends[-1] = max(ends[-1], span.end)
        else:
            starts.append(span.start)
            ends.append(span.end)
    return starts, ends
