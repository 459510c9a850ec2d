"""Names that no table knows, told by the word before or behind them."""

from __future__ import annotations

from vigold.extraction.names import countries, foreign, persons, places
from vigold.extraction.names.reading import Node, Reading
from vigold.extraction.names.runs import stops
from vigold.extraction.names.shapes import CAPITALISED, CAPITALS, FIRM_WORDS
from vigold.extraction.names.words import LOC, ORG, PER, Shape, behind, either, phrases, words

_RUN = Shape(rf"{CAPITALS}(?=[ ,.;)\n]|\Z)")
_FIRM = Shape(rf"{CAPITALS} {either(words(ORG, 'firm_words'))}(?!\w)")
_OPPONENTS = behind(PER, "opponents")
_NO_PLACES, _PREPOSITIONS = phrases(LOC, "no_places"), behind(LOC, "prepositions")


def unknown(reading: Reading, at: int) -> Node | None:
    """Who scored or is so old, a place behind a preposition, or a firm by its last word."""
    if reading.elided and (end := persons.scorer(reading, at)):
        return Node(at, end, PER)
    end = at + len(reading.words[at])
    if not reading.upper(end + 1) and not reading.elided:
        return _abroad(reading, at) if reading.text.startswith((" (", ", "), end) else None
    if person := persons.aged(reading, at) or _opponent(reading, at):
        return Node(at, person, PER)
    return _firm(reading, at) or _behind_preposition(reading, at)


def _opponent(reading: Reading, at: int) -> int:
    """The end of `thắng {Adi Prasetyo} (Indonesia)`, or 0."""
    end = foreign.TWO.end(reading, at)
    played = end and reading.text.startswith(" (", end) and _OPPONENTS.holds(reading, at)
    land = countries.country(reading, end + 2) if played else None
    return end if land and reading.text.startswith(")", land.end) else 0


def _firm(reading: Reading, at: int) -> Node | None:
    """`Minh Phát Group`: two words and one for a firm; the first of a sentence may be any word."""
    end = _FIRM.end(reading, at) if reading.next.get(reading.text.find(" ", at) + 1) in FIRM_WORDS.firsts else 0
    return Node(at, end, ORG) if end and (not reading.opens(at) or persons.named(reading, at)) else None


def _behind_preposition(reading: Reading, at: int) -> Node | None:
    """An unknown name of two or more words after `tại`, `ở` …: a place."""
    end = _RUN.end(reading, at)
    if not end or not _PREPOSITIONS.holds(reading, at) or stops(reading, at) or _NO_PLACES.end(reading, at):
        return None
    if reading.text[at:end].isupper() or places.UNITS.end(reading, at):
        return None  # Among capitals any words are capitalised: `VỀ GIÁ ĐIỆN`.
    return Node(at, end, LOC)


def _abroad(reading: Reading, at: int) -> Node | None:
    """`tại {Lyon} (Pháp)`: one word after a preposition, with its country behind it."""
    end = CAPITALISED.end(reading, at)
    if not end or not _PREPOSITIONS.holds(reading, at) or _NO_PLACES.end(reading, at):
        return None
    land = countries.country(reading, end + 2) if reading.text.startswith((" (", ", "), end) else None
    return Node(at, end, LOC) if land and not reading.text.startswith(" ", land.end) else None
