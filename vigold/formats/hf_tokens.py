"""Token classification as the Hub has it: rows of `tokens` and `ner_tags`, as JSONL and as Arrow tables.

PhoNER_COVID19 calls them `words` and `tags`. Tags are names, or codes whose names stand in the features of the table
or are given.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import msgspec

from vigold.document import Document
from vigold.errors import VigoldError, shown
from vigold.files import Source, decode, open_to_read, writing
from vigold.formats import jsonl
from vigold.formats.arrow_types import class_names
from vigold.formats.flat import flat, text_of
from vigold.formats.loss import Loss
from vigold.formats.tags import LENIENT, check_decoding, decoded, is_tag
from vigold.formats.token_rows import Row, documents, name_of, syllables, words_of
from vigold.formats.wording import NESTED, on_one_line

TOKENS = ("tokens", "words")
TAGS = ("ner_tags", "tags", "labels")


class Tagged(NamedTuple):
    """How tags are read: the decoding, the names of codes, and whether `_` joins the syllables of a word."""

    decoding: str = LENIENT
    names: Sequence[str] | None = None
    words: bool = False


PLAIN = Tagged()


def is_row(keys: Iterable[str]) -> bool:
    """Whether these are the keys of tokens with tags, and not of a document with a text and spans."""
    found = set(keys)
    return bool(found & set(TOKENS) and found & set(TAGS)) and not found >= {"text", "spans"}


def read(path: Source, how: Tagged = PLAIN, max_record: int = jsonl.MAX_RECORD) -> Iterator[Document]:
    """The documents of a JSONL file, see `vigold.formats.token_rows`.

    Raises VigoldError, naming file and line, for what is no such row, lists of different lengths, a tag that is none,
    a code without a name, and a doubled id.
    """
    check_decoding(how.decoding)
    return documents(_rows(path, how, max_record), str(path))


def of_table(table: Any, place: str, how: Tagged = PLAIN) -> Iterator[Document]:
    """The documents of an Arrow table whose columns `is_row`; raises VigoldError naming `place` and the row."""
    check_decoding(how.decoding)
    tags = next(name for name in TAGS if name in table.column_names)
    how = how._replace(names=class_names(table.schema, tags, "") or how.names)
    return documents(_table_rows(table, place, how), place)


def write(path: Source, given: Iterable[Document], loss: Loss) -> int:
    """Write a row a sentence, with the id of its document, and return how many documents there were.

    Raises VigoldError for a document without a text.
    """
    count = 0
    with writing(path) as file:
        for document in given:
            text = text_of(document, f"{path}: document {on_one_line(document.id)}", "hf-tokens")
            for row in _sentences(document, text, loss):
                file.write(msgspec.json.encode(row) + b"\n")
            count += 1
    return count


def _sentences(document: Document, text: str, loss: Loss) -> Iterator[dict[str, Any]]:
    found = flat(document, text, loss)
    begins = [n for n, first in enumerate(found.first) if n and first and not found.tags[n].startswith("I-")]
    for number, (start, end) in enumerate(zip([0, *begins], [*begins, len(found.words)], strict=True)):
        place = {"id": f"{document.id}:{number}", "document": document.id}
        yield {**place, "tokens": found.words[start:end], "ner_tags": found.tags[start:end]}


def _rows(path: Source, how: Tagged, max_record: int) -> Iterator[Row]:
    with open_to_read(path) as file:
        for number, line in jsonl.lines(file, max_record, path):
            place = f"{path}: line {number}"
            yield _row(_record(line, place), place, how)


def _record(line: bytes, place: str) -> dict[str, Any]:
    decode(line, place)
    try:
        found = msgspec.json.decode(line)
    except (msgspec.MsgspecError, RecursionError) as error:
        raise VigoldError(f"{place}: not JSON: {str(error) or NESTED}") from None
    if not isinstance(found, dict):
        raise VigoldError(f"{place}: expected an object with tokens and ner_tags, found {shown(found)}")
    return found


def _table_rows(table: Any, place: str, how: Tagged) -> Iterator[Row]:
    wanted = [name for name in table.column_names if name in ("id", "document", *TOKENS, *TAGS)]
    number = 0
    try:
        for batch in table.select(wanted).to_batches():
            for record in batch.to_pylist():
                yield _row(record, f"{place}: row {number}", how)
                number += 1
    except UnicodeDecodeError as error:
        raise VigoldError(f"{place}: row {number}: a text that is not UTF-8 (byte {error.start})") from None


def _row(record: Mapping[str, Any], place: str, how: Tagged) -> Row:
    tokens, tags = _key(record, TOKENS, place), _key(record, TAGS, place)
    words, found = words_of(record, tokens, place), _tags(record[tags], tags, place, how.names)
    if len(words) != len(found):
        raise VigoldError(f"{place}: {len(words):,} {tokens}, but {len(found):,} {tags}; each token has one")
    words = [syllables(word) for word in words] if how.words else words
    chunks = decoded(found, how.decoding)
    return Row(place, name_of(record, "document", place), name_of(record, "id", place), words, chunks)


def _key(record: Mapping[str, Any], names: Sequence[str], place: str) -> str:
    found = next((name for name in names if name in record), None)
    if found is None:
        raise VigoldError(f"{place}: no key {' or '.join(names)}; there are {shown(', '.join(map(str, record)))}")
    return found


def _tags(given: Any, key: str, place: str, names: Sequence[str] | None) -> list[str]:
    if not isinstance(given, list):
        raise VigoldError(f"{place}: {key} must be a list of tags, found {shown(given)}")
    return [_tag(tag, f"{place}: {key}: number {number}", names) for number, tag in enumerate(given)]


def _tag(tag: Any, place: str, names: Sequence[str] | None) -> str:
    if isinstance(tag, int) and not isinstance(tag, bool):
        if names is None:
            raise VigoldError(
                f"{place} is the code {tag}, without names; `vigold convert --names O,B-PER,…` gives them"
            )
        if not 0 <= tag < len(names):
            raise VigoldError(f"{place}: the code {tag} has no name; there are {len(names)}")
        tag = names[tag]
    if not isinstance(tag, str) or not is_tag(tag):
        raise VigoldError(f"{place}: {shown(tag)} is no tag such as O, B-PER or I-PER")
    return tag
