"""The configurations of a released dataset: which there are under a scheme, their columns and how rows are made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from vigold.release import columns, features
from vigold.release.bio import Flat
from vigold.release.columns import Batch
from vigold.release.mentions import KINDS, attributes_of, labels_of, mentions
from vigold.scheme import Scheme


@dataclass(frozen=True, eq=False)
class Configuration:
    """A configuration: its name, what a row of it is, its `datasets.Features`, and what makes an Arrow batch."""

    name: str
    what: str
    features: Any
    batch: Batch

    @property
    def schema(self) -> Any:
        """The Arrow schema of its files, with the features in its metadata."""
        return self.features.arrow_schema


def configurations(scheme: Scheme) -> list[Configuration]:
    """The configurations under this scheme: `default` and `bio`, and `references` and `dates` where it has such."""
    whole, flat = features.documents(scheme), features.bio(scheme)
    found = [
        Configuration("default", "a document", whole, columns.documents(scheme, whole.arrow_schema)),
        Configuration("bio", "a sentence", flat, Flat(scheme, flat.arrow_schema)),
    ]
    for kind in KINDS:
        if labels := labels_of(kind, scheme):
            names = attributes_of(labels, scheme)
            types = features.mentions(labels, names, chained=kind.chains is not None)
            batch = mentions(kind, labels, names, types.arrow_schema)
            found.append(Configuration(kind.name, "a mention", types, batch))
    return found
