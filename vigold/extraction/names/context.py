"""What a text says of its names before the walk: heads of bodies named in full, and places named with their unit."""

from __future__ import annotations

import re

from vigold.extraction.names import persons
from vigold.extraction.names.places import ADMINISTRATIVE, NAMED, UNITS
from vigold.extraction.names.reading import Reading
from vigold.extraction.names.shapes import BODIES, CAPITALS, FIELDS, HEADS
from vigold.extraction.names.words import LOC, ORG, openings, phrases

_FIRMS = phrases(ORG, "firms")
_OWN_NAME = re.compile(rf"{CAPITALS}(?= ?[,.;:()]| [^\W\dA-Z])")
_NO_OWN_NAMES = (FIELDS, HEADS, BODIES, NAMED, _FIRMS)
_HEAD = "head"
_LISTS = {_HEAD: phrases(ORG, "bare", "bare_named"), LOC: ADMINISTRATIVE, ORG: _FIRMS}
_FIRSTS = {label: {word for word, _ in openings(entries)} for label, entries in _LISTS.items()}
_SIGNALS = {
    word: [label for label, firsts in _FIRSTS.items() if word in firsts]
    for word in frozenset().union(*_FIRSTS.values())
}
# What the rest of a name begins with in lower case.
_GOES_ON = FIELDS.firsts | UNITS.firsts | NAMED.firsts | {"của", "số", "khóa", "khu", "về", "cấp", "trung"}
_LONGEST = 40  # characters of a name that is known again without its noun


def learn(reading: Reading) -> None:
    """Let a reading know what its text says."""
    found: dict[str, set[str]] = {_HEAD: set(), LOC: set(), ORG: set()}
    for at, kind in [(at, _SIGNALS[word]) for at, word in reading.words.items() if word in _SIGNALS]:
        for label in kind:
            end = _LISTS[label].end(reading, at)
            if end and not (label == _HEAD and reading.lower(at, end) in found[_HEAD]):
                found[label].add(_READERS[label](reading, at, end))
    reading.learn(frozenset(found.pop(_HEAD)), {label: names - {""} for label, names in found.items()})


def _named_head(reading: Reading, at: int, end: int) -> str:
    """The head of a body that stands with the rest of its name: the head alone names it too."""
    following = reading.words.get(end + 1, "")
    if not reading.upper(end + 1) and following not in _GOES_ON and not following[:1].isdigit():
        return ""
    node = reading.read(ORG, at)
    return reading.lower(at, end) if node and node.end > end else ""


def _site(reading: Reading, at: int, end: int) -> str:
    """`Tân Lập` of `xã Tân Lập`: a name of two words or more."""
    node = reading.read(LOC, at) if reading.upper(end + 1) else None
    name = reading.text[end + 1 : node.end] if node else ""
    return name if " " in name and len(name) <= _LONGEST and not name.isupper() else ""


def _firm(reading: Reading, at: int, end: int) -> str:
    """`Việt Á` of `Công ty Việt Á`: the words after the head, if they are all there is."""
    end = _fields(reading, end)
    found = _OWN_NAME.match(reading.text, end + 1) if reading.blank(end) else None
    if found is None or any(each.end(reading, end + 1) for each in _NO_OWN_NAMES):
        return ""
    name = found[0]
    for space in re.finditer(" ", name):
        if persons.family(reading, end + 2 + space.start()):  # `Công ty Việt Á Lê An Bình`: who leads it
            name = name[: space.start()]
            break
    return name if len(name) <= _LONGEST and " " in name else ""


def _fields(reading: Reading, end: int) -> int:
    """The end of the fields after a head: `Công ty Dược phẩm` of `Công ty Dược phẩm Việt Á`."""
    while field := FIELDS.end(reading, end + 1) if reading.blank(end) else 0:
        end = field
    return end


_READERS = {_HEAD: _named_head, LOC: _site, ORG: _firm}
