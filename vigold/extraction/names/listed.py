"""Bodies that are known by themselves: names of the table, letters, ministries, papers, the centre."""

from __future__ import annotations

import re

from vigold.extraction.names import countries, places
from vigold.extraction.names.reading import Node, Reading
from vigold.extraction.names.runs import run, shouted, stops
from vigold.extraction.names.shapes import (
    BODIES,
    CAPITAL_RUN,
    CAPITALISED,
    FIELDS,
    HEADS,
    LETTERS,
    SYLLABLE,
    TERM,
    UPPER,
)
from vigold.extraction.names.words import (
    LOC,
    ORG,
    Shape,
    behind,
    either,
    known,
    lower_openings,
    openings,
    phrases,
    words,
)

PAPERS, _COMPOUND = phrases(ORG, "papers", "letters"), behind(ORG, "paper_compounds")
MINISTRY = Shape(r"(?:[Bb]ộ|BỘ) +", ["bộ"])
PAPER_NOUNS, _MINISTRIES = phrases(ORG, "paper_nouns"), phrases(ORG, "ministries")
CENTRE, _CENTRE_BEFORE = phrases(ORG, "centre", caseless=False), behind(ORG, "centre")
_LEVEL_WORDS, _ADJECTIVAL = behind(ORG, "level_words"), known(ORG, "adjectival")
_FIRM = Shape(rf" (?:High )?{either(words(ORG, 'firm_words'))}(?!\w)")  # `Viettel High Tech`
_NUMBERED = Shape(r" +\d")
_SHOUTED = Shape(rf" {UPPER}{{2,}}(?!\w)")
_WORD = re.compile(r"(?<!\w)\w+")
_LOWER = (BODIES, PAPER_NOUNS, MINISTRY)
_AS_WRITTEN = frozenset(BODIES.entries)
_KNOWN_FIRSTS = MINISTRY.firsts | BODIES.firsts | LETTERS.firsts
_INSIDE_FIRSTS = _KNOWN_FIRSTS | places.NAMED_FIRSTS | places.GEOGRAPHIC.firsts | countries.LAND.firsts
OPENS, LOWER = openings(*_LOWER, LETTERS, CENTRE), lower_openings(*_LOWER)


def known_body(reading: Reading, at: int) -> Node | None:
    """A body of the table, or a ministry, with its term, its country or its place."""
    if reading.words.get(at) not in _KNOWN_FIRSTS:
        return None
    start = MINISTRY.end(reading, at)
    ministry = _with_capital(reading, at, _MINISTRIES.end(reading, start)) if start else 0
    letters = LETTERS.end(reading, at)
    letters = _FIRM.end(reading, letters) or letters if letters else 0
    end = max(_body(reading, at), letters, ministry)
    if not end:
        return None
    within = inside(reading, at, end)
    if end == letters:  # `Bayer Leverkusen` is one club.
        within = tuple(node for node in within if node.label == LOC)
    if term := TERM.end(reading, end):
        return Node(at, term, ORG, within)
    local = end == letters or (reading.text.count(" ", at, end) > 1 and end > ministry)
    tail = (
        (reading.read(LOC, end + 1) if local else countries.country(reading, end + 1)) if reading.blank(end) else None
    )
    return Node(at, tail.end, ORG, (*within, tail)) if tail else Node(at, end, ORG, within)


def ministerial(reading: Reading, at: int) -> bool:
    """Whether the head of a ministry stands here, and not `Bộ đội`, `Bộ Chỉ huy`."""
    head = MINISTRY.end(reading, at)
    return head > 0 and HEADS.end(reading, at) < head


def _body(reading: Reading, at: int) -> int:
    """The end of a body of the table, or 0; in lower case it is written as there: not `đề nghị {Viện …}`."""
    end = _with_capital(reading, at, BODIES.end(reading, at))
    return end if reading.upper(at) or reading.text[at:end] in _AS_WRITTEN else 0


def _with_capital(reading: Reading, at: int, end: int) -> int:
    return end if end and reading.capital(at, end) else 0


def centre(reading: Reading, at: int) -> Node | None:
    """`Trung ương`, where it acts, and `Trung ương {Hội …}`."""
    end = CENTRE.end(reading, at)
    if not end or _LEVEL_WORDS.holds(reading, at) or _NUMBERED.end(reading, end):
        return None
    body = reading.read(ORG, end + 1) if reading.upper(end + 1) and reading.blank(end) else None
    if body is None and reading.text[at:end] == "TƯ" and _SHOUTED.end(reading, end):
        return None  # `KINH TẾ TƯ NHÂN`
    return Node(at, body.end, ORG, (body,)) if body else Node(at, end, ORG)


def paper(reading: Reading, at: int) -> Node | None:
    """`báo Lao Động`, `tờ Le Monde`."""
    noun = PAPER_NOUNS.end(reading, at)
    if noun and not reading.upper(at) and _COMPOUND.holds(reading, at):
        return None  # `dự báo GDP`
    if not noun or not reading.blank(noun) or not reading.upper(noun + 1) or places.NAMED.end(reading, at) > noun:
        return None
    end = PAPERS.end(reading, noun + 1)
    if not end and not any(other(reading, noun + 1) for other in (stops, shouted, places.named)):
        end = CAPITAL_RUN.end(reading, noun + 1)
    return Node(at, end, ORG) if end else None


def ministry(reading: Reading, at: int) -> Node | None:
    """The bare name of a ministry, as it follows `Bộ trưởng`; with its country."""
    end = _MINISTRIES.end(reading, at) if reading.upper(at) else 0
    if not end:
        return _foreign_ministry(reading, at)
    tail = countries.country(reading, end + 1) if reading.blank(end) else None
    return Node(at, tail.end, ORG, (tail,)) if tail else Node(at, end, ORG)


def _foreign_ministry(reading: Reading, at: int) -> Node | None:
    """`Khí hậu Đan Mạch`: the words need a country at their end to be told from a person's name."""
    if not reading.upper(at) or not SYLLABLE.end(reading, CAPITALISED.end(reading, at)):
        return None
    end = run(reading, "bộ", at - 1)
    lands = [node for node in inside(reading, at, end) if node.label == LOC]
    return Node(at, lands[0].end, ORG, (lands[0],)) if lands else None


def inside(reading: Reading, start: int, end: int) -> tuple[Node, ...]:
    """Places and bodies among the words of a name after its first."""
    found: list[Node] = []
    for match in _WORD.finditer(reading.text, start, end):
        here, word = match.start(), reading.words.get(match.start())
        if here == start or (word not in _INSIDE_FIRSTS and word not in reading.told) or not reading.upper(here):
            continue
        if found and here < found[-1].end:
            continue
        node = places.geographic(reading, here)
        if node is None and FIELDS.end(reading, here) > match.end():
            continue
        readers = (places.named, countries.pair, known_body)
        node = node or next(filter(None, (read(reading, here) for read in readers)), None)
        adjective = node and reading.lower(here, node.end) in _ADJECTIVAL
        if node and node.end <= end and (not adjective or _CENTRE_BEFORE.holds(reading, here)):
            found.append(node)
    return tuple(found)
