"""The command line: every command reads its options and calls one function of the package.

Results go to standard output, progress and remarks to standard error. Exit status: 0 done, 1 what was checked does
not hold or documents failed, 2 bad input or usage.
"""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from vigold.errors import VigoldError
from vigold.formats.jsonl import MAX_RECORD

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from vigold.document import Document

app = typer.Typer(
    name="vigold",
    help="Gold-standard annotation and evaluation for information extraction from Vietnamese news.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

Output = Annotated[Path, typer.Option("-o", "--output", help="Where to write.")]
Input = Annotated[Path, typer.Argument(help="Documents as JSONL, one a line.")]
SchemeFile = Annotated[Path | None, typer.Option("--scheme", help="A scheme file in place of vigold's own.")]
MaxRecord = Annotated[int, typer.Option("--max-record", help="The longest record that is read, in bytes.")]


@app.command()
def ingest(
    sources: Annotated[list[Path], typer.Argument(help="Text, HTML and JSONL files, or folders of them.")],
    output: Output,
    published: Annotated[str | None, typer.Option(help="Publication day (YYYY-MM-DD) where a page has none.")] = None,
    source: Annotated[str | None, typer.Option(help="Name of the publisher where a page has none.")] = None,
    licence: Annotated[str | None, typer.Option(help="Licence of the texts, such as CC-BY-4.0.")] = None,
    max_record: MaxRecord = MAX_RECORD,
) -> None:
    """Turn raw articles into documents with zones."""
    from vigold import ingestion
    from vigold.formats import jsonl

    def documents() -> Iterator[Document]:
        for item in ingestion.ingest(
            sources, published=published, source=source, licence=licence, max_record=max_record
        ):
            for note in item.notes:
                _remark(f"{item.path}: {note}")
            yield item.document

    _remark(f"{jsonl.write(output, documents())} documents → {output}")


@app.command()
def extract(
    documents: Input,
    output: Output,
    extractor: Annotated[str, typer.Option("-x", "--extractor", help="NAME or NAME:key=value,…")] = "rules",
    max_record: MaxRecord = MAX_RECORD,
) -> None:
    """Run one extractor; writes its predictions and, beside them, a manifest of the run."""
    from vigold.extraction import run

    try:
        with _progress(extractor) as step:
            manifest = run.run(documents, extractor, output, max_record=max_record, progress=step)
    except KeyboardInterrupt:
        _remark("interrupted; the same command goes on where it stopped")
        raise typer.Exit(1) from None
    for failure in manifest.failed:
        _remark(f"failed: {failure}")
    if manifest.resumed:
        _remark(f"went on after {manifest.resumed} documents of an earlier run")
    _remark(f"{manifest.spans} spans in {manifest.documents} documents, {manifest.seconds:.2f} s → {output}")
    if manifest.failed:
        raise typer.Exit(1)


@app.command()
def extractors() -> None:
    """List the extractors, their labels and what each needs."""
    from rich.console import Console
    from rich.table import Table

    from vigold.extraction import entries

    table = Table("name", "labels", "what it is", "needs", box=None, pad_edge=False)
    for name, entry in sorted(entries().items()):
        table.add_row(name, " ".join(entry.labels), entry.summary, entry.needs or "nothing more")
    Console().print(table)


@app.command()
def config(scheme: SchemeFile = None) -> None:
    """Print the Label Studio labelling config of the scheme."""
    from vigold.scheme import load
    from vigold.studio.config import config as labelling_config

    sys.stdout.write(labelling_config(load(scheme)))


@app.command()
def tasks(
    documents: Input,
    output: Output,
    predictions: Annotated[Path | None, typer.Option(help="Predictions to show to the annotators.")] = None,
    annotations: Annotated[bool, typer.Option("--annotations", help="Write the spans as an annotation.")] = False,
    scheme: SchemeFile = None,
    max_record: MaxRecord = MAX_RECORD,
) -> None:
    """Write Label Studio tasks, with predictions or annotations."""
    from vigold.formats import jsonl
    from vigold.scheme import load
    from vigold.studio import tasks as studio

    found = {d.id: d for d in jsonl.read(predictions, max_record=max_record)} if predictions else None
    model = predictions.stem if predictions else ""
    read = jsonl.read(documents, max_record=max_record)
    made = studio.tasks(read, load(scheme), predictions=found, annotations=annotations, model=model)
    _remark(f"{studio.write(output, made)} tasks → {output}")


@app.command()
def gold(
    exports: Annotated[list[Path], typer.Argument(help="Raw JSON exports of Label Studio.")],
    output: Output,
    annotator: Annotated[str | None, typer.Option(help="Take this annotator's work (id or e-mail).")] = None,
    lenient: Annotated[bool, typer.Option("--lenient", help="Drop bad regions and report each.")] = False,
    scheme: SchemeFile = None,
) -> None:
    """Turn raw exports into gold documents."""
    from vigold.formats import jsonl
    from vigold.scheme import load
    from vigold.studio import gold as studio

    rules = load(scheme)
    found = studio.gold(exports, rules, annotator=annotator, lenient=lenient)
    for fault in found.dropped:
        _remark(f"dropped: {fault}")
    doubts = [jsonl.tell(document, doubt) for document in found.documents for doubt in rules.doubts(document)]
    for doubt in doubts:
        _remark(f"look again: {doubt}")
    count = jsonl.write(output, found.documents)
    left = f"{len(found.unannotated)} tasks without a submitted annotation, {len(found.skipped)} skipped"
    _remark(f"{count} gold documents, {len(found.dropped)} regions dropped, {len(doubts)} doubts; {left} → {output}")


@app.command()
def convert(
    documents: Input,
    output: Annotated[Path, typer.Argument(help="Where to write, as JSONL.")],
    normalise: Annotated[bool, typer.Option("--normalise", help="Bring the text into NFC and move the spans.")] = False,
    max_record: MaxRecord = MAX_RECORD,
) -> None:
    """Rewrite documents in the house form: ids for all spans, unknown keys in meta, on demand a normalised text."""
    from vigold.formats import jsonl
    from vigold.formats.normalise import normalised

    read = jsonl.read(documents, max_record=max_record, check=not normalise)
    made = (normalised(document, str(documents)) for document in read) if normalise else read
    _remark(f"{jsonl.write(output, made)} documents → {output}")


@app.command()
def release(
    gold: Input,
    output: Output,
    split: Annotated[str, typer.Option(help="Name of the split.")] = "train",
    scheme: SchemeFile = None,
    max_record: MaxRecord = MAX_RECORD,
) -> None:
    """Write a dataset that `datasets.load_dataset` reads: Parquet, two configurations, a card."""
    from vigold.formats import jsonl
    from vigold.release.dataset import release as write_release
    from vigold.scheme import load

    documents = list(jsonl.read(gold, max_record=max_record))
    write_release(documents, load(scheme), output, split=split)
    _remark(f"{len(documents)} documents → {output} (configurations default and bio, split {split})")


@app.command()
def score(
    gold: Annotated[str, typer.Argument(help="Gold: JSONL, Parquet, CoNLL, a brat folder, an export, or a Hub id.")],
    predictions: Annotated[list[str], typer.Argument(help="[NAME=]PRED of each system, in any of these formats.")],
    json: Annotated[Path | None, typer.Option(help="Write the scores as JSON.")] = None,
    html: Annotated[Path | None, typer.Option(help="Write the report, a page that needs no network.")] = None,
    markdown: Annotated[Path | None, typer.Option(help="Write the tables for a README.")] = None,
    errors: Annotated[Path | None, typer.Option(help="Write every error, one a line, as JSONL.")] = None,
    labels: Annotated[str | None, typer.Option(help="Score these alone, as PER,LOC.")] = None,
    map: Annotated[str | None, typer.Option(help="Rename labels: vlsp, or a file with a table `labels`.")] = None,
    layer: Annotated[Literal["all", "outermost", "innermost"], typer.Option(help="Of nested spans.")] = "all",
    by: Annotated[
        list[str] | None, typer.Option(help="Parts: zone, length, depth, series, year, a field, all.")
    ] = None,
    cluster: Annotated[str | None, typer.Option(help="Resample values of this field, not documents.")] = None,
    train: Annotated[str | None, typer.Option(help="Training data, to tell seen names from unseen ones.")] = None,
    bio: Annotated[bool, typer.Option("--bio", help="Also what seqeval says of the flattened spans.")] = False,
    resamples: Annotated[int, typer.Option(min=0, help="Bootstrap resamples and shuffles; 0 for none.")] = 10_000,
    seed: Annotated[int, typer.Option(min=0, help="Of the resamples.")] = 12345,
    missing: Annotated[Literal["error", "empty"], typer.Option(help="A document without prediction.")] = "error",
    unknown: Annotated[Literal["error", "drop"], typer.Option(help="A prediction without gold.")] = "error",
    duplicates: Annotated[Literal["error", "collapse"], typer.Option(help="A span that stands twice.")] = "error",
    scheme: Annotated[Path | None, typer.Option(help="Insist on the labels of this scheme.")] = None,
    decoding: Annotated[str, typer.Option(help="Of CoNLL: lenient, or strict:IOB2, IOB1, IOBES, BILOU.")] = "lenient",
    config: Annotated[str | None, typer.Option(help="Configuration of a dataset.")] = None,
    split: Annotated[str | None, typer.Option(help="Split of a dataset.")] = None,
    max_record: MaxRecord = MAX_RECORD,
) -> None:
    """Score predictions against gold: every schema, label and value, with intervals and comparisons."""
    from rich.console import Console

    from vigold.formats.registry import Reading
    from vigold.scoring import files
    from vigold.scoring.report import page
    from vigold.scoring.table import as_table

    how = Reading(max_record, decoding, None, config, split, duplicates == "collapse")
    options: dict[str, object] = {"missing": missing, "unknown": unknown, "map": map, "layer": layer}
    options |= {"cluster": cluster, "bio": bio, "resamples": resamples, "seed": seed}
    options["labels"] = labels.split(",") if labels else None
    # The report shows every slice, so it has them computed.
    options["by"] = [name for names in by or (["all"] if html else []) for name in names.split(",")]
    result, work = files.scored(gold, predictions, scheme=scheme, train=train, how=how, **options)
    if json is not None:
        files.write(json, result)
    if html is not None:
        page.write(html, result, work)
    if markdown is not None:
        files.write_markdown(markdown, result)
    if errors is not None:
        _remark(f"{files.write_errors(errors, work)} errors → {errors}")
    Console().print(as_table(result))


@app.command()
def demo(
    output: Annotated[Path, typer.Option("-o", "--output", help="A folder for everything.")] = Path("vigold-demo"),
) -> None:
    """Run all of it on the bundled sample: articles, tasks, gold, dataset, scores."""
    from rich.console import Console

    from vigold import demo as walk
    from vigold.scoring.table import as_table

    console = Console()
    for stage in walk.run(output):
        console.print(f"[bold]{stage.name:<13}[/bold]{stage.done}", highlight=False, soft_wrap=True)
    console.print()
    console.print(as_table(walk.result(output), brief=True))


@contextmanager
def _progress(name: str) -> Iterator[Callable[[], None]]:
    """A line on standard error with the documents that are done and how many a second; none where it is no terminal."""
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    rate = TextColumn("{task.completed:.0f} documents, {task.fields[rate]:.0f} a second")
    columns = (SpinnerColumn(), TextColumn("{task.description}"), rate, TimeElapsedColumn())
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task(name, total=None, rate=0)
        current = bar.tasks[0]
        yield lambda: bar.update(task, advance=1, rate=(current.completed + 1) / max(current.elapsed or 0, 0.1))


def _remark(text: str) -> None:
    sys.stderr.write(f"vigold: {text}\n")


def main() -> None:
    """The `vigold` command."""
    try:
        app()
    except VigoldError as error:
        for line in str(error).splitlines():
            _remark(f"error: {line}")
        sys.exit(2)
    except BrokenPipeError:
        # The reader of our output has gone; stop without a word, and keep Python from flushing into the pipe.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
