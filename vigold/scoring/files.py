"""Scores from files to files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec

from vigold.errors import VigoldError
from vigold.files import Source, writing
from vigold.formats.registry import Reading
from vigold.scheme import load
from vigold.scoring import inputs
from vigold.scoring.evaluate import evaluate
from vigold.scoring.result import Result
from vigold.scoring.slices import KNOWN

READING = Reading()


class _Manifest(msgspec.Struct):
    labels: list[str] = []


def score(
    gold: Source,
    predictions: Sequence[str],
    *,
    scheme: Path | None = None,
    train: Source | None = None,
    how: Reading = READING,
    **options: Any,
) -> Result:
    """Score `[NAME=]PRED` predictions against gold, in any format; a system without NAME is called after its file.

    Options as in `vigold.scoring.evaluate.Options`. Raises VigoldError for what cannot be read or joined, two systems
    of one name, and, with `scheme`, for labels that it does not have.
    """
    insisted = load(scheme) if scheme is not None else None
    how = how._replace(scheme=insisted)
    paths: dict[str, str] = {}
    for argument in predictions:
        name, path = named(argument)
        if name in paths:
            raise VigoldError(f"two systems are called {name!r}; name them as NAME=FILE")
        paths[name] = path
    asked = {*options.get("by", ()), options.get("cluster")} - {None, "all", *KNOWN}
    found = inputs.read_all(gold, paths, how, strays=bool(asked))
    if insisted is not None:
        inputs.check(found.gold, insisted, gold, how)
        for name, corpus in found.systems.items():
            inputs.check(corpus, insisted, paths[name], how)
    given = {name: labels for name, path in paths.items() if (labels := _given(path))}
    known = None if train is None else inputs.read(train, how)
    result = evaluate(
        found.gold, found.systems, corpus=Path(gold).stem, scheme=insisted, train=known, given=given, **options
    )
    return msgspec.structs.replace(result, remarks=[*found.remarks, *result.remarks])


def write(path: Source, result: Result) -> None:
    """Write the JSON of a result."""
    with writing(path) as file:
        file.write(msgspec.json.format(msgspec.json.encode(result.to_dict()), indent=1) + b"\n")


def _given(path: str) -> list[str]:
    """The labels that the manifest of a run says the system gives; none where it does not say."""
    manifest = Path(f"{path}.manifest.json")
    try:
        return msgspec.json.decode(manifest.read_bytes(), type=_Manifest).labels
    except (OSError, msgspec.MsgspecError):
        return []


def named(argument: str) -> tuple[str, str]:
    """The name and the path of a `[NAME=]PRED` argument."""
    name, equals, path = argument.partition("=")
    if equals and not Path(argument).exists():
        return name, path
    return Path(argument).stem, argument
