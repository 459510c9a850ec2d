"""Sentences with marked spans: `⟦Nghị định 5⟧ của {ORG Bộ Y tế}` as text, references and other spans."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

from vigold.document import Span

_MARK = re.compile(r"⟦|⟧|\{([A-Z]+) |\}")
FIELDS = ("doc_type", "number", "date", "issuer", "name")
PUBLISHED = "2025-06-15"


class Marked(NamedTuple):
    text: str
    references: list[tuple[int, int]]
    others: list[Span]


class Row(NamedTuple):
    heading: str
    marked: Marked
    described: list[str]
    source: str


def parse(markup: str) -> Marked:
    text, place = "", 0
    opened: list[tuple[str, int]] = []
    references, others = [], []
    for mark in _MARK.finditer(markup):
        text += markup[place : mark.start()]
        place = mark.end()
        if mark[0] == "⟦" or mark[1]:
            opened.append((mark[1] or "DOC", len(text)))
            continue
        label, start = opened.pop()
        if label == "DOC":
            references.append((start, len(text)))
        else:
            others.append(Span("", start, len(text), label))
    references.sort(key=lambda place: (place[0], -place[1]))
    return Marked(text + markup[place:], references, others)


def rows() -> list[Row]:
    """The rows of `table.tsv`."""
    found, heading = [], ""
    for line in (Path(__file__).parent / "table.tsv").read_text("utf-8").splitlines():
        if line.startswith("#"):
            heading = line.removeprefix("# ")
        elif line:
            markup, described, source = line.split("\t")
            parts = described.split(" ; ") if described else []
            found.append(Row(heading, parse(markup.replace("\\n", "\n")), parts, source))
    return found


def describe(text: str, span: Span) -> str:
    """A reference as the table describes it."""
    values = [span.attrs.get(field, "") for field in FIELDS]
    if values[-1] and values[-1] == text[span.start : span.end]:
        values[-1] = "="
    return "|".join(values)
