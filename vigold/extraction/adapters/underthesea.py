"""underthesea's names of persons, organisations and places: its CRF, with the models that its wheel brings."""

from __future__ import annotations

import importlib
from importlib.metadata import version
from typing import Any

from vigold.document import Document
from vigold.errors import MissingExtra
from vigold.extraction.adapters.words import spans
from vigold.extraction.registry import Extractor, Found
from vigold.extraction.tables import table
from vigold.text import sentences

_LABELS: dict[str, str] = table("adapters")["names"]
LABELS = tuple(_LABELS.values())
NEEDS = "pip install 'vigold[underthesea]'; it unpickles tables of its own wheel"


def make() -> Extractor:
    """The extractor, warm; it takes no options. Raises MissingExtra without the package."""
    try:
        ner = importlib.import_module("underthesea").ner
    except ImportError:
        raise MissingExtra("the extractor underthesea", "underthesea") from None
    ner("Hà Nội")  # it loads its models at the first call
    return _Underthesea(ner)


class _Underthesea:
    def __init__(self, ner: Any) -> None:
        self._ner = ner
        self.versions = {"underthesea": version("underthesea")}

    def __call__(self, document: Document) -> Found:
        text = document.text or ""
        tagged = ((piece, [(row[0], row[-1]) for row in self._ner(text[slice(*piece)])]) for piece in sentences(text))
        return Found(spans(document, tagged, _LABELS))
