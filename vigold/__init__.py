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
    from vigold.scoring.inputs import Given
    from vigold.scoring.result import Result

__all__ = ["Document", "Relation", "Span", "VigoldError", "Zone", "__version__", "extract", "read", "score", "write"]


def read(
    path: str | os.PathLike[str], format: str | None = None, *, config: str | None = None, split: str | None = None
) -> list[Document]:
    """The documents of a file in any format that vigold reads, told by content unless `format` names it or a corpus
    (`phoner`); a path that is not there is taken for a dataset of the Hub. `config` and `split` say which part of a
    dataset is meant. Raises VigoldError naming file, line and span of what is wrong."""
    from vigold.formats import given, registry

    how = registry.Reading(config=config, split=split)
    return list(registry.read(given.path(path, "vigold.read(path)"), how, format))


def write(path: str | os.PathLike[str], documents: Iterable[Document], format: str | None = None) -> None:
    """Write documents as `jsonl`, `parquet`, `conll`, `brat`, `hf-tokens`, `gliner` or `spacy`; the file appears only
    when all of them are written.

    Without `format` the ending of the path tells: `.parquet` is Parquet, `.conll`, `.iob`, `.iob2` and `.bio` are
    CoNLL, `.spacy` is a DocBin, everything else is JSONL. CoNLL and `hf-tokens` hold the outermost spans alone, none
    but JSONL and Parquet zones and `meta`.
    """
    from vigold.formats import given, writers

    target = given.path(path, "vigold.write(path, documents)")
    writers.write(target, given.documents(documents, "vigold.write(path, documents)"), format)


def extract(documents: Iterable[Document] | str | os.PathLike[str], extractor: str = "rules") -> list[Document]:
    """What an extractor (`NAME` or `NAME:key=value,…`) finds in the texts of documents or of a file; spans that are
    there are not looked at."""
    from vigold import extraction
    from vigold.formats import given

    if not isinstance(extractor, str):
        raise VigoldError(f"vigold.extract(documents, name): expected the name of one, found {given.kind(extractor)}")
    found = read(documents) if given.is_path(documents) else documents
    sound = given.sound(found, "vigold.extract(documents, name)")
    return list(extraction.extract(sound, extractor))


def score(gold: Given, predictions: Mapping[str, Given], **options: Any) -> Result:
    """The scores of named predictions against gold, each of them documents, a `datasets.Dataset` or the path of a
    file; options as in `vigold.scoring.evaluate.evaluate`."""
    from vigold.scoring.api import score

    return score(gold, predictions, **options)
