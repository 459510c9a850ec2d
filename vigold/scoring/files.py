"""Scores from files to files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Literal

import msgspec

from vigold.document import Document
from vigold.errors import VigoldError
from vigold.files import Source, writing
from vigold.formats import jsonl
from vigold.scheme import Scheme, load
from vigold.scoring.evaluate import Result, evaluate


def score(
    gold: Path,
    predictions: Sequence[str],
    *,
    missing: Literal["error", "empty"] = "error",
    unknown: Literal["error", "drop"] = "error",
    scheme: Path | None = None,
    max_record: int = jsonl.MAX_RECORD,
) -> Result:
    """Score `[NAME=]FILE` predictions against a gold file; a system without NAME is called after its file.

    Raises VigoldError for what cannot be read or joined, two systems of one name, and, with `scheme`, for labels
    that it does not have.
    """
    insisted = load(scheme) if scheme is not None else None
    systems: dict[str, list[Document]] = {}
    for argument in predictions:
        name, path = _named(argument)
        if name in systems:
            raise VigoldError(f"two systems are called {name!r}; name them as NAME=FILE")
        systems[name] = _read(path, insisted, max_record)
    truth = _read(gold, insisted, max_record)
    return evaluate(truth, systems, corpus=gold.stem, missing=missing, unknown=unknown)


def write(path: Source, result: Result) -> None:
    """Write the JSON of a result."""
    with writing(path) as file:
        file.write(msgspec.json.format(msgspec.json.encode(result.to_dict()), indent=1) + b"\n")


def _named(argument: str) -> tuple[str, Path]:
    name, equals, path = argument.partition("=")
    if equals and not Path(argument).exists():
        return name, Path(path)
    return Path(argument).stem, Path(argument)


def _read(path: Path, scheme: Scheme | None, max_record: int) -> list[Document]:
    documents = list(jsonl.read(path, max_record=max_record))
    for document in documents if scheme else ():
        for problem in scheme.unknown(document) if scheme else ():
            raise VigoldError(f"{path}: {jsonl.tell(document, problem)}")
    return documents
