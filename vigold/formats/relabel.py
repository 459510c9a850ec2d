"""Documents under a label map: new names for labels, and without the labels that it does not name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import msgspec

from vigold.document import Document, Relation


def relabelled(document: Document, names: Mapping[str, str], left: Counter[str]) -> Document:
    """The document with its labels renamed; spans that fall together are one, relations follow them.

    `left` counts the spans of each label that the map does not name, and the relations that went with them.
    """
    first: dict[tuple[int, int, str], str] = {}
    same: dict[str, str] = {}
    spans = []
    for span in document.spans:
        if span.label not in names:
            left[f"spans of {span.label}"] += 1
            continue
        new = msgspec.structs.replace(span, label=names[span.label])
        same[span.id] = first.setdefault(new.key, span.id)
        if same[span.id] == span.id:
            spans.append(new)
    kept = [one for one in document.relations if one.head in same and one.tail in same]
    if len(kept) < len(document.relations):
        left["relations"] += len(document.relations) - len(kept)
    moved = dict.fromkeys(Relation(one.type, same[one.head], same[one.tail]) for one in kept)
    relations = tuple(one for one in moved if one.head != one.tail)
    return msgspec.structs.replace(document, spans=tuple(spans), relations=relations)
