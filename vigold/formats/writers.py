"""Documents into a file of any format that vigold writes, chosen by name or by the ending of the path."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import msgspec

from vigold.document import Document, Span, problems
from vigold.errors import VigoldError, shown
from vigold.files import Source, writing
from vigold.formats import brat_files, gliner, hf_tokens, jsonl, spacy_docs
from vigold.formats.conll_lines import lines
from vigold.formats.flat import flat, text_of
from vigold.formats.given import validated
from vigold.formats.loss import RELATIONS, Loss
from vigold.formats.wording import on_one_line

SUFFIXES = {
    ".parquet": "parquet",
    ".conll": "conll",
    ".iob": "conll",
    ".iob2": "conll",
    ".bio": "conll",
    ".spacy": "spacy",
}
"""The format of a path by its ending; any other ending, or none, is JSONL."""

_BLANK = re.compile(r"\s")
_FIELDS = ("published", "title", "source", "url", "licence", "zones", "meta")
_FLAT = (*_FIELDS, "relations")
_LOST = {"brat": _FIELDS, "conll": _FLAT, "hf-tokens": _FLAT, "gliner": _FLAT, "spacy": _FLAT}


def write(
    path: Source, documents: Iterable[Document], format: str | None = None, remarks: list[str] | None = None
) -> int:
    """Write the documents in this format, by default that of the ending, and return how many there were.

    The file appears only when all are written. What the format does not hold is told in `remarks`. Raises VigoldError
    for a format that is not written, for a broken invariant, and for what the format cannot hold at all.
    """
    name = format or SUFFIXES.get(Path(path).suffix.lower(), "jsonl")
    if name not in WRITERS:
        hint = "; `vigold tasks --annotations` makes tasks of Label Studio" if name == "labelstudio" else ""
        raise VigoldError(f"no documents are written as {name!r}; there are {', '.join(WRITERS)}{hint}")
    loss = Loss()
    count = WRITERS[name](path, _watched(path, documents, name, loss), loss)
    if (left := loss.told()) and remarks is not None:
        remarks.append(f"{path}: {name} cannot hold all there is; left out: {left}")
    return count


def _watched(path: Source, documents: Iterable[Document], name: str, loss: Loss) -> Iterator[Document]:
    for document in documents:
        try:
            problem = next(problems(document), None)
        except (TypeError, AttributeError):
            validated(document, str(path))
            raise
        if problem:
            raise VigoldError(f"{path}: {jsonl.tell(document, problem)}")
        for field in _LOST.get(name, ()):
            if field == RELATIONS:
                loss.note(RELATIONS, number=len(document.relations))
            elif getattr(document, field):
                loss.field(field)
        yield document


def _jsonl(path: Source, documents: Iterable[Document], loss: Loss) -> int:
    return jsonl.write(path, documents)


def _brat(path: Source, documents: Iterable[Document], loss: Loss) -> int:
    return brat_files.write(path, documents)


def _conll(path: Source, documents: Iterable[Document], loss: Loss) -> int:
    """Tokens and tags of the outermost spans, a blank line after each sentence."""
    count = 0
    with writing(path) as file:
        for document in documents:
            file.write(_blocks(document, loss, f"{path}: document {on_one_line(document.id)}").encode() + b"\n")
            count += 1
    return count


def _blocks(document: Document, loss: Loss, place: str) -> str:
    text = text_of(document, place, "CoNLL")
    if document.id != document.id.strip():
        raise VigoldError(f"{place}: its id begins or ends with a blank, which CoNLL cannot hold")
    for label in {span.label for span in document.spans}:
        if _BLANK.search(label):
            raise VigoldError(f"{place}: the label {shown(label)} has a blank, which CoNLL cannot hold")
    found = flat(document, text, loss)
    return lines(document.id, found.words, found.tags, found.first)


def _parquet(path: Source, documents: Iterable[Document], loss: Loss) -> int:
    """A row a document, its columns the keys of the records; attributes are a struct of all that any span has."""
    import pyarrow
    import pyarrow.parquet

    listed = list(documents)
    names = sorted({name for document in listed for span in document.spans for name in span.attrs})
    schema = _schema(names)
    rows = [_row(document, names) for document in listed]
    try:
        table = pyarrow.Table.from_pylist(rows, schema)
    except (pyarrow.ArrowException, OverflowError) as error:
        raise VigoldError(f"{path}: cannot be written as Parquet: {error}") from None
    with writing(path) as file:
        pyarrow.parquet.write_table(table, file)
    return len(listed)


def _schema(names: list[str]) -> object:
    import pyarrow as pa

    place = {"start": pa.int64(), "end": pa.int64()}
    span = {"id": pa.string(), **place, "label": pa.string(), "score": pa.float64()}
    if names:  # Parquet has no struct without fields.
        span["attrs"] = pa.struct(dict.fromkeys(names, pa.string()))
    relation = dict.fromkeys(("type", "head", "tail"), pa.string())
    lists = {"zones": {"kind": pa.string(), **place}, "spans": span, "relations": relation}
    plain = dict.fromkeys(("id", "text", "published", "title", "source", "url", "licence"), pa.string())
    kept = {name: pa.list_(pa.struct(fields)) for name, fields in lists.items()}
    return pa.schema({**plain, **kept, "meta": pa.string()})


def _row(document: Document, names: list[str]) -> dict[str, object]:
    row: dict[str, object] = msgspec.to_builtins(document)
    row["spans"] = [_span(span, names) for span in document.spans]
    row["meta"] = msgspec.json.encode(document.meta).decode()
    return row


def _span(span: Span, names: list[str]) -> dict[str, object]:
    values = {"attrs": {name: span.attrs.get(name) for name in names}} if names else {}
    place = {"id": span.id, "start": span.start, "end": span.end, "label": span.label}
    return {**place, "score": span.score, **values}


Writer = Callable[[Source, Iterable[Document], Loss], int]
WRITERS: dict[str, Writer] = {
    "jsonl": _jsonl,
    "parquet": _parquet,
    "conll": _conll,
    "brat": _brat,
    "hf-tokens": hf_tokens.write,
    "gliner": gliner.write,
    "spacy": spacy_docs.write,
}
"""Every format that documents are written in; a writer notes what it leaves out or changes."""
