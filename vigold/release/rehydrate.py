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
from vigold.release.restoring import restored
from vigold.release.standoff_records import Record, read

State = Literal["exact", "aligned", "refused", "missing"]


class Outcome(NamedTuple):
    """What became of one record: its gold (None where it was refused or has no copy), and in words what was lost."""

    state: State
    record: Record
    document: Document | None
    lost: list[str]


def rehydrate(folder: Source, texts: Iterable[Source], *, max_record: int = MAX_RECORD) -> Iterator[Outcome]:
    """The records of a stand-off release on the copies in `texts` (files and folders, as `ingest` takes them).

    A copy is joined by the hash of its text, else by id, url or the hash of its title, where it is not another article
    that came by the same one. Raises VigoldError as `ingest`
    and `standoff_records.read` do, and for a record that is damaged.
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

    def of(self, record: Record) -> Iterator[list[Ingested]]:
        """The copies that may be of this article, those first that are known by what is surest."""
        keys = {"text": record.sha256, "id": record.id, "url": record.url, "title": record.title_sha256}
        for kind, key in keys.items():
            if found := self._by.get((kind, key or "")):
                # Of copies with the same text the one with the same id has more of the rest.
                yield sorted(found, key=lambda item: item.document.id != record.id)


def _outcome(record: Record, copies: _Copies) -> Outcome:
    """The record on the copy that takes most of its spans, of the first copies that are not too different."""
    refusals: list[str] = []
    for found in copies.of(record):
        tried = [(item, restored(record, item.document)) for item in found]
        fitting = [(made.document, made) for _, made in tried if made.document is not None]
        if fitting:
            document, made = max(fitting, key=lambda pair: len(pair[0].spans))
            return Outcome("exact" if made.exact else "aligned", record, document, made.lost)
        refusals += [f"{item.path}: {line}" for item, made in tried for line in made.lost]
    if refusals:
        return Outcome("refused", record, None, refusals[:1])
    return Outcome("missing", record, None, ["no copy of it was given"])
