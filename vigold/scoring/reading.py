"""JSONL straight to columns: lean records, all checks at once, and the careful reader where anything is amiss."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import msgspec
import numpy as np

from vigold.document import Document, Relation, Zone, problems
from vigold.files import Source, open_to_read
from vigold.formats import jsonl
from vigold.scoring.columns import Columns, doubled
from vigold.scoring.corpus import Corpus, Table, from_documents

BLOCK = 1 << 18
"""Bytes that are read and decoded at a time; their records should stay in the processor's cache."""
FAR = int(np.iinfo(np.int64).max)


_NONE = msgspec.Raw(b"")


class _Span(msgspec.Struct, gc=False):
    start: int
    end: int
    label: str
    id: str | None = None
    # Left as bytes: most spans have none or such as others have, so few are ever decoded.
    attrs: msgspec.Raw = _NONE


class _Record(msgspec.Struct, gc=False):
    """A document as it stands in JSONL, with as little as it takes; unknown keys are passed over."""

    id: str
    text: str | None = None
    published: str | None = None
    title: str | None = None
    source: str | None = None
    url: str | None = None
    licence: str | None = None
    zones: tuple[Zone, ...] | None = None
    spans: list[_Span] | None = None
    relations: list[Relation] | None = None
    meta: dict[str, Any] | None = None


class _Amiss(Exception):
    """Something that the careful reader has to look at."""


class _Codes(dict[bytes, int]):
    """Attributes as they stand in the file to codes; 0 is for none."""

    def __missing__(self, raw: bytes) -> int:
        code = self[raw] = len(self)
        return code


_decoder = msgspec.json.Decoder(_Record)
_attributes = msgspec.json.Decoder(dict[str, str] | None)


def read_jsonl(path: Source, *, max_record: int = jsonl.MAX_RECORD, strays: bool = False) -> Corpus:
    """The corpus of a JSONL file. Raises VigoldError as `vigold.formats.jsonl.read` does, with its words.

    `strays` keeps keys that documents do not have, as `meta`, at the price of the careful reader's pace.
    """
    table, raw = Table(), _Codes({b"": 0})
    try:
        if strays:
            raise _Amiss
        with _without_collector():
            for block in _blocks(path, max_record):
                _add(table, raw, _decoder.decode_lines(block))
        spans = table.columns()
        _settle(table, raw)
        if not sound(table.documents, spans):
            raise _Amiss
        return table.corpus(spans, {"format": "jsonl"})
    except (_Amiss, msgspec.MsgspecError, UnicodeDecodeError, OverflowError):
        return from_documents(jsonl.read(path, max_record=max_record), {"format": "jsonl"})


@contextmanager
def _without_collector() -> Iterator[None]:
    """No cycles come from records; looking for them would take longer than reading."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _blocks(path: Source, max_record: int) -> Iterator[bytes]:
    """The file in stretches of whole lines."""
    with open_to_read(path) as file:
        rest = b""
        while block := file.read(BLOCK):
            cut = block.rfind(b"\n") + 1
            whole, rest = (rest + block[:cut], block[cut:]) if cut else (b"", rest + block)
            if len(rest) > max_record or (len(whole) > max_record and max(map(len, whole.split(b"\n"))) > max_record):
                raise _Amiss
            yield whole
        yield rest


def _add(table: Table, raw: _Codes, records: list[_Record]) -> None:
    """Append the records of a block; each list is one pass, since a call a span would cost more than decoding it."""
    for record in records:
        if not record.id or (record.text is None and record.spans is None):
            raise _Amiss
        record.spans = record.spans or []
    spans = [span for record in records for span in record.spans or ()]
    labels = table.labels
    table.rows.append(
        tuple(
            np.array(part, dtype=np.int64)
            for part in (
                [span.start for span in spans],
                [span.end for span in spans],
                [labels[span.label] for span in spans],
                [0 if span.attrs is _NONE else raw[bytes(span.attrs)] for span in spans],
            )
        )
    )
    for record in records:
        _document(table, record)


def _settle(table: Table, raw: _Codes) -> None:
    """Put the codes of decoded attributes in the place of those of their bytes."""
    found = [(_attributes.decode(one) if one else None) or {} for one in raw]
    codes = np.array([table.values[tuple(attrs.items())] for attrs in found], dtype=np.int64)
    start, end, label, attrs = table.rows[0]
    table.rows = [(start, end, label, codes[attrs])]


def _document(table: Table, record: _Record) -> None:
    """Append the document of a record; its spans may be there before it."""
    spans = record.spans or []
    document = Document(
        record.id, record.text, record.published, record.title, record.source, record.url, record.licence,
        record.zones or (), meta=record.meta or {},
    )  # fmt: skip
    if next(problems(document), None) is not None:
        raise _Amiss
    ids = {span.id for span in spans}
    if len(ids) < len(spans) and len(ids) < 1 + sum(span.id is not None for span in spans):
        raise _Amiss
    table.add(document, len(spans))
    if record.relations:
        if None in ids or any(one.head == one.tail or not {one.head, one.tail} <= ids for one in record.relations):
            raise _Amiss
        table.relate([span.id or "" for span in spans], record.relations)


def sound(documents: list[Document], spans: Columns) -> bool:
    """Whether the ids are distinct, and every span lies in its text and stands once; spans in any order."""
    if not documents or len({document.id for document in documents}) < len(documents):
        return False
    length = np.array([FAR if d.text is None else len(d.text) for d in documents], dtype=np.int64)
    if (spans.start < 0).any() or (spans.start >= spans.end).any() or (spans.end > length[spans.document]).any():
        return False
    return not doubled(spans)
