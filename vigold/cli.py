"""The command line: every command reads its options and calls one function of the package.

Results go to standard output, progress and remarks to standard error. Exit status: 0 done, 1 what was checked does
not hold or documents failed, 2 bad input or usage.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from vigold import cli_studio, cli_usage
from vigold.cli_convert import convert
from vigold.cli_options import From, MaxRecord, Output, SchemeFile, console, version
from vigold.cli_options import remark as _remark
from vigold.cli_progress import rate
from vigold.cli_publish import publish, rehydrate
from vigold.cli_release import release, split
from vigold.cli_review import adjudicate, agree, lint
from vigold.cli_score import score
from vigold.cli_tasks import tasks
from vigold.cli_train import train
from vigold.errors import VigoldError
from vigold.files import apart
from vigold.formats.jsonl import MAX_RECORD
from vigold.formats.wording import counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vigold.document import Document

app = typer.Typer(
    name="vigold",
    help="Gold-standard annotation and evaluation for information extraction from Vietnamese news.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

app.callback()(version)
app.add_typer(cli_studio.app, name="studio")


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

    undated = 0

    def documents() -> Iterator[Document]:
        nonlocal undated
        for item in ingestion.ingest(
            sources, published=published, source=source, licence=licence, max_record=max_record
        ):
            for note in item.notes:
                _remark(f"{item.path}: {note}")
            undated += item.document.published is None
            yield item.document

    _remark(f"{counted(jsonl.write(output, documents()), 'document')} → {output}")
    if undated:
        lost = "dates that leave something out cannot be resolved there"
        _remark(f"{counted(undated, 'document')} without a day of publication; --published gives one: {lost}")


@app.command()
def extract(
    documents: Annotated[Path, typer.Argument(help="Documents: JSONL, Parquet, CoNLL, a brat folder, an export.")],
    output: Output,
    extractor: Annotated[str, typer.Option("-x", "--extractor", help="NAME or NAME:key=value,…")] = "rules",
    format: From = None,
    config: Annotated[str | None, typer.Option(help="Configuration of a dataset.")] = None,
    split: Annotated[str | None, typer.Option(help="Split of a dataset.")] = None,
    max_record: MaxRecord = MAX_RECORD,
) -> None:
    """Run one extractor; writes its predictions and, beside them, a manifest of the run."""
    from vigold.extraction import run

    apart(output, documents)
    notes: list[str] = []
    try:
        with rate(extractor) as step:
            part = {"format": format, "config": config, "split": split}
            manifest = run.run(
                documents, extractor, output, **part, max_record=max_record, progress=step, remarks=notes
            )
    except KeyboardInterrupt:
        _remark("interrupted; the same command goes on where it stopped")
        raise typer.Exit(1) from None
    for note in notes:
        _remark(note)
    for failure in manifest.failed:
        _remark(f"failed: {failure}")
    if manifest.in_vain:
        _remark(f"no document was done; {output} is not written")
        raise typer.Exit(1)
    if manifest.resumed:
        _remark(f"went on after {counted(manifest.resumed, 'document')} of an earlier run")
    spans = counted(manifest.spans, "span")
    _remark(f"{spans} in {counted(manifest.documents, 'document')}, {manifest.seconds:.2f} s → {output}")
    if manifest.failed:
        raise typer.Exit(1)


@app.command()
def extractors() -> None:
    """List the extractors, their labels and what each needs."""
    from vigold.extraction import entries

    found = sorted(entries().items())
    width = max(len(name) for name, _ in found)
    for name, entry in found:
        needs = [f"needs {entry.needs}"] if entry.needs else []
        lines = filter(None, (" ".join(entry.labels), entry.summary, *needs))
        for first, line in zip((name, "", ""), lines, strict=False):
            typer.echo(f"{first:<{width}}  {line}")


@app.command()
def config(scheme: SchemeFile = None) -> None:
    """Print the Label Studio labelling config of the scheme."""
    from vigold.scheme import load
    from vigold.studio.config import config as labelling_config

    sys.stdout.write(labelling_config(load(scheme)))


@app.command()
def guidelines() -> None:
    """Print the annotators' guidelines, in Vietnamese; `studio` shows them as the instructions of a project."""
    from vigold.studio import guidelines as annotators

    sys.stdout.write(annotators.text())


@app.command()
def gold(
    exports: Annotated[list[Path], typer.Argument(help="Raw JSON exports of Label Studio.")],
    output: Output,
    annotator: Annotated[str | None, typer.Option(help="Take this annotator's work (id or e-mail).")] = None,
    lenient: Annotated[bool, typer.Option("--lenient", help="Drop bad regions and report each.")] = False,
    single: Annotated[bool, typer.Option("--single", help="Take what a third pass has from one person alone.")] = False,
    scheme: SchemeFile = None,
) -> None:
    """Turn raw exports into gold documents; exit 1 when some are not decided."""
    from vigold.formats import jsonl
    from vigold.formats.wording import listed
    from vigold.review.adjudication import settled
    from vigold.scheme import load
    from vigold.studio import gold as studio

    apart(output, *exports)
    rules = load(scheme)
    found = studio.gold(exports, rules, annotator=annotator, lenient=lenient, single=single)
    for fault in found.dropped:
        _remark(f"dropped: {fault}")
    doubts = [jsonl.tell(document, doubt) for document in found.documents for doubt in rules.doubts(document)]
    for doubt in doubts:
        _remark(f"look again: {doubt}")
    kept, disputed = settled(found.documents)
    for dispute in disputed:
        _remark(f"still disputed: {dispute}")
    for waiting in found.undecided:
        _remark(f"not decided: {waiting}")
    if found.overruled:
        times = counted(len(found.overruled), "task")
        _remark(f"a ground truth counts over another annotation that differs in {times}: {listed(found.overruled)}")
    left = f"{counted(len(found.unannotated), 'task')} without a submitted annotation, {len(found.skipped)} skipped"
    if not found.documents:
        raise VigoldError(
            f"no gold document in {', '.join(map(str, exports))}: {left}, {len(found.undecided)} not decided"
        )
    count = jsonl.write(output, kept)
    sums = ((count, "gold document"), (len(found.dropped), "region dropped", "regions dropped"), (len(doubts), "doubt"))
    _remark(f"{', '.join(counted(*one) for one in sums)}; {left} → {output}")
    if left_out := len(found.documents) - count + len(found.undecided):
        _remark(f"{counted(left_out, 'document')} left out until somebody decides")
        raise typer.Exit(1)


@app.command()
def demo(
    output: Annotated[Path, typer.Option("-o", "--output", help="A folder for everything.")] = Path("vigold-demo"),
) -> None:
    """Run all of it on the bundled sample: articles, tasks, gold, dataset, scores."""
    from rich.markup import escape

    from vigold import demo as walk
    from vigold.scoring.table import as_table

    screen = console()
    for stage in walk.run(output):
        screen.print(f"[bold]{stage.name:<13}[/bold]{escape(stage.done)}", highlight=False, soft_wrap=True)
    screen.print()
    screen.print(as_table(walk.result(output), screen.width, brief=True), crop=False)


for _command in (tasks, convert, train, split, release, score, agree, adjudicate, lint, rehydrate, publish):
    app.command()(_command)


def main() -> None:
    """The `vigold` command."""
    for stream in (sys.stdout, sys.stderr):
        # A pipe or terminal that has no UTF-8 shows ? for what it cannot; nothing breaks off.
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    try:
        sys.exit(cli_usage.run(app))
    except VigoldError as error:
        for line in str(error).split("\n"):
            _remark(f"error: {line}")
        sys.exit(2)
    except OSError as error:
        if not isinstance(error, BrokenPipeError):
            place = f"{error.filename}: " if error.filename else ""
            _remark(f"error: {place}cannot write the results: {error.strerror}")
            sys.exit(2)
        # The reader of our output has gone; stop without a word, and keep Python from flushing into the pipe.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
