"""The columns of the released configurations: the keys of the records, typed by the scheme."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from vigold.scheme import Scheme

OUTSIDE = "O"
PLAIN = ("id", "text", "published", "title", "source", "url", "licence")
"""The keys of a document that are a text or null."""


def documents(scheme: Scheme) -> Any:
    """The `datasets.Features` of the configuration `default`: one row a document, nested spans and relations."""
    from datasets import ClassLabel, Features, List, Value

    text, offset = Value("string"), Value("int32")
    span = {"id": text, "start": offset, "end": offset, "label": ClassLabel(names=list(scheme.labels))}
    if scheme.attributes:  # Parquet has no struct without fields.
        span["attrs"] = dict.fromkeys(scheme.attributes, text)
    relation = {"type": ClassLabel(names=list(scheme.relations)), "head": text, "tail": text}
    return Features(
        dict.fromkeys(PLAIN, text)
        | {"zones": List({"kind": text, "start": offset, "end": offset}), "spans": List(span)}
        | {"relations": List(relation), "meta": text}
    )


def bio(scheme: Scheme) -> Any:
    """The `datasets.Features` of the configuration `bio`: one row a sentence, IOB2 tags over syllable tokens."""
    from datasets import ClassLabel, Features, List, Value

    offsets = List(Value("int32"))
    return Features(
        {"id": Value("string"), "document": Value("string"), "tokens": List(Value("string"))}
        | {"ner_tags": List(ClassLabel(names=tags(scheme))), "starts": offsets, "ends": offsets}
    )


def tags(scheme: Scheme) -> list[str]:
    """The IOB2 tags in the order of their codes: `O`, then B and I of each label."""
    return [OUTSIDE, *(f"{prefix}-{label}" for label in scheme.labels for prefix in "BI")]


def mentions(labels: Sequence[str], attributes: Sequence[str], *, chained: bool) -> Any:
    """The `datasets.Features` of a configuration with one row a mention of these labels, a column an attribute.

    An attribute that has the name of another column gets an `_` behind it. `chained` adds `chain`, the key of what
    is referred to.
    """
    from datasets import ClassLabel, Features, Value

    text, offset = Value("string"), Value("int32")
    found = {"document": text, "span": text, "start": offset, "end": offset, "surface": text}
    found |= {"label": ClassLabel(names=list(labels)), "published": text, "sentence": text}
    found |= {"sentence_start": offset} | ({"chain": text} if chained else {})
    return Features(found | {f"{name}_" if name in found else name: text for name in attributes})


def standoff(scheme: Scheme) -> Any:
    """The `datasets.Features` of a stand-off release: its records (`vigold.release.standoff_records.Record`).

    Without them `datasets` guesses the types of each split from what stands in it, and a column that is null throughout
    in one split fits no other. A scheme without attributes has none: JSON gives no type to an empty object.
    """
    from datasets import Features, List, Value

    if not scheme.attributes:
        return None
    text, offset, place = Value("string"), Value("int32"), {"start": Value("int32"), "end": Value("int32")}
    mark = {"at": offset, "size": offset, "hash": text, "inside": Value("bool")}
    words = {"attribute": text, **place, "form": text, "mark": mark}
    span = {"id": text, **place, "label": text, "attrs": dict.fromkeys(scheme.attributes, text)}
    return Features(
        dict.fromkeys(("id", "url", "source", "published", "licence", "title_sha256"), text)
        | {"length": offset, "sha256": text, "zones": List({"kind": text, **place, "mark": mark})}
        | {"spans": List({**span, "words": List(words), "mark": mark})}
        | {"relations": List({"type": text, "head": text, "tail": text})}
        | {"anchors": List({"at": offset, "hash": text}), "meta": text, "omitted": List(text)}
    )
