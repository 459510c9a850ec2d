"""Names of persons: those that open with a surname, those behind a title, and the known ones."""

from __future__ import annotations

import re

from vigold.extraction.names import foreign
from vigold.extraction.names.reading import BACK, Node, Reading
from vigold.extraction.names.shapes import ADDRESS, CODE, FIELDS, LETTERS, NAME_WORD, OTHERS, SYLLABLE, UPPER
from vigold.extraction.names.words import LOC, PER, Shape, behind, either, known, openings, phrases, words

_SURNAMES = words(PER, "surnames")
_FIRSTS, _WEAK = known(PER, "surnames"), known(PER, "weak_surnames")
_SHOUTED_VERBS = known(PER, "shouted_verbs")
_MIDDLE, _OPENERS = known(PER, "middle"), known(LOC, "prepositions")
_FAMILY = Shape(rf"({either([*_SURNAMES, *map(str.upper, _SURNAMES)])})(?: +{NAME_WORD}){{1,4}}", _SURNAMES)
_OF_MIDDLE = Shape(rf"{NAME_WORD}(?: {NAME_WORD}){{2,3}}")
_HIGHLAND = Shape(rf"[HKY]['’]{NAME_WORD}(?: {NAME_WORD}){{0,3}}", "HKY")
_HIGHLANDER = Shape(rf"{NAME_WORD} H['’]{NAME_WORD}(?: {NAME_WORD})?")
_INITIALS = Shape(rf"[A-ZĐ](?:\.[A-ZĐ])+(?!\w)(?:\.(?=[,;)]| \(| (?!{UPPER})\w))?")  # `V.T.H`, `V.T.H. đi`
_SIGNED = Shape(rf"[A-ZĐ]\. ?{NAME_WORD}(?!\w)")
_CENTRAL = Shape(rf"A {NAME_WORD}(?: {NAME_WORD})?")  # `A Khải`, as people of the central highlands are called
_AGED = Shape(rf"{NAME_WORD}(?: {NAME_WORD}){{1,3}}(?=(?: \(|, )(?:SN|sinh năm|\d{{1,3}} tuổi)(?!\w))")
_SCORER = Shape(rf"{NAME_WORD}(?: {NAME_WORD}){{0,3}}(?= \(\d{{1,3}}(?:\+\d+)?['’])")
_TWO = Shape(rf"{NAME_WORD} {NAME_WORD}(?! ?{NAME_WORD})")
_SYLLABLES = known(PER, "given_syllables", "surnames")
_PERSON = Shape(rf"{NAME_WORD}(?: +{NAME_WORD}){{0,4}}")
_KNOWN = phrases(PER, "known", caseless=False)
_LANDS = phrases(LOC, "countries", "places", caseless=False)
_COUNTRIES = phrases(LOC, "countries", caseless=False)
_NOT_AFTER = behind(PER, "not_after")
OPENS = openings(_FAMILY, _KNOWN, _HIGHLAND, foreign.NAME, foreign.KOREAN)
_MIDDLES = known(PER, "middle", "highland_middle")
_NAMING = _SYLLABLES | _MIDDLES | known(PER, "rare_syllables")
_PART = re.compile(r"[^\s]+")


def person(reading: Reading, at: int, titled: bool) -> Node | None:
    """A person's name; `titled` says that a title or a post stands before it."""
    end = _KNOWN.end(reading, at) or family(reading, at) or _HIGHLAND.end(reading, at) or foreign.person(reading, at)
    if not end and titled:
        end = _unknown(reading, at)
    return Node(at, end, PER) if end and not denied(reading, at) else None


def half_a_word(reading: Reading, name: Node) -> bool:
    """Whether one syllable behind a post rather begins a word of two: `Trưởng khoa Cấp cứu`."""
    words = reading.text[name.start : name.end]
    return " " not in words and not words.isascii() and SYLLABLE.end(reading, name.end) > 0


def denied(reading: Reading, at: int) -> bool:
    """Whether the words before a place say that what a person is called after begins here: a medal, a fund."""
    return _NOT_AFTER.holds(reading, at)


def family(reading: Reading, at: int) -> int:
    """The end of a person's name that opens with a surname, or 0."""
    if reading.words.get(at) not in _FIRSTS:
        highlander = _HIGHLANDER.end(reading, at) if reading.elided else 0
        return highlander or (_of_middle(reading, at) if reading.next.get(at) in _MIDDLE else 0)
    found = _FAMILY.match(reading.text, at)
    if found is None:
        return 0
    end, count = _trimmed(reading, at, found.end())
    weak = found[1].lower() in _WEAK
    land = weak and _LANDS.end(reading, at) > at + len(found[1])  # `Hàn Quốc`, `Cao Bằng`
    return end if count > 1 + weak and not land else 0


def surname(reading: Reading, at: int) -> bool:
    """Whether a surname and another capitalised word stand here."""
    return _FAMILY.end(reading, at) > 0


def certain(reading: Reading, at: int) -> bool:
    """Whether a middle name says that a person's name begins here, whatever stands before."""
    return reading.next.get(at) in _MIDDLE or (reading.next.get(at) == "h" and _HIGHLANDER.end(reading, at) > 0)


def listed(reading: Reading, at: int) -> int:
    """The end of two words that are a person's name where one stands before in a list, or 0."""
    end = _TWO.end(reading, at)
    if end and not reading.lower(at, end).replace(" ", "").isascii():
        return end if all(word in _SYLLABLES for word in reading.lower(at, end).split()) else 0
    return foreign.TWO.end(reading, at)


def aged(reading: Reading, at: int) -> int:
    """The end of a name with the age or the year of birth behind it: `{Khamla Sihavong} (SN 1986`, or 0."""
    return _AGED.end(reading, at)


def initials(reading: Reading, at: int) -> int:
    """The end of `N.Đ.T`, `D.Phan`, or 0."""
    return _INITIALS.end(reading, at) or _SIGNED.end(reading, at)


def calls(name: str) -> bool:
    """Whether one of this name may be called by its last two words: `Nguyệt Ánh` of `Bùi Thị Nguyệt Ánh`."""
    parts = name.lower().split()
    return len(parts) == 4 or (len(parts) == 3 and parts[1] not in _MIDDLES and parts[1] in _SYLLABLES)


def scorer(reading: Reading, at: int) -> int:
    """The end of a name with the minute of a goal behind it: `{Văn Hoan} (49')`, or 0."""
    return _SCORER.end(reading, at)


def named(reading: Reading, at: int) -> bool:
    """Whether persons are called by the word at a place."""
    return reading.words.get(at) in _SYLLABLES


def whole(reading: Reading, at: int) -> int:
    """The end of a run of words that may be a name, or 0."""
    return _PERSON.end(reading, at)


def _of_middle(reading: Reading, at: int) -> int:
    """The end of `Lự Văn Pó`: whatever the surname, a middle name makes it known."""
    if reading.kinds(at) or not reading.upper(at) or reading.text[at : at + 2].isupper():
        return 0
    if reading.opens(at) and reading.words[at] in _OPENERS:
        return 0
    end = _OF_MIDDLE.end(reading, at)
    end, count = _trimmed(reading, at, end) if end else (0, 0)
    return end if count > 2 else 0


def _unknown(reading: Reading, at: int) -> int:
    """The end of a name behind a title; a run that goes on with another name, or is letters only, is none."""
    if end := _INITIALS.end(reading, at) or _CENTRAL.end(reading, at):
        return end
    end = _trimmed(reading, at, run)[0] if (run := _PERSON.end(reading, at)) else 0
    if LETTERS.end(reading, at) or _COUNTRIES.end(reading, at):
        return 0
    if reading.before(at).isupper() and reading.text[at:end].isupper():
        return 0  # Among capitals any words are capitalised: `THỦ TƯỚNG LÀM VIỆC`.
    if FIELDS.end(reading, at) > end or OTHERS.end(reading, at) >= end > 0:
        return end if ADDRESS.holds(reading, at) and end == at + len(reading.words[at]) else 0
    later = (part.start() for part in _PART.finditer(reading.text, at, end))
    if CODE.end(reading, at) == end or any(reading.next.get(here) in _MIDDLE and here > at for here in later):
        return 0
    return foreign.tail(reading, end) or end


def _shouted(reading: Reading, start: int, end: int) -> bool:
    """Whether what stands around it is in capitals too, where any word may seem to be a name: `VÀNG GIẢM GIÁ`."""
    text = reading.text
    if not text[start:end].isupper():
        return False
    before, after = text[max(0, start - BACK) : start], text[end : end + BACK]
    return (before[before.rfind("\n") + 1 :] + after.partition("\n")[0]).isupper()


def _trimmed(reading: Reading, start: int, end: int) -> tuple[int, int]:
    """The capitalised words of a person's name before a post or a body, as end and number."""
    last, count, before = start, 0, ""
    shouted = _shouted(reading, start, end)
    for count, part in enumerate(_PART.finditer(reading.text, start, end)):
        here = part.start()
        if count and OTHERS.end(reading, here) > part.end():
            return last, count
        if count > 1 and part[0].isupper() and part[0].lower() in _SHOUTED_VERBS:
            return last, count
        low = part[0].lower()
        if shouted and count and before not in _MIDDLES and low not in _NAMING:
            return last, count
        last, before = part.end(), low
    return last, count + 1
