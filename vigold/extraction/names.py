"""Names of persons, bodies, places, posts and events, found by their signals and by tables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from vigold.document import Span
from vigold.extraction.name_parts import (
    EVENT,
    LOC,
    ORG,
    PER,
    ROLE,
    Node,
    Reader,
    before,
    compiled,
    either,
    first_lower,
    known,
    pattern,
    words,
)
from vigold.text import fold

_WORD = re.compile(r"(?<!\w)\w+")


def find(text: str) -> list[Span]:
    """All names of a text; they nest and do not cross, in the order of the text, outer ones first."""
    folded = fold(text)
    nodes = _Scan(folded, _heads(folded)).nodes()
    nodes = _beside(folded, nodes)
    nodes = sorted([*nodes, *_repeats(folded, nodes)])
    keys = {(node.start, -node.end, node.label): None for top in nodes for node in _flat(top)}
    return [Span("", start, -end, label) for start, end, label in sorted(keys)]


def holders(text: str, spans: Sequence[Span]) -> list[tuple[int, int]]:
    """Pairs of a person and a post held, as indices into `spans`.

    The post stands directly before the name, or after it behind a comma or a dash; further posts in the same
    list count, until another person.
    """
    folded = fold(text)
    order = sorted((n for n, span in enumerate(spans) if span.label in (PER, ROLE)), key=lambda n: spans[n].start)
    pairs = []
    for place, n in enumerate(order):
        if spans[n].label == PER:
            pairs += [(n, post) for post in _posts_before(folded, spans, order[:place], n)]
            pairs += [(n, post) for post in _posts_after(folded, spans, order[place + 1 :], n)]
    return pairs


@cache
def _gaps() -> dict[str, re.Pattern[str]]:
    former = either(words(ROLE, "former"))
    return {
        "before": re.compile(rf"(?: *:)? *(?:{compiled()['titles'].pattern})?\Z"),
        "list": re.compile(rf" *(?:,|và|kiêm|;)? *(?:{former} +)*\Z"),
        "after": re.compile(rf" *[,(-] *(?:{former} +)*\Z"),
    }


def _fits(kind: str, text: str, start: int, end: int) -> bool:
    return start <= end and _gaps()[kind].match(text[start:end]) is not None


def _posts_before(text: str, spans: Sequence[Span], earlier: Sequence[int], person: int) -> Iterator[int]:
    """The run of posts that leads up to a name, unless it belongs to the name before."""
    found: list[int] = []
    place, kind = spans[person].start, "before"
    for n in reversed(earlier):
        span = spans[n]
        if span.label == ROLE and _fits(kind, text, span.end, place):
            found, place, kind = [*found, n], span.start, "list"
        elif span.label == PER:
            if found and _fits("after", text, span.end, place):
                del found[1:]
            break
    return reversed(found)


def _posts_after(text: str, spans: Sequence[Span], later: Sequence[int], person: int) -> Iterator[int]:
    place = spans[person].end
    found: list[int] = []
    for n in later:
        span = spans[n]
        if span.start < place:
            continue
        if span.label == PER:
            if found and _fits("before", text, place, span.start):
                found.pop()
            break
        if not _fits("list" if found else "after", text, place, span.start):
            break
        found.append(n)
        place = span.end
    return iter(found)


@cache
def _starters() -> frozenset[str]:
    """The words that may open a name in lower case."""
    lists = (
        (PER, "titles"),
        (LOC, "units", "streets", "seats", "places", "numbered"),
        (ORG, "bodies", "lower_heads", "paper_nouns"),
        (ROLE, "posts"),
        (EVENT, "lower_heads"),
    )
    openers = {first_lower(word).split()[0] for keys in lists for word in words(*keys)}
    return frozenset(openers | {"kỳ", "phiên", "chiến", "nước", "bộ", "các", "ảnh"})


class _Scan:
    """One walk over a text, from name to name."""

    def __init__(self, text: str, named: frozenset[str]) -> None:
        self.text = text
        self.read = Reader(text, named)
        self.found: list[Node] = []
        self.titled = self.plural = -1

    def nodes(self) -> list[Node]:
        place = 0
        while word := _WORD.search(self.text, place):
            place = word.end()
            if word[0][0].isupper() or word[0] in _starters():
                place = max(place, self._at(word.start()))
        return self.found

    def _at(self, at: int) -> int:
        """Take what begins here; the place to go on from."""
        read = self.read
        if end := read.match(_credit(), at):
            return self._credited(end)
        if end := read.match(_ministries(), at):
            return self._listed_ministries(end)
        if (named := read.family(at)) and read.after(before(PER, "not_after"), at):
            return named
        event, role = read.event(at), read.role(at)
        body, site = read.body(at), read.place(at)
        best = max(filter(None, (event, role, body, site)), key=lambda node: node.end, default=None)
        person = None if self._inside_name(at) else read.person(at, self._is_titled(at))
        if person and (best is None or person.end > best.end or (person.end == best.end and self._personal(best))):
            return self._take(person)
        if role and best and role.end == best.end:
            return self._post(role)
        if best and best is site and read.after(before(ORG, "plurals"), at):
            return self._listed_places(best)
        if best:
            return self._take(best)
        if end := read.match(compiled()["titles"], at):
            self.titled = end
            return end
        return self._by_preposition(at)

    def _take(self, node: Node) -> int:
        self.found.append(node)
        return node.end

    def _is_titled(self, at: int) -> bool:
        if self.titled == at:
            return True
        last = self.found[-1] if self.found else None
        return last is not None and last.label == ROLE and last.end <= at and not self.text[last.end : at].strip(" ")

    def _personal(self, other: Node) -> bool:
        """Whether what may be a body or a place by its first word is rather a person's name."""
        read, at = self.read, other.start
        second = self.text.find(" ", at, other.end) + 1
        if other.label == ORG:
            fielded = read.match(compiled()["field"], second) or self.text[at : other.end].isupper()
            return not fielded and (self._is_titled(at) or read.family(at) > 0)
        shaped = other.label == LOC and read.upper(at) and read.match(pattern(LOC, "units"), at) > 0
        return shaped and (self._is_titled(at) or not read.opens(at)) and not read.match(pattern(LOC, "places"), at)

    def _listed_places(self, first: Node) -> int:
        """`các phường A, B và C`: each further name alone is a place."""
        self._take(first)
        while more := _further().match(self.text, self.found[-1].end):
            if self.read.stops(more.start(1)) or self.read.body(more.start(1)):
                break
            self._take(Node(more.start(1), more.end(1), LOC))
        return self.found[-1].end

    def _listed_ministries(self, at: int) -> int:
        """`các bộ: A, B và C`: each bare name is a body."""
        end, further = at, at
        while node := self.read.ministry(further):
            end = self._take(node)
            link = _link().match(self.text, end)
            if link is None:
                break
            further = link.end()
        return end

    def _inside_name(self, at: int) -> bool:
        """Whether a capitalised word that is no name on its own stands just before."""
        if self.titled == at or (self.found and self.found[-1].end >= at - 1):
            return False
        unknown = self.read.after(compiled()["unknown before"], at)
        return unknown and not self.read.opens(at) and not self._one_word_sentence(at)

    def _one_word_sentence(self, at: int) -> bool:
        """`Ngày`, `Theo`, `Sau` … open a sentence before a name."""
        opened = re.search(r"(\w+) \Z", self.text[max(0, at - 9) : at])
        return opened is not None and self.read.opens(at - len(opened[0]))

    def _post(self, role: Node) -> int:
        """A post, or, where several are meant, the bodies named with it."""
        linked = self.plural >= 0 and _gaps()["list"].match(self.text[self.plural : role.start]) is not None
        if self.read.after(before(ROLE, "plurals"), role.start) or linked:
            self.plural = role.end
            self.found += role.inner
            return role.end
        return self._take(role)

    def _credited(self, at: int) -> int:
        """The name after `Ảnh:`, of a person or a paper."""
        paper = self.read.match(pattern(ORG, "papers", "letters"), at) if self.read.upper(at) else 0
        if paper:
            return self._take(Node(at, paper, ORG))
        end = self.read.match(compiled()["person"], at)
        if end and " " in self.text[at:end]:
            return self._take(Node(at, end, PER))
        return at

    def _by_preposition(self, at: int) -> int:
        """An unknown name of two or more words after `tại`, `ở` …: a place."""
        end = self.read.match(_two_capitals(), at)
        lower = end and re.compile(r"[ ,.;)\n]|\Z").match(self.text, end)
        if lower and self.read.after(before(LOC, "prepositions"), at) and not self.read.stops(at):
            return self._take(Node(at, end, LOC))
        return 0


@cache
def _two_capitals() -> re.Pattern[str]:
    word = compiled()["capitalised"].pattern
    return re.compile(rf"{word}(?: {word}){{1,3}}")


@cache
def _ministries() -> re.Pattern[str]:
    return re.compile(r"[Cc]ác [Bb]ộ *:? +")


@cache
def _link() -> re.Pattern[str]:
    return re.compile(r", | và |; ")


@cache
def _further() -> re.Pattern[str]:
    return re.compile(rf"(?:, | và )({_two_capitals().pattern})")


@cache
def _credit() -> re.Pattern[str]:
    return re.compile(rf"(?:{either(words(PER, 'credits'))}) *: *")


def _heads(text: str) -> frozenset[str]:
    """The heads of bodies that a text names in full, in lower case: their short forms name them too."""
    read = Reader(text)
    shape = pattern(ORG, "bare")
    found = set()
    for match in shape.finditer(text):
        node = read.body(match.start())
        if node and node.end > match.end():
            found.add(match[0].lower())
    return frozenset(found)


def _flat(node: Node) -> Iterator[Node]:
    yield node
    for inner in node.inner:
        yield from _flat(inner)


def _beside(text: str, nodes: list[Node]) -> list[Node]:
    """The names without the posts that count only beside a person."""
    kept: list[Node] = []
    for n, node in enumerate(nodes):
        post = pattern(ROLE, "posts").match(text, node.start) if node.label == ROLE else None
        if post is None or post[0].lower() not in known(ROLE, "beside"):
            kept.append(node)
            continue
        around = nodes[max(0, n - 1) : n] + nodes[n + 1 : n + 2]
        near = any(other.label == PER and _near(text, node, other) for other in around)
        kept += [node] if near else node.inner
    return kept


def _near(text: str, post: Node, person: Node) -> bool:
    if person.start >= post.end:
        return _fits("before", text, post.end, person.start)
    return _fits("after", text, person.end, post.start)


def _repeats(text: str, nodes: list[Node]) -> Iterator[Node]:
    """Later mentions of names that were known by a signal, and the byline at the end of a text."""
    labels: dict[str, str] = {}
    covered = bytearray(len(text))
    for top in nodes:
        covered[top.start : top.end] = b"x" * (top.end - top.start)
        for node in _flat(top):
            labels |= {form: node.label for form in _forms(text, node) if form not in labels}
    found = [Node(*match.span(), labels[match[0]]) for match in _any_of(labels).finditer(text)]
    byline = _byline().search(text) if "\n" in text.strip() else None
    if byline:
        found.append(Node(byline.start(1), byline.end(1), PER))
    for node in found:
        medal = node.label == PER and Reader(text).after(before(PER, "not_after"), node.start)
        if not medal and not any(covered[node.start : node.end]):
            covered[node.start : node.end] = b"x" * (node.end - node.start)
            yield node


def _forms(text: str, node: Node) -> list[str]:
    """How a person or a place is named later: without the noun of its unit, a foreigner by the last word."""
    surface = text[node.start : node.end]
    unit = pattern(LOC, "units").match(surface) if node.label == LOC else None
    if unit:
        surface = surface[unit.end() :].strip()
    if node.label == PER and surface.isascii() and len(surface) > 4:
        return [surface, surface.split()[-1]]
    return [surface] if node.label in (PER, LOC) and " " in surface and surface[:1].isupper() else []


def _any_of(forms: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){either(forms) or '(?!)'}(?!\w)")


@cache
def _byline() -> re.Pattern[str]:
    word = compiled()["capitalised"].pattern
    return re.compile(rf"(?:[.!?…:”\"\n)]) *\n*({word}(?: {word}){{1,3}})\s*\Z")
