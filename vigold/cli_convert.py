"""The command that rewrites annotated documents: from other formats, with a normalised text, on a corrected text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from vigold.cli_options import From, MaxRecord, SchemeFile, remark
from vigold.errors import VigoldError
from vigold.files import apart
from vigold.formats.jsonl import MAX_RECORD
from vigold.formats.wording import counted

if TYPE_CHECKING:
    from vigold.document import Document

WRITTEN = ("jsonl", "parquet", "conll", "brat", "hf-tokens", "gliner", "spacy")
"""What `--to` takes; told in the help alone, so that the writers can say which command makes another format."""


def convert(
    documents: Annotated[str, typer.Argument(help="A file or folder of any of the formats, or a Hub id.")],
    output: Annotated[Path, typer.Argument(help="Where to write.")],
    format: From = None,
    to: Annotated[
        str | None,
        typer.Option(
            "--to", metavar=f"[{'|'.join(WRITTEN)}]", help="The format to write, where the ending does not; else JSONL."
        ),
    ] = None,
    normalise: Annotated[bool, typer.Option("--normalise", help="Bring the text into NFC and move the spans.")] = False,
    retext: Annotated[Path | None, typer.Option(help="Corrected documents (JSONL) to whose texts to move.")] = None,
    map: Annotated[str | None, typer.Option(help="Rename labels: to-vlsp2021, phoner, …, or a file.")] = None,
    names: Annotated[str | None, typer.Option(help="Names of tags that are codes, as O,B-PER,I-PER.")] = None,
    decoding: Annotated[str, typer.Option(help="Of tags: lenient, or strict:IOB2, IOB1, IOBES, BILOU.")] = "lenient",
    config: Annotated[str | None, typer.Option(help="Configuration of a dataset.")] = None,
    split: Annotated[str | None, typer.Option(help="Split of a dataset.")] = None,
    scheme: SchemeFile = None,
    max_record: MaxRecord = MAX_RECORD,
) -> None:
    """Rewrite documents in the house form (ids for all spans, unknown keys in meta), another format, another text."""
    from vigold.formats import jsonl, registry, writers
    from vigold.formats.normalise import normalised
    from vigold.scheme import load

    apart(output, documents, retext)
    notes: list[str] = []
    tags = names.split(",") if names is not None else None
    how = registry.Reading(max_record, decoding, load(scheme), config, split, raw=normalise, remarks=notes, names=tags)
    read: Iterable[Document] = registry.noted(documents, how, format)
    if normalise:
        read = (normalised(document, documents) for document in read)
    lost: list[str] = []
    if retext is not None:
        new = {document.id: document for document in jsonl.read(retext, max_record=max_record)}
        read = _moved(read, new, retext, lost)
    if map is not None:
        read = _renamed(read, map, documents, notes)
    count = writers.write(output, read, to, notes)
    for line in (*notes, *(f"not moved: {line}" for line in lost)):
        remark(line)
    remark(
        f"{counted(count, 'document')} → {output}"
        + (f"; {len(lost)} spans and relations could not be moved" if lost else "")
    )
    if lost:
        raise typer.Exit(1)


def _renamed(documents: Iterable[Document], name: str, place: str, notes: list[str]) -> Iterator[Document]:
    from vigold.formats.relabel import relabelled
    from vigold.scoring.views import load_map

    names, left = load_map(name), Counter[str]()
    for document in documents:
        yield relabelled(document, names, left)
    if left:
        told = ", ".join(f"{count:,} {what}" for what, count in left.most_common())
        notes.append(f"{place}: the map {name} does not name them, left out: {told}")


def _moved(documents: Iterable[Document], new: dict[str, Document], place: Path, lost: list[str]) -> Iterator[Document]:
    from vigold.formats.retext import retexted

    for document in documents:
        if document.id not in new:
            raise VigoldError(f"{place}: document {document.id} is not in it")
        made = retexted(document, new[document.id])
        lost += [f"document {document.id}: {line}" for line in made.lost]
        yield made.document
