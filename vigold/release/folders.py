"""The folder of a release: what may stand in it, the splits that it has already, and the scheme beside them."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec

from vigold.errors import VigoldError, shown
from vigold.formats.wording import on_one_line
from vigold.scheme import Scheme

SCHEME = "scheme.json"
_SPLIT = re.compile(r"\w+(?:\.\w+)*")


def refuse_split(name: str, place: str = "") -> None:
    """Raise VigoldError for a split that `load_dataset` could not name."""
    if not _SPLIT.fullmatch(name):
        raise VigoldError(f"{place}the split {shown(name)} is no name; take letters, digits and _, such as train")


def refuse_strange(folder: Path, ours: re.Pattern[str], what: str) -> None:
    """Raise VigoldError for a folder with files that are not `ours`, which would be lost."""
    if folder.is_file():
        raise VigoldError(f"{folder}: is a file; name a folder for {what}")
    inside = (path.relative_to(folder) for path in folder.rglob("*") if not path.is_dir()) if folder.is_dir() else ()
    for path in sorted(inside):
        if not ours.fullmatch(name := path.as_posix()):
            raise VigoldError(f"{folder}: holds {on_one_line(name)}, which is no part of {what}; name a new folder")


def scheme_json(scheme: Scheme) -> bytes:
    """What `scheme.json` holds."""
    return msgspec.json.format(msgspec.json.encode(scheme), indent=1) + b"\n"


def standing(folder: Path, pattern: str) -> list[str]:
    """The splits that stand in the folder, by the files of this pattern."""
    return sorted(path.stem for path in folder.glob(pattern))


def others(folder: Path, pattern: str, split: str, scheme: Scheme) -> dict[str, Path]:
    """The splits that stand in the folder already, by the files of this pattern, but for the one that is written.

    Raises VigoldError where they are of another scheme.
    """
    files = {path.stem: path for path in sorted(folder.glob(pattern)) if path.stem != split}
    known = folder / SCHEME
    if files and not (known.is_file() and known.read_bytes() == scheme_json(scheme)):
        raise VigoldError(f"{folder}: its splits ({', '.join(files)}) are of another scheme; name a new folder")
    return files
