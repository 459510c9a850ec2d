"""The examples of the annotators' guidelines as documents.

An example is a sentence in backticks in a table: `Họp {DATE ngày 5/7 = 2023-07-05}`. Braces are a span, `=` begins the
values of a DATE: its type where it is not DATE, its value, and `name=value` for more. The heading of its column says
whether it is right or wrong; the values of a DOC stand in the columns of its row, or nowhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from tests.conftest import ROOT
from vigold.document import Document, Relation, Span

PATH = ROOT / "annotation" / "guidelines.md"
PUBLISHED = "2023-07-06"
RIGHT, WRONG, RELATIONS = ("Đúng", "Ví dụ"), "Sai", "Quan hệ"
DOC_VALUES = ("doc_type", "number", "date", "issuer", "name")
_TYPES = ("TIME", "DURATION", "SET")
_MARK = re.compile(r"\{([A-Z]+) | = ([^{}]*)(?=\})|\}")
_CELL = re.compile(r"(?<!\\)\|")


class Example(NamedTuple):
    """A right example, and the same sentence marked wrongly, where there is one."""

    right: Document
    wrong: Document | None


def examples() -> list[Example]:
    """The examples of all tables."""
    found = []
    for n, row in enumerate(_rows(PATH.read_text("utf-8"))):
        marked = next((row[name] for name in RIGHT if name in row), "")
        if "`" in marked:
            right = _document(f"right-{n}", marked, row)
            wrong = row.get(WRONG, "")
            found.append(Example(right, _document(f"wrong-{n}", wrong, {}) if "`" in wrong else None))
    return found


def _rows(text: str) -> Iterator[dict[str, str]]:
    """The rows of the tables, as cells by the headings of their columns."""
    heads: list[str] = []
    for line in text.splitlines():
        if not line.startswith("|"):
            heads = []
            continue
        cells = [cell.strip() for cell in _CELL.split(line)[1:-1]]
        if not heads:
            heads = cells
        elif not set(line) <= set("|- :"):
            yield dict(zip(heads, cells, strict=True))


def _document(key: str, cell: str, row: dict[str, str]) -> Document:
    text, place = "", 0
    spans: list[Span] = []
    opened: list[tuple[str, int, str]] = []
    markup = cell.strip("`")
    for mark in _MARK.finditer(markup):
        text += markup[place : mark.start()]
        place = mark.end()
        if mark[1]:
            opened.append((mark[1], len(text), ""))
        elif mark[2] is not None:
            opened[-1] = (*opened[-1][:2], mark[2])
        else:
            label, start, values = opened.pop()
            attrs = _date(values) if label == "DATE" else {}
            if label == "DOC" and not opened:
                attrs = {name: row[name] for name in DOC_VALUES if row.get(name, "–") != "–"}
            spans.append(Span(f"s{len(spans)}", start, len(text), label, attrs))
    text += markup[place:]
    relations = tuple(_relations(row.get(RELATIONS, ""), text, spans))
    return Document(key, text, PUBLISHED, spans=tuple(sorted(spans, key=lambda s: s.key)), relations=relations)


def _date(values: str) -> dict[str, str]:
    first, *rest = values.split()
    kind = first if first in _TYPES else "DATE"
    plain = [word for word in [first, *rest] if word not in _TYPES and "=" not in word]
    more = dict(word.split("=") for word in rest if "=" in word)
    return {"type": kind, "value": " ".join(plain), **more}


def _relations(cell: str, text: str, spans: list[Span]) -> Iterator[Relation]:
    """`holds: Lò Văn Sáu → Bộ trưởng`, parted by semicolons; the ends are the words of the outermost such spans."""
    by_words = {text[span.start : span.end]: span.id for span in spans}
    for said in filter(None, cell.split("; ")):
        kind, ends = said.split(": ", 1)
        head, tail = ends.split(" → ")
        yield Relation(kind, by_words[head], by_words[tail])
