"""A trainable extractor: conditional random fields over syllables, for nested spans of any labels."""

from __future__ import annotations

from vigold.errors import VigoldError
from vigold.extraction.crf.model import Model, load
from vigold.extraction.crf.training import train

__all__ = ["NEEDS", "Model", "load", "make", "train"]

TRAIN = "`vigold train -x crf GOLD -o MODEL`"
NEEDS = f"pip install 'vigold[crf]', and a model: {TRAIN}, then crf:model=MODEL"


def make(model: str = "") -> Model:
    """The extractor with the model in a folder; raises VigoldError without one and as `load` does."""
    if not model:
        raise VigoldError(f"crf needs a model: {TRAIN}, then crf:model=MODEL")
    return load(model)
