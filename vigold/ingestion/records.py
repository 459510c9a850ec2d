"""Records that come as JSONL: repaired where nothing points into them, refused where spans would shift."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from msgspec.structs import replace

from vigold.document import Document, Zone, problems
from vigold.errors import VigoldError
from vigold.files import Source
from vigold.formats import jsonl
from vigold.ingestion.page import repair_notes
from vigold.text import Canonical, canonical


class Record(NamedTuple):
    """A document with a canonical text, and what was repaired."""

    document: Document
    notes: tuple[str, ...]


def read(path: Source, max_record: int) -> Iterator[Record]:
    """The records of a JSONL file; one that is canonical passes as it is.

    Raises VigoldError naming file and document for a record without text and for a broken invariant, among them
    a text with spans that is not canonical.
    """
    for document in jsonl.read(path, max_record=max_record, check=False):
        record = _repaired(document)
        if record.document.text is None:
            raise VigoldError(f"{path}: document {document.id} has no text; give it one under the key text")
        if problem := next(problems(record.document), None):
            raise VigoldError(f"{path}: {jsonl.tell(record.document, problem)}")
        yield record


def _repaired(document: Document) -> Record:
    if document.text is None or document.spans:
        return Record(document, ())
    form = canonical(document.text)
    if not form.repairs:
        return Record(document, ())
    title = document.title and canonical(document.title).text
    zones = tuple(_carried(zone, form, len(document.text)) for zone in document.zones)
    return Record(replace(document, text=form.text, title=title, zones=zones), repair_notes(form.repairs))


def _carried(zone: Zone, form: Canonical, length: int) -> Zone:
    """The zone in the canonical text; one outside the text stays as it is, for the check to name it."""
    if not 0 <= zone.start < zone.end <= length:
        return zone
    return Zone(zone.kind, *form.to_canonical(zone.start, zone.end))
