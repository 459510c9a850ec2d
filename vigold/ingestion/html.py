"""An article out of a saved web page. The page is only read: nothing in it is run or fetched."""

from __future__ import annotations

import importlib
import re
from collections.abc import Sequence
from typing import Any

from vigold.document import Zone
from vigold.errors import MissingExtra, VigoldError
from vigold.files import decode
from vigold.ingestion import article, boxes, days
from vigold.ingestion.article import Part
from vigold.ingestion.page import Page, related_notes, repair_notes
from vigold.ingestion.rules import Rules, origin
from vigold.ingestion.selectors import select
from vigold.text import canonical

_OPENING = re.compile(
    rb"\A(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|article|div|meta)\b",
    re.IGNORECASE | re.DOTALL,
)
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_HEAD = 4096
_JSON_LD = "application/ld+json"


def is_html(data: bytes) -> bool:
    """Whether bytes begin like a web page."""
    return bool(_OPENING.match(data[:_HEAD]))


def read(data: bytes, place: str) -> Page:
    """A page out of HTML: title, lead, body with its captions, byline, a blank line between the paragraphs.

    Raises VigoldError naming `place` where the bytes are neither UTF-8 nor in the charset they declare or where
    there is no article; MissingExtra without the `html` extra.
    """
    tree = _parse(_decoded(data, place), place)
    _free_mark(tree)
    where = origin(tree)
    _drop(tree, where.rules)
    teasers = boxes.take(tree, where.rules)
    published = days.published(tree, where.rules.date)
    found = article.read(tree, where.rules)
    related = tuple(found.related + teasers)
    parts, repairs = _canonical(found.parts)
    text, zones = _joined(parts)
    notes = repair_notes(repairs) + related_notes(related) + published.notes
    return Page(text, zones, related, published.day, where.source, where.url, notes)


def _decoded(data: bytes, place: str) -> str:
    """UTF-8 if it can be, whatever the page declares; else the charset it declares."""
    declared = _CHARSET.search(data[:_HEAD])
    try:
        return decode(data, place)
    except VigoldError:
        if declared is None:
            raise
    try:
        return decode(data.decode(declared[1].decode("ascii")).encode(), place)
    except (LookupError, UnicodeError):
        raise VigoldError(f"{place}: neither UTF-8 nor {declared[1].decode()!r}, which the page declares") from None


def _parse(text: str, place: str) -> Any:
    html = _lxml_html()
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
    try:
        return html.document_fromstring(text.encode(), parser=parser)
    except html.etree.LxmlError as error:
        raise VigoldError(f"{place}: cannot be read as HTML: {error}") from None


def _free_mark(tree: Any) -> None:
    """Take the character that marks captions out of the page, should it be there, if only as a reference."""
    for element in tree.iter():
        if element.text and article.CAPTION in element.text:
            element.text = element.text.replace(article.CAPTION, "")
        if element.tail and article.CAPTION in element.tail:
            element.tail = element.tail.replace(article.CAPTION, "")


def _lxml_html() -> Any:
    try:
        importlib.import_module("trafilatura")
        return importlib.import_module("lxml.html")
    except ImportError:
        raise MissingExtra("reading HTML", "html") from None


def _drop(tree: Any, rules: Rules) -> None:
    for selector in rules.drop:
        for element in select(tree, selector):
            if element.get("type") != _JSON_LD and element.getparent() is not None:
                element.drop_tree()


def _canonical(parts: Sequence[Part]) -> tuple[list[Part], tuple[str, ...]]:
    forms = [canonical(part.text) for part in parts]
    repairs = tuple(dict.fromkeys(repair for form in forms for repair in form.repairs))
    return [Part(part.kind, form.text) for part, form in zip(parts, forms, strict=True)], repairs


def _joined(parts: Sequence[Part]) -> tuple[str, tuple[Zone, ...]]:
    zones: list[Zone] = []
    start = 0
    for part in parts:
        zones.append(Zone(part.kind, start, start + len(part.text)))
        start += len(part.text) + 2
    return "\n\n".join(part.text for part in parts), tuple(zones)
