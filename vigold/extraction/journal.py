"""Predictions written as they come, so that a run that was interrupted goes on where it stopped."""

from __future__ import annotations

import fcntl
import glob
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import msgspec

from vigold.document import Document
from vigold.errors import VigoldError
from vigold.files import Source, regular, take_place
from vigold.formats import jsonl


class Busy(VigoldError):
    """Another run holds the journal, which is not ours to remove."""


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
    target = regular(output)
    beside = target.with_name(f".{target.name}.{hashlib.sha256(run.encode()).hexdigest()[:12]}.part")
    try:
        with open(beside, "a+b") as file:
            if not _locked(file):
                raise Busy(f"{output}: another run is writing it; wait for that one, or name another output")
            yield Journal(file)
            file.flush()
            take_place(beside, target)
        _remove_given_up(target)
    except Busy:
        raise
    except VigoldError:
        beside.unlink(missing_ok=True)
        raise
    except OSError as error:
        raise VigoldError(f"{target}: cannot write: {error.strerror}") from None


def _locked(file: BinaryIO) -> bool:
    """Lock a journal for as long as it is open; False when another run has it."""
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


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


def _remove_given_up(target: Path) -> None:
    """Remove the journals of runs that were interrupted and not gone on with."""
    for path in target.parent.glob(f".{glob.escape(target.name)}.*.part"):
        with open(path, "rb") as file:
            if _locked(file):
                path.unlink(missing_ok=True)
