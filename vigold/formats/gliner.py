"""Training data of GLiNER: a JSON list of `tokenized_text` and `ner`, whose items are [first, last, label].

Both numbers are of tokens, and the last one is in the entity. Entities may nest. `id` and `document` stand beside them,
as in rows of the Hub, so that sentences find back to their document; GLiNER passes them over.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from vigold.document import Document
from vigold.errors import VigoldError, shown
from vigold.files import Source, decode, read_bytes, writing
from vigold.formats.flat import chunks, note_values, text_of, unbroken
from vigold.formats.loss import Loss
from vigold.formats.tags import Chunk
from vigold.formats.token_rows import Row, documents, name_of, words_of
from vigold.formats.wording import NESTED, on_one_line
from vigold.text import tokens


def read(path: Source) -> Iterator[Document]:
    """The documents of a file, see `vigold.formats.token_rows`.

    Raises VigoldError, naming file and item, for what is no such item, and an entity outside its tokens.
    """
    what = "a JSON list of items with tokenized_text and ner"
    data = read_bytes(path, what)
    decode(data, str(path))
    try:
        items = msgspec.json.decode(data.removeprefix(b"\xef\xbb\xbf"))
    except (msgspec.MsgspecError, RecursionError) as error:
        raise VigoldError(f"{path}: not JSON: {str(error) or NESTED}; expected {what}") from None
    if not isinstance(items, list):
        raise VigoldError(f"{path}: expected {what}, found {shown(items)}")
    return documents((_row(item, f"{path}: item {number}") for number, item in enumerate(items)), str(path))


def write(path: Source, given: Iterable[Document], loss: Loss) -> int:
    """Write an item a sentence and return how many documents there were; raises VigoldError for one without a text."""
    count = 0
    with writing(path) as file:
        before = b"[\n"
        for document in given:
            text = text_of(document, f"{path}: document {on_one_line(document.id)}", "gliner")
            for item in _items(document, text, loss):
                file.write(before + msgspec.json.encode(item))
                before = b",\n"
            count += 1
        file.write(b"\n]\n" if count else b"[]\n")
    return count


def _items(document: Document, text: str, loss: Loss) -> Iterator[dict[str, Any]]:
    pieces = tokens(text)
    found = sorted(chunks(document.spans, pieces, loss))
    note_values(document, loss)
    for number, (start, end) in enumerate([*unbroken(text, pieces, found)] or [(0, 0)]):
        words = [text[piece.start : piece.end] for piece in pieces[start:end]]
        ner = [[c.start - start, c.end - 1 - start, c.label] for c in found if start <= c.start < end]
        place = {"id": f"{document.id}:{number}", "document": document.id}
        yield {**place, "tokenized_text": words, "ner": ner}


def _row(item: Any, place: str) -> Row:
    if not isinstance(item, dict):
        raise VigoldError(f"{place}: expected an object with tokenized_text and ner, found {shown(item)}")
    words = words_of(item, "tokenized_text", place)
    entities = item.get("ner") or []
    if not isinstance(entities, list):
        raise VigoldError(f"{place}: ner must be a list of [first, last, label], found {shown(entities)}")
    found = [_chunk(one, len(words), f"{place}: ner: number {n}") for n, one in enumerate(entities)]
    return Row(place, name_of(item, "document", place), name_of(item, "id", place), words, found)


def _chunk(entity: Any, length: int, place: str) -> Chunk:
    match entity:
        case [int(first), int(last), str(label)] if label:
            if 0 <= first <= last < length:
                return Chunk(first, last + 1, label)
            raise VigoldError(f"{place}: [{first}, {last}] is not within the {length} tokens")
    raise VigoldError(f"{place}: expected [first, last, label], found {shown(entity)}")
