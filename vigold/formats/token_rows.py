"""Rows of tokens with labelled stretches, as the Hub and GLiNER have them, to documents.

The text of a document is its tokens joined by one blank. Rows in succession that name the same `document` are parts
of it; else each row is a document, by its `id` or, where it has none, by its number.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from vigold.document import Document, Span
from vigold.errors import VigoldError, shown
from vigold.formats.tags import Chunk
from vigold.formats.wording import on_one_line

_JOINT = re.compile(r"(?<=[^_])_(?=[^_])")
_ADDRESS = re.compile(r"@|://")


class Row(NamedTuple):
    """A row: where it stands, the document it is part of (or None), its own id (or None), tokens and chunks."""

    place: str
    document: str | None
    id: str | None
    words: list[str]
    chunks: list[Chunk]


def documents(rows: Iterable[Row], place: str) -> Iterator[Document]:
    """The documents of the rows; raises VigoldError for a doubled id, naming both rows, and where there is no row."""
    seen: dict[str, str] = {}
    group: list[Row] = []
    number = 0
    for number, row in enumerate(rows, 1):
        if group and not (row.document is not None and row.document == group[0].document):
            yield _document(group, number - len(group) - 1, seen)
            group = []
        group.append(row)
    if not group:
        raise VigoldError(f"{place}: holds no row; expected tokens with their tags or entities")
    yield _document(group, number - len(group), seen)


def syllables(word: str) -> str:
    """A word with blanks between its syllables, where it has `_`; addresses of mail and web pages stay."""
    return word if _ADDRESS.search(word) else _JOINT.sub(" ", word)


def name_of(record: Mapping[str, Any], key: str, place: str) -> str | None:
    """The id at a key, a whole number as text; raises VigoldError for what is neither."""
    found = record.get(key)
    if found is None or (isinstance(found, str) and found):
        return found
    if isinstance(found, int) and not isinstance(found, bool):
        return str(found)
    raise VigoldError(f"{place}: {key} is {shown(found)}; write it as text or leave it out")


def words_of(record: Mapping[str, Any], key: str, place: str) -> list[str]:
    """The list of texts at a key; raises VigoldError naming `place` for anything else."""
    found = record.get(key)
    if not isinstance(found, list):
        raise VigoldError(f"{place}: {key} must be a list of texts, found {shown(found)}")
    for number, word in enumerate(found):
        if not isinstance(word, str):
            raise VigoldError(f"{place}: {key}: number {number} is {shown(word)}, not a text")
    return found


def _document(group: list[Row], number: int, seen: dict[str, str]) -> Document:
    first = group[0]
    key = first.document or first.id or str(number)
    if key in seen:
        raise VigoldError(f"{first.place}: document {on_one_line(key)} already stands in {seen[key]}")
    seen[key] = first.place.rsplit(": ", 1)[-1]
    places: list[tuple[int, int]] = []
    words: list[str] = []
    found: list[tuple[int, int, str]] = []
    at = 0
    for row in group:
        begin = len(places)
        for word in row.words:
            places.append((at, at + len(word)))
            at += len(word) + 1
        words += row.words
        found += [(places[begin + c.start][0], places[begin + c.end - 1][1], c.label) for c in row.chunks]
    found.sort(key=lambda one: (one[0], -one[1]))
    spans = tuple(Span(f"s{n}", *one) for n, one in enumerate(found, 1))
    return Document(key, " ".join(words), spans=spans)
