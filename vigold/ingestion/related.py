"""Teasers of other articles: where they begin, what is left without them, and the teasers one by one."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from vigold.ingestion.lines import is_caption, is_headline
from vigold.ingestion.tables import table
from vigold.text import fold

Teaser = dict[str, str]
"""`title`, and where they stand beside it `caption` and `text`."""


class Cut(NamedTuple):
    """The lines that are left and the teasers that stood between and after them."""

    lines: list[str]
    related: list[Teaser]


class _Markers(NamedTuple):
    block: frozenset[str]
    inline: tuple[str, ...]


def cut(lines: Sequence[str]) -> Cut:
    """Take the teasers out of the lines of an article.

    A block marker alone on a line cuts everything from there on; an inline marker cuts its line, and with it
    one of the two blank lines around it.
    """
    kept: list[str] = []
    teasers: list[Teaser] = []
    gap = False
    for number, line in enumerate(lines):
        if is_marker(line):
            return Cut(kept, teasers + items([rest.strip() for rest in lines[number + 1 :] if rest.strip()]))
        if title := _inline(line):
            teasers.append({"title": title})
            gap = True
        elif gap and not line.strip() and not (kept and kept[-1].strip()):
            gap = False
        else:
            kept.append(line)
            gap = False
    return Cut(kept, teasers)


def is_marker(line: str) -> bool:
    """Whether a line is a block marker and nothing else, such as `Tin liên quan:`."""
    return _plain(line).strip(" :.…»>-") in _markers().block


def items(paragraphs: Sequence[str]) -> list[Teaser]:
    """Group the paragraphs of a block of teasers: caption? / headline / summary.

    Of two or more paragraphs between two headlines the last is the caption of the next; so is one that ends in
    the credit of a picture.
    """
    heads = [n for n, line in enumerate(paragraphs) if is_headline(line) and not is_caption(line)]
    teasers: list[Teaser] = []
    caption = paragraphs[heads[0] - 1] if heads and heads[0] else None
    for head, following in pairwise([*heads, len(paragraphs)]):
        between = list(paragraphs[head + 1 : following])
        teaser = {"title": paragraphs[head]} | ({"caption": caption} if caption else {})
        caption = between.pop() if following < len(paragraphs) and _ends_in_caption(between) else None
        teasers.append(teaser | ({"text": "\n".join(between)} if between else {}))
    return teasers


def _ends_in_caption(between: Sequence[str]) -> bool:
    return len(between) > 1 or (len(between) == 1 and is_caption(between[0]))


def _inline(line: str) -> str | None:
    """The words after an inline marker; None where the line has none or nothing follows it."""
    plain = _plain(line)
    marker = next((m for m in _markers().inline if plain.startswith(m)), None)
    if marker is None:
        return None
    return line.strip()[len(marker) :].strip(" \u00a0:>»") or None


def _plain(line: str) -> str:
    return fold(line.strip()).lower()


@cache
def _markers() -> _Markers:
    data = table("related")
    block = [_plain(marker) for marker in data["block"]]
    inline = [_plain(marker) for marker in data["inline"]]
    return _Markers(frozenset(block), (*inline, *(f"{marker}{colon}" for marker in block for colon in (":", " :"))))
