"""Checks of what stands around a span: words that belong to it, words that speak against it, another part of it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

import msgspec

from vigold.document import Span
from vigold.review.case import Case, Hit, at
from vigold.review.patterns import compiled, ending

NEAR = 60
"""How many characters before or after a span are looked at."""


class Before(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Regular expressions of words that belong to a span which they stand before (`words`), of the spans that lack
    such a word (`span`, matched at their beginning), and of what must not precede the words (`unless`) nor follow the
    span (`unless_next`). With `outside` such words say instead that the span should not be there."""

    words: str
    span: str = ""
    unless: str = ""
    unless_next: str = ""
    outside: bool = False

    def __post_init__(self) -> None:
        for pattern in (self.words, self.unless):
            ending(pattern)


def before(case: Case, options: Before) -> Iterator[Hit]:
    """Spans with certain words before them; mended by taking these in."""
    pattern = ending(options.words)
    text = case.facts.folded
    for span in case.spans:
        near = text[max(0, span.start - NEAR) : span.start]
        match = pattern.search(near)
        if match is None or _excused(text, span, near[: match.start()], options):
            continue
        start = span.start - len(near) + match.start()
        if options.outside:
            yield at(span, match[0].strip())
        elif not any(o.label == span.label and _holds(o, start, span) for o in case.facts.around(start)):
            yield at(span, match[0].strip(), (start, span.end))


def _excused(text: str, span: Span, left: str, options: Before) -> bool:
    if options.span and not compiled(options.span).match(text, span.start, span.end):
        return True
    if options.unless and ending(options.unless).search(left):
        return True
    return bool(options.unless_next and compiled(options.unless_next).match(text, span.end, span.end + NEAR))


def _holds(other: Span, start: int, span: Span) -> bool:
    """Whether another span has the words already: around the span as well, or alone."""
    return other.start <= start < other.end and (other.end >= span.end or other.end <= span.start)


class After(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Regular expressions of words that belong to a span which they follow (`words`), and of the spans (`span`, sought
    in their words)."""

    words: str
    span: str = ""


def after(case: Case, options: After) -> Iterator[Hit]:
    """Spans that leave out the words behind them which belong to them, and which no span around them has either;
    mended by taking them in."""
    text = case.facts.folded
    for span in case.spans:
        match = compiled(options.words).match(text, span.end, span.end + NEAR)
        if match is None or not compiled(options.span).search(text, span.start, span.end):
            continue
        if not any(other.end >= match.end() for other in case.facts.around(span.start)):
            yield at(span, match[0].strip(" ,"), (span.start, match.end()))


class Split(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A span of one of the labels `then` follows behind what fits `link`; the words of the first one fit `span`, those
    of the second one `other`, and what stands before the first one fits `before`, up to its beginning."""

    then: tuple[str, ...]
    link: str = " "
    span: str = ""
    other: str = ""
    before: str = ""

    def __post_init__(self) -> None:
        ending(self.before)


def split(case: Case, options: Split) -> Iterator[Hit]:
    """Spans that go on in a span of their own, outside them."""
    text = case.facts.folded
    following = sorted((s for s in case.document.spans if s.label in options.then), key=lambda s: s.start)
    starts = [span.start for span in following]
    for span in case.spans:
        match = compiled(options.link).match(text, span.end, span.end + NEAR)
        if match is None:
            continue
        place = bisect_left(starts, match.end())
        if place == len(starts) or starts[place] != match.end():
            continue
        other, left = following[place], text[max(0, span.start - NEAR) : span.start]
        words, others = text[span.start : span.end], text[other.start : other.end]
        fits = compiled(options.span).search(words) and compiled(options.other).search(others)
        if fits and ending(options.before).search(left):
            yield at(span, f"{other.label} “{case.words(other)}”")
