"""Dates and references by rules, names by a trained model, in one consistent nesting."""

from __future__ import annotations

from vigold.document import Document
from vigold.errors import VigoldError
from vigold.extraction import dates, references
from vigold.extraction.crf import TRAIN, Model, load
from vigold.extraction.registry import Found
from vigold.extraction.rules import combined

NEEDS = f"pip install 'vigold[crf]', and a model: {TRAIN}, then hybrid:model=MODEL"
_BY_RULES = (*dates.LABELS, *references.LABELS)


class Hybrid:
    """The extractor; `labels` are those of the rules for dates and references and those of the model."""

    def __init__(self, model: Model) -> None:
        self._model = model
        self.labels = tuple(dict.fromkeys((*_BY_RULES, *model.labels)))

    def __call__(self, document: Document) -> Found:
        spans = self._model(document).spans
        return combined(document, [span for span in spans if span.label not in _BY_RULES])


def make(model: str = "") -> Hybrid:
    """The extractor with the model in a folder; raises VigoldError without one and as `crf.load` does."""
    if not model:
        raise VigoldError(f"hybrid needs a model: {TRAIN}, then hybrid:model=MODEL")
    return Hybrid(load(model))
