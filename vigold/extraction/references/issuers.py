"""Who issues: the end of the name of a body or a post that begins at a place of the text."""

from __future__ import annotations

import re
from functools import cache

from vigold.extraction.references.phrases import Phrases
from vigold.extraction.references.spelling import COMMA, DASH, UPPER, either, headline_end, key, upper
from vigold.extraction.tables import table

_SYLLABLE = rf"[{UPPER}][\w’']{{0,14}}"
_RUN = re.compile(rf"{_SYLLABLE}(?:(?:\s|\s?[{DASH}]\s?){_SYLLABLE}){{0,4}}")
_STEP = re.compile(
    rf"(\s{{0,2}},\s{{1,2}}(?:và\s{{1,2}})?|\s{{1,2}}và\s{{1,2}}|\s?[{DASH}]\s?|\s{{1,2}})([^\W\d_]{{1,9}})(?!\w)"
)
_TERM = re.compile(
    rf"{COMMA}(?:\(\s?kh[oó][aá]\s{{1,2}}(?:[IVX]{{1,6}}|\d{{1,2}})\s?\)|kh[oó][aá]\s{{1,2}}(?:[IVX]{{1,6}}|\d{{1,2}})(?!\w))",
    re.IGNORECASE,
)
_SESSION = re.compile(r"Hội nghị\s(?:lần\sthứ\s\w{1,6}|Trung ương\s\d{1,2})\s?,?\s?", re.IGNORECASE)
_ACRONYM = re.compile(rf"[{UPPER}]{{3,10}}(?!\w)")
_AND = re.compile(
    rf"\s{{0,2}}(?:,|và|[{DASH}])\s{{1,2}}"
    r"(?=Bộ\s|Ủy ban\s|UBND\s|Tòa án\s|Viện\s|Ngân hàng\s|Ban\s|Thanh tra\s|Tổng\s|Chính phủ|Quốc hội|Ban)"
)
_FIELD = re.compile(rf"\s?[{DASH}]\s?")
_NUMBERED_UNIT = re.compile(r"\d{1,2}(?!\w)")
_OWNER = re.compile(r"Đảng(?:\s(?:bộ|ủy|uỷ|Cộng sản Việt Nam))?|đảng bộ", re.IGNORECASE)
_HEAD_OF = re.compile(r"Trưởng\s(?=Ban\s)")
_DEEPEST = 4
_LONGEST = 24
# More capitals than these of an unknown place are the name of a person behind it.
_PLACE_SYLLABLES = 3


class _Known:
    """The tables of bodies and posts, compiled."""

    def __init__(self) -> None:
        rows = table("issuers")
        names, fields = rows["names"], rows["ministries"]
        self.bodies = Phrases(names["bodies"])
        self.fields = Phrases(fields["fields"])
        self.words = Phrases([*names["words"], *names["bodies"], *fields["fields"]])
        self.ministry = re.compile(rf"{either(fields['heads'])}\s{{1,2}}", re.IGNORECASE)
        self.posts = Phrases(names["posts"])
        self.local = Phrases(names["local"])
        self.heads = Phrases(names["heads"])
        units = [*names["units"], *(unit.upper() for unit in names["units"])]
        self.unit = re.compile(rf"(?:{either(units)}(?:\s{{1,2}}|(?<=\.)))")
        self.bare_unit = re.compile(rf"(?:{either(names['bare_units'])})(?!\w)")
        self.countries = Phrases(names["countries"])
        self.provinces = Phrases(names["provinces"])
        self.department = re.compile(either(fields["departments"]), re.IGNORECASE)
        self.deputy = re.compile(either(names["deputies"]), re.IGNORECASE)
        self.no_bodies = frozenset(names["no_bodies"])
        self.stops = frozenset(names["stops"])


@cache
def known() -> _Known:
    return _Known()


def end(text: str, at: int, depth: int = 0) -> int:
    """The end of the issuer that begins at `at`, or 0."""
    if depth > _DEEPEST:
        return 0
    if not upper(text, at) and not text.startswith(("liên bộ", "liên Bộ", "bộ "), at):
        return 0
    best = max(_body(text, at, depth), _post(text, at, depth))
    if best and depth == 0 and (more := _AND.match(text, best)):
        best = max(best, end(text, more.end(), depth + 1))
    return best


def signs_for_another(text: str, at: int) -> bool:
    """Whether the post that begins there is a deputy's."""
    return known().deputy.match(text, at) is not None


def party(text: str, at: int) -> int:
    """The end of a party organisation with its place: `Đảng bộ thành phố`, `đảng bộ huyện Ba Vì`."""
    owner = _OWNER.match(text, at)
    return _place(text, owner.end()) if owner else 0


def _body(text: str, at: int, depth: int) -> int:
    tables = known()
    session = _SESSION.match(text, at)
    if session:
        inner = end(text, session.end(), depth + 1)
        return inner or _term(text, session.start() + len(session[0].rstrip(" ,\u00a0\n")))
    stop = tables.bodies.end(text, at)
    if ministry := tables.ministry.match(text, at):
        field = tables.fields.end(text, ministry.end())
        stop = max(stop, _field_end(text, at, field) if field else 0)
    if stop:
        stop = _country(text, stop)
    if local := tables.local.end(text, at):
        stop = max(stop, _local(text, local, depth))
    elif not stop and (acronym := _ACRONYM.match(text, at)) and acronym[0] not in tables.no_bodies:
        stop = acronym.end()
    elif not stop and upper(text, at) and (head := tables.heads.end(text, at)):
        stop = _headed(text, head, depth)
    return _term(text, stop) if stop else 0


def _field_end(text: str, at: int, field: int) -> int:
    """The end of a ministry or a department; only departments have a place, a person may follow a ministry."""
    stop = _fields(text, field)
    return _place(text, stop) if known().department.match(text, at) else stop


def _fields(text: str, stop: int) -> int:
    """The end of a list of fields: `liên bộ Tài chính - Công Thương`."""
    for _ in range(4):
        more = _FIELD.match(text, stop)
        field = known().fields.end(text, more.end()) if more and upper(text, more.end()) else 0
        if not field:
            break
        stop = field
    return stop


def _term(text: str, stop: int) -> int:
    match = _TERM.match(text, stop)
    return match.end() if match else stop


def _local(text: str, stop: int, depth: int) -> int:
    """The end of a local body: a further body, and the place of both."""
    if text[stop : stop + 1] == " ":
        further = known().local.end(text, stop + 1)
        if further and depth < _DEEPEST and upper(text, stop + 1):
            return _local(text, further, depth + 1)
    return _place(text, stop)


def _place(text: str, stop: int) -> int:
    """The end of the places behind a body: `tỉnh Lào Cai`, `TP.HCM`, `các tỉnh` not."""
    for further in (False, True):
        if text[stop : stop + 1] not in (" ", "\u00a0"):
            break
        unit = known().unit.match(text, stop + 1)
        at = unit.end() if unit else stop + 1
        # Behind the name of a place only the noun of a larger one goes on: `huyện Ba Vì tỉnh Hà Tây`.
        if (unit or not further) and (run := _name_of_place(text, at)):
            stop = run
        elif unit and (number := _NUMBERED_UNIT.match(text, at)):
            stop = number.end()
        else:
            bare = None if further else known().bare_unit.match(text, stop + 1)
            return bare.end() if bare else stop
    return stop


def _name_of_place(text: str, at: int) -> int:
    """The end of the name of a place; a person's name may follow it without a comma."""
    if province := known().provinces.end(text, at):
        return province if upper(text, at) else 0
    run = _RUN.match(text, at)
    if run is None or known().posts.end(text, at):
        return 0
    syllables = run[0].split()
    if run[0].isupper() and (cut := headline_end(run[0], known().stops)):
        return at + cut
    if len(syllables) > _PLACE_SYLLABLES and not re.search(f"[{DASH}]", run[0]):
        return at + len(" ".join(syllables[:2]))
    return run.end()


def _country(text: str, stop: int) -> int:
    if text[stop : stop + 1] != " " or not upper(text, stop + 1):
        return stop
    return known().countries.end(text, stop + 1) or stop


def _headed(text: str, head: int, depth: int) -> int:
    """The end of a body that no table has: capitalised words, and the words that names of bodies are made of."""
    tables, stop, last, lone, count = known(), head, "", False, 0
    while count < _LONGEST and (step := _STEP.match(text, stop)):
        word, at, plain = step[2], step.start(2), step[1].isspace()
        capital = word[0].isupper()
        if plain and capital and depth < _DEEPEST and (inner := _nested(text, at, depth)):
            return inner
        if word.lower() in tables.stops:
            break
        if not (tables.words.goes_on(last, word) or (plain and (capital or lone)) or (not plain and capital and count)):
            break
        lone = capital and len(word) > 1 and not last[:1].isupper()
        stop, last, count = step.end(), word, count + 1
    return _place(text, stop) if count else 0


def _nested(text: str, at: int, depth: int) -> int:
    """The end of a body inside the name of another: `Cơ quan Cảnh sát điều tra {Công an tỉnh Phú Thọ}`."""
    tables = known()
    if tables.unit.match(text, at):
        return 0
    if (
        tables.heads.end(text, at)
        or tables.local.end(text, at)
        or tables.bodies.end(text, at)
        or tables.ministry.match(text, at)
    ):
        return _body(text, at, depth + 1)
    return 0


def _post(text: str, at: int, depth: int) -> int:
    """The end of a post with the body or field that belongs to it."""
    stop = known().posts.end(text, at)
    if not stop or not upper(text, at):
        return 0
    if (head := _HEAD_OF.match(text, at)) and (body := _body(text, head.end(), depth + 1)):
        return body
    if text[stop : stop + 1] != " ":
        return stop
    word, begin = key(text[at:stop]), stop + 1
    if not upper(text, begin):
        unit = known().unit.match(text, begin)
        return _place(text, stop) if unit and _RUN.match(text, unit.end()) else stop
    if word in ("bộ trưởng", "thứ trưởng") and (field := known().fields.end(text, begin)):
        return _country(text, field)
    if not known().posts.end(text, begin) and (body := _body(text, begin, depth + 1)):
        return body
    return known().countries.end(text, begin) or stop
