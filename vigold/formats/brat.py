"""brat stand-off: a folder of `NAME.txt` and `NAME.ann`, to documents.

Entities, attributes, notes and binary relations are read; events, normalisations and equivalences are not ours.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from vigold.document import Document, Relation, Span, problems
from vigold.errors import VigoldError, shown
from vigold.files import Source, decode, open_to_read
from vigold.formats.jsonl import tell

_ENTITY = re.compile(r"(T\S*)\t(\S+) (\d+) (\d+)(?:\t.*)?\Z")
_SPLIT = re.compile(r"T\S*\t\S+ \d+ \d+;")
_ATTRIBUTE = re.compile(r"[AM]\S*\t(\S+) (T\S*)(?: (.*))?\Z")
_RELATION = re.compile(r"R\S*\t(\S+) \S+?:(T\S*) \S+?:(T\S*)\s*\Z")


def read(folder: Source, check: bool = True) -> Iterator[Document]:
    """The documents of a folder and the folders in it, by name; the id is the path without its ending.

    The value of an attribute without one is `true`; the text may be missing, as it often is in predictions. Raises
    VigoldError, naming file and line, for a line that cannot be read, a discontinuous entity, and, with `check`, a
    broken invariant.
    """
    root = Path(folder)
    for path in sorted(root.rglob("*.ann")):
        words = path.with_suffix(".txt")
        text = _text(words) if words.exists() else None
        lines = _text(path).splitlines()
        key = path.relative_to(root).with_suffix("").as_posix()
        document = Document(key, text, spans=tuple(_spans(lines, path)), relations=tuple(_relations(lines, path)))
        if check and (problem := next(problems(document), None)):
            raise VigoldError(f"{path}: {tell(document, problem)}")
        yield document


def _text(path: Path) -> str:
    with open_to_read(path) as file:
        return decode(file.read(), str(path))


def _spans(lines: list[str], path: Path) -> Iterator[Span]:
    attributes = _attributes(lines, path)
    for number, line in enumerate(lines, 1):
        if not line.startswith("T"):
            continue
        place = f"{path}: line {number}"
        if _SPLIT.match(line):
            raise VigoldError(f"{place}: a discontinuous entity; spans here are whole, so split or join it")
        entity = _ENTITY.match(line)
        if entity is None:
            raise VigoldError(f"{place}: not an entity: {shown(line)}")
        key, label, start, end = entity.groups()
        yield Span(key, int(start), int(end), label, attributes.get(key, {}))


def _attributes(lines: list[str], path: Path) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for number, line in enumerate(lines, 1):
        if line.startswith(("A", "M")):
            attribute = _ATTRIBUTE.match(line)
            if attribute is None:
                if re.match(r"[AM]\S*\t\S+ E", line):
                    continue  # of an event
                raise VigoldError(f"{path}: line {number}: not an attribute: {shown(line)}")
            name, target, value = attribute.groups()
            found.setdefault(target, {})[name] = value or "true"
    return found


def _relations(lines: list[str], path: Path) -> Iterator[Relation]:
    for number, line in enumerate(lines, 1):
        if line.startswith("R"):
            relation = _RELATION.match(line)
            if relation is None:
                raise VigoldError(f"{path}: line {number}: not a relation between two entities: {shown(line)}")
            yield Relation(*relation.groups())
