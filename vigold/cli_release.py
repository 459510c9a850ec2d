"""The commands that make a dataset of gold: split, release."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from vigold.cli_options import Input, MaxRecord, Output, SchemeFile, remark
from vigold.errors import VigoldError
from vigold.files import apart
from vigold.formats.jsonl import MAX_RECORD

if TYPE_CHECKING:
    from vigold.document import Document
    from vigold.release.standoff import Written

_GENRE = "genre"


@contextmanager
def _naming(gold: Path) -> Iterator[None]:
    """Puts the file before an error that is about a document of it, and not about the output or the splits."""
    try:
        yield
    except VigoldError as error:
        raise VigoldError(f"{gold}: {error}") if str(error).startswith("document ") else error from None


def _noting(documents: Iterable[Document], by: str, strata: set[str]) -> Iterator[Document]:
    """The documents, their values of the key `by` put into `strata`."""
    from vigold.release.splits import stratum

    for document in documents:
        strata.add(stratum(document, by))
        yield document


@contextmanager
def _no_search_for_cycles() -> Iterator[None]:
    """Records hold no cycles, and the search for them takes a fifth of the time of a large release."""
    before = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if before:
            gc.enable()


def split(
    gold: Input,
    output: Output,
    validation: Annotated[float, typer.Option(min=0, max=1, help="Share of the documents for validation.")] = 0.1,
    test: Annotated[float, typer.Option(min=0, max=1, help="Share of the documents for the test.")] = 0.2,
    by: Annotated[
        str, typer.Option(help="A key of documents, or of their meta, whose values are split alike.")
    ] = _GENRE,
    keep: Annotated[Path | None, typer.Option(help="Splits of before, whose documents stay where they are.")] = None,
    version: Annotated[str, typer.Option(help="The version of these splits.")] = "1.0",
    seed: Annotated[int, typer.Option(min=0, help="Decides among articles of one day.")] = 12345,
    scheme: SchemeFile = None,
    max_record: MaxRecord = MAX_RECORD,
) -> None:
    """Freeze train, validation and test in a file: by time and topic, near-duplicates and events together."""
    from vigold.formats import jsonl
    from vigold.formats.wording import counted
    from vigold.release import splits
    from vigold.scheme import load

    apart(output, gold)
    if output.exists() and (keep is None or not output.samefile(keep)):
        raise VigoldError(
            f"{output}: is there already, and splits stay as they are; name a new file, or --keep this one"
        )
    old = splits.read(keep).frozen if keep else None
    shares = {"train": 1 - validation - test, "validation": validation, "test": test}
    strata: set[str] = set()
    with _naming(gold):
        made = splits.make(
            _noting(jsonl.read(gold, max_record=max_record), by, strata),
            load(scheme),
            shares={name: share for name, share in shares.items() if share},
            by=by,
            seed=seed,
            version=version,
            keep=old,
        )
    if strata <= {""}:
        if by != _GENRE:
            raise VigoldError(f"{gold}: --by {by}: no document has that key, in itself or in meta")
        remark(f"no document has a {_GENRE}: they are split by time alone")
    splits.write(output, made)
    told = ", ".join(f"{name} {len(held)}" for name, held in made.splits.items())
    remark(f"{counted(sum(map(len, made.splits.values())), 'document')} → {output} ({told})")


def release(
    gold: Input,
    output: Output,
    split: Annotated[
        str | None, typer.Option(help="The split that all go to, beside those of the folder; else train.")
    ] = None,
    splits: Annotated[Path | None, typer.Option(help="Splits by `vigold split`, in place of --split.")] = None,
    about: Annotated[Path | None, typer.Option(help="TOML with title, version, licence, authors, datasheet.")] = None,
    agreement: Annotated[Path | None, typer.Option(help="What `vigold agree --json` wrote, for the card.")] = None,
    scores: Annotated[Path | None, typer.Option(help="What `vigold score --json` wrote, for the card.")] = None,
    previous: Annotated[Path | None, typer.Option(help="The release before, where it is not in the folder.")] = None,
    standoff: Annotated[
        bool, typer.Option("--standoff", help="Without text, for texts of others; --about makes a CITATION.cff.")
    ] = False,
    scheme: SchemeFile = None,
    max_record: MaxRecord = MAX_RECORD,
) -> None:
    """Write a dataset that `datasets.load_dataset` reads: Parquet, configurations, a card, what changed, checksums."""
    from vigold.formats import jsonl
    from vigold.formats.wording import counted
    from vigold.release import about as facts
    from vigold.release import dataset, evidence
    from vigold.release import splits as frozen
    from vigold.release.card import Evidence
    from vigold.release.standoff import standoff as write
    from vigold.scheme import load

    if split and splits:
        raise VigoldError("--split sends all to one split, --splits each document to its own; leave one out")
    one, held = split or "train", frozen.read(splits) if splits else None
    stated = facts.load(about) if about else None
    if standoff:
        if agreement or scores or previous:
            raise VigoldError(
                "--agreement, --scores and --previous are for a full card; leave them out with --standoff"
            )
        with _naming(gold):
            documents = list(jsonl.read(gold, max_record=max_record))
            _without_text(write(documents, load(scheme), output, split=one, splits=held, about=stated), output)
        return
    measured = Evidence(
        evidence.agreement(agreement) if agreement else None, evidence.baselines(scores) if scores else None
    )
    extras = dataset.Extras(stated, measured, previous)
    read = jsonl.read(gold, max_record=max_record)
    with _naming(gold), _no_search_for_cycles():
        done = dataset.release(read, load(scheme), output, split=one, splits=held, extras=extras, checked=True)
    for warning in done.warnings:
        remark(f"look again: {warning}")
    _tell_old(output, done.kept, done.gone)
    parts = _counts(done.documents)
    rows = ", ".join(f"{name} {counted(count, 'row')}" for name, count in done.rows.items())
    remark(f"{counted(sum(done.documents.values()), 'document')} ({parts}) → {output}: {rows}")


def _without_text(written: Written, output: Path) -> None:
    """Say what is in a stand-off release, and what was left out of it."""
    from vigold.formats.wording import counted

    for key, count in sorted(written.omitted.items()):
        remark(f"{key} of meta may hold text and is left out of {counted(count, 'document')}")
    _tell_old(output, written.kept, written.gone)
    total = counted(written.documents.total(), "document")
    remark(f"{total} without text → {output} ({_counts(written.documents)})")


def _tell_old(output: Path, kept: Sequence[str], gone: Sequence[str]) -> None:
    """Say what became of the splits that stood in the folder before."""
    if kept:
        remark(f"{output}: has {', '.join(kept)} from before too; to leave that out, release into a new folder")
    if gone:
        remark(f"{output}: {', '.join(gone)} from before is in it no more")


def _counts(documents: Mapping[str, int]) -> str:
    return ", ".join(f"{name} {count}" for name, count in documents.items())
