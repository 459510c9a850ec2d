"""Files of a data folder that only its owner can read, and clear words where the folder cannot be used."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from vigold.errors import VigoldError


def write(path: Path, data: bytes) -> None:
    """Let a file hold this, whole or not at all; raises VigoldError when it cannot be written."""
    # Not `files.writing`: for a moment the file would have the mode of any other.
    part = path.with_suffix(".part")
    with usable(part):
        part.unlink(missing_ok=True)
        with create(part) as file:
            file.write(data)
        os.replace(part, path)


def create(path: Path) -> BinaryIO:
    """A new, empty file to write to, in place of one that is there; raises VigoldError when there can be none."""
    with usable(path):
        # One that is there would keep its mode.
        path.unlink(missing_ok=True)
        return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")


@contextmanager
def usable(path: Path) -> Iterator[None]:
    """Turns an OSError of the block into a VigoldError that names the path and says what to do."""
    try:
        yield
    except OSError as error:
        raise VigoldError(
            f"{path}: cannot use this: {error.strerror or error}; mend it, or name another folder with --data"
        ) from None
