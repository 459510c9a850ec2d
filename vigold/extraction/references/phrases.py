"""Tables of phrases, read along the text syllable by syllable, the longest phrase first."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise
from typing import Any

from vigold.extraction.references.spelling import DASH
from vigold.text import fold

_SYLLABLE = re.compile(r"\w+")
# What may stand between two syllables: a blank or a line end, a comma, a dash, a quote, `và`.
_NEXT = re.compile(rf"(?:\s{{0,2}}[,;&“”\"(/{DASH}]\s{{0,2}}|\s{{1,2}})(?:và\s{{1,2}})?(\w+)")
_END = ""
_LONGEST = 40


class Phrases:
    """A set of phrases; commas, dashes, `và` and quotes between their syllables are as good as none."""

    def __init__(self, phrases: Iterable[str]) -> None:
        self._root: dict[str, Any] = {}
        self._pairs: set[tuple[str, str]] = set()
        for phrase in phrases:
            node = self._root
            syllables = [_folded(word) for word in _SYLLABLE.findall(phrase) if word != "và"]
            self._pairs.update(pairwise(syllables))
            for syllable in syllables:
                node = node.setdefault(syllable, {})
            node[_END] = True

    def end(self, text: str, at: int) -> int:
        """The end of the longest phrase that begins at `at`, or 0."""
        match = _SYLLABLE.match(text, at)
        node, best = self._root, 0
        for _ in range(_LONGEST):
            if match is None or (after := node.get(_folded(match[match.lastindex or 0]))) is None:
                break
            node = after
            if _END in node:
                best = match.end()
            match = _NEXT.match(text, match.end())
        if best and text[best : best + 1] == ")" and text.find("(", at, best) >= 0:
            best += 1
        return best

    def goes_on(self, before: str, after: str) -> bool:
        """Whether the two syllables follow each other in some phrase."""
        return (_folded(before), _folded(after)) in self._pairs


@lru_cache(maxsize=4096)
def _folded(word: str) -> str:
    return fold(word).lower()
