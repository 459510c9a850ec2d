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
UNSEEN = frozenset({"script", "style", "template", "noscript"})


def blocks(element: Any) -> list[str]:
    """The nonblank lines of an element. No-break spaces stay; the cells of a row stand on one line."""
    return list(lines(element))


def lines(element: Any) -> Iterator[str]:
    """The same one by one, for those who need only the first ones of a long element."""
    run = ""
    for piece in _pieces(element):
        if piece is not None:
            run += piece
            continue
        if line := collapse(run):
            yield line
        run = ""
    if line := collapse(run):
        yield line


def words(element: Any) -> str:
    """All of an element on one line."""
    return " ".join(blocks(element))


def weights(tree: Any) -> dict[Any, int]:
    """How many characters besides blanks are seen of every element: one walk over the whole page."""
    found: dict[Any, int] = {}
    for element in reversed(list(tree.iter())):  # the children before what holds them
        seen = (found[child] for child in element if isinstance(child.tag, str) and child.tag not in UNSEEN)
        found[element] = _weight(element.text) + sum(seen) + sum(_weight(child.tail) for child in element)
    return found


def _weight(text: str | None) -> int:
    return 0 if text is None else sum(map(len, text.replace("\ufeff", "").split()))


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
        if isinstance(child.tag, str) and child.tag not in UNSEEN:
            yield from _pieces(child)
        yield child.tail or ""
    if breaks:
        yield None
    if element.tag in _CELLS:
        yield " "
