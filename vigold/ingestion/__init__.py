"""Raw articles to documents: plain text, saved web pages and records, with zones and without teasers."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from msgspec.structs import replace

from vigold.document import Document
from vigold.errors import VigoldError
from vigold.files import Source, decode, read_bytes
from vigold.formats.jsonl import MAX_RECORD
from vigold.ingestion import days, html, plain, records
from vigold.ingestion.page import Page
from vigold.ingestion.sources import PAGES, RECORDS, File, files

__all__ = ["Ingested", "ingest"]


class Ingested(NamedTuple):
    """A document, the file it came from, and what was repaired or cut off, in words."""

    document: Document
    path: str
    notes: tuple[str, ...]


def ingest(
    sources: Iterable[Source],
    *,
    published: str | None = None,
    source: str | None = None,
    licence: str | None = None,
    max_record: int = MAX_RECORD,
) -> Iterator[Ingested]:
    """The documents of files and folders (of `.txt`, `.html`, `.htm`, `.jsonl`), one by one.

    `published` (YYYY-MM-DD), `source` and `licence` fill only what a page or record does not say; `max_record` is
    the longest file of text or HTML and the longest JSONL line, in bytes. Raises VigoldError naming the file for
    what cannot be read, a page or text without an article, and a doubled id; MissingExtra for HTML without the
    `html` extra.
    """
    if published is not None and not days.is_day(published):
        raise VigoldError(f"published is {published!r}; expected a real day as YYYY-MM-DD, such as 2023-07-05")
    defaults = {"published": published, "source": source, "licence": licence}
    return _unique(_filled(item, defaults) for file in files(sources) for item in _read(file, max_record))


def _read(file: File, max_record: int) -> Iterator[Ingested]:
    path = str(file.path)
    if file.suffix == RECORDS:
        for record in records.read(path, max_record):
            yield Ingested(record.document, path, record.notes)
        return
    data = read_bytes(path, "an article", max_record)
    is_page = file.suffix in PAGES or html.is_html(data)
    page = html.read(data, path) if is_page else plain.read(decode(data, path))
    if not page.text:
        raise VigoldError(f"{path}: no article found in it; save the page of one article, or its text as a .txt file")
    yield Ingested(_document(file.id, page, data), path, page.notes)


def _document(name: str, page: Page, data: bytes) -> Document:
    meta: dict[str, Any] = {"raw_sha256": hashlib.sha256(data).hexdigest()}
    if author := page.zone_text("byline"):
        meta["author"] = author
    if page.related:
        meta["related"] = list(page.related)
    return Document(
        id=name,
        text=page.text,
        published=page.published,
        title=page.zone_text("title"),
        source=page.source,
        url=page.url,
        zones=page.zones,
        meta=meta,
    )


def _filled(item: Ingested, defaults: dict[str, str | None]) -> Ingested:
    missing = {key: value for key, value in defaults.items() if getattr(item.document, key) is None}
    return item._replace(document=replace(item.document, **missing))


def _unique(items: Iterable[Ingested]) -> Iterator[Ingested]:
    seen: dict[str, str] = {}
    for item in items:
        name = item.document.id
        if name in seen:
            raise VigoldError(f"{item.path}: document {name} already came from {seen[name]}; rename one of them")
        seen[name] = item.path
        yield item
