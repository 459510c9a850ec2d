"""What is in the data, counted while it is written."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

import msgspec

from vigold.document import Document
from vigold.release.bio import Loss
from vigold.release.prepared import Prepared
from vigold.scheme import Scheme

_EXAMPLE_SPANS = 3
_EXAMPLE_CHARACTERS = 160


class Unseen(NamedTuple):
    """Names of a split that the training part does not have: of how many mentions, and of how many distinct names."""

    label: str
    mentions: int
    unseen_mentions: int
    names: int
    unseen_names: int


class Figures:
    """Counts over all documents and over each split; `add` counts one document."""

    def __init__(self, scheme: Scheme) -> None:
        self.scheme = scheme
        self.documents: Counter[str] = Counter()
        self.spans: Counter[str] = Counter()
        self.split_spans: dict[str, Counter[str]] = {}
        self.relations: Counter[str] = Counter()
        self.licences: Counter[str] = Counter()
        self.sources: Counter[str] = Counter()
        self.years: Counter[str] = Counter()
        self.sizes: Counter[int] = Counter()
        self.published: list[str] = []
        self.characters = self.sentences = 0
        self.loss = Loss()
        self.example: Document | None = None
        self._bare = {name for name, label in scheme.labels.items() if not label.attributes}
        self._names: dict[str, Counter[tuple[str, str]]] = {}

    def add(self, split: str, row: Prepared) -> None:
        """Count a document of this split."""
        document = row.document
        self.documents[split] += 1
        self.spans.update(labels := [span.label for span in document.spans])
        self.split_spans.setdefault(split, Counter()).update(labels)
        self.relations.update(relation.type for relation in document.relations)
        self.licences[document.licence or "unknown"] += 1
        self.sources[document.source or "unknown"] += 1
        self.years[(document.published or "unknown")[:7].split("-")[0]] += 1
        self.sizes[len(document.spans)] += 1
        self.characters += len(row.text)
        self.sentences += len(row.sentences)
        if document.published:
            days = [*self.published, document.published]
            self.published = [min(days), max(days)]
        if self.example is None and document.spans:
            self.example = document
        names = self._names.setdefault(split, Counter())
        bare, text = self._bare, row.text
        names.update(
            [(span.label, text[span.start : span.end].casefold()) for span in document.spans if span.label in bare]
        )

    @property
    def total(self) -> int:
        """How many documents there are."""
        return sum(self.documents.values())

    def unseen(self, split: str, train: str = "train") -> list[Unseen]:
        """How new the names of a split are, label by label; nothing where either part is missing."""
        held, known = self._names.get(split, Counter()), self._names.get(train, Counter())
        found = []
        for label in self.scheme.labels:
            here = {key: count for key, count in held.items() if key[0] == label}
            if here and train in self.documents:
                new = [key for key in here if key not in known]
                mentions = sum(here[key] for key in new)
                found.append(Unseen(label, sum(here.values()), mentions, len(here), len(new)))
        return found

    def example_row(self) -> str:
        """The first document as JSON, cut to its first zones, spans and words."""
        if self.example is None:
            return "{}"
        record = msgspec.to_builtins(self.example)
        if len(record["text"]) > _EXAMPLE_CHARACTERS:
            record["text"] = record["text"][:_EXAMPLE_CHARACTERS] + "…"
        spans = [{k: v for k, v in span.items() if k != "score"} for span in record["spans"][:_EXAMPLE_SPANS]]
        kept = {span["id"] for span in spans}
        record["spans"] = spans
        record["relations"] = [r for r in record["relations"] if {r["head"], r["tail"]} <= kept]
        record["meta"], record["zones"] = {}, record["zones"][:2]
        return msgspec.json.format(msgspec.json.encode(record), indent=1).decode()
