"""Sentences with marked names: `{LOC Huế}` as text and spans."""

from __future__ import annotations

import re

from vigold.document import Span
from vigold.extraction import names

_MARK = re.compile(r"\{([A-Z]+) |\}")


def parse(markup: str) -> tuple[str, list[Span]]:
    """`{LOC Huế}` as text and spans."""
    text, spans, opened, place = "", [], [], 0
    for mark in _MARK.finditer(markup):
        text += markup[place : mark.start()]
        place = mark.end()
        if mark[1]:
            opened.append((mark[1], len(text)))
        else:
            label, start = opened.pop()
            spans.append(Span("", start, len(text), label))
    return text + markup[place:], sorted(spans, key=lambda span: (span.start, -span.end, span.label))


def check(markup: str) -> None:
    """Assert that the rules find the names that are marked, and no others."""
    text, spans = parse(markup)
    found = [(text[span.start : span.end], span.label) for span in names.find(text)]
    assert found == [(text[span.start : span.end], span.label) for span in spans]
