"""Dates and references by rules, names by a trained model and, where they proved right, by rules; in one nesting."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from vigold.document import Document, Span
from vigold.errors import VigoldError
from vigold.extraction import crf, dates, names, references
from vigold.extraction.crf import Model
from vigold.extraction.crf.model import Manifest
from vigold.extraction.registry import Found
from vigold.extraction.rules import combined, nested

TRAIN = "`vigold train -x hybrid GOLD -o MODEL`"
NEEDS = f"pip install 'vigold[crf]', and a model: {TRAIN}, then hybrid:model=MODEL"
_BY_RULES = (*dates.LABELS, *references.LABELS)
_FOLDS = 3
"""Parts in which training judges what the rules add; more cost more and tell little more."""


class Hybrid(Model):
    """The extractor; `labels` are those of the rules for dates and references and those of the model."""

    def __init__(self, manifest: Manifest, files: Mapping[str, bytes]) -> None:
        super().__init__(manifest, files)
        self.labels = tuple(dict.fromkeys((*_BY_RULES, *manifest.labels)))

    def __call__(self, document: Document) -> Found:
        found = [span for span in super().__call__(document).spans if span.label not in _BY_RULES]
        added = _added(document, found, self.manifest.trusted)
        return combined(document, nested((found, added)))


def make(model: str = "") -> Hybrid:
    """The extractor with the model in a folder, which may be one of `crf`.

    Raises VigoldError without one and as `crf.load` does.
    """
    if not model:
        raise VigoldError(f"hybrid needs a model: {TRAIN}, then hybrid:model=MODEL")
    found = crf.load(model)
    return Hybrid(found.manifest, found.files)


def train(documents: Iterable[Document], **options: str) -> Hybrid:
    """The extractor with a model of the names alone; options and errors as in `crf.train`.

    The rules are trusted with those labels of which more than half of what they add to the model is right, on
    documents that a model has not seen.
    """
    given = list(map(_names, documents))
    model = crf.train(given, **options)
    # Without a label that both have the rules add nothing, and there is nothing to judge.
    shared = not frozenset(names.LABELS).isdisjoint(model.labels)
    trusted = _trusted(given, options) if shared else ()
    return Hybrid(msgspec.structs.replace(model.manifest, trusted=trusted), model.files)


def _trusted(documents: Sequence[Document], options: dict[str, str]) -> tuple[str, ...]:
    added: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for fold in range(_FOLDS):
        try:
            model = crf.train([document for n, document in enumerate(documents) if n % _FOLDS != fold], **options)
        except VigoldError:
            continue  # Too few documents have spans: then this part tells nothing of the rules.
        for document in documents[fold::_FOLDS]:
            gold = {span.key for span in document.spans}
            found = model(document).spans
            known = {span.key for span in found}
            fitting = {span.key for span in nested((found, _added(document, found, model.labels)))} - known
            added.update(label for _, _, label in fitting)
            right.update(label for _, _, label in fitting & gold)
    return tuple(sorted(label for label in added if 2 * right[label] > added[label]))


def _added(document: Document, found: Iterable[Span], labels: Iterable[str]) -> list[Span]:
    """What the rules find of some labels and the model does not."""
    keys, wanted = {span.key for span in found}, frozenset(labels)
    if not wanted.intersection(names.LABELS):
        return []
    return [span for span in names.find(document.text or "") if span.label in wanted and span.key not in keys]


def _names(document: Document) -> Document:
    kept = tuple(span for span in document.spans if span.label not in _BY_RULES)
    return msgspec.structs.replace(document, spans=kept, relations=())
