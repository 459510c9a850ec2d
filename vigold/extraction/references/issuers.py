"""Who issues: the end of the name of a body or a post that begins at a place of the text."""

from __future__ import annotations

import re
from functools import cache

from vigold.extraction.references.phrases import Phrases
from vigold.extraction.references.spelling import DASH, UPPER, either, key, upper
from vigold.extraction.tables import table

_CAPITAL = rf"[{UPPER}][\w.’']*(?<![.’'])"
_RUN = re.compile(rf"{_CAPITAL}(?:(?:\s|\s?[{DASH}]\s?){_CAPITAL}){{0,4}}")
_WORD = re.compile(r"\s([^\W\d_]+)")
_TERM = re.compile(rf"\s{{0,2}},?\s{{1,2}}(?:\((?=[^()]{{0,24}}\)))?khó?o?[aá]\s{{1,2}}(?:[IVX]+|\d{{1,2}})(?!\w)(?:\))?", re.IGNORECASE)
_SESSION = re.compile(r"Hội nghị\s(?:lần\sthứ\s\w+|Trung ương\s\d+)\s?,?\s?", re.IGNORECASE)
_AND = re.compile(rf"\s{{0,2}}(?:,|và|[{DASH}])\s{{1,2}}(?=Bộ\s|Ủy ban\s|UBND\s|Tòa án\s|Viện\s|Ngân hàng\s|Ban\s|Thanh tra\s|Tổng\s)")
_DEEPEST = 4


class _Known:
    """The tables of bodies and posts, compiled."""

    def __init__(self) -> None:
        rows = table("issuers")
        names, fields = rows["names"], rows["ministries"]
        self.bodies = Phrases(names["bodies"])
        self.fields = Phrases(fields["fields"])
        self.ministry = re.compile(rf"{either(fields['heads'])}\s{{1,2}}", re.IGNORECASE)
        self.posts = Phrases(names["posts"])
        self.local = Phrases(names["local"])
        self.heads = Phrases(names["heads"])
        self.unit = re.compile(rf"(?:{either(names['units'])}(?:\s{{1,2}}|(?<=\.)))")
        self.bare_unit = re.compile(rf"{either(names['units'])}(?!\w)")
        self.countries = Phrases(names["countries"])
        self.deputy = re.compile(either(names["deputies"]), re.IGNORECASE)


@cache
def known() -> _Known:
    return _Known()


def end(text: str, at: int, depth: int = 0) -> int:
    """The end of the issuer that begins at `at`, or 0."""
    if depth > _DEEPEST:
        return 0
    if not upper(text, at) and not text.startswith("liên", at):
        return 0
    best = max(_body(text, at, depth), _post(text, at, depth))
    if best and depth == 0 and (more := _AND.match(text, best)):
        best = max(best, end(text, more.end(), depth + 1))
    return best


def signs_for_another(text: str, at: int) -> bool:
    """Whether the post that begins there is a deputy's."""
    return known().deputy.match(text, at) is not None


def _body(text: str, at: int, depth: int) -> int:
    tables = known()
    session = _SESSION.match(text, at)
    if session and (inner := end(text, session.end(), depth + 1)):
        return inner
    stop = tables.bodies.end(text, at)
    if ministry := tables.ministry.match(text, at):
        field = tables.fields.end(text, ministry.end())
        stop = max(stop, _place(text, field) if field else 0)
    if stop:
        stop = _country(text, stop)
    if local := tables.local.end(text, at):
        stop = max(stop, _local(text, local, depth))
    elif not stop and (head := tables.heads.end(text, at)):
        stop = _headed(text, head)
    return _term(text, stop) if stop else 0


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
    for _ in range(2):
        if text[stop : stop + 1] != " ":
            break
        unit = known().unit.match(text, stop + 1)
        run = _RUN.match(text, unit.end() if unit else stop + 1)
        if run:
            stop = run.end()
        elif unit and re.match(r"\d{1,2}(?!\w)", text[unit.end() : unit.end() + 3]):
            stop = unit.end() + len(re.match(r"\d+", text[unit.end() : unit.end() + 3])[0])  # type: ignore[index]
        elif (bare := known().bare_unit.match(text, stop + 1)) and text[stop + 1 : bare.end()] != "nước":
            stop = bare.end()
            break
        else:
            break
    return stop


def _country(text: str, stop: int) -> int:
    if text[stop : stop + 1] != " ":
        return stop
    return known().countries.end(text, stop + 1) if upper(text, stop + 1) else stop


def _headed(text: str, stop: int) -> int:
    """The end of a body that no table has: capitalised words, and the words that fields are made of."""
    begin = stop
    run = _RUN.match(text, stop + 1) if text[stop : stop + 1] == " " else None
    if run is None:
        return 0
    stop, last = run.end(), run[0].split()[-1]
    for _ in range(12):
        match = _WORD.match(text, stop)
        if match is None:
            break
        if match[1][0].isupper() or known().fields.goes_on(last, match[1]) or known().bodies.goes_on(last, match[1]):
            stop, last = match.end(), match[1]
        elif match[1] == "và" and upper(text, match.end() + 1):
            stop, last = match.end(), match[1]
        elif stop == run.end() and " " not in run[0] and not run[0].isupper() and match[1] not in _STOPS:
            stop, last = match.end(), match[1]
        else:
            break
    return _place(text, stop) if stop > begin else 0


_STOPS = frozenset("của về và do đã vừa ký ban được có tại trong ngày là để cho ra với theo".split())


def _post(text: str, at: int, depth: int) -> int:
    """The end of a post with the body or field that belongs to it."""
    stop = known().posts.end(text, at)
    if not stop:
        return 0
    if text[stop : stop + 1] != " ":
        return stop
    word = key(text[at:stop])
    if word == "bộ trưởng" and upper(text, stop + 1) and (field := known().fields.end(text, stop + 1)):
        return _country(text, field)
    if upper(text, stop + 1) and not known().posts.end(text, stop + 1) and (body := _body(text, stop + 1, depth + 1)):
        return body
    if upper(text, stop + 1) and (country := known().countries.end(text, stop + 1)):
        return country
    unit = known().unit.match(text, stop + 1)
    return _place(text, stop) if unit and _RUN.match(text, unit.end()) else stop
