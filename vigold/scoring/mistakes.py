"""What went wrong: every error with its words and context, and what is frequent among them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import msgspec
import numpy as np
from numpy.typing import NDArray

from vigold.scoring.columns import Ints
from vigold.scoring.corpus import Corpus
from vigold.scoring.matching import EXACT, OTHER, SAME_LABEL, SAME_SPAN, Pairs
from vigold.scoring.values import unparsable

if TYPE_CHECKING:
    from vigold.scoring.evaluate import Matched

CONTEXT = 40
"""Characters of text that are shown on each side of an error."""
NAMES = {SAME_SPAN: "label", SAME_LABEL: "boundary", OTHER: "label-and-boundary"}
"""What is wrong with a pair that is not exact."""


class Place(msgspec.Struct, frozen=True, omit_defaults=True):
    """A span with its words, where the text is known."""

    start: int
    end: int
    label: str
    text: str | None = None
    attrs: dict[str, str] = {}


class Mistake(msgspec.Struct, frozen=True):
    """One error. `kind` is missed, spurious, label, boundary, label-and-boundary, value or unparsable."""

    system: str
    document: str
    kind: str
    gold: Place | None = None
    predicted: Place | None = None
    before: str = ""
    after: str = ""


class Count(msgspec.Struct, frozen=True):
    """Something and how often it happened."""

    what: tuple[str, ...]
    count: int


class Summary(msgspec.Struct, frozen=True):
    """What is frequent among the errors of a system, most frequent first.

    `boundaries`: label, by how many characters the predicted start and end lie off. `values`: label, gold and
    predicted attributes. `missed`, `spurious`: label and words. `kinds`: how often each kind of error happened.
    """

    kinds: dict[str, int]
    boundaries: list[Count]
    values: list[Count]
    missed: list[Count]
    spurious: list[Count]


def confusion(gold: Corpus, predicted: Corpus, pairs: Pairs) -> NDArray[np.int64]:
    """How often each gold label was paired with each predicted one: (labels + 1, labels + 1).

    The last column counts missed spans, the last row spurious ones.
    """
    size = len(gold.labels) + 1
    rows = [gold.spans.label[pairs.gold] * size + predicted.spans.label[pairs.predicted]]
    rows.append(np.delete(gold.spans.label, pairs.gold) * size + size - 1)
    rows.append((size - 1) * size + np.delete(predicted.spans.label, pairs.predicted))
    return np.bincount(np.concatenate(rows), minlength=size * size).reshape(size, size)


def mistakes(work: Matched, name: str) -> Iterator[Mistake]:
    """The errors of a system, by document and place."""
    gold, predicted, pairs = work.sides.gold, work.sides.systems[name], work.pairs[name]
    found: list[tuple[str, int, int]] = []
    for row in np.flatnonzero(pairs.kind != EXACT).tolist():
        found.append((NAMES[int(pairs.kind[row])], int(pairs.gold[row]), int(pairs.predicted[row])))
    found += [("missed", row, -1) for row in _left(len(gold.attrs), pairs.gold)]
    found += [("spurious", -1, row) for row in _left(len(predicted.attrs), pairs.predicted)]
    for label, judged in work.judged[name].items():
        wrong = np.flatnonzero(~judged.same)
        ends = judged.gold[wrong].tolist(), judged.predicted[wrong].tolist()
        found += [("value", one, other) for one, other in zip(*ends, strict=True)]
        found += [("unparsable", -1, row) for row in unparsable(predicted, label, work.scheme).tolist()]

    def place(one: tuple[str, int, int]) -> tuple[int, int, int, str]:
        side, row = (gold, one[1]) if one[1] >= 0 else (predicted, one[2])
        return int(side.spans.document[row]), int(side.spans.start[row]), int(side.spans.end[row]), one[0]

    for kind, one, other in sorted(found, key=place):
        yield _mistake(name, kind, gold, predicted, one, other)


def summary(found: Sequence[Mistake], top: int = 20) -> Summary:
    """What is frequent among these errors."""
    boundaries, values, surfaces = Counter[tuple[str, ...]](), Counter[tuple[str, ...]](), {}
    for kind in ("missed", "spurious"):
        surfaces[kind] = Counter[tuple[str, ...]]()
    for one in found:
        alone = one.gold or one.predicted
        if one.kind in surfaces and alone is not None and alone.text is not None:
            surfaces[one.kind][alone.label, alone.text] += 1
        elif one.gold is not None and one.predicted is not None:
            if one.kind == "boundary":
                off = one.predicted.start - one.gold.start, one.predicted.end - one.gold.end
                boundaries[one.gold.label, f"{off[0]:+d}", f"{off[1]:+d}"] += 1
            elif one.kind == "value":
                values[one.gold.label, _told(one.gold.attrs), _told(one.predicted.attrs)] += 1
    kinds = dict(sorted(Counter(one.kind for one in found).items()))
    most = (_most(counter, top) for counter in (boundaries, values, surfaces["missed"], surfaces["spurious"]))
    return Summary(kinds, *most)


def _left(size: int, rows: Ints) -> list[int]:
    return np.delete(np.arange(size), rows).tolist()


def _mistake(name: str, kind: str, gold: Corpus, predicted: Corpus, one: int, other: int) -> Mistake:
    side, row = (gold, one) if one >= 0 else (predicted, other)
    number = int(side.spans.document[row])
    document = gold.documents[number]
    text = document.text if document.text is not None else predicted.documents[number].text
    places = [_place(part, at, text) if at >= 0 else None for part, at in ((gold, one), (predicted, other))]
    begin = min(at.start for at in places if at is not None)
    end = max(at.end for at in places if at is not None)
    around = ("", "") if text is None else (text[max(0, begin - CONTEXT) : begin], text[end : end + CONTEXT])
    return Mistake(name, document.id, kind, places[0], places[1], *around)


def _place(side: Corpus, row: int, text: str | None) -> Place:
    start, end = int(side.spans.start[row]), int(side.spans.end[row])
    label, attrs = side.labels[int(side.spans.label[row])], side.values[int(side.attrs[row])]
    return Place(start, end, label, None if text is None else text[start:end], attrs)


def _told(attrs: dict[str, str]) -> str:
    return ", ".join(f"{key}={value}" for key, value in sorted(attrs.items())) or "–"


def _most(counter: Counter[tuple[str, ...]], top: int) -> list[Count]:
    ordered = sorted(counter.items(), key=lambda item: (-item[1], item[0]))
    return [Count(what, count) for what, count in ordered[:top]]
