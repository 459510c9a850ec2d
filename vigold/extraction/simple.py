"""A deliberately simple extractor: what a few lines of regular expressions reach. The floor to compare with."""

from __future__ import annotations

import re

from vigold.document import Document, Span
from vigold.extraction.registry import Extractor, Found
from vigold.extraction.tables import table

_TABLE = table("simple")
LABELS = tuple(dict.fromkeys((*_TABLE["patterns"], *_TABLE["first_words"], _TABLE["other"])))

_PATTERNS = {label: re.compile(pattern) for label, pattern in _TABLE["patterns"].items()}
_UPPER = "".join(letter for letter in map(chr, range(0x1F00)) if letter.isupper())
_CAPITALS = re.compile(rf"\b[{_UPPER}]\w*(?: [{_UPPER}]\w*)+")
_FIRST_WORDS = {word: label for label, words in _TABLE["first_words"].items() for word in words}


def make() -> Extractor:
    """The extractor; it takes no options."""
    return _find


def _find(document: Document) -> Found:
    text = document.text or ""
    found = {match.span(): label for label, pattern in _PATTERNS.items() for match in pattern.finditer(text)}
    for match in _CAPITALS.finditer(text):
        found.setdefault(match.span(), _FIRST_WORDS.get(match[0].split()[0].lower(), _TABLE["other"]))
    return Found(tuple(Span(f"s{n}", *place, label) for n, (place, label) in enumerate(sorted(found.items()), 1)))
