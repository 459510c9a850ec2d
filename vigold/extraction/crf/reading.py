"""A document as the models read it: windows of tokens with their features and what rules say of them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

import msgspec

from vigold.document import Document
from vigold.extraction import dates, names, references
from vigold.extraction.crf import features, layers
from vigold.extraction.crf.features import Features
from vigold.extraction.crf.layers import Node
from vigold.extraction.crf.windows import Tokens, Window, windows

_RULES = {
    "names": (frozenset(names.LABELS), names.make()),
    "dates": (frozenset(dates.LABELS), dates.make()),
    "references": (frozenset(references.LABELS), references.make()),
}


class Setting(msgspec.Struct, frozen=True):
    """What a model looks at: how texts are cut, whether lists of names count, of which labels rules give an opinion."""

    tokens: Tokens = "syllables"
    gazetteers: bool = True
    opinions: tuple[str, ...] = ()


class Read(NamedTuple):
    """A window, the features of its tokens, and the spans of each family of rules on it."""

    window: Window
    features: Features
    opinions: dict[str, list[Node]]


class Places(NamedTuple):
    """For each window which token begins and which ends at an offset."""

    starts: list[dict[int, int]]
    ends: list[dict[int, int]]


def known(labels: Collection[str]) -> tuple[str, ...]:
    """Those of the labels that rules give too."""
    return tuple(label for label in sorted(labels) if any(label in given for given, _ in _RULES.values()))


def places(found: Sequence[Window]) -> Places:
    """Where the tokens of the windows begin and end."""
    starts = [{piece.start: n for n, piece in enumerate(window.pieces)} for window in found]
    return Places(starts, [{piece.end: n for n, piece in enumerate(window.pieces)} for window in found])


def read(document: Document, setting: Setting) -> list[Read]:
    """The windows of a document."""
    found = list(windows(document.text or "", setting.tokens))
    opinions = _opinions(document, setting, places(found)) if setting.opinions else {}
    read = []
    for n, window in enumerate(found):
        made = features.features(window, _zone(document, window), setting.gazetteers)
        read.append(Read(window, made, {name: trees[n] for name, trees in opinions.items()}))
    return read


def outermost(read: Read) -> Features:
    """The features with which the outermost spans are tagged."""
    made, length = read.features, len(read.window.words)
    for name, nodes in read.opinions.items():
        made = features.with_opinions(made, layers.tags(nodes, 0, length), name)
    return made


def inside(read: Read, node: Node) -> Features:
    """The features of the tokens of a span, with which the spans directly inside it are tagged."""
    start, end = node.start, node.end
    made = features.inside(read.features, read.window.words, start, end, node.label)
    for name, nodes in read.opinions.items():
        made = features.with_opinions(made, layers.tags(layers.within(nodes, node), start, end), name)
    return made


def _opinions(document: Document, setting: Setting, at: Places) -> dict[str, list[list[Node]]]:
    found = {}
    for name, (labels, find) in _RULES.items():
        if shared := labels.intersection(setting.opinions):
            spans = [span for span in find(document).spans if span.label in shared]
            found[name] = layers.laid(spans, *at).windows
    return found


def _zone(document: Document, window: Window) -> str:
    at = window.pieces[0].start
    return next((zone.kind for zone in document.zones if zone.start <= at < zone.end), "")
