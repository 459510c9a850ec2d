"""The records of a stand-off release: a document without its words, as it stands in a line of JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec

from vigold.document import Relation
from vigold.errors import VigoldError
from vigold.files import Source, open_to_read
from vigold.formats.wording import on_one_line
from vigold.release.marks import Anchor, Mark

FOLDER = "standoff"
"""Where the records stand within a release, one file a split."""


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A value that repeats words of the text: where they stand, and how they make the value."""

    attribute: str
    start: int
    end: int
    form: str
    mark: Mark


class SpanRecord(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A span without its words; `attrs` holds what is no text, `words` the values that are."""

    id: str
    start: int
    end: int
    label: str
    attrs: dict[str, str | None]
    words: tuple[Words, ...]
    mark: Mark


class ZoneRecord(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A zone without its words."""

    kind: str
    start: int
    end: int
    mark: Mark


class Record(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A document without text; `meta` is a JSON string, `omitted` names the keys of it that were left out."""

    id: str
    url: str | None
    source: str | None
    published: str | None
    licence: str | None
    title_sha256: str | None
    length: int
    sha256: str
    zones: tuple[ZoneRecord, ...]
    spans: tuple[SpanRecord, ...]
    relations: tuple[Relation, ...]
    anchors: tuple[Anchor, ...]
    meta: str
    omitted: tuple[str, ...]


def read(folder: Source) -> Iterator[tuple[str, Record]]:
    """The records of all splits of a stand-off release, each with its file and line.

    Raises VigoldError where the folder is none, and naming file and line for what is no record or stands twice.
    """
    paths = sorted((Path(folder) / FOLDER).glob("*.jsonl"))
    if not paths:
        raise VigoldError(f"{folder}: no stand-off release; expected {FOLDER}/*.jsonl in it")
    yield from read_files(paths)


def read_files(paths: Iterable[Path]) -> Iterator[tuple[str, Record]]:
    """The records of some files of a stand-off release; as `read`."""
    decoder = msgspec.json.Decoder(Record)
    seen: dict[str, str] = {}
    for path in paths:
        with open_to_read(path) as file:
            for number, line in enumerate(file, 1):
                place = f"{path}: line {number}"
                try:
                    made = decoder.decode(line)
                    msgspec.json.decode(made.meta, type=dict[str, Any])
                except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
                    raise VigoldError(f"{place}: no record of a stand-off release: {error}") from None
                if made.id in seen:
                    raise VigoldError(f"{place}: document {on_one_line(made.id)} already stands in {seen[made.id]}")
                seen[made.id] = place
                yield place, made
