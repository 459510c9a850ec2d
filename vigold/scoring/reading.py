"""JSONL straight to columns: lean records, all checks at once, and the careful reader where anything is amiss."""

from __future__ import annotations

import gc
import re
from collections.abc import Container, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import msgspec
import numpy as np

from vigold.document import Document, Relation, Zone, is_canonical, is_day, problems
from vigold.files import Source, open_to_read
from vigold.formats import jsonl
from vigold.scoring.columns import Columns, doubled
from vigold.scoring.corpus import FAR, Corpus, Table, from_documents
from vigold.scoring.shelf import bare, lengths

BLOCK = 1 << 18
"""Bytes that are read and decoded at a time; their records should stay in the processor's cache."""
_NONE = msgspec.Raw(b"")
# What no id may hold: NUL, and where a reader of lines may begin a new one.
_ODD = re.compile(r"[\0\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")


class _Span(msgspec.Struct, gc=False):
    start: int
    end: int
    label: str
    id: str | None = None
    score: float | None = None
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
        with without_collector():
            for block in _blocks(path, max_record):
                _add(table, raw, _records(block))
        spans = table.columns()
        _settle(table, raw)
        if not sound(table.documents, spans, table.labels, table.values):
            raise _Amiss
        return table.corpus(spans, {"format": "jsonl"})
    except (_Amiss, msgspec.MsgspecError, UnicodeDecodeError, OverflowError, RecursionError):
        return from_documents(jsonl.read(path, max_record=max_record), {"format": "jsonl"}, f"{path}: ")


@contextmanager
def without_collector() -> Iterator[None]:
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


def _records(block: bytes) -> list[_Record]:
    """The records of whole lines, one of each: msgspec would take one that goes on in the next line.

    What is passed over must be UTF-8 too, and free of NUL, which can only stand there by its number.
    """
    if b"\\u0000" in block:
        raise _Amiss
    block.decode()
    records = _decoder.decode_lines(block)
    if len(records) != block.count(b"\n") + (not block.endswith(b"\n") and bool(block)):
        raise _Amiss
    return records


def _add(table: Table, raw: _Codes, records: list[_Record]) -> None:
    """Append the records of a block; each list is one pass, since a call a span would cost more than decoding it."""
    for record in records:
        if not record.id or (record.text is None and record.spans is None):
            raise _Amiss
        record.spans = record.spans or []
    spans = [span for record in records for span in record.spans or ()]
    names = [span.id for span in spans]
    if not clean_ids([name for name in names if name is not None]) or not clean_ids(record.id for record in records):
        raise _Amiss
    if not all(day is None or is_day(day) for day in {record.published for record in records}):
        raise _Amiss
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
    first = 0
    for record in records:
        last = first + len(record.spans or ())
        _document(table, record, names[first:last])
        first = last


def _settle(table: Table, raw: _Codes) -> None:
    """Put the codes of decoded attributes in the place of those of their bytes."""
    found = [(_attributes.decode(one) if one else None) or {} for one in raw]
    codes = np.array([table.values[tuple(attrs.items())] for attrs in found], dtype=np.int64)
    start, end, label, attrs = table.rows[0]
    table.rows = [(start, end, label, codes[attrs])]


def _document(table: Table, record: _Record, names: list[str | None]) -> None:
    """Append the document of a record, with the ids of its spans; these may be there before it.

    What its block is searched for as a whole - a NUL, a line break in an id, a day that is none - is not looked for.
    """
    document = Document(
        record.id, record.text, record.published, record.title, record.source, record.url, record.licence,
        record.zones or (), meta=record.meta or {},
    )  # fmt: skip
    flawed = bool(document.zones) and next(problems(document), None) is not None
    if flawed or (document.text is not None and not is_canonical(document.text)):
        raise _Amiss
    ids = set(names)
    if len(ids) < len(names) and len(ids - {None}) < len(names) - names.count(None):
        raise _Amiss
    table.add(document, len(names))
    if record.relations:
        if None in ids or not arrows_sound(record.relations, ids):
            raise _Amiss
        table.relate([name or "" for name in names], record.relations)


def sound(
    documents: Sequence[Document], spans: Columns, labels: Iterable[str], values: Iterable[Iterable[tuple[str, str]]]
) -> bool:
    """Whether the document ids are distinct, every span lies in its text and stands once, in any order, and labels
    and values hold something."""
    if not documents or len({document.id for document in bare(documents)}) < len(documents):
        return False
    if not _clean(labels) or not all(value and "\0" not in name + value for items in values for name, value in items):
        return False
    length = lengths(documents, FAR)
    if (spans.start < 0).any() or (spans.start >= spans.end).any() or (spans.end > length[spans.document]).any():
        return False
    return not doubled(spans)


def arrows_sound(relations: Sequence[Relation], ids: Container[str | None]) -> bool:
    """Whether relations have a type, lead from one known span to another, and stand once."""
    ends = all(one.head != one.tail and one.head in ids and one.tail in ids for one in relations)
    return ends and _clean(one.type for one in relations) and len(set(relations)) == len(relations)


def clean_ids(ids: Iterable[str]) -> bool:
    """Whether no id is empty or holds what would break a line."""
    ids = list(ids)
    return "" not in ids and not _ODD.search("".join(ids))


def _clean(names: Iterable[str]) -> bool:
    return all(name and "\0" not in name for name in names)
