"""The command that rewrites annotated documents: from other formats, with a normalised text, on a corrected text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from vigold.cli_options import MaxRecord, SchemeFile, remark
from vigold.errors import VigoldError
from vigold.files import apart
from vigold.formats.jsonl import MAX_RECORD

if TYPE_CHECKING:
    from vigold.document import Document

Format = Literal["jsonl", "conll", "brat", "labelstudio", "parquet"]
Written = Literal["jsonl", "conll", "brat", "parquet"]


def convert(
    documents: Annotated[str, typer.Argument(help="JSONL, Parquet, CoNLL, a brat folder, an export, or a Hub id.")],
    output: Annotated[Path, typer.Argument(help="Where to write.")],
    format: Annotated[
        Format | None, typer.Option("--from", help="The format, where its content does not tell.")
    ] = None,
    to: Annotated[
        Written | None, typer.Option("--to", help="The format to write, where the ending does not tell; else JSONL.")
    ] = None,
    normalise: Annotated[bool, typer.Option("--normalise", help="Bring the text into NFC and move the spans.")] = False,
    retext: Annotated[Path | None, typer.Option(help="Corrected documents (JSONL) to whose texts to move.")] = None,
    scheme: SchemeFile = None,
    max_record: MaxRecord = MAX_RECORD,
) -> None:
    """Rewrite documents in the house form (ids for all spans, unknown keys in meta), another format, another text."""
    from vigold.formats import jsonl, registry, writers
    from vigold.formats.normalise import normalised
    from vigold.scheme import load

    apart(output, retext)
    notes: list[str] = []
    how = registry.Reading(max_record, scheme=load(scheme), raw=normalise, remarks=notes)
    read: Iterable[Document] = registry.read(documents, how, format)
    if normalise:
        read = (normalised(document, documents) for document in read)
    lost: list[str] = []
    if retext is not None:
        new = {document.id: document for document in jsonl.read(retext, max_record=max_record)}
        read = _moved(read, new, retext, lost)
    count = writers.write(output, read, to, notes)
    for line in (*notes, *(f"not moved: {line}" for line in lost)):
        remark(line)
    remark(f"{count} documents → {output}" + (f"; {len(lost)} spans and relations could not be moved" if lost else ""))
    if lost:
        raise typer.Exit(1)


def _moved(documents: Iterable[Document], new: dict[str, Document], place: Path, lost: list[str]) -> Iterator[Document]:
    from vigold.formats.retext import retexted

    for document in documents:
        if document.id not in new:
            raise VigoldError(f"{place}: document {document.id} is not in it")
        made = retexted(document, new[document.id])
        lost += [f"document {document.id}: {line}" for line in made.lost]
        yield made.document
