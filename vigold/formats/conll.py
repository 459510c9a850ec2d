"""CoNLL: a token a line, its tag in the last column, to documents and onto their texts.

A document opens with `# id = X` or `-DOCSTART-`; in a file with neither, each block between blank lines is one. The
text is the tokens joined by one blank. A span ends where its block ends.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import msgspec

from vigold.document import Document, Span
from vigold.errors import VigoldError, shown
from vigold.files import Source, decode, read_bytes
from vigold.formats.tags import LENIENT, Chunk, check_decoding, decoded, is_tag


class _Block(NamedTuple):
    """What stands between two blank lines: line number, id or None, whether a document opens here, tokens, tags."""

    line: int
    id: str | None
    opens: bool
    tokens: list[str]
    tags: list[str]


def read(path: Source, decoding: str = LENIENT) -> Iterator[Document]:
    """The documents of a CoNLL file; without `# id` their ids are 0, 1, ….

    `lenient` decodes as conlleval does, `strict:SCHEME` takes only what is well formed in the scheme. Raises
    VigoldError for a line without a tag, a tag that is none, and a doubled id.
    """
    check_decoding(decoding)
    lines = decode(read_bytes(path, "a token and its tag a line"), str(path)).removeprefix("\ufeff").splitlines()
    blocks = list(_blocks(lines, path))
    marked = any(block.opens for block in blocks)
    seen: set[str] = set()
    for number, group in enumerate(_documents(blocks, marked)):
        key = group[0].id or str(number)
        if key in seen:
            raise VigoldError(f"{path}: line {group[0].line}: document {key} stands twice")
        seen.add(key)
        yield _document(key, group, decoding)


def onto(document: Document, text: str, place: str) -> Document:
    """The document with its spans on another text that holds the same tokens.

    The tokens are found from left to right; white space and `_` do not count. Raises VigoldError naming `place`, the
    document and the first token that is not there.
    """
    offsets = list(_aligned(tokens(document), text, f"{place}: document {document.id}"))
    return _moved(document, offsets, text)


def beside(document: Document, other: Document, place: str) -> tuple[Document, int]:
    """The document on the tokens of another CoNLL document, and how many tokens differ.

    Raises VigoldError naming `place`, the document and the token where one of them ends before the other.
    """
    own, theirs = tokens(document), tokens(other)
    if len(own) != len(theirs):
        at = next((n for n, pair in enumerate(zip(own, theirs, strict=False)) if pair[0] != pair[1]), None)
        first = min(len(own), len(theirs)) if at is None else at
        counts = f"{len(own)} tokens, gold has {len(theirs)}"
        raise VigoldError(f"{place}: document {document.id}: {counts}; they part at token {first}")
    differing = sum(one != another for one, another in zip(own, theirs, strict=True))
    return _moved(document, list(_offsets(theirs)), other.text or ""), differing


def tokens(document: Document) -> list[str]:
    """The tokens of a document that was read from CoNLL."""
    return document.text.split(" ") if document.text else []


def _blocks(lines: list[str], path: Source) -> Iterator[_Block]:
    key: str | None = None
    opens, first = False, 0
    held: list[str] = []
    tags: list[str] = []
    for number, line in enumerate([*lines, ""], 1):
        name = _id(line)
        if name is None and not _docstart(line) and line.strip():
            if line.startswith("#") and not is_tag(line.split()[-1]):
                continue  # a comment
            token, tag = _columns(line, f"{path}: line {number}")
            first = first or number
            held.append(token)
            tags.append(tag)
            continue
        if held:
            yield _Block(first, key, opens, held, tags)
            key, opens, first, held, tags = None, False, 0, [], []
        if name is not None:
            key, opens = name, True
        elif _docstart(line):
            opens = True


def _id(line: str) -> str | None:
    if line.startswith("#"):
        word, equals, name = line[1:].partition("=")
        if equals and word.strip() in ("id", "newdoc id") and name.strip():
            return name.strip()
    return None


def _docstart(line: str) -> bool:
    return line.startswith("-DOCSTART-")


def _columns(line: str, place: str) -> tuple[str, str]:
    parts = line.split()
    if len(parts) < 2:
        raise VigoldError(f"{place}: expected a token and its tag, found {shown(line)}")
    tag = parts[-1]
    if not is_tag(tag):
        raise VigoldError(f"{place}: {shown(tag)} is no tag such as O, B-PER or I-PER")
    return parts[0], tag


def _documents(blocks: list[_Block], marked: bool) -> Iterator[list[_Block]]:
    group: list[_Block] = []
    for block in blocks:
        if group and (block.opens or not marked):
            yield group
            group = []
        group.append(block)
    if group:
        yield group


def _document(key: str, blocks: Iterable[_Block], decoding: str) -> Document:
    words: list[str] = []
    chunks: list[Chunk] = []
    for block in blocks:
        first = len(words)
        chunks += [Chunk(c.start + first, c.end + first, c.label) for c in decoded(block.tags, decoding)]
        words += block.tokens
    offsets = list(_offsets(words))
    spans = tuple(
        Span(f"s{n}", offsets[chunk.start][0], offsets[chunk.end - 1][1], chunk.label)
        for n, chunk in enumerate(chunks, 1)
    )
    return Document(key, " ".join(words), spans=spans)


def _offsets(words: list[str]) -> Iterator[tuple[int, int]]:
    at = 0
    for word in words:
        yield at, at + len(word)
        at += len(word) + 1


def _aligned(words: list[str], text: str, place: str) -> Iterator[tuple[int, int]]:
    at = 0
    for number, word in enumerate(words):
        start = -1
        for char in word:
            if char == "_" or char.isspace():
                continue
            while at < len(text) and text[at] != char and (text[at] == "_" or text[at].isspace()):
                at += 1
            if at == len(text) or text[at] != char:
                raise VigoldError(f"{place}: token {number} {shown(word)} does not stand in the text at {at}")
            start = at if start < 0 else start
            at += 1
        yield (at, at) if start < 0 else (start, at)


def _moved(document: Document, offsets: list[tuple[int, int]], text: str) -> Document:
    starts = {start: n for n, (start, _) in enumerate(_offsets(tokens(document)))}
    ends = {end: n for n, (_, end) in enumerate(_offsets(tokens(document)))}
    spans = tuple(
        msgspec.structs.replace(span, start=offsets[starts[span.start]][0], end=offsets[ends[span.end]][1])
        for span in document.spans
    )
    return msgspec.structs.replace(document, text=text, spans=spans)
