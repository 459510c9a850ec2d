"""WebAnno TSV 3, which WebAnno and INCEpTION export: a token a line, with its offsets and a column a feature.

Layers of spans that are named entities or made for a project are read, others and relations are not. The label is the
feature `value`, else the first one; further features are values. Offsets count UTF-16 code units, as Java does. The
text is made of the tokens at their offsets; between sentences stands a line break.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from vigold.document import Document, Span
from vigold.errors import VigoldError, shown
from vigold.files import Source, decode, read_bytes

MARK = b"#FORMAT=WebAnno TSV 3"
"""What every such file begins with."""

ENDINGS = ("*.tsv", "*.conll")
_ROW = re.compile(r"(\d{1,9}-\d{1,9})(\.\d{1,9})?\t(\d{1,9})-(\d{1,9})\t([^\t]*)(?:\t(.*))?")
_NAMES = re.compile(r"(?:.*\.)?NamedEntity|webanno\.custom\..*")
_BAR = re.compile(r"(?<!\\)((?:\\\\)*)\|")
_ID = re.compile(r"(.*?)(?<!\\)\[(\d{1,9})\]", re.DOTALL)
_ESCAPE = re.compile(r"\\(->|.)", re.DOTALL)


class _Layer(NamedTuple):
    """A layer of spans: the column of its label, and of its further features by name."""

    label: int
    features: dict[str, int]


class _Row(NamedTuple):
    """A token, or a part of one: offsets in the text, columns, and where it stands."""

    start: int
    end: int
    columns: list[str]
    place: str


class _Mark(NamedTuple):
    start: int
    end: int
    label: str
    attrs: dict[str, str]


def read(path: Source, remarks: list[str] | None = None) -> Iterator[Document]:
    """The document of a file, or those of a folder and the folders in it; the id is the path without its ending.

    Raises VigoldError, naming file and line, for a line that is none, and where no layer holds named entities. What
    has no label is counted in a remark.
    """
    root = Path(path)
    paths = sorted({one for ending in ENDINGS for one in root.rglob(ending)}) if root.is_dir() else [root]
    if not paths:
        raise VigoldError(f"{path}: a folder without {' or '.join(ENDINGS)} files")
    unnamed = 0
    for one in paths:
        key = one.relative_to(root) if root.is_dir() else Path(one.name)
        document, count = _document(key.with_suffix("").as_posix(), one)
        unnamed += count
        yield document
    if unnamed and remarks is not None:
        remarks.append(f"{path}: {unnamed:,} annotations without a label left out")


def _document(key: str, path: Path) -> tuple[Document, int]:
    data = read_bytes(path, "WebAnno TSV 3").removeprefix(b"\xef\xbb\xbf")
    if not data.startswith(MARK):
        raise VigoldError(f"{path}: line 1: expected {MARK.decode()}")
    lines = decode(data, str(path)).split("\n")
    layers = _layers(lines, path)
    text, rows = _rows(lines, path)
    marks, unnamed = _marks(rows, layers)
    found = sorted(marks, key=lambda one: (one.start, -one.end, one.label))
    spans = tuple(Span(f"s{n}", *one) for n, one in enumerate(found, 1))
    return Document(key, text, spans=spans), unnamed


def _layers(lines: list[str], path: Path) -> list[_Layer]:
    """The layers that are read; raises VigoldError that names those there are where none is."""
    found, names, column = [], [], 0
    for line in lines:
        if not line.startswith("#T_"):
            continue
        kind, _, head = line.rstrip("\r").partition("=")
        name, *features = head.split("|")
        names.append(name)
        columns = {feature: column + n for n, feature in enumerate(features or [""])}
        column += len(features) or 1
        if kind == "#T_SP" and _NAMES.fullmatch(name):
            label = columns.pop("value" if "value" in columns else next(iter(columns)))
            plain = {key: n for key, n in columns.items() if key and not key.startswith(("ROLE_", "BT_"))}
            found.append(_Layer(label, plain))
    if not found:
        raise VigoldError(f"{path}: no layer of named entities; there are {', '.join(map(shown, names)) or 'none'}")
    return found


def _rows(lines: list[str], path: Path) -> tuple[str, list[_Row]]:
    """The text, and the rows with their offsets in it as code points."""
    text: list[str] = []
    rows: list[_Row] = []
    units, length, sentence = 0, 0, ""
    within = (0, 0)
    for number, line in enumerate(lines, 1):
        words, place = line.rstrip("\r"), f"{path}: line {number}"
        if not words.strip() or words.startswith("#"):
            continue
        row = _ROW.fullmatch(words)
        if row is None:
            raise VigoldError(f"{place}: not a line of WebAnno TSV: {shown(words)}")
        start, end, token = int(row[3]), int(row[4]), row[5]
        columns = (row[6] or "").split("\t")
        if row[2]:
            rows.append(_Row(*_part(start, token, within, text, place), columns, place))
            continue
        if start < units or start - units > 1_000_000 or end - start != _units(token):
            raise VigoldError(f"{place}: {shown(token)} does not fit [{start}, {end}) after offset {units}")
        filler = start - units
        between = "\n" if sentence and sentence != row[1].split("-")[0] else " "
        text += [between + " " * (filler - 1) if filler else "", token]
        rows.append(_Row(length + filler, length + filler + len(token), columns, place))
        within = (start, length + filler)
        units, length, sentence = end, length + filler + len(token), row[1].split("-")[0]
    return "".join(text), rows


def _part(start: int, part: str, within: tuple[int, int], text: list[str], place: str) -> tuple[int, int]:
    """Where a part of the token before it stands; raises VigoldError where it is none of it."""
    token = text[-1] if text else ""
    before = token.encode("utf-16-le")[: 2 * max(start - within[0], 0)].decode("utf-16-le", "replace")
    if start < within[0] or not token.startswith(part, len(before)):
        raise VigoldError(f"{place}: {shown(part)} is no part of the token {shown(token)}")
    return within[1] + len(before), within[1] + len(before) + len(part)


def _units(token: str) -> int:
    return len(token.encode("utf-16-le")) // 2


def _marks(rows: list[_Row], layers: list[_Layer]) -> tuple[list[_Mark], int]:
    """What is marked on the rows, and how many annotations have no label."""
    found: dict[tuple[int, str], _Mark] = {}
    unnamed: Counter[tuple[int, str]] = Counter()
    for number, row in enumerate(rows):
        for which, layer in enumerate(layers):
            values = {name: _values(row, column) for name, column in layer.features.items()}
            for n, (label, key) in enumerate(_values(row, layer.label)):
                name = which, key or f"row {number}"
                if label == "*":
                    unnamed[name] += 1
                    continue
                attrs = {feature: given[n][0] for feature, given in values.items() if n < len(given)}
                before = found.get(name, _Mark(row.start, row.end, label, {}))
                kept = {feature: value for feature, value in attrs.items() if value != "*"}
                found[name] = _Mark(before.start, row.end, label, kept)
    return list(found.values()), len(unnamed)


def _values(row: _Row, column: int) -> list[tuple[str, str]]:
    """The stacked values of a column with their numbers, which are empty where an annotation is of one token."""
    given = row.columns[column] if column < len(row.columns) else "_"
    if given in ("_", ""):
        return []
    found = []
    for part in _BAR.sub(r"\1\n", given).split("\n"):
        numbered = _ID.fullmatch(part)
        value = numbered[1] if numbered else part
        key = f"id {numbered[2]}" if numbered else ""
        found.append((value if value == "*" else _ESCAPE.sub(r"\1", value), key))
    return found
