"""Names of bodies, of whatever kind: the longest that can be read."""

from __future__ import annotations

import re

from vigold.extraction.names import headed, listed, places
from vigold.extraction.names.reading import Node, Reading, longest
from vigold.extraction.names.shapes import CAPITAL_RUN, CAPITALISED, FIRM_WORDS
from vigold.extraction.names.words import LOC, ORG, behind, known, phrases, words

_DEEPEST = 6  # bodies in one another
_NOT_BODIES = phrases(ORG, "no_bodies")
_CLUB = re.compile(r"(?<![\w.])[BVSKĐ]\. ?\Z")
_PLAYS = behind(ORG, "before_clubs")
_BRANCH = (" chi nhánh ", " Chi nhánh ", " - Chi nhánh ", " - chi nhánh ")
_CODE_BEFORE = re.compile(r"/[\w-]*\Z")
_FIRMS = frozenset(("", word.lower()) for word in words(ORG, "firm_words"))
NEVER = frozenset((entry[0], entry[1]) for entry in map(str.split, known(ORG, "no_bodies")) if len(entry) == 2)
"""The two words that, side by side, open no body: `ban hành`."""
OPENS, LOWER = listed.OPENS | headed.OPENS | _FIRMS, listed.LOWER | headed.LOWER


def body(reading: Reading, at: int, bare: bool) -> Node | None:
    """A body; `bare` says that a head alone will do."""
    if _NOT_BODIES.end(reading, at) or _in_a_number(reading, at):
        return None
    named = listed.known_body(reading, at)
    whole = named and (listed.ministerial(reading, at) or _shouted(reading, named))
    word = reading.words.get(at, "")
    found = longest(
        (
            named,
            listed.centre(reading, at) if word in listed.CENTRE.firsts else None,
            _headed(reading, at, bare) if word in headed.FIRSTS and not whole else None,
            listed.paper(reading, at) if word in listed.PAPER_NOUNS.firsts else None,
            _learnt(reading, at) if word in reading.told else None,
            _firm(reading, at),
        )
    )
    return found and (_branch(reading, found) or found)


def club(reading: Reading, place: Node) -> Node | None:
    """`B. {Bình Dương}`: a club by the letter of who pays for it, and its place."""
    letter = _CLUB.search(reading.text[max(0, place.start - 4) : place.start])
    if letter is None or places.NAMED.end(reading, place.start) != place.end:
        return None
    start = place.start - len(letter[0])
    plays = not letter[0].endswith(" ") or _PLAYS.holds(reading, start)
    return Node(start, place.end, ORG, (place,)) if plays else None


def _branch(reading: Reading, body: Node) -> Node | None:
    """`{Agribank} chi nhánh {Phong Điền}`."""
    word = next((word for word in _BRANCH if reading.text.startswith(word, body.end)), "")
    start = body.end + len(word)
    end = CAPITAL_RUN.end(reading, start) if word else 0
    place = (reading.read(LOC, start) or (Node(start, end, LOC) if end else None)) if word else None
    return Node(body.start, place.end, ORG, (body, place)) if place else None


def _headed(reading: Reading, at: int, bare: bool) -> Node | None:
    return headed.headed(reading, at, bare) if reading.depth <= _DEEPEST else None


def _shouted(reading: Reading, known: Node) -> bool:
    """Whether a known body stands in capitals, where the words after it need not be of its name: `CHÍNH PHỦ HỌP`."""
    words = reading.text[known.start : known.end]
    return " " in words and words.isupper()


def _learnt(reading: Reading, at: int) -> Node | None:
    end = reading.learnt(ORG, at)
    return Node(at, end, ORG, listed.inside(reading, at, end)) if end else None


def _firm(reading: Reading, at: int) -> Node | None:
    """`Novo Group`: any word in foreign letters with a word for a firm."""
    if reading.next.get(at) not in FIRM_WORDS.firsts and not reading.elided:
        return None
    end = CAPITALISED.end(reading, at)
    firm = FIRM_WORDS.end(reading, end + 1) if end and reading.blank(end) and not places.named(reading, at) else 0
    return Node(at, firm, ORG) if firm else None


def _in_a_number(reading: Reading, at: int) -> bool:
    """Whether the letters are those of a document: `57-KL/TW`."""
    return reading.text[at - 1 : at] not in ("", " ", "\n") and bool(
        _CODE_BEFORE.search(reading.text[max(0, at - 30) : at])
    )
