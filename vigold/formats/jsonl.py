"""JSONL, the house format: one document a line, read and written as a stream."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

import msgspec

from vigold.document import Document, Problem, Relation, Span, Zone, problems
from vigold.errors import VigoldError, shown
from vigold.files import Source, decode, open_to_read, writing
from vigold.formats.wording import NESTED, mismatch, on_one_line, visible

MAX_RECORD = 64 * 1024 * 1024
"""The longest record that is read, in bytes, unless the reader is told otherwise."""

_FIELDS = frozenset(Document.__struct_fields__)
_PARTS = {"spans": Span, "relations": Relation, "zones": Zone}
_KEYS = {part: frozenset(struct.__struct_fields__) for part, struct in _PARTS.items()}
_LONE_SURROGATE = re.compile(rb"\\u[dD]([89abAB]..(?!\\u[dD][c-fC-F])|(?<!\\u[dD][89abAB]..\\u[dD])[c-fC-F])")
_BOM = b"\xef\xbb\xbf"
_decoder = msgspec.json.Decoder()


def read(path: Source, *, max_record: int = MAX_RECORD, check: bool = True) -> Iterator[Document]:
    """The documents of a JSONL file, one by one.

    A missing span id becomes `s1`, `s2`, …; unknown keys go to `meta`. Raises VigoldError, naming file, line and
    span, for broken JSON, a record over `max_record` bytes, a doubled document id, a file without a record and,
    with `check`, a broken invariant (see `vigold.document.problems`).
    """
    seen: dict[str, int] = {}
    with open_to_read(path) as file:
        for number, line in lines(file, max_record, path):
            document = parse(line, f"{path}: line {number}")
            if document.id in seen:
                first, name = seen[document.id], on_one_line(document.id)
                raise VigoldError(f"{path}: line {number}: document {name} already stands in line {first}")
            seen[document.id] = number
            if check and (problem := next(problems(document), None)):
                raise VigoldError(f"{path}: line {number}: {tell(document, problem)}")
            yield document
    if not seen:
        raise VigoldError(f"{path}: the file is empty; expected one document a line")


def write(path: Source, documents: Iterable[Document]) -> int:
    """Write the documents, one a line, and return how many there were; the file appears only when all are written."""
    count = 0
    with writing(path) as file:
        for document in documents:
            file.write(dump(document) + b"\n")
            count += 1
    return count


def dump(document: Document) -> bytes:
    """A document as one line of JSON; a span without a score shows none."""
    try:
        record = msgspec.to_builtins(document)
        for span in record["spans"]:
            if span["score"] is None:
                del span["score"]
        return msgspec.json.encode(record)
    except RecursionError:
        raise VigoldError(f"document {on_one_line(document.id)}: {NESTED}") from None


def parse(line: bytes, place: str) -> Document:
    """One line as a document; raises VigoldError naming `place` when it is none."""
    try:
        raw = _decoder.decode(line)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise VigoldError(f"{place}: {_json_fault(line, error, place)}") from None
    if not isinstance(raw, dict):
        raise VigoldError(f"{place}: expected a JSON object with id and text or spans, found {shown(raw)}")
    if "id" in raw and not isinstance(raw["id"], str):
        raise VigoldError(f"{place}: the id is {shown(raw['id'])}; write it as text, in quotes")
    if not raw.get("id"):
        raise VigoldError(f"{place}: the record has no id; give each one an `id` of its own, a string")
    if raw.get("text") is None and raw.get("spans") is None:
        raise VigoldError(f"{place}: document {on_one_line(raw['id'])} has neither text nor spans")
    place = f"{place}: document {on_one_line(raw['id'])}"
    settle(raw, place)
    try:
        return msgspec.convert(raw, Document)
    except msgspec.ValidationError as error:
        raise VigoldError(f"{place}: {mismatch(error, raw)}") from None
    except RecursionError:
        raise VigoldError(f"{place}: {NESTED}") from None


def tell(document: Document, problem: Problem) -> str:
    """A problem as words on one line: document, span and what is wrong."""
    span = f" span {on_one_line(problem.span)}:" if problem.span else ""
    message = problem.message if problem.message.isprintable() else visible(problem.message)
    return f"document {on_one_line(document.id)}:{span} {message}"


def lines(file: BinaryIO, max_record: int, path: Source) -> Iterator[tuple[int, bytes]]:
    """The lines that hold more than blanks, with their numbers; raises VigoldError for one over `max_record` bytes."""
    number = 0
    while line := file.readline(max_record + 2):
        number += 1
        if number == 1:
            line = line.removeprefix(_BOM)
        if len(line.rstrip(b"\r\n")) > max_record:
            raise VigoldError(f"{path}: line {number}: over {max_record:,} bytes; split it or raise --max-record")
        if line.strip():
            yield number, line


def _json_fault(line: bytes, error: Exception, place: str) -> str:
    decode(line, place)
    if isinstance(error, RecursionError):
        return NESTED
    if line.lstrip()[:1] == b"[":
        return "a JSON list; expected one document a line (`vigold gold` reads exports of Label Studio)"
    if line.lstrip()[:1] != b"{":
        return "not JSON; expected one document a line (`vigold ingest` reads texts and pages)"
    if _LONE_SURROGATE.search(line):
        return "a lone surrogate (such as \\ud800) is no character; remove it"
    return f"not JSON: {error}; expected one whole document a line"


def settle(raw: dict[str, Any], place: str) -> None:
    """Name the spans that have no id, and move unknown keys to `meta`, in place.

    Raises VigoldError naming `place` for parts of another type, and for a key with another value in `meta`.
    """
    if not isinstance(raw.get("meta"), dict | None):
        raise VigoldError(f"{place}: meta must be an object")
    meta = raw["meta"] = dict(raw.get("meta") or {})
    strays = {key: raw.pop(key) for key in [k for k in raw if k not in _FIELDS]}
    for part in _PARTS:
        items = raw[part] = [] if raw.get(part) is None else raw[part]
        if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
            raise VigoldError(f"{place}: {part} must be a list of objects")
    name_spans(raw["spans"], place)
    for part, known in _KEYS.items():
        if found := _strays_of(raw[part], known):
            if f"{part}_keys" in strays:
                raise VigoldError(f"{place}: the key '{part}_keys' is needed for unknown keys of {part}; rename it")
            strays[f"{part}_keys"] = found
    for key, value in strays.items():
        if key in meta and meta[key] != value:
            raise VigoldError(f"{place}: the key {key!r} stands beside meta and, with another value, inside it")
        meta[key] = value


def name_spans(spans: list[dict[str, Any]], place: str) -> None:
    """Give the spans without an id, in place, the first of `s1`, `s2`, … that is free.

    Raises VigoldError naming `place` for an id that is no text.
    """
    for number, span in enumerate(spans, 1):
        key = span.get("id")
        if key is not None and not isinstance(key, str):
            raise VigoldError(f"{place}: span number {number}: the id is {shown(key)}; write it as text, in quotes")
    taken = {span.get("id") for span in spans}
    free = (f"s{n}" for n in range(1, 2 * len(spans) + 1) if f"s{n}" not in taken)
    for span in spans if None in taken else ():
        if span.get("id") is None:
            span["id"] = next(free)
    for span in spans:
        if span.get("attrs", {}) is None:
            del span["attrs"]


def _strays_of(items: list[dict[str, Any]], known: frozenset[str]) -> dict[str, dict[str, Any]]:
    """The unknown keys of each item, under its id or, where it has none, its place; they are taken out of it."""
    found: dict[str, dict[str, Any]] = {}
    if all(map(known.issuperset, items)):
        return found
    for place, item in enumerate(items):
        if not item.keys() <= known:
            extra = {key: item.pop(key) for key in [k for k in item if k not in known]}
            found[str(item.get("id", place))] = extra
    return found
