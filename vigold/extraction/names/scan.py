"""The walk over a text, from name to name: at each place the kinds are asked, and one answer is taken."""

from __future__ import annotations

from collections.abc import Sequence

from vigold.extraction.names import bodies, countries, events, listed, lists, persons, places
from vigold.extraction.names.gaps import IN_LIST
from vigold.extraction.names.grammar import CREDIT, LIST, LOWER_FIRST, RULES, TITLE, opens_lower
from vigold.extraction.names.neighbours import known_by, led
from vigold.extraction.names.reading import Node, Reading, longest
from vigold.extraction.names.shapes import CREDITS, FIELDS, FIRM_WORDS, LETTERS, STANDING, TITLES
from vigold.extraction.names.unknown import unknown
from vigold.extraction.names.words import LOC, ORG, PER, ROLE, behind

_STAYS = behind(LOC, "stays")
_FROM = "người "
_HELD = behind(ROLE, "held")
_PLURALS = behind(ROLE, "plurals")


def scan(reading: Reading) -> list[Node]:
    """The outermost names of a text, in its order."""
    walk = _Walk(reading)
    text, place = reading.text, 0
    for at, word in [(at, word) for at, word in reading.words.items() if word in LOWER_FIRST or text[at].isupper()]:
        if at >= place and (text[at].isupper() or opens_lower(reading, at, word)):
            place = walk.take(at)
    return walk.found


class _Walk:
    """What was found so far, and where the last title and the last plural ended."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.found: list[Node] = []
        self.titled = self.plural = -1

    def take(self, at: int) -> int:
        """Take what begins here; the place to go on from."""
        reading = self.reading
        kinds = reading.kinds(at)
        if CREDIT in kinds and (end := CREDITS.end(reading, at)):
            return self._keep(_credited(reading, end)) or end
        if LIST in kinds and (listed := lists.ministries(reading, at)):
            return self._keep(*listed)
        if PER in kinds and persons.denied(reading, at) and (end := persons.family(reading, at)):
            return end
        if end := self._name(at, kinds):
            return end
        if TITLE in kinds and (end := TITLES.end(reading, at)):
            return self._title(end)
        return self._keep(unknown(reading, at) or known_by(reading, self._last(), at))

    def _title(self, end: int) -> int:
        """Remember where a title ends, and the country that may go with it: `tiền đạo người {Brazil} Neto`."""
        self.titled = end
        land = countries.country(self.reading, end + len(_FROM)) if self.reading.text.startswith(_FROM, end) else None
        if land is None or not self.reading.blank(land.end):
            return end
        self.titled = land.end + 1
        return self._keep(land)

    def _name(self, at: int, kinds: Sequence[str]) -> int:
        """Take the longest name that begins here."""
        titled = self._is_titled(at)
        if not kinds and not titled and not persons.certain(self.reading, at):
            return 0
        read = {label: self.reading.read_kind(label, at) for label in kinds if label in RULES}
        best = longest(read.values())
        if best and best.label == LOC and not titled and self._part_of_name(best):
            best = None
        person = self._person(at, titled) if titled or PER in kinds or persons.certain(self.reading, at) else None
        if person and best is None and not titled and _resides(self.reading, person):
            return self._keep(Node(at, person.end, LOC))
        if person and (best is None or person.end > best.end or (person.end == best.end and self._personal(best))):
            return self._keep(person)
        if best is None:
            return 0
        firm = FIRM_WORDS.end(self.reading, best.end + 1) if best.label == LOC else 0
        if firm:  # `{Thủ Thiêm} Group`
            return self._keep(Node(at, firm, ORG, (best,)))
        other = (events.of_place(self.reading, best) or bodies.club(self.reading, best)) if best.label == LOC else None
        if other and not (self.found and self.found[-1].end > other.start):
            return self._keep(other)
        role, body = read.get(ROLE), read.get(ORG)
        if role and body and role.end == body.end == best.end and STANDING.end(self.reading, at):
            return self._keep(
                body._replace(inner=role.inner)
            )  # `Thường trực {HĐND tỉnh}` acts; `Thường trực Ban Bí thư`
        if role and role.end == best.end:
            return self._post(role)
        return self._keep(*(lists.places(self.reading, best) if best.label == LOC else (best,)))

    def _person(self, at: int, titled: bool) -> Node | None:
        """A person's name, unless what stands around it says otherwise."""
        reading = self.reading
        person = persons.person(reading, at, titled)
        if person is None or (self._inside_name(at) and not persons.certain(reading, at)):
            return None
        if titled:
            posted = self.titled != at
            return None if posted and persons.half_a_word(reading, person) else person
        return None if reading.learnt(LOC, at) == person.end else person

    def _part_of_name(self, place: Node) -> bool:
        """Whether a place of one word is rather the end of another name: `Thế Vinh`, and not `U23 Indonesia`."""
        if not self.reading.before(place.start).isalpha():
            return False
        return " " not in self.reading.text[place.start : place.end] and self._inside_name(place.start)

    def _last(self) -> Node | None:
        return self.found[-1] if self.found else None

    def _keep(self, *nodes: Node | None) -> int:
        kept = [node for node in nodes if node]
        self.found += kept
        return kept[-1].end if kept else 0

    def _is_titled(self, at: int) -> bool:
        if self.titled == at:
            return True
        last = self._last()
        return (
            last is not None
            and last.label == ROLE
            and last.end <= at
            and not self.reading.text[last.end : at].strip(" ")
        )

    def _personal(self, other: Node) -> bool:
        """Whether what may be a body or a place by its first word is rather a person's name."""
        reading, at = self.reading, other.start
        if other.label == ORG:
            if other.end in (reading.learnt(ORG, at), LETTERS.end(reading, at)) or _delegation(reading, other):
                return False
            second = reading.text.find(" ", at, other.end) + 1
            if FIELDS.end(reading, second) or reading.text[at : other.end].isupper():
                return False
            return self._is_titled(at) or persons.family(reading, at) > 0
        if other.label != LOC or not reading.upper(at) or not places.UNITS.end(reading, at):
            return False
        return (self._is_titled(at) or not reading.opens(at)) and not places.PLACES.end(reading, at)

    def _inside_name(self, at: int) -> bool:
        """Whether a capitalised word that is no name on its own stands just before."""
        if self.titled == at or (self.found and self.found[-1].end >= at - 1):
            return False
        reading = self.reading
        if not reading.after_capital(at) or reading.opens(at):
            return False
        # `Ngày`, `Theo`, `Sau` … open a sentence before a name.
        return not reading.opens(at - 1 - len(reading.before(at)))

    def _post(self, role: Node) -> int:
        """A post, or, where several are meant, the bodies named with it."""
        role = led(self.reading, self._last(), role)
        linked = self.plural >= 0 and IN_LIST.fits(self.reading.text, self.plural, role.start)
        if not linked and (_HELD.holds(self.reading, role.start) or not _PLURALS.holds(self.reading, role.start)):
            return self._keep(role)
        self.plural = role.end
        self.found += role.inner
        return role.end


def _delegation(reading: Reading, body: Node) -> bool:
    """Whether a body in brackets is that of a place: `Đại biểu A ({Đoàn {Vĩnh Long}})`."""
    placed = body.inner and body.inner[-1].label == LOC and body.inner[-1].end == body.end
    return bool(placed) and reading.text[body.start - 1 : body.start] + reading.text[body.end : body.end + 1] == "()"


def _resides(reading: Reading, person: Node) -> bool:
    """Whether two words that may be a person's stand where a place is told: `tại Trịnh Tường`."""
    return _STAYS.holds(reading, person.start) and reading.text.count(" ", person.start, person.end) == 1


def _credited(reading: Reading, at: int) -> Node | None:
    """The name after `Ảnh:`, of a person or a paper."""
    paper = listed.PAPERS.end(reading, at) if reading.upper(at) else 0
    body = Node(at, paper, ORG) if paper else reading.read(ORG, at)
    if body and not persons.family(reading, at):
        return body
    end = persons.whole(reading, at)
    if " " not in reading.text[at:end]:
        end = persons.initials(reading, at)
    return Node(at, end, PER) if end else None
