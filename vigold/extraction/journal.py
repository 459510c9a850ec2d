"""Predictions written as they come, so that a run that was interrupted goes on where it stopped."""

from __future__ import annotations

import fcntl
import hashlib
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, NamedTuple

import msgspec

from vigold.document import Document
from vigold.errors import VigoldError
from vigold.files import Source, regular, take_place, writing


class Busy(VigoldError):
    """Another run holds the journal, which is not ours to remove."""


class Entry(NamedTuple):
    """Where the line of a document stands in the journal, in bytes, and how many spans it has."""

    start: int
    size: int
    spans: int


class Journal:
    """The open journal of one run: the documents that are done, in the order in which they were, and a place for more.

    `order` is the order of the input, as far as it has been read.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.done = dict(_read(file))
        self.order: list[str] = []

    def add(self, name: str, line: bytes, spans: int) -> None:
        """Write the line of a document."""
        self.done[name] = Entry(self._file.tell(), len(line), spans)
        self._file.write(line)

    def lines(self) -> Iterator[bytes] | None:
        """The lines in the order of the input; None where they stand in it already.

        They do not after a document failed in an interrupted run and was done in the next one.
        """
        wanted = [self.done[name] for name in self.order if name in self.done]
        return None if wanted == list(self.done.values()) else map(self._line, wanted)

    def _line(self, entry: Entry) -> bytes:
        self._file.seek(entry.start)
        return self._file.read(entry.size)


@contextmanager
def journal(output: Source, run: str) -> Iterator[Journal]:
    """A journal beside `output` that takes its place when the block ends well.

    When the block is interrupted it stays, for the next run with the same `run`: a text that says all on which the
    predictions depend. It goes when the block raises VigoldError, as it does when the place cannot be written to, and
    when no document of several was done: nothing does not take the place of what stands there.
    """
    target = regular(output)
    beside = target.with_name(f".{target.name}.{hashlib.sha256(run.encode()).hexdigest()[:12]}.part")
    try:
        with open(beside, "a+b") as file:
            if not _locked(file):
                raise Busy(f"{output}: another run is writing it; wait for that one, or name another output")
            book = Journal(file)
            yield book
            file.flush()
            if book.order and not book.done:
                beside.unlink()
            elif (lines := book.lines()) is None:
                take_place(beside, target)
            else:
                with writing(target) as ordered:
                    ordered.writelines(lines)
                beside.unlink()
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


def _read(file: BinaryIO) -> Iterator[tuple[str, Entry]]:
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
        yield document.id, Entry(end, len(line), len(document.spans))
        end += len(line)
    file.truncate(end)
    file.seek(0, os.SEEK_END)


def _remove_given_up(target: Path) -> None:
    """Remove the journals of runs that were interrupted and not gone on with."""
    ours = re.compile(rf"\.{re.escape(target.name)}\.[0-9a-f]{{12}}\.part")
    for path in target.parent.iterdir():
        if ours.fullmatch(path.name):
            with open(path, "rb") as file:
                if _locked(file):
                    path.unlink(missing_ok=True)
