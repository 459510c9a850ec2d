"""brat stand-off: a folder of `NAME.txt` and `NAME.ann`, to documents and back.

Entities, their attributes and binary relations between them are read. Events, normalisations, equivalences, notes, and
attributes and relations of events are not ours: they are counted in a remark.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from vigold.document import Document, Relation, Span, problems
from vigold.errors import VigoldError, shown
from vigold.files import Source, decode, open_to_read
from vigold.formats.jsonl import tell

_ENTITY = re.compile(r"(T\S*)\t(\S+) (\d{1,18} \d{1,18}(?:;\d{1,18} \d{1,18})*)(?:\t(.*))?", re.DOTALL)
_ATTRIBUTE = re.compile(r"[AM]\S*\t(\S+) (T\S*)(?: (.*))?", re.DOTALL)
_RELATION = re.compile(r"R\S*\t(\S+) \S+?:(T\S*) \S+?:(T\S*)\s*")
_FOREIGN = {
    "attributes of what is no entity": re.compile(r"[AM]\S*\t\S+ [ER]"),
    "relations of events": re.compile(r"R\S*\t\S+ (?:\S+?:\S+ )?\S+?:E"),
    "events": re.compile("E"),
    "notes": re.compile("#"),
    "normalisations": re.compile("N"),
    "equivalences": re.compile(r"\*"),
}


class _Line(NamedTuple):
    """A line of an .ann file, and the file and number to name it by."""

    place: str
    words: str


def read(folder: Source, check: bool = True, remarks: list[str] | None = None) -> Iterator[Document]:
    """The documents of a folder and the folders in it, by name; the id is the path without its ending.

    The value of an attribute without one is `true`; the text may be missing, as it often is in predictions. An entity
    in pieces with nothing but white space between them is read as a whole. Raises VigoldError, naming file and line,
    for a line that cannot be read, any other entity in pieces, words that are not those of the text at the offsets,
    and, with `check`, a broken invariant. What is not read is counted in a remark.
    """
    root = Path(folder)
    left: Counter[str] = Counter()
    paths = sorted(root.rglob("*.ann"))
    if not paths:
        raise VigoldError(f"{folder}: no folder with *.ann files, which brat writes beside *.txt")
    for path in paths:
        words = path.with_suffix(".txt")
        text = _text(words) if words.exists() else None
        key = path.relative_to(root).with_suffix("").as_posix()
        spans, relations = _parts(path, text, left)
        document = Document(key, text, spans=spans, relations=relations)
        if check and (problem := next(problems(document), None)):
            raise VigoldError(f"{path}: {tell(document, problem)}")
        yield document
    if left and remarks is not None:
        remarks.append(f"{folder}: not read: {', '.join(f'{count:,} {what}' for what, count in sorted(left.items()))}")


def _text(path: Path) -> str:
    with open_to_read(path) as file:
        return decode(file.read(), str(path))


def _parts(path: Path, text: str | None, left: Counter[str]) -> tuple[tuple[Span, ...], tuple[Relation, ...]]:
    """The spans and relations of an .ann file, and in `left` what else stands in it."""
    own: dict[str, list[_Line]] = {"T": [], "A": [], "R": []}
    for number, words in enumerate(_text(path).removeprefix("\ufeff").split("\n"), 1):
        line = _Line(f"{path}: line {number}", words.removesuffix("\r"))
        if not line.words.strip():
            continue
        what = next((what for what, form in _FOREIGN.items() if form.match(line.words)), None)
        kind = {"M": "A"}.get(line.words[0], line.words[0])
        if what is not None:
            left[what] += 1
        elif kind in own:
            own[kind].append(line)
        else:
            raise VigoldError(f"{line.place}: no line of brat: {shown(line.words)}")
    entities = [_entity(line, text) for line in own["T"]]
    attributes = _attributes(own["A"], {span.id for span in entities})
    spans = tuple(Span(s.id, s.start, s.end, s.label, attributes.get(s.id, {})) for s in entities)
    return spans, tuple(_relation(line) for line in own["R"])


def _entity(line: _Line, text: str | None) -> Span:
    entity = _ENTITY.fullmatch(line.words)
    if entity is None:
        raise VigoldError(f"{line.place}: not an entity: {shown(line.words)}")
    key, label, places, words = entity.groups()
    pieces = [tuple(map(int, piece.split())) for piece in places.split(";")]
    for (_, end), (start, _) in pairwise(pieces):
        if text is None or start < end or text[end:start].strip():
            raise VigoldError(f"{line.place}: a discontinuous entity; spans here are whole, so split or join it")
    start, end = pieces[0][0], pieces[-1][1]
    here = "" if text is None else text[start:end]
    # White space aside, which brat rewrites; offsets past the text are told of by `problems`.
    if text is not None and end <= len(text) and words and "".join(words.split()) != "".join(here.split()):
        raise VigoldError(
            f"{line.place}: says {shown(words)}, but {shown(here)} stands at [{start}, {end}) of the text"
        )
    return Span(key, start, end, label)


def _attributes(lines: list[_Line], ids: set[str]) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for line in lines:
        attribute = _ATTRIBUTE.fullmatch(line.words)
        if attribute is None:
            raise VigoldError(f"{line.place}: not an attribute: {shown(line.words)}")
        name, target, value = attribute.groups()
        if target not in ids:
            raise VigoldError(f"{line.place}: an attribute of {target}, which is not there")
        if name in found.setdefault(target, {}):
            raise VigoldError(f"{line.place}: {target} has the attribute {name} twice")
        found[target][name] = value or "true"
    return found


def _relation(line: _Line) -> Relation:
    relation = _RELATION.fullmatch(line.words)
    if relation is None:
        raise VigoldError(f"{line.place}: not a relation between two entities: {shown(line.words)}")
    return Relation(*relation.groups())
