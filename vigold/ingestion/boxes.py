"""Boxes of teasers in a page: found by the rules or by their heading, taken out of the tree."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

from vigold.ingestion.blocks import blocks, lines
from vigold.ingestion.related import Teaser, is_marker, items
from vigold.ingestion.rules import Rules
from vigold.ingestion.selectors import select

_LISTS = ("ul", "ol")


def take(tree: Any, rules: Rules) -> list[Teaser]:
    """Remove the boxes of teasers from the tree and return what stood in them.

    A heading such as `Tin liên quan` amid the paragraphs of the body, without a box or list of its own, is left
    for `vigold.ingestion.related.cut`.
    """
    kept = _kept(tree, rules)
    teasers: list[Teaser] = []
    for box in (*_by_rule(tree, rules), *_by_heading(tree, kept)):
        if box in kept or box.getparent() is None or tree not in box.iterancestors():
            continue
        teasers += items([line for line in blocks(box) if not is_marker(line)])
        box.drop_tree()
    return teasers


def _kept(tree: Any, rules: Rules) -> set[Any]:
    """What may not go with a box: titles and bodies, and all that holds one."""
    anchors = [element for selector in (*rules.body, "h1") for element in select(tree, selector) if blocks(element)]
    return {holder for anchor in anchors for holder in (anchor, *anchor.iterancestors())}


def _by_rule(tree: Any, rules: Rules) -> Iterator[Any]:
    for selector in rules.related:
        yield from select(tree, selector)


def _by_heading(tree: Any, kept: set[Any]) -> Iterator[Any]:
    headings = [element for element in tree.iter() if is_marker(element.text or "") and not _has_more(element)]
    for heading in headings:
        box = heading
        while (parent := box.getparent()) is not None and parent not in kept and is_marker(next(lines(parent), "")):
            box = parent
        if _has_more(box):
            yield box
        elif (listing := box.getnext()) is not None and listing.tag in _LISTS:
            yield from (listing, box)


def _has_more(element: Any) -> bool:
    """Whether an element has more than one line; it is read no further than that."""
    return sum(1 for _ in islice(lines(element), 2)) > 1
