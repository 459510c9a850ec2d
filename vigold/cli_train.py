"""The command that trains an extractor."""

from __future__ import annotations

import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from vigold.cli_options import From, MaxRecord, Output, SchemeFile, console, remark
from vigold.cli_progress import spinner
from vigold.errors import VigoldError
from vigold.formats.jsonl import MAX_RECORD
from vigold.formats.wording import counted

if TYPE_CHECKING:
    from collections.abc import Callable

    from vigold.document import Document
    from vigold.extraction.crf import Model
    from vigold.scoring.result import Result


def train(
    gold: Annotated[list[str], typer.Argument(help="JSONL, Parquet, CoNLL, brat folders, exports, or Hub ids.")],
    output: Output,
    extractor: Annotated[str, typer.Option("-x", "--extractor", help="NAME or NAME:key=value,…")] = "crf",
    folds: Annotated[int, typer.Option(min=0, help="Also cross-validate in so many parts; 0 for none.")] = 0,
    seed: Annotated[int, typer.Option(min=0, help="Of the parts and of the intervals.")] = 12345,
    resamples: Annotated[int, typer.Option(min=0, help="Bootstrap resamples of the folds; 0 for none.")] = 10_000,
    format: From = None,
    decoding: Annotated[str, typer.Option(help="Of CoNLL: lenient, or strict:IOB2, IOB1, IOBES, BILOU.")] = "lenient",
    config: Annotated[str | None, typer.Option(help="Configuration of a dataset.")] = None,
    split: Annotated[str | None, typer.Option(help="Split of a dataset.")] = None,
    scheme: SchemeFile = None,
    max_record: MaxRecord = MAX_RECORD,
) -> None:
    """Train an extractor on documents with gold spans; writes a model, a folder that `extract` takes."""
    from vigold.extraction.crf.model import refuse_strange
    from vigold.extraction.registry import parse, trainer
    from vigold.formats import registry
    from vigold.scheme import load

    refuse_strange(output)
    name, options = parse(extractor)
    fit = trainer(name)
    notes: list[str] = []
    how = registry.Reading(max_record, decoding, load(scheme), config, split, remarks=notes)
    documents: list[Document] = []
    for path in gold:
        for document in registry.noted(path, how, format):
            if document.text is None:
                raise VigoldError(f"{path}: document {document.id} has no text; training needs one")
            documents.append(document)
    for note in notes:
        remark(note)
    result = _cross_validated(documents, partial(fit, **options), name, folds, seed, resamples) if folds else None
    begin = time.perf_counter()
    with spinner(f"training on {len(documents):,} documents") as turn:
        turn()
        model: Model = fit(documents, **options)
    seconds = time.perf_counter() - begin
    for why, count in model.manifest.training.lost.items():
        remark(f"{count} of {model.manifest.training.spans:,} spans left out: {why}")
    strange = {span.label for document in documents for span in document.spans}.difference(model.labels)
    for label in sorted(strange):
        remark(f"label {label}: none of its spans could be learnt")
    model.save(output)
    typer.echo(_told(model, seconds, output))
    if result is not None:
        from vigold.scoring.table import as_table

        screen = console()
        screen.print(as_table(result, screen.width, brief=True), crop=False)


def _cross_validated(
    documents: list[Document], fit: Callable[..., Model], name: str, folds: int, seed: int, resamples: int
) -> Result:
    from vigold.folds import cross_validated

    with spinner(f"cross-validation in {folds} folds") as turn:
        turn()
        return cross_validated(documents, fit, name, folds=folds, seed=seed, resamples=resamples)


def _told(model: Model, seconds: float, output: Path) -> str:
    """What was trained on what, on one line."""
    facts = model.manifest.training
    counts = {"document": facts.documents, "sentence": facts.sentences, "token": facts.tokens}
    counts |= {"span": facts.spans - sum(facts.lost.values()), "label": len(model.manifest.labels)}
    counts |= {"layer": model.manifest.layers}
    told = ", ".join(counted(count, what) for what, count in counts.items())
    ruled = [label for label in model.labels if label not in model.manifest.labels]
    told += f", by rules {' and '.join(ruled)}" if ruled else ""
    return f"{told}, {seconds:.1f} s, {model.size / 1e6:.2f} MB → {output}"
