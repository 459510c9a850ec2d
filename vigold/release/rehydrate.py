"""A stand-off release and somebody's copies of the articles: gold again, as far as the hashes confirm it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from vigold.document import Document, sha256
from vigold.errors import VigoldError
from vigold.files import Source
from vigold.formats.jsonl import MAX_RECORD
from vigold.formats.wording import on_one_line
from vigold.ingestion import Ingested, ingest
from vigold.release.marks import title_hash
from vigold.release.restoring import Restored, restored
from vigold.release.standoff import Record, read

State = Literal["exact", "aligned", "refused", "missing"]


class Outcome(NamedTuple):
    """What became of one record: its gold (None where it was refused or has no copy), and in words what was lost."""

    state: State
    record: Record
    document: Document | None
    lost: list[str]


def rehydrate(folder: Source, texts: Iterable[Source], *, max_record: int = MAX_RECORD) -> Iterator[Outcome]:
    """The records of a stand-off release on the copies in `texts` (files and folders, as `ingest` takes them).

    A copy is joined by the hash of its text, else by id, url or the hash of its title. Raises VigoldError as `ingest`
    and `standoff.read` do, and for a record that is damaged.
    """
    copies = _Copies(ingest(texts, max_record=max_record))
    for place, record in read(folder):
        try:
            yield _outcome(record, copies)
        except VigoldError as error:
            raise VigoldError(f"{place}: document {on_one_line(record.id)}: {error}") from None


class _Copies:
    """The copies by what they may be known by."""

    def __init__(self, items: Iterable[Ingested]) -> None:
        self._by: dict[tuple[str, str], list[Ingested]] = defaultdict(list)
        for item in items:
            copy = item.document
            title = title_hash(copy.title) if copy.title else None
            keys = {"text": sha256(copy.text or ""), "id": copy.id, "url": copy.url, "title": title}
            for kind, key in keys.items():
                if key:
                    self._by[kind, key].append(item)

    def of(self, record: Record) -> list[Ingested]:
        """The copies that fit best: one, none, or several between which nothing tells."""
        keys = {"text": record.sha256, "id": record.id, "url": record.url, "title": record.title_sha256}
        for kind, key in keys.items():
            if found := self._by.get((kind, key or ""), []):
                # The same text twice is the same to us; the copy of the same id has more of the rest.
                named = [item for item in found if item.document.id == record.id]
                return (named or found)[:1] if kind == "text" else found
        return []


def _outcome(record: Record, copies: _Copies) -> Outcome:
    found = copies.of(record)
    if not found:
        return Outcome("missing", record, None, ["no copy of it was given"])
    if len(found) > 1:
        names = ", ".join(on_one_line(item.document.id) for item in found)
        return Outcome("refused", record, None, [f"several copies have its url or title ({names}); give one"])
    made: Restored = restored(record, found[0].document)
    if made.document is None:
        return Outcome("refused", record, None, [f"{found[0].path}: {line}" for line in made.lost])
    return Outcome("exact" if made.exact else "aligned", record, made.document, made.lost)
