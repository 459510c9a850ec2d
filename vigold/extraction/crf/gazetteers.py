"""The phrases of the tables of names in a window of tokens: longest matches, in any case."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from vigold.extraction.tables import gazetteer, table
from vigold.text import fold, tokens


class _Lists(NamedTuple):
    """The lists that hold a phrase, by its words; how long a phrase with this first word may be."""

    phrases: dict[tuple[str, ...], tuple[str, ...]]
    longest: dict[str, int]


def memberships(words: Sequence[str]) -> list[tuple[str, ...]]:
    """For each word in lower case the lists with a phrase over it: `B:place` where it begins, `I:place` in it."""
    lists = _lists()
    found: list[tuple[str, ...]] = [()] * len(words)
    for start, word in enumerate(words):
        for length in range(min(lists.longest.get(word, 0), len(words) - start), 0, -1):
            names = lists.phrases.get(tuple(words[start : start + length]))
            if names is None:
                continue
            for n in range(start, start + length):
                found[n] += tuple(f"{'B' if n == start else 'I'}:{name}" for name in names)
            break
    return found


@cache
def _lists() -> _Lists:
    names: dict[tuple[str, ...], list[str]] = {}
    for name, sources in table("crf")["gazetteers"].items():
        for source in sources:
            for entry in entries(source):
                folded = fold(entry).lower()
                names.setdefault(tuple(folded[start:end] for start, end in tokens(folded)), []).append(name)
    longest: dict[str, int] = {}
    for phrase in names:
        longest[phrase[0]] = max(longest.get(phrase[0], 0), len(phrase))
    return _Lists({phrase: tuple(dict.fromkeys(found)) for phrase, found in names.items()}, longest)


def entries(source: str) -> Sequence[str]:
    """The entries of a list of a table, `table.list`, or the names of a gazetteer."""
    file, dot, key = source.partition(".")
    found: Sequence[str] = table(file)[key] if dot else [entry.name for entry in gazetteer(file)]
    return found
