"""Scores from files to files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from vigold.errors import VigoldError
from vigold.files import Source, writing
from vigold.formats.registry import Reading
from vigold.scheme import load
from vigold.scoring import inputs
from vigold.scoring.api import strays
from vigold.scoring.evaluate import Matched, convert, matched, told
from vigold.scoring.mistakes import mistakes
from vigold.scoring.result import Result

READING = Reading()


class _Manifest(msgspec.Struct):
    labels: list[str] = []


class Scored(NamedTuple):
    """A result and what it was made of, for lists of errors and reports."""

    result: Result
    work: Matched


def score(gold: Source, predictions: Sequence[str], **options: Any) -> Result:
    """The result of `scored`."""
    return scored(gold, predictions, **options).result


def scored(
    gold: Source,
    predictions: Sequence[str],
    *,
    scheme: Path | None = None,
    train: Source | None = None,
    how: Reading = READING,
    **options: Any,
) -> Scored:
    """Score `[NAME=]PRED` predictions against gold, in any format; a system without NAME is called after its file.

    Options as in `vigold.scoring.evaluate.Options`. Raises VigoldError for what cannot be read or joined, two systems
    of one name, and, with `scheme`, for labels that it does not have.
    """
    if not str(gold):
        raise VigoldError("no gold: name a file, a folder or a dataset")
    insisted = load(scheme) if scheme is not None else None
    how, chosen = how._replace(scheme=insisted), convert(options)
    where = paths(predictions)
    found = inputs.read_all(gold, where, how, strays=strays(chosen))
    if insisted is not None:
        inputs.check(found.gold, insisted, gold, how, True)
        for name, corpus in found.systems.items():
            inputs.check(corpus, insisted, where[name], how._replace(predicted=True))
    known = None if train is None else inputs.read(train, how)
    work = matched(found.gold, found.systems, chosen, insisted, known)
    given = {name: labels for name, path in where.items() if (labels := _given(path))}
    result = told(work, chosen, Path(gold).stem, given)
    return Scored(msgspec.structs.replace(result, remarks=[*found.remarks, *result.remarks]), work)


def paths(predictions: Sequence[str]) -> dict[str, str]:
    """The path of each `[NAME=]PRED` by its name; raises VigoldError for one without either, and for doubled names."""
    found: dict[str, str] = {}
    for argument in predictions:
        name, path = named(argument)
        if not name or not path:
            raise VigoldError(f"{argument!r}: no {'file' if name else 'name'} of a system; write FILE or NAME=FILE")
        if name in found:
            both = f"{found[name]} and {path}"
            raise VigoldError(f"two systems are called {name!r} ({both}); name them as NAME=FILE")
        found[name] = path
    return found


def write_errors(path: Source, work: Matched) -> int:
    """Write every error of every system, one a line, and return how many there are."""
    count = 0
    with writing(path) as file:
        for name in work.sides.systems:
            for mistake in mistakes(work, name):
                file.write(msgspec.json.encode(mistake) + b"\n")
                count += 1
    return count


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


def write_markdown(path: Source, result: Result) -> None:
    """Write the tables of a result as Markdown."""
    from vigold.scoring.table import as_markdown

    with writing(path) as file:
        file.write(as_markdown(result).encode())


def named(argument: str) -> tuple[str, str]:
    """The name and the path of a `[NAME=]PRED` argument."""
    name, equals, path = argument.partition("=")
    if equals and not Path(argument).exists():
        return name, path
    return Path(argument).stem, argument
