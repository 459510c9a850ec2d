"""Predictions written as they come, so that a run that was interrupted goes on where it stopped."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import msgspec

from vigold.document import Document
from vigold.errors import VigoldError
from vigold.files import Source, take_place
from vigold.formats import jsonl


class Journal:
    """The open journal of one run: how many spans each document has that is done, and a place for the next ones."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.done = dict(_read(file))

    def add(self, prediction: Document) -> None:
        self._file.write(jsonl.dump(prediction) + b"\n")


@contextmanager
def journal(output: Source, run: str) -> Iterator[Journal]:
    """A journal beside `output` that takes its place when the block ends well.

    When the block is interrupted it stays, for the next run with the same `run`: a text that says all on which the
    predictions depend. It goes when the block raises VigoldError, as it does when the place cannot be written to.
    """
    target = Path(output)
    beside = target.with_name(f".{target.name}.{hashlib.sha256(run.encode()).hexdigest()[:12]}.part")
    try:
        with open(beside, "a+b") as file:
            yield Journal(file)
        take_place(beside, target)
        for stale in _others(target):
            stale.unlink(missing_ok=True)
    except VigoldError:
        beside.unlink(missing_ok=True)
        raise
    except OSError as error:
        raise VigoldError(f"{target}: cannot write: {error.strerror}") from None


def _read(file: BinaryIO) -> Iterator[tuple[str, int]]:
    """What a journal holds, up to the first line that was not written to its end; the rest is cut off."""
    file.seek(0)
    end = 0
    for line in file:
        try:
            document = msgspec.json.decode(line, type=Document)
        except msgspec.MsgspecError:
            break
        if not line.endswith(b"\n"):
            break
        end += len(line)
        yield document.id, len(document.spans)
    file.truncate(end)
    file.seek(0, os.SEEK_END)


def _others(target: Path) -> Iterator[Path]:
    """Journals of runs that were given up."""
    prefix, suffix = f".{target.name}.", ".part"
    for path in target.parent.iterdir():
        if path.name.startswith(prefix) and path.name.endswith(suffix):
            yield path
