"""Cross-validation of a trainable extractor: every document is predicted by a model that has not seen it."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Sequence

import msgspec

from vigold.document import Document
from vigold.errors import VigoldError
from vigold.extraction.registry import Extractor, extract
from vigold.scoring.evaluate import evaluate
from vigold.scoring.joining import as_corpus
from vigold.scoring.result import Result


def cross_validated(
    documents: Iterable[Document],
    train: Callable[[Sequence[Document]], Extractor],
    name: str,
    *,
    folds: int = 5,
    seed: int = 12345,
    resamples: int = 10_000,
) -> Result:
    """The scores of what `train` makes, under `name`, over all documents, each in one of `folds` random parts;
    the signature tells how many.

    `seed` is that of the parts and of the resamples. Raises VigoldError for fewer documents than
    folds, and as `train` does.
    """
    # Files of several sources may use the same ids.
    gold = [msgspec.structs.replace(document, id=str(n)) for n, document in enumerate(documents)]
    if len(gold) < 2:
        raise VigoldError("cross-validation needs two documents or more; leave --folds out")
    if not 2 <= folds <= len(gold):
        raise VigoldError(f"{folds} folds of {len(gold)} documents; take 2 to {len(gold)}")
    order = random.Random(seed).sample(gold, len(gold))
    predicted: list[Document] = []
    for fold in range(folds):
        held = order[fold::folds]
        ids = {document.id for document in held}
        predicted += extract(held, train([document for document in gold if document.id not in ids]))
    noted = as_corpus(gold, "gold")._replace(notes={"folds": str(folds)})
    return evaluate(noted, {name: predicted}, resamples=resamples, seed=seed)
