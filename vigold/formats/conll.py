"""CoNLL: a token a line, its tag in the last column, to documents and onto their texts.

A document opens with `# id = X` or `-DOCSTART-`; in a file with neither, each block between blank lines is one. The
text is the tokens joined by one blank. A span ends where its block ends.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

import msgspec

from vigold.document import Document, Span
from vigold.errors import VigoldError, shown
from vigold.files import Source, decode, read_bytes
from vigold.formats.conll_lines import PLAIN, Block, Shape, blocks, is_wide, nested, with_gold
from vigold.formats.tags import LENIENT, check_decoding, decoded
from vigold.formats.wording import on_one_line

NESTED_REMARK = "the last of five columns is read as names within those of the fourth, as in VLSP 2016"

BESIDE_REMARK = (
    "only the last column is read, and the one before it has tags of the same labels; "
    "--from conlleval takes those as gold, --from conll-layers as outer names"
)

UNEVEN_REMARK = "lines with {} to {} columns; the last one of each is read as its tag"


def read(
    path: Source, decoding: str = LENIENT, remarks: list[str] | None = None, shape: Shape = PLAIN
) -> Iterator[Document]:
    """The documents of a CoNLL file, without `# id` by the ids 0, 1, …; or of a folder of `*.conll` files.

    In a folder, a file without `# id` is one document, whose id is its path without the ending.

    `lenient` decodes as conlleval does, `strict:SCHEME` takes only what is well formed in the scheme. Where the last
    column holds nested names (see `vigold.formats.conll_lines.nested`), those of both are read, and a remark says so.
    A `shape` other than the plain one is that of a certain corpus. Raises VigoldError for a line without a tag, a tag
    that is none, a doubled id, and a file without a token.
    """
    check_decoding(decoding)
    root = Path(path)
    if not root.is_dir():
        return _read(path, decoding, remarks, shape, None, {})
    paths = sorted(root.rglob("*.conll"))
    if not paths:
        raise VigoldError(f"{path}: a folder without *.conll files")
    seen: dict[str, str] = {}
    keys = [one.relative_to(root).with_suffix("").as_posix() for one in paths]
    files = (_read(one, decoding, remarks, shape, key, seen) for one, key in zip(paths, keys, strict=True))
    return chain.from_iterable(files)


def _read(
    path: Source, decoding: str, remarks: list[str] | None, shape: Shape, whole: str | None, seen: dict[str, str]
) -> Iterator[Document]:
    """The documents of a file, one of the id `whole` where that is given and the file names none."""
    text = decode(read_bytes(path, "a token and its tag a line"), str(path)).removeprefix("\ufeff")
    if shape.vlsp and not is_wide(text):
        shape = shape._replace(vlsp=False)  # Others passed it on as words and tags alone.
    found = list(blocks(text, path, shape))
    if not found:
        raise VigoldError(f"{path}: holds no token; expected a token and its tag a line")
    columns = _columns(found, path, shape, remarks)
    marked = any(block.opens for block in found)
    groups = [found] if whole is not None and not marked else _documents(found, marked)
    for number, group in enumerate(groups):
        key, line = group[0].id or (str(number) if whole is None or marked else whole), group[0].line
        if key in seen:
            raise VigoldError(f"{path}: line {line}: document {on_one_line(key)} already stands in {seen[key]}")
        seen[key] = f"line {line}" if whole is None else f"{path}, line {line}"
        yield _document(key, group, decoding, columns)


def onto(document: Document, text: str, place: str) -> Document:
    """The document with its spans on another text that holds the same tokens.

    The tokens are found from left to right; white space and `_` do not count. Raises VigoldError naming `place`, the
    document and the first token that is not there, or a tagged one without a character in the text.
    """
    place = f"{place}: document {on_one_line(document.id)}"
    moved = _moved(document, list(_aligned(tokens(document), text, place)), text)
    for before, after in zip(document.spans, moved.spans, strict=True):
        if after.start == after.end:
            raise VigoldError(f"{place}: {shown(document.surface(before))} is tagged, but no part of the text")
    return moved


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


def alike(document: Document, text: str) -> bool:
    """Whether the text of a document is another one but for white space and `_`."""
    return _solid(document.text or "") == _solid(text)


def _solid(text: str) -> str:
    return "".join(text.replace("_", " ").split())


def _columns(found: list[Block], path: Source, shape: Shape, remarks: list[str] | None) -> int:
    """How many columns of tags are read; raises VigoldError where layers are not equally many everywhere."""
    widths = {len(row.columns) for block in found for row in block.rows} or {2}
    uneven = len(widths) > 1
    if shape.layers and uneven:
        raise VigoldError(f"{path}: lines with {min(widths)} and with {max(widths)} columns; each layer needs a tag")
    if shape.layers or shape.vlsp:
        return max(widths) - 1
    inner = nested(found)
    if remarks is not None and not (inner or uneven) and with_gold(found):
        remarks.append(f"{path}: {BESIDE_REMARK}")
    if remarks is not None and (inner or uneven):
        remarks.append(f"{path}: {NESTED_REMARK if inner else UNEVEN_REMARK.format(min(widths), max(widths))}")
    return 2 if inner else 1


def _documents(blocks: list[Block], marked: bool) -> Iterator[list[Block]]:
    group: list[Block] = []
    for block in blocks:
        if group and (block.opens or not marked):
            yield group
            group = []
        group.append(block)
    if group:
        yield group


def _document(key: str, blocks: Iterable[Block], decoding: str, columns: int) -> Document:
    words: list[str] = []
    chunks: list[tuple[int, int, str]] = []
    for block in blocks:
        first = len(words)
        for column in range(columns, 0, -1):
            chunks += [(c.start + first, c.end + first, c.label) for c in decoded(block.tags(column), decoding)]
        words += block.tokens
    offsets = list(_offsets(words))
    chunks = chunks if columns == 1 else sorted(chunks, key=lambda c: (c[0], -c[1]))
    spans = tuple(
        Span(f"s{n}", offsets[start][0], offsets[end - 1][1], label) for n, (start, end, label) in enumerate(chunks, 1)
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
