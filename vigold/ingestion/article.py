"""The parts of an article out of the tree of a page, each with the kind of its zone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from vigold.ingestion.blocks import UNSEEN, blocks, weights, words
from vigold.ingestion.lines import is_caption
from vigold.ingestion.plain import trailing_bylines
from vigold.ingestion.related import Teaser, cut
from vigold.ingestion.rules import Rules
from vigold.ingestion.selectors import select
from vigold.ingestion.tables import table
from vigold.text import fold

CAPTION = "\U0010f0c0"
"""A private character before a line that was a caption in the page, so that it is still known as one outside it."""

_MAX_BYLINE = 80
_TOP = ("html", "body")


class Part(NamedTuple):
    """A paragraph and the kind of its zone."""

    kind: str
    text: str


class Article(NamedTuple):
    """The paragraphs in the order of reading, and the teasers that stood between them."""

    parts: list[Part]
    related: list[Teaser]


class _Frame(NamedTuple):
    """The title and the body (None where no rule finds it), and the places of all elements in the page."""

    title: Any
    body: Any
    places: dict[Any, int]

    def before_body(self, element: Any) -> bool:
        """Whether an element stands between title and body."""
        if self.body is None or self.title is None or _holds(element, self.body):
            return False
        return self.places[self.title] < self.places[element] < self.places[self.body]


def read(tree: Any, rules: Rules) -> Article:
    """Title, lead, body with its captions in place, byline; takes the tree to pieces."""
    for selector in rules.stamp:
        for element in select(tree, selector):
            element.tail = f" {element.tail or ''}"
    frame = _frame(tree, rules)
    sapo = _words(_sapo(tree, rules, frame))
    bylines = _bylines(tree, rules, frame)
    title = _words(frame.title) or _title_of_head(tree)
    leads = _captions(tree, rules, frame)
    lines, related = cut(_lines(tree, frame.body))
    body, names = _zoned([line for line in lines if _fold(line) not in _furniture()])
    head = [Part("title", title)] if title else []
    head += [Part("sapo", sapo)] if sapo else []
    tail = [Part("byline", name) for name in dict.fromkeys((*bylines, *names))]
    teasers = [{key: _unmarked(value) for key, value in teaser.items()} for teaser in related]
    return Article(head + leads + body + tail if body else [], teasers)


def _frame(tree: Any, rules: Rules) -> _Frame:
    bodies = ([e for e in select(tree, selector) if blocks(e)] for selector in rules.body)
    body = max(next(filter(None, bodies), []), key=lambda e: len(words(e)), default=None)
    title = next((e for e in _filled(tree, rules.title) if not _holds(e, body)), None)
    return _Frame(title, body, {element: n for n, element in enumerate(tree.iter())})


def _sapo(tree: Any, rules: Rules, frame: _Frame) -> Any:
    """The first lead after the title, else the first of the page; never what holds the body."""
    found = [e for e in _filled(tree, rules.sapo) if not _holds(e, frame.body)]
    start = -1 if frame.title is None else frame.places[frame.title]
    return next((e for e in found if frame.places[e] > start), next(iter(found), None))


def _bylines(tree: Any, rules: Rules, frame: _Frame) -> list[str]:
    """The names in the body, else the first one after the title; they are taken out."""
    found = [e for e in _filled(tree, rules.byline) if len(words(e)) <= _MAX_BYLINE and not _holds(e, frame.body)]
    inside = [e for e in found if frame.body is not None and frame.body in e.iterancestors()]
    start = -1 if frame.title is None else frame.places[frame.title]
    return list(filter(None, map(_words, inside or [e for e in found if frame.places[e] > start][:1])))


def _captions(tree: Any, rules: Rules, frame: _Frame) -> list[Part]:
    """Mark the captions where they stand; those between title and body are taken out and returned."""
    leads: list[Part] = []
    seen = weights(tree)
    for element in _filled(tree, rules.caption):
        if tree not in element.iterancestors() or _holds(element, frame.body):
            continue
        if frame.before_body(element):
            leads += [Part("caption", _unmarked(line)) for line in blocks(element)]
            _words(element)
        else:
            _mark(element, frame.body, seen)
    return leads


def _mark(caption: Any, body: Any, seen: Mapping[Any, int]) -> None:
    """Put marked paragraphs in the place of a caption and of the figure or table around it that holds nothing else.

    `seen` are the weights in the untouched page: what weighs as much as the caption that is seen in it holds no other
    words. (What was taken out stood before the body, and in nothing that is looked at here.)
    """
    box = caption
    while (parent := box.getparent()) is not None and parent is not body and parent.tag not in _TOP:
        if box.tag in UNSEEN or seen[parent] != seen[caption]:
            break
        box = parent
    marked = caption.makeelement("div")
    for line in blocks(caption):
        paragraph = marked.makeelement("p")
        paragraph.text = CAPTION + _unmarked(line)
        marked.append(paragraph)
    marked.tail = box.tail
    box.getparent().replace(box, marked)


def _lines(tree: Any, body: Any) -> list[str]:
    """The lines of the body; where no rule finds it, of what trafilatura takes for it."""
    if body is None:
        import trafilatura

        document: Any = trafilatura.bare_extraction(tree, fast=True, include_comments=False)
        body = None if document is None else document.body
    return [] if body is None else blocks(body)


def _zoned(lines: Sequence[str]) -> tuple[list[Part], list[str]]:
    """The parts of the body, and the names at its end."""
    texts = [_unmarked(line) for line in lines]
    kinds = ["caption" if CAPTION in line or is_caption(line) else "body" for line in lines]
    names = sorted(trailing_bylines(texts, kinds))
    parts = [Part(kind, text) for n, (kind, text) in enumerate(zip(kinds, texts, strict=True)) if n not in names]
    return [part for part in parts if part.text], [texts[n] for n in names]


def _unmarked(line: str) -> str:
    return line.replace(CAPTION, "").strip()


def _words(element: Any) -> str:
    """The words of an element, which is taken out of the page; nothing for None."""
    if element is None:
        return ""
    text = words(element)
    if element.getparent() is not None:
        element.drop_tree()
    return text


def _title_of_head(tree: Any) -> str:
    found = tree.xpath("//meta[@property='og:title']/@content")
    return " ".join(str(found[0]).split()) if found else ""


def _filled(tree: Any, selectors: Sequence[str]) -> Iterator[Any]:
    """The elements with words, the first selector's first."""
    seen: set[Any] = set()
    for selector in selectors:
        for element in select(tree, selector):
            if element not in seen and words(element):
                seen.add(element)
                yield element


def _holds(element: Any, other: Any) -> bool:
    return other is not None and (element is other or element in other.iterancestors())


@cache
def _furniture() -> frozenset[str]:
    return frozenset(map(_fold, table("sites")["furniture"]["lines"]))


def _fold(line: str) -> str:
    return fold(line.strip()).strip(" :.").lower()
