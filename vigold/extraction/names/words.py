"""The tables of names as things that match at a place: phrases, phrases before it, and shapes made of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache

from vigold.extraction.names.reading import BACK, Reading
from vigold.extraction.tables import gazetteer, table

_TABLES = {
    label: {key: [*entries] for file in files for key, entries in table(file).items()}
    for label, files in table("names")["tables"].items()
}
for _label, _lists in table("names")["gazetteers"].items():
    for _key, _files in _lists.items():
        _entries = dict.fromkeys(entry.name for file in _files for entry in gazetteer(file))
        _TABLES[_label].setdefault(_key, []).extend(_entries)
LABELS: tuple[str, ...] = tuple(_TABLES)
PER, ORG, LOC, ROLE, EVENT = LABELS
_WORDS = re.compile(r"\w+")


def words(label: str, *keys: str) -> list[str]:
    """The entries of some lists of a label's table."""
    return [word for key in keys for word in _TABLES[label][key]]


def known(label: str, *keys: str) -> frozenset[str]:
    """Lists of a label's table as a set in lower case."""
    return frozenset(word.lower() for word in words(label, *keys))


def either(entries: Iterable[str]) -> str:
    """A pattern for any of `entries`, the longest first; a trie, so that its speed does not hang on their number."""
    tails: dict[str, list[str]] = {}
    for entry in entries:
        tails.setdefault(entry[:1], []).append(entry[1:])
    branches = [(" +" if char == " " else re.escape(char)) + either(rest) for char, rest in tails.items() if char]
    if not branches:
        return ""
    return f"(?:{'|'.join(branches)})" + ("?" if "" in tails else "")


class Shape:
    """A pattern, compiled when it is first needed.

    `opens` are what it may begin with, if that is known; `counted` says that a number may hang on that: `COP26`.
    """

    caseless = False

    def __init__(self, source: str, opens: Iterable[str] = (), counted: bool = False) -> None:
        self.source = source
        self.entries = tuple(opens)
        self.firsts = frozenset() if counted else frozenset(map(first, self.entries))
        self._pattern: re.Pattern[str] | None = None

    def match(self, text: str, at: int) -> re.Match[str] | None:
        """What matches at a place, whatever word stands there."""
        if self._pattern is None:
            self._pattern = re.compile(self.source)
        return self._pattern.match(text, at)

    def end(self, reading: Reading, at: int) -> int:
        """Where a match that begins at a place ends, or 0."""
        if self.firsts and reading.words.get(at) not in self.firsts:
            return 0
        pattern = self._pattern
        found = pattern.match(reading.text, at) if pattern else self.match(reading.text, at)
        return found.end() if found else 0


class _Group:
    """The entries that begin with one word: those of this word alone, and the second words of the others."""

    def __init__(self, entries: list[str], caseless: bool) -> None:
        self._entries, self._caseless = entries, caseless
        self.alone = tuple(entry for entry in entries if _WORDS.fullmatch(entry))
        self.seconds = frozenset(_all(entry)[1] for entry in entries if entry not in self.alone)
        self._pattern: re.Pattern[str] | None = None

    def match(self, text: str, at: int) -> re.Match[str] | None:
        """What matches at a place."""
        if self._pattern is None:
            shape = either(map(str.lower, self._entries) if self._caseless else self._entries)
            self._pattern = re.compile(rf"{shape}(?!\w)", re.IGNORECASE if self._caseless else re.NOFLAG)
        return self._pattern.match(text, at)


class Phrases:
    """Entries as whole words. Most places of a text are told by a word alone, most others by the word after it."""

    def __init__(self, entries: Iterable[str], caseless: bool = True) -> None:
        self.entries = tuple(entries)
        self._groups = {word: _Group(group, caseless) for word, group in _grouped(self.entries, first).items()}
        self.firsts = frozenset(self._groups)
        self.caseless = caseless

    def end(self, reading: Reading, at: int) -> int:
        """Where the longest entry that begins at a place ends, or 0."""
        group = self._groups.get(reading.words.get(at, ""))
        if group is None:
            return 0
        if reading.next.get(at) in group.seconds:
            found = group.match(reading.text, at)
            return found.end() if found else 0
        alone = group.alone
        return at + len(alone[0]) if alone and (self.caseless or reading.text.startswith(alone, at)) else 0


class Behind:
    """Entries as the words just before a place, in any case."""

    def __init__(self, entries: Iterable[str]) -> None:
        groups = _grouped(entries, last)
        self._patterns = {word: re.compile(rf"(?<!\w)(?i:{either(group)}) +\Z") for word, group in groups.items()}

    def holds(self, reading: Reading, at: int) -> bool:
        pattern = self._patterns.get(reading.before(at).lower())
        return pattern is not None and pattern.search(reading.text[max(0, at - BACK) : at]) is not None


def phrases(label: str, *keys: str, caseless: bool = True) -> Phrases:
    """Some lists of a label's table."""
    return Phrases(words(label, *keys), caseless)


def behind(label: str, *keys: str) -> Behind:
    """Some lists of a label's table, as the words before a place."""
    return Behind(words(label, *keys))


def openings(*lists: Phrases | Shape) -> frozenset[tuple[str, str]]:
    """The first two words of all that lists may begin with, in lower case; the second is empty where there is none."""
    return frozenset(_two(entry) for each in lists for entry in each.entries)


def lower_openings(*lists: Phrases | Shape) -> frozenset[tuple[str, str]]:
    """The openings that may stand in lower case."""
    return frozenset(_two(entry) for each in lists for entry in each.entries if each.caseless or entry[0].islower())


def _two(entry: str) -> tuple[str, str]:
    found = _all(entry)
    return found[0], found[1] if len(found) > 1 else ""


def first(entry: str) -> str:
    """The word in lower case that an entry begins with."""
    return _all(entry)[0]


def last(entry: str) -> str:
    """The word in lower case that an entry ends with."""
    return _all(entry)[-1]


@cache
def _all(entry: str) -> list[str]:
    found: list[str] = _WORDS.findall(entry.lower())
    return found


def _grouped(entries: Iterable[str], key: Callable[[str], str]) -> dict[str, list[str]]:
    groups: dict[str, list[str]] = {}
    for entry in entries:
        groups.setdefault(key(entry), []).append(entry)
    return groups
