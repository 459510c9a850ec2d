"""Relations of references: who issued a document, when, and which other one it amends."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from vigold.document import Span
from vigold.extraction.references.mention import Mention, Part
from vigold.extraction.references.said import Said
from vigold.extraction.references.spelling import COMMA, WALL
from vigold.extraction.tables import table

_DATE_LINK = re.compile(
    rf"(?:{COMMA}|\s{{0,2}},)?(?:vào\s{{1,2}}|hồi\s{{1,2}}|tại\s[^,.;{WALL}]{{1,40}},\s{{0,2}})?\Z", re.IGNORECASE
)
_DATE_AFTER = re.compile(r"\s{0,2}(?:[,(]\s{0,2})?(?:(?:vào|hồi|từ|ngay|trong)\s{0,2})?\Z", re.IGNORECASE)
_AND = re.compile(r"\s{0,2}(?:,|và|-|–)\s{1,2}")
_FAR = 60
_RELATIONS: dict[str, str] = table("references")["relations"]


class Ends:
    """Spans found elsewhere in the text, to be asked for by place."""

    def __init__(self, spans: Sequence[Span]) -> None:
        self._spans = sorted(spans, key=lambda span: (span.start, -span.end))
        self._starts = [span.start for span in self._spans]
        self._by_end = sorted(self._spans, key=lambda span: (span.end, -span.start))
        self._ends = [span.end for span in self._by_end]

    def within(self, part: Part, from_start: bool = False) -> Span | None:
        """The longest span in a stretch, or of those that begin with it; of those as long the first."""
        low = bisect_left(self._starts, part.start)
        high = bisect_left(self._starts, part.start + 1 if from_start else part.end)
        inside = [span for span in self._spans[low:high] if span.end <= part.end]
        return max(inside, key=lambda span: span.end - span.start, default=None)

    def joined(self, text: str, part: Part) -> list[Span]:
        """The spans that `và`, a comma or a dash joins from the start of a stretch on, else the longest in it."""
        found: list[Span] = []
        at = part.start
        while (span := self.within(Part(at, part.end), from_start=True)) is not None:
            found.append(span)
            link = _AND.match(text, span.end, part.end)
            if link is None:
                break
            at = link.end()
        longest = self.within(part)
        return found or ([longest] if longest else [])

    def before(self, text: str, at: int) -> Span | None:
        """The last span that ends before a place, with no more than a comma between."""
        n = bisect_right(self._ends, at)
        if n == 0:
            return None
        span = self._by_end[n - 1]
        near = at - span.end <= _FAR and _DATE_LINK.match(text[span.end : at])
        return span if near else None

    def after(self, text: str, at: int) -> Span | None:
        """The first span that begins behind a place, with no more than a preposition between."""
        n = bisect_left(self._starts, at)
        if n == len(self._spans):
            return None
        span = self._spans[n]
        near = span.start - at <= 12 and _DATE_AFTER.match(text[at : span.start])
        return span if near else None


def issued(
    text: str, mention: Mention, issuer: Part | None, said: Said, dates: Ends, names: Ends
) -> Iterator[tuple[str, Span]]:
    """The relations of a reference to its date and its issuer."""
    for body in names.joined(text, issuer) if issuer else ():
        yield _RELATIONS["issuer"], body
    if date := dates.within(mention.date) if mention.date else _said_date(text, said, dates):
        yield _RELATIONS["date"], date


def _said_date(text: str, said: Said, dates: Ends) -> Span | None:
    if said.after >= 0 and (date := dates.after(text, said.after)):
        return date
    return dates.before(text, said.before) if said.before > 0 else None
