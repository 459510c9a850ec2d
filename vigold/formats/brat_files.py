"""Documents as a brat folder: `NAME.txt` and `NAME.ann`, with what of them brat can hold."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

from vigold.document import Document, Span
from vigold.errors import VigoldError, shown
from vigold.files import Source, writing_folder
from vigold.formats.wording import on_one_line

_WORD = re.compile(r"\S+")
_OWN_ID = re.compile(r"T\d+")


def write(folder: Source, documents: Iterable[Document]) -> int:
    """Write the documents as a new folder and return how many there were; it appears only when all are written.

    Spans get ids as brat has them (`T1`) unless they have such. Raises VigoldError for a folder that is not empty, an
    id that is no file name, and for what cannot stand in a line of brat.
    """
    if Path(folder).exists() and (not Path(folder).is_dir() or any(Path(folder).iterdir())):
        raise VigoldError(f"{folder}: is there already; name a new folder")
    count = 0
    with writing_folder(folder) as root:
        for document in documents:
            place = f"{folder}: document {on_one_line(document.id)}"
            stem = _stem(root, document, place)
            stem.parent.mkdir(parents=True, exist_ok=True)
            if document.text is not None:
                _named(stem, ".txt").write_text(document.text, "utf-8", newline="")
            lines = "".join(f"{line}\n" for line in _lines(document, place))
            _named(stem, ".ann").write_text(lines, "utf-8", newline="")
            count += 1
    return count


def _stem(root: Path, document: Document, place: str) -> Path:
    """Where the files of a document go, but for their endings."""
    path = PurePosixPath(document.id)
    plain = path.as_posix() == document.id and not path.is_absolute() and ".." not in path.parts and path.name
    if not plain or "\0" in document.id or any(len(part.encode()) > 250 for part in path.parts):
        raise VigoldError(f"{place}: its id is no name of a file, which brat needs")
    if _named(root / path, ".ann").exists():
        raise VigoldError(f"{place} stands twice")
    return root / path


def _named(stem: Path, ending: str) -> Path:
    return stem.with_name(stem.name + ending)


def _lines(document: Document, place: str) -> Iterator[str]:
    ids = {span.id: f"T{number}" for number, span in enumerate(document.spans, 1)}
    if all(_OWN_ID.fullmatch(span.id) for span in document.spans):
        ids = {span.id: span.id for span in document.spans}
    for span in document.spans:
        words = " ".join(document.surface(span).split("\n")).replace("\r", " ")
        yield f"{ids[span.id]}\t{_word(place, span, span.label)} {span.start} {span.end}\t{words}".rstrip("\t")
    attributes = ((span, name, value) for span in document.spans for name, value in span.attrs.items())
    for number, (span, name, value) in enumerate(attributes, 1):
        if "\n" in value or "\r" in value:
            raise VigoldError(
                f"{place}: span {on_one_line(span.id)}: {name} holds a line break, which brat cannot: {shown(value)}"
            )
        yield f"A{number}\t{_word(place, span, name)} {ids[span.id]}" + ("" if value == "true" else f" {value}")
    spans = {span.id: span for span in document.spans}
    for number, one in enumerate(document.relations, 1):
        kind = _word(place, spans[one.head], one.type)
        yield f"R{number}\t{kind} Arg1:{ids[one.head]} Arg2:{ids[one.tail]}"


def _word(place: str, span: Span, name: str) -> str:
    if not _WORD.fullmatch(name):
        raise VigoldError(f"{place}: span {on_one_line(span.id)}: {shown(name)} has a blank, which no name of brat has")
    return name
