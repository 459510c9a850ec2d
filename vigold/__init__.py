"""vigold: gold-standard annotation and evaluation for information extraction from Vietnamese news.

gold = vigold.read("gold.jsonl")
predictions = vigold.extract(gold, "rules")
print(vigold.score(gold, {"rules": predictions}))
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from vigold.document import Document, Relation, Span, Zone
from vigold.errors import VigoldError
from vigold.version import __version__

if TYPE_CHECKING:
    from vigold.scoring.result import Result

__all__ = ["Document", "Relation", "Span", "VigoldError", "Zone", "__version__", "extract", "read", "score", "write"]


def read(path: str | os.PathLike[str]) -> list[Document]:
    """The documents of a file in any format that vigold reads, told by content; a path that is not there is taken for
    a dataset of the Hub. Raises VigoldError naming file, line and span of what is wrong."""
    from vigold.formats import registry

    return list(registry.read(path))


def write(path: str | os.PathLike[str], documents: Iterable[Document]) -> None:
    """Write documents as JSONL; the file appears only when all of them are written."""
    from vigold.formats import jsonl

    jsonl.write(path, documents)


def extract(documents: Iterable[Document], extractor: str = "rules") -> list[Document]:
    """What an extractor (`NAME` or `NAME:key=value,…`) finds in the texts; spans that are there are not looked at."""
    from vigold import extraction

    return list(extraction.extract(documents, extractor))


def score(gold: Iterable[Document], predictions: Mapping[str, Iterable[Document]], **options: Any) -> Result:
    """The scores of named predictions against gold; options as in `vigold.scoring.evaluate.evaluate`."""
    from vigold.scoring.evaluate import evaluate

    return evaluate(gold, predictions, **options)
