"""Names of persons, bodies, places, posts and events, found by their signals and by tables."""

from vigold.extraction.names.finding import find, make
from vigold.extraction.names.holding import holders
from vigold.extraction.names.words import LABELS

__all__ = ["LABELS", "find", "holders", "make"]
