"""Names of countries: by the table, in pairs, and those of one syllable that may be an everyday word."""

from __future__ import annotations

from vigold.extraction.names import foreign, persons
from vigold.extraction.names.reading import BACK, Node, Reading
from vigold.extraction.names.shapes import ADDRESS, CAPITALISED
from vigold.extraction.names.words import LOC, PER, Phrases, Shape, either, known, phrases, words


def also_shouted(*keys: str) -> Phrases:
    """Lists as they are written, and in capitals too where no everyday word is so written: `HÀ NỘI`, `CUBA`."""
    names = words(LOC, *keys)
    foreign = {name for name in words(LOC, "countries") if name.isascii() and len(name) > 3}
    return Phrases([*names, *(name.upper() for name in names if " " in name or name in foreign)], caseless=False)


_LANDS = words(LOC, "countries", "short_countries", "pair_only")
_LAND = rf"{either(_LANDS)}(?!\w)"
COUNTRIES = also_shouted("countries")
LAND, PAIR = Shape(_LAND, _LANDS), Shape(rf"{either(_LANDS)} ?- ?{_LAND}", _LANDS)
LONG_LAND = Shape(rf"nước +(?=CH|Cộng|Liên|Vương|Hợp|Đại|Việt Nam D){either(words(LOC, 'countries'))}(?!\w)", ["nước"])
_PAIR_BEFORE = Shape(rf"(?s:.*)(?<!\w){either(_LANDS)} ?- ?\Z")
SHORT = phrases(LOC, "short_countries", caseless=False)
_NOT_BEFORE = Shape(rf" +{either(words(LOC, 'not_before'))}(?!\w)")
_EVERYDAY = frozenset({"Anh", "Ý", "Áo", "Đức"})
_GIVEN = known(PER, "given_syllables", "surnames")


def ends_in_country(reading: Reading, end: int) -> bool:
    """Whether the words before a place are those of a country."""
    last = reading.text.rfind(" ", max(0, end - 60), max(0, end - 4)) + 1
    return COUNTRIES.end(reading, last) == end


def country(reading: Reading, at: int) -> Node | None:
    """A country, as it may follow the name of a body that every state has."""
    end = COUNTRIES.end(reading, at)
    return Node(at, end, LOC) if end else short_country(reading, at, tail=True)


def pair(reading: Reading, at: int) -> Node | None:
    """One country of `Việt - Lào`."""
    end = LAND.end(reading, at)
    paired = end and (PAIR.end(reading, at) or _second_of_pair(reading, at))
    return Node(at, end, LOC) if paired else None


def _second_of_pair(reading: Reading, at: int) -> bool:
    before = reading.text[max(0, at - BACK) : at]
    return "-" in before[-2:] and _PAIR_BEFORE.match(before, 0) is not None


def short_country(reading: Reading, at: int, tail: bool = False) -> Node | None:
    """A country of one syllable, unless what stands around it says that it is a given name or an everyday word.

    `tail` says that it ends the name of a body (`Bộ Công Thương {Anh}`), which may look like a person's.
    """
    end = SHORT.end(reading, at)
    if not end or _NOT_BEFORE.end(reading, end):
        return None
    following = CAPITALISED.match(reading.text, end + 1)
    if following and not following[0].isascii() and not persons.family(reading, end + 1):
        return None
    everyday = reading.opens(at) and reading.text[at:end] in _EVERYDAY
    name = reading.after_capital(at) and not reading.before(at).isupper()
    personal = not tail and reading.before(at).lower() in _GIVEN  # `Thúy Nga`
    # `Bộ trưởng Năng lượng và Mỏ {Lào} Khamphet`: behind the name of a body a foreigner's may begin.
    goes_on = following is not None and not (tail and foreign.WORD.end(reading, end + 1))
    inside = name and (goes_on or personal or at + 2 >= end)
    return None if everyday or inside or ADDRESS.holds(reading, at) else Node(at, end, LOC)
