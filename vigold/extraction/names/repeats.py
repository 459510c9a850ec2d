"""Later mentions of names that a signal made known once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from vigold.extraction.names import countries, foreign, persons, places
from vigold.extraction.names.forms import Forms
from vigold.extraction.names.reading import Node, Reading
from vigold.extraction.names.shapes import MIXED, UPPER
from vigold.extraction.names.words import LOC, ORG, PER, Phrases, phrases, words

_ACTS, _NOT_GIVEN = phrases(PER, "acts"), phrases(PER, "not_given")
_KNOWN_BODY = Phrases(words(ORG, "heads", "lower_heads", "bodies", "letters", "ministries", "paper_nouns", "centre"))
_MORE = re.compile(rf"-| {UPPER}")  # what goes on after a word that is no whole name
_LONGEST = 100  # characters of a name that is looked for again


def repeats(reading: Reading, nodes: Sequence[Node]) -> Iterator[Node]:
    """The further mentions, where no name was found."""
    covered = bytearray(len(reading.text))
    for node in nodes:
        covered[node.start : node.end] = b"x" * (node.end - node.start)
    for node in (*_mentions(reading, _forms(reading, nodes)), *_given(reading, nodes)):
        medal = node.label == PER and persons.denied(reading, node.start)
        if not medal and covered.find(b"x", node.start, node.end) < 0:
            covered[node.start : node.end] = b"x" * (node.end - node.start)
            yield node


def flat(nodes: Iterable[Node]) -> Iterator[Node]:
    """Names with those inside them."""
    for node in nodes:
        yield node
        if node.inner:
            yield from flat(node.inner)


def _mentions(reading: Reading, labels: dict[str, str]) -> Iterator[Node]:
    """Every place where one of the forms stands, the longest first."""
    forms, place = Forms(labels), 0
    firsts = forms.firsts
    for at, word in reading.words.items() if labels else ():
        if word in firsts and at >= place and (end := forms.end(reading.text, at, word)) and not _glued(reading, at):
            place = end
            yield Node(at, end, labels[reading.text[at:end]])


def _glued(reading: Reading, at: int) -> bool:
    """Whether a word before is two that lost their blank, the second perhaps of the name: `tướngLê Đại Quang`."""
    before = reading.before(at)
    return not before.isupper() and before[1:] != before[1:].lower()


def _forms(reading: Reading, nodes: Sequence[Node]) -> dict[str, str]:
    """How the names are named later, each with its label."""
    labels: dict[str, str] = {}
    for node in flat(nodes):
        if node.label in (PER, LOC, ORG) and node.end - node.start <= _LONGEST:
            for form in _forms_of(reading, node):
                labels.setdefault(form, node.label)
    return labels


def _forms_of(reading: Reading, node: Node) -> list[str]:
    """A place without the noun of its unit; a foreigner by the last word too; a body by its letters."""
    unit = places.UNITS.end(reading, node.start) if node.label == LOC else 0
    surface = reading.text[unit or node.start : node.end].strip()
    if node.label == PER and surface.isascii() and len(surface) > 4:
        return [surface, surface.split()[-1], *foreign.tails(surface), *foreign.first(surface)]
    if node.label == PER and persons.calls(surface):
        return [surface, " ".join(surface.split()[-2:])]
    if node.label == ORG:
        own_name = " " in surface and not _KNOWN_BODY.end(reading, node.start)
        return [surface] if own_name or MIXED.end(reading, node.start) == node.end else []
    return [surface] if " " in surface and surface[:1].isupper() else []


def _given(reading: Reading, nodes: Sequence[Node]) -> list[Node]:
    """`Mạnh` after `Lê Đức Mạnh`, in a text that names its persons so; once may be chance."""
    fulls = [reading.text[node.start : node.end].split() for node in flat(nodes) if node.label == PER]
    names = {full[-1].lower(): full[-1] for full in fulls if len(full) > 2}
    places = [(at, names[word]) for at, word in reading.words.items() if word in names] if names else []
    found = [Node(at, at + len(name), PER) for at, name in places if _lone(reading, at, name)]
    return found if len(found) > 1 or any(_ACTS.end(reading, node.end + 1) for node in found) else []


def _lone(reading: Reading, at: int, name: str) -> bool:
    """Whether a name stands alone within a sentence."""
    end = at + len(name)
    if not reading.text.startswith(name, at) or countries.LAND.end(reading, at) or _NOT_GIVEN.end(reading, at):
        return False
    if reading.opens(at):  # Where any word has a capital, what the person does tells.
        return _ACTS.end(reading, end + 1) > 0
    return reading.blank(at - 1) and not reading.before(at)[:1].isupper() and not _MORE.match(reading.text, end)
