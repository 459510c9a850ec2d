"""Dates and references by rules, names by a trained model, in one consistent nesting."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from vigold.document import Document
from vigold.errors import VigoldError
from vigold.extraction import crf, dates, references
from vigold.extraction.crf import Model
from vigold.extraction.crf.model import Manifest
from vigold.extraction.registry import Found
from vigold.extraction.rules import combined

TRAIN = "`vigold train -x hybrid GOLD -o MODEL`"
NEEDS = f"pip install 'vigold[crf]', and a model: {TRAIN}, then hybrid:model=MODEL"
_BY_RULES = (*dates.LABELS, *references.LABELS)


class Hybrid(Model):
    """The extractor; `labels` are those of the rules for dates and references and those of the model."""

    def __init__(self, manifest: Manifest, files: Mapping[str, bytes]) -> None:
        super().__init__(manifest, files)
        self.labels = tuple(dict.fromkeys((*_BY_RULES, *manifest.labels)))

    def __call__(self, document: Document) -> Found:
        names = [span for span in super().__call__(document).spans if span.label not in _BY_RULES]
        return combined(document, names)


def make(model: str = "") -> Hybrid:
    """The extractor with the model in a folder, which may be one of `crf`.

    Raises VigoldError without one and as `crf.load` does.
    """
    if not model:
        raise VigoldError(f"hybrid needs a model: {TRAIN}, then hybrid:model=MODEL")
    return _of(crf.load(model))


def train(documents: Iterable[Document], **options: str) -> Hybrid:
    """The extractor with a model of the names alone; options and errors as in `crf.train`."""
    return _of(crf.train(map(_names, documents), **options))


def _of(model: Model) -> Hybrid:
    return Hybrid(model.manifest, model.files)


def _names(document: Document) -> Document:
    kept = tuple(span for span in document.spans if span.label not in _BY_RULES)
    return msgspec.structs.replace(document, spans=kept, relations=())
