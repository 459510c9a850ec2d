"""The whole way on the bundled sample: articles, predictions, tasks, gold, dataset, scores."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from importlib import resources
from pathlib import Path
from typing import NamedTuple

import msgspec

from vigold import ingestion
from vigold.document import Document
from vigold.errors import MissingExtra, VigoldError
from vigold.extraction import run as extraction
from vigold.files import Source, writing
from vigold.formats import jsonl
from vigold.release import dataset
from vigold.scheme import load
from vigold.scoring import files as scoring
from vigold.scoring.result import Result
from vigold.studio import gold, tasks
from vigold.studio.config import config

EXTRACTORS = ("rules", "simple")
PUBLISHED, LICENCE = "2025-12-26", "CC-BY-4.0"
"""What those articles of the sample that are plain text do not say of themselves."""


class Stage(NamedTuple):
    """A step that is done, and what was written where."""

    name: str
    done: str


def run(folder: Source) -> Iterator[Stage]:
    """Run the pipeline into `folder`, telling each stage when it is done.

    Raises VigoldError when the folder cannot be written to.
    """
    to = Path(folder)
    _make(to)
    scheme = load()
    with resources.as_file(resources.files("vigold") / "sample") as sample:
        documents, note = _articles(sample)
        count = jsonl.write(to / "articles.jsonl", documents)
        yield Stage("ingest", f"{count} raw articles{note} → {to / 'articles.jsonl'}")

        yield Stage("pre-annotate", _extracted(to, "rules"))

        with writing(to / "config.xml") as file:
            file.write(config(scheme).encode())
        predictions = {document.id: document for document in jsonl.read(to / "rules.jsonl")}
        made = tasks.tasks(jsonl.read(to / "articles.jsonl"), scheme, predictions=predictions, model="rules")
        count = tasks.write(to / "tasks.json", made)
        yield Stage("tasks", f"{count} Label Studio tasks → {to / 'tasks.json'}, config → {to / 'config.xml'}")

        found = gold.gold([sample / "export.json"], scheme)
        jsonl.write(to / "gold.jsonl", found.documents)
        spans = sum(len(document.spans) for document in found.documents)
        yield Stage("gold", f"bundled export: {spans} spans, {len(found.documents)} documents → {to / 'gold.jsonl'}")

    dataset.release(found.documents, scheme, to / "dataset")
    yield Stage("dataset", f"{_rows_back(to / 'dataset')} → {to / 'dataset'}")

    yield Stage("extract", _extracted(to, "simple"))

    scoring.write(to / "scores.json", result(to))
    yield Stage("score", f"{' and '.join(EXTRACTORS)} against gold → {to / 'scores.json'}")


def result(folder: Source) -> Result:
    """The scores of the extractors on the gold documents in `folder`."""
    to = Path(folder)
    return scoring.score(to / "gold.jsonl", [str(to / f"{name}.jsonl") for name in EXTRACTORS])


def _articles(sample: Path) -> tuple[list[Document], str]:
    """The articles of the sample; without the packages that read pages, as they were read before, and a note on it."""
    try:
        items = ingestion.ingest([sample / "articles"], published=PUBLISHED, licence=LICENCE)
        return [item.document for item in items], ""
    except MissingExtra as missing:
        gold = jsonl.read(sample / "gold.jsonl")
        bare = [msgspec.structs.replace(document, spans=(), relations=(), meta={}) for document in gold]
        return bare, f", read before: {missing}"


def _extracted(to: Path, name: str) -> str:
    manifest = extraction.run(to / "articles.jsonl", name, to / f"{name}.jsonl")
    return f"{name}: {manifest.spans} spans in {manifest.seconds:.2f} s → {to / f'{name}.jsonl'}"


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise VigoldError(f"{folder}: cannot make the folder: {error.strerror}") from None


def _rows_back(folder: Path) -> str:
    """Load the dataset as a user would, without a network, and count its rows."""
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    import datasets

    datasets.disable_progress_bars()
    with tempfile.TemporaryDirectory() as cache:
        rows = {
            name: len(datasets.load_dataset(str(folder), name, split="train", cache_dir=cache))
            for name in ("default", "bio")
        }
    return " and ".join(f"{count} rows in {name}" for name, count in rows.items())
