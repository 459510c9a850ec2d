"""Names of places: known ones, those behind the noun of their unit, addresses and seats of bodies."""

from __future__ import annotations

from vigold.extraction.names import persons
from vigold.extraction.names.countries import LAND, LONG_LAND, SHORT, also_shouted, pair, short_country
from vigold.extraction.names.foreign import WORD
from vigold.extraction.names.reading import Node, Reading, longest
from vigold.extraction.names.shapes import BLANKS, CAPITALISED, FIELDS, NO_NAMES, OTHERS, UNIT_LETTERS
from vigold.extraction.names.words import (
    EVENT,
    LOC,
    ORG,
    PER,
    Behind,
    Phrases,
    Shape,
    behind,
    known,
    lower_openings,
    openings,
    phrases,
    words,
)

PLACES = phrases(LOC, "places")
NAMED = also_shouted("places", "countries")
UNITS = phrases(LOC, "units")
_HOUSE = Shape(r"(?i:số nhà|số|ngõ|hẻm|ngách) +\d+\w*(?:/\d+\w*)*,? +", ["số", "ngõ", "hẻm", "ngách"])
_HYPHENS = Shape(r"(?:-[^\W\d_A-Z]\w*)+")  # `Xa-van-na-khẹt`
_CELLS = ("tổ", "khối", "đội", "khu")
_CELL = Shape(
    rf"(?i:{'|'.join(_CELLS)}) \d{{1,3}}(?=, (?:thôn|ấp|khu phố|xã|phường|thị trấn)(?!\w))",
    [f"{cell} {number}" for cell in _CELLS for number in range(1, 200)],
)
_HOUSE_NUMBER = Shape(r" +\d+\w*")
ADMINISTRATIVE = phrases(LOC, "administrative")
_ADMINISTRATIVE, _MIDDLE = known(LOC, "administrative"), known(PER, "middle", "highland_middle")
_OFFICES = Behind([*words(ORG, "local"), "trưởng", "đảng ủy", "chi bộ"])
_DISTRICTS = phrases(LOC, "districts", caseless=False)
_GIVEN = known(PER, "given_syllables", "surnames")
_OTHERS = Phrases([*words(ORG, "firm_words"), *words(EVENT, "event_words")], caseless=False)
_IN_BRACKETS = Shape(r"\([^()\n]+[,)]")
_PLACED = Behind([*words(LOC, "prepositions"), *words(ORG, "local", "of_place")])
_COMMUNES = phrases(LOC, "communes", caseless=False)
_STREETS = phrases(LOC, "streets")
GEOGRAPHIC = phrases(LOC, "geographic")
_BEARINGS, _DIRECTIONS, _NO_HOUSES = behind(LOC, "bearings"), known(LOC, "directions"), behind(LOC, "no_houses")
_SEATS = phrases(LOC, "seats", caseless=False)
_UNITS_AND_STREETS = phrases(LOC, "units", "streets")
_WHOLE = also_shouted("places", "countries", "after_unit")
_NAMING = _WHOLE.firsts | UNIT_LETTERS.firsts | ADMINISTRATIVE.firsts
_NOT_AFTER, _BUT_AFTER = behind(LOC, "not_after"), behind(LOC, "but_after")
_OF_UNIT, _CODED = known(LOC, "of_unit"), known(LOC, "coded")
_CODE = Shape(r"[A-Z]{1,3}\d{1,4}[A-Z]?(?!\w)")
_ADDRESSED = Shape(r", (?:thôn|xã|phường|thị trấn|huyện|quận|thị xã)(?!\w)")
_GROUND, _ENTERED = "sân", Behind(["vào", "ra", "tung"])
_COUNTED, _COUNT = known(LOC, "counted"), Shape(r" (?:\d{1,2}(?![\w/]|[.,-]\d)|[IVX]+(?!\w))")
_LETTERED = known(LOC, "lettered")
_VILLAGES, _LAST_COUNT = known(LOC, "villages"), Shape(r" \d{1,2}(?= *(?:[,;:)(\n]|\.(?!\d)|\Z))")
_NUMBERED, _WEAK, _ROUTES = known(LOC, "numbered"), known(LOC, "weak_units"), known(LOC, "routes")
NAMED_FIRSTS = NAMED.firsts | LONG_LAND.firsts | _DISTRICTS.firsts | SHORT.firsts
_LOWER = (NAMED, _DISTRICTS, LONG_LAND, _HOUSE, _CELL, _SEATS, _UNITS_AND_STREETS)
NEVER = frozenset((entry[0], entry[1]) for entry in map(str.split, known(LOC, "no_units")))
"""The two words that, side by side, open no place: `xã hội`."""
OPENS, LOWER = openings(*_LOWER, UNIT_LETTERS, LAND), lower_openings(*_LOWER)


def place(reading: Reading, at: int, bare: bool = False) -> Node | None:
    """A place of any kind."""
    word = reading.words.get(at, "")
    readers = _READERS.get(word, ())
    if word in reading.told and named not in readers:
        readers = (named, *readers)
    return longest(read(reading, at) for read in readers)


def geographic(reading: Reading, at: int) -> Node | None:
    """`Sông Đáy`: a place by its noun also in the name of a body."""
    return _of_unit(reading, at) if GEOGRAPHIC.end(reading, at) else None


def named(reading: Reading, at: int) -> Node | None:
    """A place of the table."""
    word = reading.words.get(at)
    if word not in NAMED_FIRSTS and word not in reading.told:
        return None
    if word in _DIRECTIONS and _BEARINGS.holds(reading, at):
        return None
    end = max(NAMED.end(reading, at), LONG_LAND.end(reading, at), reading.learnt(LOC, at), _district(reading, at))
    return Node(at, end, LOC) if end else short_country(reading, at)


def _district(reading: Reading, at: int) -> int:
    """The end of a district; one that may be a person's name needs a word before it that tells a place."""
    end = _DISTRICTS.end(reading, at)
    personal = end and all(word in _GIVEN for word in reading.lower(at, end).split())
    placed = personal and (_PLACED.holds(reading, at) or _IN_BRACKETS.end(reading, at - 1) > end)
    return 0 if personal and not placed else end


def _of_unit(reading: Reading, at: int) -> Node | None:
    """`tỉnh Lào Cai`, `TP. Huế`, `quận 1`."""
    short = UNIT_LETTERS.end(reading, at)
    start = short or _UNITS_AND_STREETS.end(reading, at)
    if not start or (not short and (_nameless(reading, start) or _barred(reading, at) or _personal(reading, at))):
        return None
    unit = reading.lower(at, start)
    if not short:
        number = _HOUSE_NUMBER.end(reading, start) if unit in _NUMBERED else 0
        if number or not reading.blank(start):
            return Node(at, number, LOC) if number else None
        start = BLANKS.end(reading, start)
    if (short or unit in _ADMINISTRATIVE) and _person_follows(reading, at, start):
        return None
    facility = not short and unit not in _ADMINISTRATIVE
    owned = facility and (UNIT_LETTERS.end(reading, start) or (unit in _OF_UNIT and ADMINISTRATIVE.end(reading, start)))
    if owned and (town := _of_unit(reading, start)):
        return Node(at, town.end, LOC)
    if unit in _CODED and (code := _CODE.end(reading, start)):
        return Node(at, code, LOC)
    end, count = _run(reading, start, unit in _LETTERED)
    plain = not WORD.end(reading, start) and "-" not in reading.text[start:end]
    weak = unit in _WEAK and plain and not _ADDRESSED.end(reading, end)
    if count < 1 + weak or (short and count == 1 and end - start < 3):
        return None
    if unit == _GROUND and _ENTERED.holds(reading, at) and persons.family(reading, start):
        return None  # `vào sân {Lê An Bình}`
    if unit in _COUNTED:
        end = _COUNT.end(reading, end) or end
    elif unit in _VILLAGES:
        end = _LAST_COUNT.end(reading, end) or end
    if unit in _ROUTES and reading.text[end : end + 2] in (" -", "- "):
        return None
    return Node(at, end, LOC)


def _nameless(reading: Reading, end: int) -> bool:
    """Whether what follows the noun of a unit is no name: `xã nghèo`, `chợ Tết`."""
    plain = reading.text[end + 1 : end + 2].islower() and reading.words.get(end + 1) not in _NAMING
    return plain or NO_NAMES.end(reading, end + 1) > 0


def _barred(reading: Reading, at: int) -> bool:
    """Whether the word before says that this is no noun of a unit: `công {xã}`, but not `khởi công {cầu}`."""
    return _NOT_AFTER.holds(reading, at) and not _BUT_AFTER.holds(reading, at)


def _personal(reading: Reading, at: int) -> bool:
    """Whether the noun of a unit is rather the surname of a name of three words: `Hồ Thị Lan`."""
    end = persons.family(reading, at) if reading.upper(at) and not reading.opens(at) else 0
    return end > 0 and reading.text.count(" ", at, end) > 1 and not PLACES.end(reading, at)


def _person_follows(reading: Reading, at: int, start: int) -> bool:
    """Whether the noun of a unit ends a post or a body, and a person follows it: `Chủ tịch UBND xã {Lê An Bình}`."""
    end = persons.family(reading, start)
    later = end and reading.text.find(" ", reading.text.find(" ", start, end) + 1, end) + 1
    if not later or persons.family(reading, later) or _COMMUNES.end(reading, start) or _WHOLE.end(reading, start):
        return False
    return reading.next.get(start) in _MIDDLE or _OFFICES.holds(reading, at)


def _run(reading: Reading, at: int, lettered: bool) -> tuple[int, int]:
    """The end of the capitalised words of a place after its unit, and their number.

    `lettered` says that letters may open them: `VSIP`.
    """
    if end := _WHOLE.end(reading, at):
        return end, 9
    surname = persons.surname(reading, at)
    end, count, here = at, 0, at
    if UNITS.end(reading, at) > at + len(reading.words.get(at, "")):
        return at, 0  # `thủ đô {Vương quốc Thái Lan}`
    while count < 4 and (stop := CAPITALISED.end(reading, here)):
        stop = max(_HYPHENS.end(reading, stop) or stop, FIELDS.end(reading, here))
        named_after = count > 1 if surname else count > 0
        letters = stop - here > 1 and (reading.text[here:stop].isupper() or _OTHERS.end(reading, here) > 0)
        letters = letters and (count > 0 or not lettered)
        known_here = (count and PLACES.end(reading, here)) or (named_after and persons.family(reading, here))
        if known_here or letters or OTHERS.end(reading, here) > stop:
            break
        end, count, here = stop, count + 1, stop + 1
        if not reading.blank(stop):
            break
    return end, count


def _address(reading: Reading, at: int) -> Node | None:
    """`số 8 phố A`; without `phố` the name of a person says that it is a street."""
    start = _HOUSE.end(reading, at)
    if start and _NO_HOUSES.holds(reading, at):
        return None
    if start and (named_after := persons.family(reading, start)):
        return Node(at, named_after, LOC)
    street = _of_unit(reading, start) if start and _STREETS.end(reading, start) else None
    return Node(at, street.end, LOC, (street,)) if street else None


def _cell(reading: Reading, at: int) -> Node | None:
    """`tổ 4` before its ward."""
    end = _CELL.end(reading, at)
    return Node(at, end, LOC) if end else None


def _seat(reading: Reading, at: int) -> Node | None:
    """`trụ sở Bộ Tài chính`."""
    start = _SEATS.end(reading, at)
    body = reading.read(ORG, start + 1) if start and reading.blank(start) else None
    return Node(at, body.end, LOC, (body,)) if body else None


_OPENERS = {
    named: NAMED_FIRSTS,
    _seat: _SEATS.firsts,
    _of_unit: UNIT_LETTERS.firsts | _UNITS_AND_STREETS.firsts,
    _address: _HOUSE.firsts,
    _cell: _CELL.firsts,
    pair: LAND.firsts,
}
_READERS = {
    word: tuple(read for read, firsts in _OPENERS.items() if word in firsts)
    for word in frozenset().union(*_OPENERS.values())
}
"""What may read a place by the word that it begins with."""
