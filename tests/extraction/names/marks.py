"""Sentences with marked names: `{LOC Huế}` as text and spans."""

from __future__ import annotations

import re

from vigold.document import Span

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
