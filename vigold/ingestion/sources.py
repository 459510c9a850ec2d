"""The files that are to be read: folders opened, an id for each, and what kind it is."""

from __future__ import annotations

import os
import unicodedata
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from vigold.errors import VigoldError
from vigold.files import Source

RECORDS = ".jsonl"
PAGES = frozenset({".html", ".htm"})
_IN_FOLDERS = frozenset({".txt", RECORDS, *PAGES})


class File(NamedTuple):
    """A file and the id of the document in it; that of records is not used."""

    path: Path
    id: str

    @property
    def suffix(self) -> str:
        """The suffix in lower case, with its full stop."""
        return self.path.suffix.lower()


def files(sources: Iterable[Source]) -> list[File]:
    """The files of the sources in their order, those of a folder sorted; none twice.

    The id is the stem; where several files have the same stem it is the path within the folder given, or within
    the folder that all sources share, without suffix. Raises VigoldError for a folder without a file to read.
    """
    given = [Path(source) for source in sources]
    paths = list(dict.fromkeys(path for source in given for path in _opened(source)))
    stems = Counter(path.stem for path in paths if path.suffix.lower() != RECORDS)
    base = _shared(given)
    return [File(path, _id(path, base if stems[path.stem] > 1 else None)) for path in paths]


def _opened(source: Path) -> list[Path]:
    if not source.is_dir():
        return [source]
    found = sorted(path for path in source.rglob("*") if _is_wanted(path.relative_to(source)) and path.is_file())
    if not found:
        raise VigoldError(f"{source}: no {', '.join(sorted(_IN_FOLDERS))} file in this folder; name another")
    return found


def _is_wanted(path: Path) -> bool:
    return path.suffix.lower() in _IN_FOLDERS and not any(part.startswith(".") for part in path.parts)


def _shared(given: Iterable[Path]) -> Path:
    folders = [path.absolute() if path.is_dir() else path.absolute().parent for path in given]
    return Path(os.path.commonpath(folders)) if folders else Path()


def _id(path: Path, base: Path | None) -> str:
    name = path.stem if base is None else path.absolute().relative_to(base).with_suffix("").as_posix()
    return unicodedata.normalize("NFC", name)
