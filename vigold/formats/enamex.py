"""Texts with inline `<ENAMEX TYPE="…">` elements, which may nest, as VLSP 2018 has them: a file a document.

They look like XML but are none: `&` and `<` of the text may stand as they are or escaped, and now and then a closing
tag is mistyped. So nothing but these tags is markup here; no other entity than the five of XML and character numbers
is resolved, and each once.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from vigold.document import Document, Span
from vigold.errors import VigoldError, shown
from vigold.files import Source, decode, open_to_read

ENDINGS = (".muc", ".xml", ".txt")
"""The endings of such files in a folder; the first one that is there is taken."""

_TAG = re.compile(
    r"""<\s*+ENAMEX\s++TYPE\s*+=\s*+["'“”]?(?P<label>[^"'“”<>\s]++)["'“”]?\s*+>     # <ENAMEX TYPE="PERSON">
      | (?P<close><\s*+\.?\s*+/\s*+ENAMEX\s*+\.?\s*+>)                              # </ENAMEX>, <./ENAMEX>
      | (?P<broken></?\s*+ENAMEX[^<>\n]{0,40}>?)
      | &(?:amp|lt|gt|quot|apos|\#\d{1,7}|\#[xX][0-9A-Fa-f]{1,6});""",
    re.VERBOSE | re.IGNORECASE,
)
OPENING = re.compile(rb"<\s*ENAMEX\s+TYPE\s*=", re.IGNORECASE)
"""What tells such a file from others."""


class _Open(NamedTuple):
    """An element that is not closed yet: where it begins in the text and in the file, and its label."""

    start: int
    at: int
    label: str


def read(path: Source, remarks: list[str] | None = None) -> Iterator[Document]:
    """The document of a file, or those of a folder and the folders in it; the id is the path without its ending.

    An element without a character is left out and counted in a remark. Raises VigoldError, naming file and line, for a
    tag that cannot be read, that closes nothing or is never closed, and for a folder without such files.
    """
    root = Path(path)
    paths = _files(root) if root.is_dir() else [root]
    if not paths:
        raise VigoldError(f"{path}: a folder without {', '.join(f'*{ending}' for ending in ENDINGS)} files")
    empty = 0
    for one in paths:
        with open_to_read(one) as file:
            given = decode(file.read(), str(one)).removeprefix("\ufeff")
        text, spans, count = parsed(given, str(one))
        empty += count
        key = one.relative_to(root) if root.is_dir() else Path(one.name)
        yield Document(key.with_suffix("").as_posix(), text, spans=spans)
    if empty and remarks is not None:
        remarks.append(f"{path}: {empty:,} elements without a character left out")


def parsed(given: str, place: str) -> tuple[str, tuple[Span, ...], int]:
    """The text without its tags, its spans in order, and how many elements were empty; raises as `read` does."""
    parts: list[str] = []
    found: list[tuple[int, int, str]] = []
    stack: list[_Open] = []
    at = length = empty = 0
    for match in _TAG.finditer(given):
        parts.append(given[at : match.start()])
        length += match.start() - at
        at = match.end()
        if match["broken"]:
            raise VigoldError(f"{_line(given, match.start(), place)}: not a tag of ENAMEX: {shown(match[0])}")
        if match["label"]:
            stack.append(_Open(length, match.start(), match["label"]))
        elif match["close"]:
            if not stack:
                raise VigoldError(f"{_line(given, match.start(), place)}: {match[0]} closes nothing")
            start, _, label = stack.pop()
            if start < length:
                found.append((start, length, label))
            empty += start == length
        else:
            parts.append(html.unescape(match[0]))
            length += len(parts[-1])
    if stack:
        raise VigoldError(f"{_line(given, stack[-1].at, place)}: <ENAMEX TYPE={stack[-1].label!r}> is never closed")
    parts.append(given[at:])
    found.sort(key=lambda one: (one[0], -one[1]))
    return "".join(parts), tuple(Span(f"s{n}", *one) for n, one in enumerate(found, 1)), empty


def _files(root: Path) -> list[Path]:
    for ending in ENDINGS:
        if found := sorted(root.rglob(f"*{ending}")):
            return found
    return []


def _line(given: str, at: int, place: str) -> str:
    return f"{place}: line {given.count(chr(10), 0, at) + 1}"
