"""Scores from files to files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import msgspec

from vigold.errors import VigoldError
from vigold.files import Source, writing
from vigold.formats import jsonl
from vigold.scheme import Scheme, load
from vigold.scoring.corpus import Corpus
from vigold.scoring.evaluate import evaluate
from vigold.scoring.reading import read_jsonl
from vigold.scoring.result import Result


def score(
    gold: Path,
    predictions: Sequence[str],
    *,
    scheme: Path | None = None,
    max_record: int = jsonl.MAX_RECORD,
    **options: object,
) -> Result:
    """Score `[NAME=]FILE` predictions against a gold file; a system without NAME is called after its file.

    Options as in `vigold.scoring.evaluate.Options`. Raises VigoldError for what cannot be read or joined, two systems
    of one name, and, with `scheme`, for labels that it does not have.
    """
    insisted = load(scheme) if scheme is not None else None
    systems: dict[str, Corpus] = {}
    for argument in predictions:
        name, path = _named(argument)
        if name in systems:
            raise VigoldError(f"two systems are called {name!r}; name them as NAME=FILE")
        systems[name] = _read(path, insisted, max_record)
    truth = _read(gold, insisted, max_record)
    return evaluate(truth, systems, corpus=gold.stem, **options)


def write(path: Source, result: Result) -> None:
    """Write the JSON of a result."""
    with writing(path) as file:
        file.write(msgspec.json.format(msgspec.json.encode(result.to_dict()), indent=1) + b"\n")


def _named(argument: str) -> tuple[str, Path]:
    name, equals, path = argument.partition("=")
    if equals and not Path(argument).exists():
        return name, Path(path)
    return Path(argument).stem, Path(argument)


def _read(path: Path, scheme: Scheme | None, max_record: int) -> Corpus:
    corpus = read_jsonl(path, max_record=max_record)
    if scheme is not None and not _known(corpus, scheme):
        for document in jsonl.read(path, max_record=max_record):
            for problem in scheme.unknown(document):
                raise VigoldError(f"{path}: {jsonl.tell(document, problem)}")
    return corpus


def _known(corpus: Corpus, scheme: Scheme) -> bool:
    """Whether names alone show that the scheme knows all of it."""
    attributes = {name for label in scheme.labels.values() for name in label.attributes}
    return (
        set(corpus.labels) <= scheme.labels.keys()
        and set(corpus.types) <= scheme.relations.keys()
        and not any(values.keys() - attributes for values in corpus.values)
    )
