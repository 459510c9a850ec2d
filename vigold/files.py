"""Reading bytes with clear words, and writing beside the target so that nothing is ever half written."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from vigold.errors import VigoldError

Source = str | os.PathLike[str]


def open_to_read(path: Source) -> BinaryIO:
    """Open a file for reading; raises VigoldError when it is missing, a folder or not readable."""
    try:
        return open(path, "rb")
    except OSError as error:
        raise VigoldError(f"{path}: cannot read: {error.strerror}") from None


def read_bytes(path: Source, what: str = "a file with content", limit: int = -1) -> bytes:
    """The whole file; raises VigoldError when it cannot be read, is empty, or is over `limit` bytes."""
    with open_to_read(path) as file:
        data = file.read(limit + 1 if limit >= 0 else -1)
    if 0 <= limit < len(data):
        raise VigoldError(f"{path}: over {limit:,} bytes; is it {what}? Else raise --max-record")
    if not data.strip():
        raise VigoldError(f"{path}: the file is empty; expected {what}")
    return data


def decode(data: bytes, place: str) -> str:
    """UTF-8 text without NUL; raises VigoldError naming the first byte that is none."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise VigoldError(f"{place}: not UTF-8 text (byte {error.start}); is it a binary file?") from None
    if "\0" in text:
        raise VigoldError(f"{place}: a NUL character at {text.index(chr(0))}; remove it, or is it a binary file?")
    return text


@contextmanager
def writing(path: Source) -> Iterator[BinaryIO]:
    """A new file that takes the place of `path` when the block ends well, and leaves no trace when not.

    A link stays a link, to the new file. Raises VigoldError when the place cannot be written to.
    """
    target = regular(path)
    try:
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.", suffix=".part")
    except OSError as error:
        raise VigoldError(f"{target}: cannot write: {error.strerror}") from None
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
        take_place(Path(name), target)
    except OSError as error:
        raise VigoldError(f"{target}: cannot write: {error.strerror}") from None
    finally:
        Path(name).unlink(missing_ok=True)


def regular(path: Source) -> Path:
    """Where a file can take its place, links followed; raises VigoldError for a folder, a device and the like."""
    target = Path(path).resolve() if Path(path).is_symlink() else Path(path)
    if target.is_dir():
        raise VigoldError(f"{path}: cannot write: Is a directory")
    if str(path) == "-" or (os.path.exists(path) and not os.path.isfile(path)):
        raise VigoldError(f"{path}: is not a file; name one, since the output appears only when it is whole")
    return target


def writable(path: Source) -> None:
    """Raises VigoldError, before any work is done, where a file at this place is sure to fail later."""
    target = regular(path)
    if not target.parent.is_dir():
        raise VigoldError(f"{path}: cannot write: there is no folder {target.parent}")
    if not os.access(target.parent, os.W_OK):
        raise VigoldError(f"{path}: cannot write: Permission denied")


def apart(output: Source, *inputs: Source | None) -> None:
    """Raises VigoldError where the output is also one of the inputs, which it would replace."""
    for given in inputs:
        if given is not None and os.path.exists(given) and os.path.exists(output) and os.path.samefile(given, output):
            raise VigoldError(f"{output}: is read and would be overwritten; name another file for the output")


@contextmanager
def writing_folder(path: Source) -> Iterator[Path]:
    """A new folder that takes the place of `path` when the block ends well; the old one goes only then.

    A link stays a link, to the new folder. What a run that was killed has left beside it is removed. Raises VigoldError
    when `path` is a file, is or holds the folder that one is in, or cannot be written to.
    """
    # By its real name: through `..` or a link the old folder could not be found again once it is moved away.
    try:
        target = Path(path).resolve()
        if Path.cwd().is_relative_to(target):
            raise VigoldError(f"{path}: is the folder that you are in, or holds it; go elsewhere, since it is replaced")
        _clear_up(target)
        beside, lock = _new_beside(target)
    except OSError as error:
        raise VigoldError(f"{path}: cannot write: {error.strerror}") from None
    try:
        yield beside
        beside.chmod(0o777 & ~_umask())
        _swap(beside, target)
    except OSError as error:
        raise VigoldError(f"{path}: cannot write: {error.strerror}") from None
    finally:
        shutil.rmtree(beside, ignore_errors=True)
        _unlock(lock)


def _new_beside(target: Path) -> tuple[Path, int | None]:
    """An empty folder beside the target, and the lock on it."""
    while True:
        beside = Path(tempfile.mkdtemp(dir=target.parent, prefix=f".{target.name}.", suffix=".part"))
        try:
            return beside, _lock(beside)
        except (BlockingIOError, FileNotFoundError):
            continue  # Another process has taken it for a leftover before it was locked.


def _clear_up(target: Path) -> None:
    """Remove the folders beside the target in which nobody writes any more: whoever does has a lock on it.

    Raises VigoldError where a run was killed between the two renames with which it takes the place of the target: what
    stood there is whole, under another name, and only a person can say whether it is wanted.
    """
    ours = re.compile(rf"(\.{re.escape(target.name)}\.\w{{8}})\.(?:part|old)")
    for stem in sorted({found[1] for path in target.parent.iterdir() if (found := ours.fullmatch(path.name))}):
        part, old = target.with_name(f"{stem}.part"), target.with_name(f"{stem}.old")
        try:
            lock = _lock(part) if part.is_dir() else None
        except OSError:
            continue
        if old.is_dir() and not target.exists():
            _unlock(lock)
            raise VigoldError(
                f"{target}: a run was killed while it replaced this folder; {old.name} is what stood here: rename it "
                f"back, or remove it"
            )
        if lock is not None:
            shutil.rmtree(part, ignore_errors=True)
            _unlock(lock)


def _lock(folder: Path) -> int | None:
    """A lock on a folder, which ends with the process at the latest; None where folders cannot be locked.

    Raises BlockingIOError where another one holds it, FileNotFoundError where the folder is gone.
    """
    try:
        import fcntl
    except ImportError:
        return None
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        os.stat(folder)
    except (BlockingIOError, FileNotFoundError):
        os.close(handle)
        raise
    except OSError:
        os.close(handle)
        return None
    return handle


def _unlock(lock: int | None) -> None:
    if lock is not None:
        os.close(lock)


def _swap(new: Path, target: Path) -> None:
    old = new.with_suffix(".old")
    if target.exists():
        target.rename(old)
    try:
        new.rename(target)
    except OSError:
        if old.exists():
            old.rename(target)
        raise
    shutil.rmtree(old, ignore_errors=True)


def take_place(new: Path, target: Path) -> None:
    """Put a finished file in the place of `target`, with the mode of what stood there; raises OSError."""
    new.chmod(target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask())
    os.replace(new, target)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
