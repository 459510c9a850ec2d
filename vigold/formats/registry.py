"""The formats of annotated documents, told apart by content."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import msgspec

from vigold.document import Document, Relation, problems
from vigold.errors import VigoldError
from vigold.files import Source, open_to_read
from vigold.formats import brat, conll, exports, jsonl
from vigold.formats.tags import LENIENT, is_tag
from vigold.scheme import Scheme, load

HEAD = 4096
_HUB_ID = re.compile(r"[\w-][\w.-]*/[\w-][\w.-]*", re.ASCII)
# A path with one of these that is not there is a mistyped file, not a dataset.
_ENDINGS = {
    ".jsonl",
    ".json",
    ".ndjson",
    ".conll",
    ".iob",
    ".iob2",
    ".bio",
    ".txt",
    ".tsv",
    ".csv",
    ".parquet",
    ".ann",
    ".gz",
}


class Reading(NamedTuple):
    """How to read: what each format needs of it, it takes."""

    max_record: int = jsonl.MAX_RECORD
    decoding: str = LENIENT
    scheme: Scheme | None = None
    config: str | None = None
    split: str | None = None
    collapse: bool = False
    """Whether a doubled span is taken once in place of being an error."""
    raw: bool = False
    """Whether broken invariants are let through, for one who mends them."""
    remarks: list[str] | None = None
    """Where a reader says what it left out, collapsed or guessed."""

    @property
    def check(self) -> bool:
        """Whether the reader refuses a broken invariant itself."""
        return not (self.collapse or self.raw)


def _jsonl(path: Source, how: Reading) -> Iterator[Document]:
    return jsonl.read(path, max_record=how.max_record, check=how.check)


def _conll(path: Source, how: Reading) -> Iterator[Document]:
    for document in conll.read(path, how.decoding, how.remarks):
        if how.check and (problem := next(problems(document), None)):
            raise VigoldError(f"{path}: {jsonl.tell(document, problem)}")
        yield document


def _brat(path: Source, how: Reading) -> Iterator[Document]:
    return brat.read(path, how.check, how.remarks)


def _labelstudio(path: Source, how: Reading) -> Iterator[Document]:
    return exports.documents(path, how.scheme or load(), how.remarks)


def _parquet(path: Source, how: Reading) -> Iterator[Document]:
    from vigold.formats import parquet

    return parquet.documents(parquet.table(path, how.config, how.split), str(path), how.check)


READERS: dict[str, Callable[[Source, Reading], Iterator[Document]]] = {
    "jsonl": _jsonl,
    "conll": _conll,
    "brat": _brat,
    "labelstudio": _labelstudio,
    "parquet": _parquet,
}
"""Every format that holds annotated documents, by name."""


def read(path: Source, how: Reading | None = None, format: str | None = None) -> Iterator[Document]:
    """The documents of a file or folder, in the format that it is told to be or is found to have.

    Raises VigoldError for an unknown format and as the readers do.
    """
    name = format or told(path)
    if name not in READERS:
        raise VigoldError(f"no format {name!r}; there are {', '.join(READERS)}")
    how = how or Reading()
    documents = READERS[name](path, how)
    return _collapsed(documents, path, how) if how.collapse else documents


def _collapsed(documents: Iterable[Document], path: Source, how: Reading) -> Iterator[Document]:
    """The documents with each (start, end, label) once; what else is wrong with them is still an error."""
    left = 0
    for document in documents:
        first: dict[tuple[int, int, str], str] = {}
        kept = tuple(span for span in document.spans if first.setdefault(span.key, span.id) == span.id)
        left += len(document.spans) - len(kept)
        same = {span.id: first[span.key] for span in document.spans}
        relations = dict.fromkeys(
            Relation(one.type, same.get(one.head, one.head), same.get(one.tail, one.tail)) for one in document.relations
        )
        single = msgspec.structs.replace(document, spans=kept, relations=tuple(relations))
        if problem := next(problems(single), None):
            raise VigoldError(f"{path}: {jsonl.tell(single, problem)}")
        yield single
    if left and how.remarks is not None:
        how.remarks.append(f"{path}: {left:,} doubled spans taken once")


def told(path: Source) -> str:
    """The format of a file or folder by its content; `NAME/NAME` where no folder NAME is there is a dataset of the Hub.

    Raises VigoldError for a file that cannot be read and a folder without anything that vigold reads.
    """
    place = Path(path)
    if place.is_dir():
        if next(place.rglob("*.ann"), None) is not None:
            return "brat"
        if next(place.rglob("*.parquet"), None) is not None:
            return "parquet"
        raise VigoldError(f"{path}: a folder without *.ann or *.parquet files")
    if not place.parent.exists() and _HUB_ID.fullmatch(str(path)) and place.suffix not in _ENDINGS:
        return "parquet"
    if place.is_fifo():  # what tells its format would be gone from it
        raise VigoldError(f"{path}: a pipe can be read only once; write it to a file first")
    with open_to_read(path) as file:
        return _by_head(file.read(HEAD))


def _by_head(head: bytes) -> str:
    if head.startswith(b"PAR1"):
        return "parquet"
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith(b"["):
        # A list of tasks; a lone `[1]` or a token `[` is not one.
        return "labelstudio" if start[1:].lstrip()[:1] in (b"{", b"]") else _rest(start)
    return _rest(start)


def _rest(start: bytes) -> str:
    line = start.split(b"\n", 1)[0]
    parts = line.decode("utf-8", "replace").split()
    tagged = len(parts) > 1 and is_tag(parts[-1])
    return "conll" if tagged or line.startswith((b"#", b"-DOCSTART-", b"<s>")) else "jsonl"
