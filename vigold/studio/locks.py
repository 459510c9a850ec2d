"""Locks on files of a data folder: unlike the number of a process, the hold of one ends with its holder."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from vigold.errors import VigoldError
from vigold.studio.access import URL
from vigold.studio.private import usable

_PAUSE = 0.1


@contextmanager
def alone(path: Path, patience: float, waiting: Callable[[], None] = lambda: None) -> Iterator[int]:
    """The open lock, held by nobody else; `waiting` is called while another one has it.

    Raises VigoldError when it is not free after `patience` seconds, or when the file cannot be used.
    """
    with usable(path):
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        deadline = time.monotonic() + patience
        while not _locked(handle, path, shared=False):
            if time.monotonic() > deadline:
                raise VigoldError(f"{path}: another process has held this for {patience:.0f} s; wait for its end")
            waiting()
            time.sleep(_PAUSE)
        yield handle
    finally:
        os.close(handle)


def held(path: Path) -> bool:
    """Whether a process has the lock `alone`; asking stands in nobody's way and makes no file."""
    with usable(path):
        try:
            handle = os.open(path, os.O_RDONLY)
        except (FileNotFoundError, NotADirectoryError):
            return False
    try:
        return not _locked(handle, path, shared=True)
    finally:
        os.close(handle)


def _locked(handle: int, path: Path, *, shared: bool) -> bool:
    try:
        import fcntl
    except ImportError:
        raise VigoldError(
            f"a server of one's own needs Linux or macOS; start one as you like and name it by {URL}"
        ) from None
    with usable(path):
        try:
            fcntl.flock(handle, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
    return True
