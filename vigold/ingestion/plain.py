"""Plain text as it was copied from a page: cut the teasers off and tell the zones apart, line by line."""

from __future__ import annotations

from collections.abc import Sequence

from vigold.document import Zone
from vigold.ingestion.lines import is_byline, is_caption, is_headline
from vigold.ingestion.page import Page, related_notes, repair_notes
from vigold.ingestion.related import cut
from vigold.text import canonical, paragraphs

_MAX_BYLINES = 3


def read(text: str) -> Page:
    """A page out of plain text; apart from the canonical form, the teasers and blank edges it stays as it is."""
    form = canonical(text)
    lines, teasers = cut(form.text.split("\n"))
    kept = "\n".join(_without_blank_edges(lines))
    related = tuple(teasers)
    return Page(kept, _zones(kept), related, notes=repair_notes(form.repairs) + related_notes(related))


def _without_blank_edges(lines: Sequence[str]) -> list[str]:
    filled = [number for number, line in enumerate(lines) if line.strip()]
    return list(lines[filled[0] : filled[-1] + 1]) if filled else []


def _zones(text: str) -> tuple[Zone, ...]:
    pieces = paragraphs(text)
    kinds = zone_kinds([text[piece.start : piece.end] for piece in pieces])
    return tuple(Zone(kind, piece.start, piece.end) for kind, piece in zip(kinds, pieces, strict=True))


def zone_kinds(lines: Sequence[str]) -> list[str]:
    """The kind of zone of every paragraph of an article."""
    kinds = ["caption" if _is_caption(lines, n) else "body" for n in range(len(lines))]
    if len(lines) > 1 and kinds[0] == "body" and is_headline(lines[0]):
        kinds[0] = "title"
    for n in trailing_bylines(lines, kinds):
        kinds[n] = "byline"
    body = [n for n, kind in enumerate(kinds) if kind == "body"]
    if kinds[:1] == ["title"] and len(body) > 1:
        kinds[body[0]] = "sapo"
    return kinds


def trailing_bylines(lines: Sequence[str], kinds: Sequence[str]) -> list[int]:
    """The last lines of the body that are only names, captions aside; one paragraph of the body is always left."""
    found: list[int] = []
    for n in reversed([n for n, kind in enumerate(kinds) if kind == "body"]):
        if not is_byline(lines[n]) or len(found) == _MAX_BYLINES:
            break
        found.append(n)
    return found if kinds.count("body") > len(found) else []


def _is_caption(lines: Sequence[str], n: int) -> bool:
    """A caption that was copied with its picture stands twice back to back: once as words, once as its label."""
    beside = (*lines[max(n - 1, 0) : n], *lines[n + 1 : n + 2])
    return lines[n] in beside or is_caption(lines[n])
