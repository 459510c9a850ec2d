"""Resolution: which references mean the same document."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from vigold.extraction.references import keys
from vigold.extraction.references.numbers import marked
from vigold.extraction.references.spelling import key

_ZEROS = re.compile(r"(?<![\d.])0+(?=\d)")
_LETTER = re.compile(r"[^\W\d_]")
_HEAD = re.compile(r"[\d.]+[a-z]?(?:/\d{4})?")
# Of more documents that share a number only the last ones are looked at.
_NEAR = 50
_SHORT = re.compile(r"\d{1,5}[a-z]?(?:\.\d{1,3})?\Z")


class _Cluster:
    """A document with the references to it so far."""

    def __init__(self) -> None:
        self.mentions: list[int] = []
        self.attrs: dict[str, str] = {}

    def add(self, n: int, attrs: Mapping[str, str]) -> None:
        """Add a reference; the longest number says most, of the rest the first that is known."""
        self.mentions.append(n)
        for name, value in attrs.items():
            known = self.attrs.get(name)
            if known is None or (name == "number" and len(value) > len(known)):
                self.attrs[name] = value

    def join(self, other: _Cluster) -> None:
        """Take over the references to the same document."""
        self.mentions = sorted([*self.mentions, *other.mentions])
        self.attrs = {**other.attrs, **self.attrs}


def documents(attributes: Sequence[Mapping[str, str]]) -> list[dict[str, Any]]:
    """One entry a document: its key, the indices of its mentions, and its best attributes."""
    clusters: list[_Cluster] = []
    by_identity: dict[tuple[str, ...], list[_Cluster]] = {}
    for n, attrs in enumerate(attributes):
        labels = identities(attrs)
        cluster = _known(by_identity.get(labels[0], []), attrs)
        if cluster is None:
            cluster = _Cluster()
            clusters.append(cluster)
            for label in labels:
                by_identity.setdefault(label, []).append(cluster)
        cluster.add(n, attrs)
    return [{"key": key, "mentions": c.mentions, **c.attrs} for key, c in _distinct(clusters).items()]


def _distinct(clusters: Sequence[_Cluster]) -> dict[str, _Cluster]:
    """Documents by their keys: those that are written in two ways are one, those of two days get their days."""
    found: dict[str, _Cluster] = {}
    for cluster in clusters:
        name = keys.key(cluster.attrs)
        if name in found and not _same_day(found[name].attrs, cluster.attrs):
            name += keys.day(cluster.attrs)
        if name in found:
            found[name].join(cluster)
        else:
            found[name] = cluster
    return found


def _same_day(one: Mapping[str, str], other: Mapping[str, str]) -> bool:
    """Whether dates, if both are given, are equal."""
    return one.get("date") is None or other.get("date") in (None, one["date"])


def _known(candidates: Sequence[_Cluster], attrs: Mapping[str, str]) -> _Cluster | None:
    """The nearest earlier document that a reference may mean: dates, if both are given, are equal."""
    fit = [cluster for cluster in candidates[-_NEAR:] if _same_day(attrs, cluster.attrs)]
    return max(fit, key=lambda cluster: cluster.mentions[-1], default=None)


def identities(attrs: Mapping[str, str]) -> list[tuple[str, ...]]:
    """What a reference may be known by: first its own identity, then the short forms that may join it."""
    kind = key(attrs.get("doc_type", ""))
    if "number" not in attrs:
        return [("name", keys.named(attrs.get("doc_type", ""), attrs.get("name", "")))]
    number = number_key(attrs["number"])
    if not _LETTER.search(_SHORT.sub("", number)):
        heads = dict.fromkeys((number, number.split("/")[0]))
        return [("bare", kind, head) for head in heads]
    found: list[tuple[str, ...]] = [("number", number)]
    if match := _HEAD.match(number):
        head = match[0]
        found += [("bare", kind, part) for part in dict.fromkeys((head, head.split("/")[0]))]
    return found


def number_key(number: str) -> str:
    """A number without what does not tell documents apart: case, dashes, leading zeros."""
    return _ZEROS.sub("", key(marked(number)))
