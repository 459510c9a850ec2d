"""The run of words that makes a name out of its head: `Ban Chỉ đạo` + `Phát triển du lịch`."""

from __future__ import annotations

from vigold.extraction.names import countries, foreign, persons, places
from vigold.extraction.names.reading import Reading
from vigold.extraction.names.shapes import (
    BODIES,
    CAPITALISED,
    CODE,
    FIELDS,
    HEADS,
    OTHERS,
    POSTS,
    SYLLABLE,
    TITLES,
    UNIT_LETTERS,
    UPPER,
)
from vigold.extraction.names.words import EVENT, ORG, Phrases, Shape, known, openings, phrases, words

_LONGEST = 20  # words and fields of a name
_SEPARATORS = (" ", " và ", " - ", "-", " & ")
_HEAD_OR_BODY = Phrases(words(ORG, "heads", "bodies"))
_SHOUTED = Shape(rf"{UPPER}{{2,}}(?: {UPPER}{{2,}})(?!\w)")
_EVENTS = phrases(EVENT, "heads")
_STOPS = (OTHERS, TITLES, UNIT_LETTERS)
_STOPPING = frozenset(word for word, _ in openings(*_STOPS))
_ENGLISH = frozenset({"the", "of", "for", "and", "without", "in"})
_TAKES_BODY, _PERSON_HEADS = known(ORG, "takes_body"), known(ORG, "person_heads")
_WITH_ABOUT, _VERBS, _STOP_WORDS = known(ORG, "about"), known(ORG, "verbs"), known(ORG, "stop_words")


def stops(reading: Reading, at: int) -> bool:
    """Whether something else than the rest of a name begins here."""
    if reading.words.get(at) in _STOPPING and any(each.end(reading, at) for each in _STOPS):
        return True
    return persons.family(reading, at) > 0 or foreign.person(reading, at) > 0


def run(reading: Reading, head: str, start: int, loose: bool = False) -> int:
    """The end of the words that belong to a name whose head ends at `start`; `loose`: also fields in lower case."""
    if head in _TAKES_BODY and _HEAD_OR_BODY.end(reading, start + 1):
        return start
    end, loose, person = start, loose or " " in head, head in _PERSON_HEADS
    for _ in range(_LONGEST):
        key = end, end == start, loose, person
        stop = reading.steps.get(key)
        if stop is None:
            stop = reading.steps[key] = _step(reading, *key)
        if not stop:
            break
        end = stop
    return _about(reading, end) if head in _WITH_ABOUT else end


def _step(reading: Reading, end: int, first: bool, loose: bool, person: bool) -> int:
    """The end of the next word or field and what joins it to the run, or 0."""
    for separator in _SEPARATORS[: 1 if first and not loose else None]:
        if reading.text.startswith(separator, end):
            stop = _word(reading, end + len(separator), separator, first, loose, person)
            if stop:
                return stop
    return 0 if first else _more_fields(reading, end)


def _more_fields(reading: Reading, end: int) -> int:
    """The end of `, Thể thao và Du lịch`, further fields up to the last, or 0."""
    if not reading.text.startswith(", ", end) or not reading.upper(end + 2):
        return 0
    stop = _fields(reading, FIELDS.end(reading, end + 2), (", ",))
    return FIELDS.end(reading, stop + 4) if stop and reading.text.startswith(" và ", stop) else 0


def _about(reading: Reading, end: int) -> int:
    """The end of the words with `về phòng, chống tham nhũng` behind them, if that is there."""
    field = FIELDS.end(reading, end + 4) if reading.text.startswith(" về ", end) else 0
    return _fields(reading, field, (", ", " và ")) or end


def _fields(reading: Reading, end: int, links: tuple[str, ...]) -> int:
    """The end of a list of fields whose first one ends at a place."""
    while end:
        further = (FIELDS.end(reading, end + len(link)) for link in links if reading.text.startswith(link, end))
        stop = next(filter(None, further), 0)
        if not stop:
            break
        end = stop
    return end


def _word(reading: Reading, at: int, separator: str, first: bool, loose: bool, person: bool) -> int:
    """The end of the next word or field, or 0."""
    field = FIELDS.end(reading, at)
    if field and not person and persons.family(reading, at) > field:
        field = 0
    if not reading.upper(at):
        plain = field and (reading.lower(at, field) not in _VERBS or countries.COUNTRIES.end(reading, field + 1) > 0)
        grown = separator != "-" and (loose or not first) and not countries.ends_in_country(reading, at - 1)
        return field if plain and grown else 0
    node = places.named(reading, at)
    place = node.end if node else 0
    if place > field:
        return place if separator == " " else 0
    if field and (field >= HEADS.end(reading, at) if first else field > _HEAD_OR_BODY.end(reading, at)):
        return field
    if separator == " và " and _EVENTS.end(reading, at):
        return 0
    if separator != " " and (first or separator != " và "):
        return 0
    if shouted(reading, at) or countries.ends_in_country(reading, at - 1):
        return 0
    if stops(reading, at) and not (person and (first or _lone_head(reading, at))):
        return 0
    end = CODE.end(reading, at) or CAPITALISED.end(reading, at)
    return _second(reading, at, end, first) or (end if separator == " " else 0)


def shouted(reading: Reading, at: int) -> bool:
    """Whether a word stands in a line of capitals, where an unknown one need not be of the name: `SỞ Y TẾ CÔNG BỐ`."""
    return _SHOUTED.end(reading, at) > 0 and reading.before(at).isupper() and len(reading.before(at)) > 1


def _lone_head(reading: Reading, at: int) -> bool:
    """Whether the head of a body is here one more word of a name: `Công ty Tiến Bộ`."""
    others = any(each.end(reading, at) for each in (BODIES, POSTS, UNIT_LETTERS)) or persons.family(reading, at)
    return not others and reading.after_capital(at) and HEADS.end(reading, at) == at + len(reading.words[at])


def _second(reading: Reading, at: int, end: int, first: bool) -> int:
    """The end of the lower-case syllable that a lone capitalised one needs to be a word, or 0."""
    alone = (first or not reading.after_capital(at)) and end - at < 7 and not reading.text[at:end].isupper()
    syllable = SYLLABLE.match(reading.text, end) if alone else None
    if syllable is None or syllable[1] in _STOP_WORDS or places.named(reading, end + 1):  # `Điện {miền Trung}`
        return 0
    # `Công ty {Vissan} cam kết`, but `Save the Children`
    return 0 if foreign.WORD.end(reading, at) and syllable[1] not in _ENGLISH else syllable.end()
