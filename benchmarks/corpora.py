"""Made-up corpora for the benchmarks, as columns and in the form of each peer."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from vigold.scoring.columns import Columns, pack

LABELS = ("PER", "ORG", "LOC", "ROLE", "EVENT", "DATE", "DOC", "MISC")
PER_DOCUMENT, TOKENS = 25, 500


def flat(spans: int, seed: int = 12345) -> tuple[Columns, Columns]:
    """25 spans in 500 tokens a document, none of which touches another; 9 predictions in 10 are right."""
    rng = np.random.default_rng(seed)
    documents = spans // PER_DOCUMENT
    document = np.repeat(np.arange(documents), PER_DOCUMENT)
    start = np.tile(np.arange(PER_DOCUMENT) * 20, documents) + rng.integers(1, 10, len(document))
    length, label = rng.integers(1, 6, len(document)), rng.integers(0, len(LABELS), len(document))
    fate = rng.random(len(document))
    other = np.where(fate < 0.04, (label + 1) % len(LABELS), label)
    longer = length + ((fate >= 0.04) & (fate < 0.07))
    kept = fate < 0.97
    gold = Columns(document, start, start + length, label)
    return gold, Columns(document, start, start + longer, other).take(kept)


def nested(spans: int, seed: int = 12345) -> tuple[Columns, Columns]:
    """A quarter of the spans lie inside others; three predictions in ten are moved, renamed, left out or made up."""
    rng = np.random.default_rng(seed)
    outer, _ = flat(spans * 4 // 5, seed)
    inner = rng.random(len(outer.start)) < 0.25
    held = outer.take(inner)
    inside = held._replace(start=held.start + rng.integers(0, 2, len(held.start)), label=(held.label + 3) % len(LABELS))
    gold = _distinct(_joined(outer, inside._replace(end=np.maximum(inside.end - 1, inside.start + 1))))
    fate = rng.random(len(gold.start))
    moved = gold._replace(
        start=np.where(fate < 0.08, np.maximum(gold.start - 1, 0), gold.start),
        end=np.where((fate >= 0.08) & (fate < 0.16), gold.end + 1, gold.end),
        label=np.where((fate >= 0.12) & (fate < 0.22), (gold.label + 1) % len(LABELS), gold.label),
    ).take(fate < 0.95)
    count = len(gold.start) // 10
    start = rng.integers(0, TOKENS - 8, count)
    made_up = (rng.integers(0, int(outer.document.max()) + 1, count), start, start + rng.integers(1, 8, count))
    return gold, _distinct(_joined(moved, Columns(*made_up, rng.integers(0, len(LABELS), count))))


def one_document(spans: int, seed: int = 12345) -> tuple[Columns, Columns]:
    """All spans in one document, up to three deep, with one span of nearly the whole document on each side."""
    sides = []
    for number, side in enumerate(nested(spans, seed)):
        document = np.zeros(len(side.start), np.int64)
        moved = Columns(document, side.start + side.document * TOKENS, side.end + side.document * TOKENS, side.label)
        giant = Columns(*(np.array([n]) for n in (0, number, int(moved.end.max()) + 2 - number, 0)))
        sides.append(_distinct(_joined(moved, giant)))
    return sides[0], sides[1]


def tags(side: Columns) -> list[list[str]]:
    """IOB2 tags, for seqeval."""
    rows = [["O"] * TOKENS for _ in range(int(side.document.max()) + 1)]
    for document, start, end, label in zip(*(part.tolist() for part in side), strict=True):
        name = LABELS[label]
        rows[document][start:end] = [f"B-{name}", *[f"I-{name}"] * (end - start - 1)]
    return rows


def dicts(side: Columns) -> list[list[dict[str, Any]]]:
    """What nervaluate takes; its ends lie inside."""
    rows: list[list[dict[str, Any]]] = [[] for _ in range(int(side.document.max()) + 1)]
    for document, start, end, label in zip(*(part.tolist() for part in side), strict=True):
        rows[document].append({"label": LABELS[label], "start": start, "end": end - 1})
    return rows


def write(path: Path, side: Columns, seed: int) -> None:
    """JSONL with ids, and attributes for every DATE and DOC; one value in ten differs by seed."""
    rng = np.random.default_rng(seed)
    edges = np.searchsorted(side.document, np.arange(int(side.document.max()) + 2)).tolist()
    rows = list(zip(*(part.tolist() for part in side[1:]), strict=True))
    with path.open("w") as file:
        for n, (first, last) in enumerate(pairwise(edges)):
            file.write(json.dumps({"id": f"d{n:06d}", "spans": list(_spans(rows[first:last], n, rng))}) + "\n")


def _spans(rows: list[tuple[int, int, int]], document: int, rng: np.random.Generator) -> Iterator[dict[str, Any]]:
    for n, (start, end, label) in enumerate(rows, 1):
        span: dict[str, Any] = {"id": f"s{n}", "start": start, "end": end, "label": LABELS[label]}
        value = document * 31 + start // 20 * 7 + (rng.random() < 0.1)
        if span["label"] == "DATE":
            span["attrs"] = {"type": "DATE", "value": f"20{value % 24:02d}-{value % 12 + 1:02d}-{value % 28 + 1:02d}"}
        elif span["label"] == "DOC":
            span["attrs"] = {"doc_type": "Decree", "number": f"{value % 300}/20{value % 24:02d}/ND-CP"}
        yield span


def _joined(*sides: Columns) -> Columns:
    return Columns(*(np.concatenate(parts) for parts in zip(*sides, strict=True)))


def _distinct(side: Columns) -> Columns:
    (keys,) = pack(side)
    return side.take(np.unique(keys, return_index=True)[1])
