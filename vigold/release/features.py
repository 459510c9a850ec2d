"""The columns of the released dataset: the keys of the records, typed by the scheme."""

from __future__ import annotations

from typing import Any

import msgspec

from vigold.document import Document
from vigold.scheme import Scheme

OUTSIDE = "O"


def documents(scheme: Scheme) -> Any:
    """The `datasets.Features` of the configuration `default`: one row a document, nested spans and relations."""
    from datasets import ClassLabel, Features, List, Value

    text, offset = Value("string"), Value("int32")
    span = {"id": text, "start": offset, "end": offset, "label": ClassLabel(names=list(scheme.labels))}
    span["attrs"] = dict.fromkeys(scheme.attributes, text)
    relation = {"type": ClassLabel(names=list(scheme.relations)), "head": text, "tail": text}
    return Features(
        dict.fromkeys(("id", "text", "published", "title", "source", "url", "licence"), text)
        | {"zones": List({"kind": text, "start": offset, "end": offset}), "spans": List(span)}
        | {"relations": List(relation), "meta": text}
    )


def bio(scheme: Scheme) -> Any:
    """The `datasets.Features` of the configuration `bio`: one row a sentence, IOB2 tags over syllable tokens."""
    from datasets import ClassLabel, Features, List, Value

    tags = [OUTSIDE, *(f"{prefix}-{label}" for label in scheme.labels for prefix in "BI")]
    offsets = List(Value("int32"))
    return Features(
        {"id": Value("string"), "document": Value("string"), "tokens": List(Value("string"))}
        | {"ner_tags": List(ClassLabel(names=tags)), "starts": offsets, "ends": offsets}
    )


def row(document: Document, scheme: Scheme) -> dict[str, Any]:
    """A document as a row: every attribute of the scheme in every span, `meta` as a JSON string."""
    record: dict[str, Any] = msgspec.to_builtins(document)
    for span in record["spans"]:
        del span["score"]
        span["attrs"] = {name: span["attrs"].get(name) for name in scheme.attributes}
    record["meta"] = msgspec.json.encode(record["meta"], order="sorted").decode()
    return record
