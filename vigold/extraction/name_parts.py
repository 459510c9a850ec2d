"""The grammar of names: how a name of each kind begins, goes on and ends. One reader a text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from vigold.extraction.tables import table

_TABLE = table("names")
PER, ORG, LOC, ROLE, EVENT = _TABLE["labels"]
_UPPER = "".join(filter(str.isupper, map(chr, range(0x1F00))))
_CAPITALISED = rf"[{_UPPER}]\w*"
_CODE = rf"[{_UPPER}]{{2,}}(?:[&.,-][{_UPPER}]+)*"
_DEEPEST, _LONGEST = 6, 20  # bodies in one another, words and fields of a name
_NUMBER = r"(?:\d+|[IVXLC]+)(?!\w)"
_SEPARATORS = (" ", " và ", " - ", "-", " & ")


class Node(NamedTuple):
    """A name with the names inside it."""

    start: int
    end: int
    label: str
    inner: tuple[Node, ...] = ()


def either(words: Iterable[str]) -> str:
    """A pattern for any of `words`, the longest first; a trie, so that its speed does not hang on their number."""
    tails: dict[str, list[str]] = {}
    for word in words:
        tails.setdefault(word[:1], []).append(word[1:])
    branches = [(" +" if char == " " else re.escape(char)) + either(rest) for char, rest in tails.items() if char]
    if not branches:
        return ""
    return f"(?:{'|'.join(branches)})" + ("?" if "" in tails else "")


def words(label: str, *keys: str) -> list[str]:
    """The entries of some lists of a label's table."""
    return [word for key in keys for word in _TABLE[label][key]]


def first_lower(word: str) -> str:
    return word[:1].lower() + word[1:]


@cache
def known(label: str, key: str) -> frozenset[str]:
    """A list of a label's table as a set in lower case."""
    return frozenset(word.lower() for word in _TABLE[label][key])


@cache
def pattern(label: str, *keys: str, caseless: bool = True) -> re.Pattern[str]:
    """Any entry of some lists, as a whole word."""
    entries = words(label, *keys)
    if not caseless:
        return re.compile(rf"{either(entries)}(?!\w)")
    return re.compile(rf"(?i:{either(word.lower() for word in entries)})(?!\w)")


@cache
def before(label: str, key: str) -> re.Pattern[str]:
    """An entry of a list, as the words just before a place."""
    return re.compile(rf"(?<!\w)(?i:{either(_TABLE[label][key])}) +\Z")


@cache
def compiled() -> dict[str, re.Pattern[str]]:
    """The patterns that are more than a list."""
    surnames = [form for name in words(PER, "surnames") for form in (name, name.upper())]
    person = rf"(?:{_CAPITALISED}(?:[-'’]\w+)*)"
    titles = either(words(PER, "titles"))
    lands = words(LOC, "countries", "short_countries", "pair_only")
    field = rf"(?i:{either(word.lower() for word in words(ORG, 'fields'))})(?!\w)"
    events = [shape.format(n=_NUMBER) for shape in words(EVENT, "patterns")]
    long_form = "(?=CH|Cộng|Liên|Vương|Hợp|Đại|Việt Nam D)"
    return {
        "code": re.compile(rf"{_CODE}(?!\w)"),
        "capitalised": re.compile(rf"{_CAPITALISED}"),
        "field": re.compile(field),
        "fields": re.compile(rf", (?=[{_UPPER}]){field}(?:, {field})* và {field}"),
        "about": re.compile(rf" về {field}(?:(?:, | và ){field})*"),
        "term": re.compile(r"(?:,? +[Kk]hóa +[IVXL]+)(?!\w)"),
        "number": re.compile(r"(?: +số)? +\d+(?![\w/])"),
        "person": re.compile(rf"{person}(?: +{person}){{0,4}}"),
        "family": re.compile(rf"({either(surnames)})(?: +{person}){{1,4}}"),
        "titles": re.compile(rf"(?:(?i:{titles})(?!\w) *|{either(words(PER, 'abbreviated_titles'))}(?!\w)[. ] *)+"),
        "pair": re.compile(rf"{either(lands)} ?- ?{either(lands)}(?!\w)"),
        "land": re.compile(rf"{either(lands)}(?!\w)"),
        "pair before": re.compile(rf"(?<!\w){either(lands)} ?- ?\Z"),
        "house": re.compile(r"(?i:số nhà|số|ngõ|hẻm|ngách) +\d+\w*(?:/\d+\w*)*,? +"),
        "abbreviated unit": re.compile(rf"{either(words(LOC, 'abbreviated_units'))}(?: ?\. ?\n?| +|(?=HCM))"),
        "long land": re.compile(rf"nước +{long_form}{either(words(LOC, 'countries'))}(?!\w)"),
        "local unit": re.compile(rf" +{either(words(ORG, 'local_units'))}(?!\w)"),
        "event": re.compile("|".join(events)),
        "edition": re.compile(rf"(?: +lần(?: +thứ)?)? +(?:{_NUMBER}|\d+)"),
        "ministry": re.compile(r"[Bb]ộ +"),
        "blanks": re.compile(" +"),
        "of": re.compile(r" của |, "),
        "house number": re.compile(r" +\d+\w*"),
        "numbered": re.compile(r" +\d"),
        "dash": re.compile(r" ?- ?"),
        "general": re.compile(r" +(?:các|cấp|hai)(?!\w)"),
        "not before": re.compile(rf" +{either(words(LOC, 'not_before'))}(?!\w)"),
        "address before": re.compile(r"(?<!\w)(?i:ông|bà|anh|chị|em|cô|chú|bác|cháu|cụ) +\Z"),
        "number before": re.compile(r"/[\w-]*\Z"),
        "syllable": re.compile(r" ([^\W\d_A-Z]\w{1,6})(?!\w)"),
        "unknown before": re.compile(rf"(?<!\w){_CAPITALISED} \Z"),
        "opening": re.compile(r"(?:\A|[.!?:…\n“\"(\[]) *\Z"),
    }


class Reader:
    """Reads names at places of one folded text; each method gives the name that begins there, or None."""

    def __init__(self, text: str, named: frozenset[str] = frozenset()) -> None:
        self.text = text
        self.named = named
        self.depth = 0

    def match(self, shape: re.Pattern[str], at: int) -> int:
        """Where a match that begins at a place ends, or 0."""
        found = shape.match(self.text, at)
        return found.end() if found else 0

    def after(self, shape: re.Pattern[str], at: int) -> bool:
        """Whether the words before a place fit."""
        return shape.search(self.text[max(0, at - 30) : at]) is not None

    def opens(self, at: int) -> bool:
        """Whether a sentence or a quotation begins at a place."""
        return at == 0 or self.after(compiled()["opening"], at)

    def upper(self, at: int) -> bool:
        return self.text[at : at + 1].isupper()

    def capital(self, start: int, end: int) -> bool:
        return any(map(str.isupper, self.text[start:end]))

    def stops(self, at: int) -> bool:
        """Whether something else than the rest of a name begins here."""
        lists = ((ORG, "bodies"), (ORG, "heads"), (ROLE, "posts"), (PER, "titles"))
        return (
            any(self.match(pattern(*each), at) for each in lists)
            or self.match(compiled()["abbreviated unit"], at) > 0
            or self.family(at) > 0
        )

    def family(self, at: int) -> int:
        """The end of a person's name that opens with a surname, or 0."""
        found = compiled()["family"].match(self.text, at)
        if found is None:
            return 0
        end, count = self.trim(at, found.end())
        weak = found[1].lower() in known(PER, "weak_surnames")
        return end if count > 1 + weak else 0

    def trim(self, start: int, end: int) -> tuple[int, int]:
        """The capitalised words of a person's name before a post or a body, as end and number."""
        parts = [*re.finditer(r"[^\s]+", self.text[start:end])]
        others = (pattern(ORG, "bodies"), pattern(ORG, "heads"), pattern(ROLE, "posts"))
        for count, part in enumerate(parts):
            here = start + part.start()
            if count and any(self.match(each, here) > here + len(part[0]) for each in others):
                return start + parts[count - 1].end(), count
        return end, len(parts)

    def person(self, at: int, titled: bool) -> Node | None:
        if self.after(before(PER, "not_after"), at):
            return None
        if end := self.match(pattern(PER, "known", caseless=False), at):
            return Node(at, end, PER)
        end = self.family(at)
        if not end and titled and (whole := self.match(compiled()["person"], at)):
            end = self.trim(at, whole)[0]
            end = 0 if self.match(compiled()["code"], at) == end else end
        return Node(at, end, PER) if end else None

    # Places

    def place(self, at: int) -> Node | None:
        options = (self._named_place(at), self._unit_place(at), self._address(at), self._seat(at), self._pair(at))
        return max(filter(None, options), key=lambda node: node.end, default=None)

    def country(self, at: int) -> Node | None:
        """A country, as it may follow the name of a body that every state has."""
        end = self.match(pattern(LOC, "countries", caseless=False), at)
        return Node(at, end, LOC) if end else self._short_country(at)

    def _named_place(self, at: int) -> Node | None:
        end = self.match(pattern(LOC, "places", "countries", caseless=False), at)
        end = max(end, self.match(compiled()["long land"], at))
        return Node(at, end, LOC) if end else self._short_country(at)

    def _short_country(self, at: int) -> Node | None:
        end = self.match(pattern(LOC, "short_countries", caseless=False), at)
        if not end or self.match(compiled()["not before"], end):
            return None
        following = compiled()["capitalised"].match(self.text, end + 1)
        if following and not following[0].isascii() and not self.family(end + 1):
            return None
        titled = self.after(compiled()["address before"], at)
        inside = self.after(compiled()["unknown before"], at)
        everyday = self.opens(at) and self.text[at:end] in ("Anh", "Ý", "Áo", "Đức")
        return None if titled or everyday or (inside and following is None and at + 2 >= end) else Node(at, end, LOC)

    def _pair(self, at: int) -> Node | None:
        end = self.match(compiled()["land"], at)
        paired = end and (self.match(compiled()["pair"], at) or self.after(compiled()["pair before"], at))
        return Node(at, end, LOC) if paired else None

    def _unit_place(self, at: int) -> Node | None:
        short = self.match(compiled()["abbreviated unit"], at)
        start = short or self.match(pattern(LOC, "units", "streets"), at)
        if not start or (not short and self.after(before(LOC, "not_after"), at)):
            return None
        unit = self.text[at:start].lower()
        if not short:
            number = self.match(compiled()["house number"], start)
            if number and unit in known(LOC, "numbered"):
                return Node(at, number, LOC)
            if self.text[start : start + 1] != " ":
                return None
            start = self.match(compiled()["blanks"], start)
        end, count = self._place_run(start)
        if count < 1 + (unit in known(LOC, "weak_units")) or (short and count == 1 and end - start < 3):
            return None
        if unit in known(LOC, "routes") and self.text[end : end + 2] in (" -", "- "):
            return None
        return Node(at, end, LOC)

    def _place_run(self, at: int) -> tuple[int, int]:
        """The end of the capitalised words of a place after its unit, and their number."""
        if end := self.match(pattern(LOC, "places", "countries", "after_unit", caseless=False), at):
            return end, 9
        surname = compiled()["family"].match(self.text, at) is not None
        end, count, here = at, 0, at
        while count < 4 and (stop := self.match(compiled()["capitalised"], here)):
            others = (pattern(ORG, "bodies"), pattern(ORG, "heads"), pattern(ROLE, "posts"))
            letters = self.text[here:stop].isupper() and stop - here > 1
            named = count and (self.match(pattern(LOC, "places"), here) or (not surname and self.family(here)))
            if named or letters or any(self.match(each, here) > stop for each in others):
                break
            end, count, here = stop, count + 1, stop + 1
            if self.text[stop : stop + 1] != " ":
                break
        return end, count

    def _address(self, at: int) -> Node | None:
        start = self.match(compiled()["house"], at)
        street = self._unit_place(start) if start and self.match(pattern(LOC, "streets"), start) else None
        return Node(at, street.end, LOC, (street,)) if street else None

    def _seat(self, at: int) -> Node | None:
        start = self.match(pattern(LOC, "seats", caseless=False), at)
        body = self.body(start + 1) if start and self.text[start : start + 1] == " " else None
        return Node(at, body.end, LOC, (body,)) if body else None

    # Bodies

    def body(self, at: int, bare: bool = False) -> Node | None:
        """A body; `bare` says that a head alone will do."""
        if self.match(pattern(ORG, "no_bodies"), at) or self.after(compiled()["number before"], at):
            return None
        self.depth += 1
        listed, headed = self._listed(at), self._headed(at, bare) if self.depth <= _DEEPEST else None
        self.depth -= 1
        if listed and self.match(compiled()["ministry"], at):
            headed = None
        options = (listed, self._centre(at), headed, self._paper(at))
        return max(filter(None, options), key=lambda node: node.end, default=None)

    def _listed(self, at: int) -> Node | None:
        end = self.match(pattern(ORG, "bodies"), at)
        if not end or not self.capital(at, end):
            end = 0
        end = max(end, self.match(pattern(ORG, "letters", caseless=False), at))
        ministry = self.match(compiled()["ministry"], at)
        if ministry and (stop := self.match(pattern(ORG, "ministries"), ministry)):
            end = max(end, stop if self.capital(at, stop) else 0)
        if not end:
            return None
        term = self.match(compiled()["term"], end)
        inner = self._inside(at, end)
        if term:
            return Node(at, term, ORG, inner)
        many = self.text.count(" ", at, end) > 1 and not ministry
        tail = (self.place(end + 1) if many else self.country(end + 1)) if self.text[end : end + 1] == " " else None
        return Node(at, tail.end, ORG, (*inner, tail)) if tail else Node(at, end, ORG, inner)

    def _centre(self, at: int) -> Node | None:
        end = self.match(pattern(ORG, "centre", caseless=False), at)
        if not end or self.after(before(ORG, "level_words"), at) or self.match(compiled()["numbered"], end):
            return None
        return Node(at, end, ORG)

    def _paper(self, at: int) -> Node | None:
        noun = self.match(pattern(ORG, "paper_nouns"), at)
        end = noun and self.match(pattern(ORG, "papers", "letters"), noun + 1)
        return Node(at, end, ORG) if end and self.upper(noun + 1) else None

    def ministry(self, at: int) -> Node | None:
        """The bare name of a ministry, as it follows `Bộ trưởng`; with its country."""
        end = self.match(pattern(ORG, "ministries"), at)
        if not end or not self.upper(at):
            return None
        tail = self.country(end + 1) if self.text[end : end + 1] == " " else None
        return Node(at, tail.end, ORG, (tail,)) if tail else Node(at, end, ORG)

    def _headed(self, at: int, bare: bool) -> Node | None:
        start = self.match(pattern(ORG, "heads" if self.upper(at) else "lower_heads"), at)
        if not start:
            return None
        head = self.text[at:start]
        end = self.match(compiled()["number"], start) or self._run(at, start)
        landed = (
            self.match(pattern(LOC, "countries", caseless=False), self.text.rfind(" ", 0, max(0, end - 4)) + 1) == end
        )
        tail = None if landed else self._tail(head.lower(), end, end == start)
        if not self.upper(at) and head in known(ORG, "needs_run") and (end == start or self.place(start + 1)):
            return None
        stop = tail.end if tail else end
        if tail is None and head.lower() in known(ORG, "local"):
            stop = self.match(compiled()["local unit"], end) or end
            stop += self.text[stop - 1 : stop + 1] in ("P.", "p.")
        if stop == start and not bare and not self._stands_alone(at, start):
            return None
        if not self.capital(at, stop):
            return None
        stop = self.match(compiled()["term"], stop) or stop
        # `Tập đoàn FPT` is one name.
        whole = end > start and self.match(pattern(ORG, "letters", caseless=False), start + 1) == end
        return Node(at, stop, ORG, (*(() if whole else self._inside(start, end)), *filter(None, [tail])))

    def _stands_alone(self, at: int, end: int) -> bool:
        head = self.text[at:end]
        if head.lower() not in known(ORG, "bare") or self.match(compiled()["general"], end):
            return False
        return self.upper(at) and (head.isupper() or head.lower() in self.named or not self.opens(at))

    def _run(self, at: int, start: int) -> int:
        """The end of the words that make a name out of its head."""
        head = self.text[at:start].lower()
        if head in known(ORG, "takes_body") and self.match(pattern(ORG, "heads", "bodies"), start + 1):
            return start
        end = start
        for _ in range(_LONGEST):
            stop = self._step(end, end == start, " " in head, head in known(ORG, "person_heads"))
            if not stop:
                break
            end = stop
        return (self.match(compiled()["about"], end) or end) if head in known(ORG, "about") else end

    def _step(self, end: int, first: bool, loose: bool, person: bool) -> int:
        for separator in _SEPARATORS[: 1 if first else None]:
            if self.text.startswith(separator, end) and (
                stop := self._word(end + len(separator), separator, first, loose, person)
            ):
                return stop
        return 0 if first else self.match(compiled()["fields"], end)

    def _word(self, at: int, separator: str, first: bool, loose: bool, person: bool) -> int:
        """The end of the next word or field of a body's name, or 0."""
        field = self.match(compiled()["field"], at)
        if not self.upper(at):
            plain = field and self.text[at:field].lower() not in known(ORG, "verbs")
            return field if plain and (loose or not first) and separator != "-" else 0
        place = self.match(pattern(LOC, "places", "countries", caseless=False), at)
        if place > field:
            return place if separator == " " else 0
        if field and (first or not self.match(pattern(ORG, "heads", "bodies"), at)):
            return field
        if separator != " " or (self.stops(at) and not (first and person)):
            return 0
        end = self.match(compiled()["code"], at) or self.match(compiled()["capitalised"], at)
        return self._second(at, end, first) or end

    def _second(self, at: int, end: int, first: bool) -> int:
        """The end of the lower-case syllable that a lone capitalised one needs to be a word, or 0."""
        syllable = compiled()["syllable"].match(self.text, end)
        alone = (
            (first or not self.after(compiled()["unknown before"], at))
            and not self.text[at:end].isupper()
            and end - at < 7
        )
        return syllable.end() if syllable and alone and syllable[1] not in known(ORG, "stop_words") else 0

    def _tail(self, head: str, end: int, first: bool) -> Node | None:
        """The body, post or place after the words of a name that it ends with."""
        if self.text.startswith(" của ", end) and head in known(ORG, "owned"):
            return self.body(end + 5) or self.role(end + 5)
        if not self.text.startswith(" ", end):
            return None
        node = self.place(end + 1) or (
            self.body(end + 1, bare=self.upper(end + 1)) if self.upper(end + 1) or first else None
        )
        return node if node and not self.family(end + 1) > node.end else None

    def _inside(self, start: int, end: int) -> tuple[Node, ...]:
        """Places and bodies among the words of a name after its first."""
        found: list[Node] = []
        for word in re.finditer(r"(?<!\w)\w+", self.text[start:end]):
            here = start + word.start()
            if here == start or (found and here < found[-1].end) or not word[0][0].isupper():
                continue
            if (field := self.match(compiled()["field"], here)) and field > here + len(word[0]):
                continue
            node = self._named_place(here) or self._pair(here) or self._listed(here)
            adjective = node and self.text[here : node.end].lower() in known(ORG, "adjectival")
            if node and node.end <= end and (not adjective or self.after(before(ORG, "centre"), here)):
                found.append(node)
        return tuple(found)

    # Posts

    def role(self, at: int) -> Node | None:
        """A post with the body or place that it names."""
        return self._leader(at) or self._post(at)

    def _leader(self, at: int) -> Node | None:
        start = self.match(pattern(ROLE, "leaders"), at)
        if not start or not self.upper(at) or self.text[start : start + 1] != " ":
            return None
        alone = self.text[start + 1 : start + 10].lower() == "văn phòng"
        node = self.body(start + 1, bare=alone)
        if node is None or (self.text[at:start] == "Thành viên" and self.opens(at)):
            return None
        return Node(at, node.end, ROLE, (node,))

    def _post(self, at: int) -> Node | None:
        end = self.match(pattern(ROLE, "posts"), at)
        if not end:
            return None
        post = self.text[at:end].lower()
        if post.endswith(" nước") and self.match(compiled()["long land"], end - 4):
            post, end = post[:-5], end - 5
        inner = self._of(post, end)
        if inner:
            end = inner[-1].end
        elif not self.upper(at) and post not in known(ROLE, "lower_alone") and not self._name_follows(end):
            return None
        return Node(at, end, ROLE, inner)

    def _of(self, post: str, end: int) -> tuple[Node, ...]:
        if self.text[end : end + 1] != " ":
            return ()
        here = end + 1
        node = self.body(here) if not self.match(pattern(ROLE, "posts"), here) else None
        if self.family(here) and self.match(pattern(LOC, "units"), here):
            return ()
        if node is None and post in known(ROLE, "ministerial"):
            node = self.ministry(here)
        if node is None:
            node = self.place(here)
        if node is None or self.family(here) > node.end:
            return ()
        second = self.place(node.end + 1) if node.label == ORG and self.text[node.end : node.end + 1] == " " else None
        return (node, second) if second and not self.family(node.end + 1) > second.end else (node,)

    def _name_follows(self, end: int) -> bool:
        return self.text[end : end + 1] == " " and self.family(end + 1) > 0

    # Events

    def event(self, at: int) -> Node | None:
        end = self.match(compiled()["event"], at)
        headed = 0 if end else self.match(pattern(EVENT, "heads" if self.upper(at) else "lower_heads"), at)
        if headed:
            run = self._run(at, headed)
            pair = self._after_pair(run)
            end = self.match(compiled()["edition"], pair) or pair
            if end == headed or (end == run and self.text[at:headed].lower() in known(EVENT, "weak_heads")):
                return None
        if not end:
            return None
        end = self.match(compiled()["term"], end) or end
        inner = self._inside(at, end)
        link = self.match(compiled()["of"], end) or (end + 1 if self.text.startswith(" ", end) else 0)
        tail = self._listed(link) if link else None
        return Node(at, tail.end, EVENT, (*inner, tail)) if tail else Node(at, end, EVENT, inner)

    def _after_pair(self, end: int) -> int:
        """The end of `… Việt Nam - Lào`, where a name goes on with countries."""
        pair = self.match(compiled()["pair"], end + 1) if self.text[end : end + 1] == " " else 0
        link = self.match(compiled()["dash"], end)
        return pair or (link and self.match(compiled()["land"], link)) or end
