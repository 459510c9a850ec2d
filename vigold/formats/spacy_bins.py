"""A DocBin of spaCy to documents: the file is taken apart here, so that nothing in it can run or crash anything.

A DocBin is zlib around msgpack: columns of numbers for all tokens of all documents, the strings that the numbers stand
for, and the groups of spans, packed once more. spaCy itself only says which number a string has. Of a document are
read its text, `doc.ents`, the spans of `doc.spans["sc"]` or of the only group, and `doc.user_data["id"]`.
"""

from __future__ import annotations

import struct
import zlib
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec
import numpy as np

from vigold.document import Document, Span
from vigold.errors import MissingExtra, VigoldError
from vigold.files import Source, read_bytes
from vigold.formats.spacy_docs import KEY
from vigold.formats.wording import on_one_line
from vigold.shapes import reason

if TYPE_CHECKING:
    from spacy.strings import StringStore

UNPACKED = 16
"""How many times the longest record a file may unpack to."""

_WHAT = "a DocBin of spaCy"
_SPAN = struct.Struct(">QQQllll")  # id, knowledge base, label, first token, end; characters, which follow from these
_INSIDE, _BEGIN = 1, 3  # the numbers of ENT_IOB
Key = tuple[int, int, str]


class _Bin(msgspec.Struct):
    attrs: list[int]
    tokens: bytes
    spaces: bytes
    lengths: bytes
    strings: list[str]
    span_groups: list[bytes] = []
    user_data: list[bytes | None] = []
    flags: list[dict[str, Any]] = []


class _Group(msgspec.Struct):
    name: str
    spans: list[bytes]


class _Tokens(NamedTuple):
    """The tokens of one document: their words, whether a blank follows each, and the columns of entities if any."""

    words: list[str]
    blanks: list[bool]
    iob: list[int]
    types: list[int]


def read(path: Source, max_record: int, remarks: list[str] | None = None) -> Iterator[Document]:
    """The documents of a file, those without an id by their number; a remark counts spans of groups that are not read.

    Raises VigoldError, naming file and document, for what is no DocBin, for numbers that stand for nothing, for spans
    outside their document and for a doubled id, and MissingExtra where spaCy is not installed.
    """
    try:
        from spacy.strings import StringStore
    except ImportError:
        raise MissingExtra("reading files of spaCy", "spacy") from None

    packed = _unpacked(path, UNPACKED * max_record)
    strings = StringStore()
    for one in packed.strings:
        strings.add(one)
    seen: dict[str, int] = {}
    left: Counter[str] = Counter()
    for number, tokens in enumerate(_tokens(packed, strings, path)):
        place = f"{path}: document number {number}"
        key = _id(packed, number, place)
        if key in seen:
            raise VigoldError(f"{place}: the id {on_one_line(key)} already stands in number {seen[key]}")
        seen[key] = number
        groups = _groups(packed, number, strings, place)
        chosen = KEY if KEY in groups or len(groups) != 1 else next(iter(groups))
        left.update({name: len(spans) for name, spans in groups.items() if name != chosen})
        yield _document(key, tokens, [*_entities(tokens, strings, place), *groups.get(chosen, ())], place)
    if not seen:
        raise VigoldError(f"{path}: the DocBin holds no document")
    if left and remarks is not None:
        told = ", ".join(f"{count:,} of doc.spans[{name!r}]" for name, count in left.items())
        remarks.append(f"{path}: spans of other groups than {KEY!r} left out: {told}")


def _unpacked(path: Source, limit: int) -> _Bin:
    unpacking = zlib.decompressobj()
    try:
        data = unpacking.decompress(read_bytes(path, _WHAT), limit)
        if unpacking.unconsumed_tail:
            raise VigoldError(f"{path}: unpacks to over {limit:,} bytes; split it or raise --max-record")
        return msgspec.msgpack.decode(data, type=_Bin)
    except (zlib.error, msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise VigoldError(f"{path}: is not {_WHAT}: {reason(error)}") from None


def _tokens(packed: _Bin, strings: StringStore, path: Source) -> Iterator[_Tokens]:
    from spacy.attrs import ENT_IOB, ENT_TYPE, ORTH

    try:
        table = np.frombuffer(packed.tokens, "<u8").reshape(-1, len(packed.attrs))
        spaces = np.frombuffer(packed.spaces, bool)
        lengths = np.frombuffer(packed.lengths, "<i4")
        columns = {
            attr: table[:, packed.attrs.index(attr)] for attr in (ORTH, ENT_IOB, ENT_TYPE) if attr in packed.attrs
        }
    except (ValueError, ZeroDivisionError):
        raise VigoldError(f"{path}: is not {_WHAT}: its columns are not of one length") from None
    if ORTH not in columns or (lengths < 0).any() or not lengths.sum() == len(spaces) == len(table):
        raise VigoldError(f"{path}: is not {_WHAT}: its tokens do not add up")
    none = np.zeros(len(table), "<u8")
    bounds = np.concatenate(([0], np.cumsum(lengths))).tolist()
    for number, (start, end) in enumerate(pairwise(bounds)):
        known = number >= len(packed.flags) or not packed.flags[number].get("has_unknown_spaces")
        place = f"{path}: document number {number}"
        yield _Tokens(
            [_string(strings, code, place) for code in columns[ORTH][start:end].tolist()],
            spaces[start:end].tolist() if known else ([True] * (end - start))[:-1] + [False] * (end > start),
            columns.get(ENT_IOB, none)[start:end].tolist(),
            columns.get(ENT_TYPE, none)[start:end].tolist(),
        )


def _string(strings: StringStore, code: int, place: str) -> str:
    try:
        return str(strings[code])
    except KeyError:
        raise VigoldError(f"{place}: the code {code} stands for no string of the file") from None


def _id(packed: _Bin, number: int, place: str) -> str:
    data = packed.user_data[number] if number < len(packed.user_data) else None
    try:
        found = msgspec.msgpack.decode(data) if data else {}
    except (msgspec.MsgspecError, TypeError, UnicodeDecodeError, RecursionError) as error:
        raise VigoldError(f"{place}: its user data cannot be read: {error}") from None
    key = found.get("id") if isinstance(found, dict) else None
    return key if isinstance(key, str) and key else str(number)


def _groups(packed: _Bin, number: int, strings: StringStore, place: str) -> dict[str, list[Key]]:
    """The groups of spans of a document by name, as stretches of tokens with their labels."""
    data = packed.span_groups[number] if number < len(packed.span_groups) else b""
    try:
        # Newer files say which names a group has; in older ones it knows its own.
        found: Any = msgspec.msgpack.decode(data, type=dict[bytes, list[str]] | list[bytes]) if data else []
        groups = [
            (msgspec.msgpack.decode(one, type=_Group), found[one] if isinstance(found, dict) else None) for one in found
        ]
        spans = [(names or [group.name], [_SPAN.unpack(one) for one in group.spans]) for group, names in groups]
    except (msgspec.MsgspecError, struct.error, UnicodeDecodeError) as error:
        raise VigoldError(f"{place}: its groups of spans cannot be read: {error}") from None
    return {
        name: [(start, end, _string(strings, label, place)) for _, _, label, start, end, *_ in items]
        for names, items in spans
        for name in names
    }


def _entities(tokens: _Tokens, strings: StringStore, place: str) -> list[Key]:
    """The entities as stretches of tokens; one that nothing opens is opened by its first token."""
    found: list[Key] = []
    open_type, start = 0, 0
    for number, (iob, kind) in enumerate(zip([*tokens.iob, 0], [*tokens.types, 0], strict=True)):
        goes_on = iob == _INSIDE and open_type and kind == open_type
        if open_type and not goes_on:
            found.append((start, number, _string(strings, open_type, place)))
            open_type = 0
        if kind and iob in (_INSIDE, _BEGIN) and not goes_on:
            open_type, start = kind, number
    return found


def _document(key: str, tokens: _Tokens, found: list[Key], place: str) -> Document:
    places: list[tuple[int, int]] = []
    at = 0
    for word, blank in zip(tokens.words, tokens.blanks, strict=True):
        places.append((at, at + len(word)))
        at += len(word) + blank
    text = "".join(word + " " * blank for word, blank in zip(tokens.words, tokens.blanks, strict=True))
    for start, end, label in found:
        if not 0 <= start < end <= len(places):
            raise VigoldError(f"{place}: a span of {label} over tokens [{start}, {end}) of {len(places)}")
    keys = {(places[start][0], places[end - 1][1], label) for start, end, label in found}
    order = sorted(keys, key=lambda one: (one[0], -one[1], one[2]))
    return Document(key, text, spans=tuple(Span(f"s{n}", *one) for n, one in enumerate(order, 1)))
