"""The command that scores."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from vigold.cli_options import From, MaxRecord, console, remark
from vigold.errors import VigoldError
from vigold.files import Source, apart, writable
from vigold.formats.jsonl import MAX_RECORD


def score(
    gold: Annotated[str, typer.Argument(help="Gold: a file or folder of any format that convert reads, or a Hub id.")],
    predictions: Annotated[
        list[str] | None, typer.Argument(help="[NAME=]PRED of each system, in any of these formats.")
    ] = None,
    json: Annotated[Path | None, typer.Option(help="Write the scores as JSON.")] = None,
    html: Annotated[Path | None, typer.Option(help="Write the report, a page that needs no network.")] = None,
    markdown: Annotated[Path | None, typer.Option(help="Write the tables for a README.")] = None,
    errors: Annotated[Path | None, typer.Option(help="Write every error, one a line, as JSONL.")] = None,
    labels: Annotated[str | None, typer.Option(help="Score these alone, as PER,LOC.")] = None,
    map: Annotated[
        str | None, typer.Option(help="Rename labels: vlsp, phoner, …, or a file with a table `labels`.")
    ] = None,
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
    format: From = None,
    decoding: Annotated[str, typer.Option(help="Of CoNLL: lenient, or strict:IOB2, IOB1, IOBES, BILOU.")] = "lenient",
    config: Annotated[str | None, typer.Option(help="Configuration of a dataset.")] = None,
    split: Annotated[str | None, typer.Option(help="Split of a dataset.")] = None,
    max_record: MaxRecord = MAX_RECORD,
) -> None:
    """Score predictions against gold: every schema, label and value, with intervals and comparisons."""
    from vigold.formats.corpora import CORPORA
    from vigold.formats.registry import Reading
    from vigold.scoring import files
    from vigold.scoring.report import page
    from vigold.scoring.table import as_table

    predictions = predictions or _within(gold, format)
    made = {"--json": json, "--html": html, "--markdown": markdown, "--errors": errors}
    read = (gold, *files.paths(predictions).values(), train, map, scheme)
    _outputs({option: path for option, path in made.items() if path is not None}, *read)
    corpus, plain = (format, None) if format in CORPORA else (None, format)
    how = Reading(max_record, decoding, None, config, split, duplicates == "collapse", corpus=corpus, format=plain)
    options: dict[str, object] = {"missing": missing, "unknown": unknown, "map": map, "layer": layer}
    options |= {"cluster": cluster, "bio": bio, "resamples": resamples, "seed": seed}
    options["labels"] = None if labels is None else _listed("--labels", labels)
    # The report shows every slice, so it has them computed.
    options["by"] = [name for names in by or (["all"] if html else []) for name in _listed("--by", names)]
    result, work = files.scored(gold, predictions, scheme=scheme, train=train, how=how, **options)
    if json is not None:
        files.write(json, result)
    if html is not None:
        page.write(html, result, work)
    if markdown is not None:
        files.write_markdown(markdown, result)
    if errors is not None:
        remark(f"{files.write_errors(errors, work)} errors → {errors}")
    screen = console()
    screen.print(as_table(result, screen.width), crop=False)


def _within(gold: str, format: str | None) -> list[str]:
    """Where the predictions stand when none are named: in the file of gold, if its format has both."""
    from vigold.formats import registry

    if format != "conlleval" or registry.told(gold) != "conll":
        raise VigoldError("no predictions; name a file of each system after gold (conlleval's files hold both)")
    return [gold]


def _outputs(made: dict[str, Path], *read: Source | None) -> None:
    """Raises VigoldError, before any work, for an output that cannot be written or is named or read elsewhere too."""
    seen: dict[Path, str] = {}
    for option, path in made.items():
        place = path.resolve()
        if place in seen:
            raise VigoldError(f"{path}: named for {seen[place]} and for {option}; name a file for each")
        seen[place] = option
        writable(path)
        apart(path, *read)


def _listed(option: str, names: str) -> list[str]:
    """The names between commas; raises VigoldError where there is none."""
    found = [name.strip() for name in names.split(",") if name.strip()]
    if not found:
        raise VigoldError(f"{option}: {names!r} names nothing; leave the option out for all")
    return found
