"""The command that writes tasks for Label Studio."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from vigold.cli_options import Input, MaxRecord, Output, SchemeFile, naming, remark
from vigold.errors import VigoldError
from vigold.files import apart
from vigold.formats.jsonl import MAX_RECORD

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from vigold.document import Document


class Order(StrEnum):
    """In which order tasks are written, and so annotated."""

    INPUT = "input"
    DISAGREEMENT = "disagreement"


def tasks(
    documents: Input,
    output: Output,
    predictions: Annotated[
        list[Path] | None,
        typer.Option(help="Predictions to show to the annotators; with --order several, of which the first is shown."),
    ] = None,
    annotations: Annotated[bool, typer.Option("--annotations", help="Write the spans as an annotation.")] = False,
    order: Annotated[
        Order, typer.Option(help="`disagreement`: first the documents on which the predictions differ most.")
    ] = Order.INPUT,
    scheme: SchemeFile = None,
    max_record: MaxRecord = MAX_RECORD,
) -> None:
    """Write Label Studio tasks, with predictions or annotations."""
    from vigold.formats import jsonl
    from vigold.formats.wording import counted
    from vigold.scheme import load
    from vigold.studio import tasks as studio

    apart(output, documents, *predictions or [])
    systems = _systems(predictions or [], max_record)
    if len(systems) > 1 and order is Order.INPUT:
        raise VigoldError("only one file of predictions is shown; give one, or --order disagreement to compare several")
    read: Iterable[Document] = jsonl.read(documents, max_record=max_record)
    if order is Order.DISAGREEMENT:
        read = _placed(list(read), systems)
    with naming(documents, *predictions or []):
        model, found = next(iter(systems.items()), ("", None))
        made = studio.tasks(
            read, load(scheme), predictions=found, annotations=annotations, model=model, place=_shown(predictions)
        )
        count = studio.write(output, made)
    remark(f"{counted(count, 'task')} → {output}")


def _systems(paths: Sequence[Path], max_record: int) -> dict[str, dict[str, Document]]:
    """The predictions of each file by document, under the stem of its name."""
    from vigold.formats import jsonl

    found: dict[str, dict[str, Document]] = {}
    for path in paths:
        if path.stem in found:
            raise VigoldError(f"{path}: two files of predictions are called {path.stem!r}; rename one")
        found[path.stem] = {document.id: document for document in jsonl.read(path, max_record=max_record)}
    return found


def _shown(paths: Sequence[Path] | None) -> str:
    return str(paths[0]) if paths else "predictions"


def _placed(documents: list[Document], systems: dict[str, dict[str, Document]]) -> list[Document]:
    from vigold.studio import order

    placed = order.by_disagreement(documents, systems)
    if placed:
        shares = f"from {100 * placed[0].share:.0f} % to {100 * placed[-1].share:.0f} %"
        remark(f"in the order in which {', '.join(systems)} differ, {shares}")
    return [one.document for one in placed]
