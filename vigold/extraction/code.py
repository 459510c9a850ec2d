"""The code and the tables behind predictions as one hash: runs with the same one follow the same rules."""

from __future__ import annotations

import hashlib
import inspect
from collections.abc import Callable, Iterator
from functools import cache, partial
from pathlib import Path
from typing import Any

_PACKAGE = Path(__file__).parents[1]
_FOLDER = "extraction"
_BESIDE = ("document.py", "text.py", "formats/tags.py")
"""What the extractors use of the rest of vigold and what decides about spans."""
_READ = {".py", ".toml", ".tsv", ".java"}


def code(make: Callable[..., Any]) -> str:
    """SHA-256 of what the extractors that `make` makes are of; empty where that is no file: compiled, or of a notebook.

    For those of vigold, all extractors and their tables count: that is more than each needs, but nothing can be
    forgotten. For those of other packages, the file that `make` stands in counts.
    """
    maker: Any = inspect.unwrap(make.func if isinstance(make, partial) else make)
    if str(getattr(maker, "__module__", "")).partition(".")[0] == _PACKAGE.name:
        return own()
    try:
        file = inspect.getsourcefile(maker if inspect.isroutine(maker) or inspect.isclass(maker) else type(maker))
        return hashlib.sha256(Path(file).read_bytes()).hexdigest() if file else ""
    except (TypeError, OSError):
        return ""


@cache
def own() -> str:
    """SHA-256 over names and contents of the files of vigold's extractors; line ends of other systems do not count."""
    whole = hashlib.sha256()
    for path in sorted(_files()):
        data = path.read_bytes().replace(b"\r\n", b"\n")
        whole.update(f"{path.relative_to(_PACKAGE).as_posix()}\0{len(data)}\0".encode() + data)
    return whole.hexdigest()


def _files() -> Iterator[Path]:
    yield from (_PACKAGE / name for name in _BESIDE)
    yield from (path for path in (_PACKAGE / _FOLDER).rglob("*") if path.suffix in _READ)
