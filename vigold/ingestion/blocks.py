"""The words of HTML elements, as a reader sees them: blocks on lines of their own, white space collapsed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

_SPACE = re.compile(r"[ \t\n\r\f]+")
_BLOCK = re.compile(
    r"address|article|aside|blockquote|body|br|dd|details|div|dl|dt|fieldset|figcaption|figure|footer|h[1-6r]|header"
    r"|li|main|ol|p|pre|section|summary|table|tbody|thead|tfoot|tr|ul"
    r"|lb|item|list|head|quote|row"  # these are trafilatura's
)
_CELLS = frozenset({"td", "th", "cell"})
_UNSEEN = frozenset({"script", "style", "template", "noscript"})


def blocks(element: Any) -> list[str]:
    """The nonblank lines of an element. No-break spaces stay; the cells of a row stand on one line."""
    lines, run = [], ""
    for piece in _pieces(element):
        if piece is not None:
            run += piece
            continue
        lines.append(collapse(run))
        run = ""
    return [line for line in (*lines, collapse(run)) if line]


def words(element: Any) -> str:
    """All of an element on one line."""
    return " ".join(blocks(element))


def collapse(text: str) -> str:
    """White space as HTML shows it: one blank for a run, none at the edges, no byte order mark."""
    return _SPACE.sub(" ", text.replace("\ufeff", "")).strip()


def _pieces(element: Any) -> Iterator[str | None]:
    """The text of an element in reading order; None where a line ends."""
    breaks = _BLOCK.fullmatch(element.tag) is not None
    if breaks:
        yield None
    yield element.text or ""
    for child in element:
        if isinstance(child.tag, str) and child.tag not in _UNSEEN:
            yield from _pieces(child)
        yield child.tail or ""
    if breaks:
        yield None
    if element.tag in _CELLS:
        yield " "
