"""Laws, codes, ordinances and constitutions by name, with the laws that an amending law names."""

from __future__ import annotations

import re
from functools import cache

from vigold.extraction.references import numbers, tails
from vigold.extraction.references.knowledge import act_names, countries, families, home, laws, not_after
from vigold.extraction.references.mention import Given, Mention, Part
from vigold.extraction.references.named import words
from vigold.extraction.references.phrases import Phrases
from vigold.extraction.references.spelling import COMMA, UPPER, WALL, either, upper

_BLANK = re.compile(r"\s{1,2}")
_YEAR = r"(?:19|20)\d\d(?![\d/]|\s?[-–]\s?\d)"
_YEARED = re.compile(
    rf"\s{{1,2}}(?:\(\s?(?:(?:sửa đổi\s)?năm\s{{1,2}})?{_YEAR}\s?\)|(?:năm\s{{1,2}})?{_YEAR})", re.IGNORECASE
)
# `(sửa đổi)` belongs to a name; so does `sửa đổi` alone where nothing follows that would make a verb of it.
_AFTER_REVISED = (
    rf"\s{{0,2}}[.,;:!?)”\"{WALL}-]|\s*\Z|\s{{1,2}}(?:năm|lần|được|có|sẽ|đã|vừa|là|và|tại|với|từ|vào|này|trong|nhằm|đang"
    r"|quy định|\d{4})(?!\w)"
)
_REVISED = re.compile(
    rf"\s{{1,2}}(?:\((?:sửa đổi|bổ sung|thay thế|mới)[^(){WALL}]{{0,30}}\)|sửa đổi(?={_AFTER_REVISED}))", re.IGNORECASE
)
_SO = re.compile(r"\s{1,2}\(?số\s?(?::\s{0,2}|\s)?(?=\d)|\s{1,2}(?=\d{1,3}/\d{4}/)", re.IGNORECASE)
_BRACKETED = re.compile(r"\s{1,2}\((?:sửa đổi|bổ sung|thay thế|mới)(?!\w)", re.IGNORECASE)
# The words between an amending law and the one it amends.
_FILLER = re.compile(
    rf"(?>{COMMA}(?:một số|một|số|điều|khoản|điểm|của|các|và|bổ sung|sửa đổi|nội dung|quy định|tại|thay thế"
    r"|bãi bỏ|hủy bỏ|cụm từ|phụ lục|danh mục|trong|\d{1,3}[a-zđ]?)(?!\w)){1,24}\s{1,2}",
    re.IGNORECASE,
)
_AMENDS = re.compile(r"\s{1,2}(?=(?:sửa đổi|thay thế|bãi bỏ|bổ sung)\s?(?:,|\s))", re.IGNORECASE)
_KIND = re.compile(r"(?:Bộ luật|Pháp lệnh|Luật|Hiến pháp)(?=\s)", re.IGNORECASE)
_AND = re.compile(r"(?>\s{0,2}[,;]|\s{1,2}(?:và|cùng))\s{1,2}(?:của\s|các\s)?")
_PLURAL = re.compile(r"(?:các|những|\d|hai|ba|bốn|năm)\s(?:dự\s(?:án|thảo)\s)?(?:\(?sửa đổi\)?\s)?\Z", re.IGNORECASE)
_COUNTRY = re.compile(r"\s{1,2}(?P<of>của\s)?(?:nước\s)?")
_SYLLABLE = re.compile(r"[^\W\d_]{1,9}(?!\w)")
_CAPITALS = re.compile(rf"[{UPPER}](?:[{UPPER}\d&]|[a-zà-ỹđ]{{0,7}})(?:[\w&]{{0,8}})(?!\w)")
_CODE = "Bộ luật"
_LONG = 3
_MOST = 20


def read(text: str, start: int, end: int, given: Given) -> list[Mention]:
    """The law whose kind stands at `start`, and those that share its kind in a list."""
    first = law(text, start, end, given)
    if first is None:
        return []
    return [first, *_further(text, first, given)]


def law(text: str, start: int, end: int, given: Given, depth: int = 0) -> Mention | None:
    kind = Part(start, end)
    if depth == 0 and given.has("amending") and (found := _amending(text, kind, given)):
        return found
    blank = _BLANK.match(text, end)
    stop = _named(text, kind, blank.end(), given) if blank else 0
    return _tailed(text, kind, stop, given) if stop else None


def _named(text: str, kind: Part, at: int, given: Given) -> int:
    """The end of the name that begins at `at`."""
    said = text[kind.start : kind.end].lower()
    table = _table(said)
    stop = 0 if not given.has("laws") else table.end(text, at)
    if stop and (upper(text, at) or upper(text, kind.start) or _plain(text, said, at, stop)):
        return stop
    if said == "luật" and given.has("unknown") and upper(text, at):
        return _unknown(text, kind, at)
    return 0


def _plain(text: str, kind: str, at: int, stop: int) -> bool:
    """Whether a name in small letters is one all the same: of a code, with its year or `(sửa đổi)`, or a long one."""
    told = _YEARED.match(text, stop) or _BRACKETED.match(text, stop)
    return kind != "luật" or told is not None or text.count(" ", at, stop) >= _LONG


def _table(kind: str) -> Phrases:
    if kind.endswith("luật") and kind != "luật":
        return laws().codes
    return laws().ordinances if kind.startswith("pháp") else laws().laws


def _unknown(text: str, kind: Part, at: int) -> int:
    """The end of a name in no table: a capital, and the words that names of laws are made of."""
    first = _SYLLABLE.match(text, at)
    if first is None:
        return 0
    if first[0].isupper() and len(first[0]) > 1 and not text[kind.start : kind.end].isupper():
        return _CAPITALS.match(text, at).end() if first[0] not in not_after() else 0  # type: ignore[union-attr]
    if first[0] in families() and upper(text, first.end() + 1):
        return 0
    if not upper(text, kind.start) or countries().end(text, at) or first[0] in not_after():
        return 0
    stop = words(text, at, 2, laws().every)
    return stop if " " in text[at:stop] else 0


def _tailed(text: str, kind: Part, stop: int, given: Given, inner: tuple[Mention, ...] = ()) -> Mention:
    """A named law with what follows its name: `(sửa đổi)`, its year, its number with date and issuer."""
    stop = _country(text, stop)
    for pattern in (_REVISED, _YEARED, _REVISED):
        if match := pattern.match(text, stop):
            stop = match.end()
    family = "amending" if inner else "laws"
    if day := tails.day_of_issue(text, stop, comma=False):
        return Mention(kind.start, day.end, family, kind, date=day, inner=inner, name=Part(kind.start, day.end))
    so = _SO.match(text, stop)
    number = numbers.number(text, so.end()) if so else None
    if so is None or number is None or number.form != "full":
        return Mention(kind.start, stop, family, kind, inner=inner, name=Part(kind.start, stop))
    tail = tails.read(text, number.end, given)
    part = Part(so.end(), number.end)
    return Mention(
        kind.start, tail.end, family, kind, None, part, tail.date, tail.issuer, inner=inner, name=Part(kind.start, stop)
    )


def _country(text: str, stop: int) -> int:
    """The end of the country whose law it is; `của Việt Nam` tells nothing apart and is no part of a name."""
    of = _COUNTRY.match(text, stop)
    land = countries().end(text, of.end()) if of and upper(text, of.end()) else 0
    if of is None or not land or text[land : land + 2].strip()[:1].isupper():
        return stop
    return stop if of["of"] and home().end(text, of.end()) == land else land


def _amending(text: str, kind: Part, given: Given) -> Mention | None:
    """`Luật sửa đổi, bổ sung một số điều của Luật Đất đai và Luật Nhà ở`."""
    if not _AMENDS.match(text, kind.end):
        return None
    filler = _FILLER.match(text, kind.end)
    inner: list[Mention] = []
    at = filler.end() if filler else -1
    while at >= 0 and len(inner) < _MOST:
        word = _KIND.match(text, at)
        found = law(text, word.start(), word.end(), given, 1) if word else None
        if found is None:
            break
        inner.append(found)
        more = _AND.match(text, found.end)
        more_filler = _FILLER.match(text, more.end() - 1) if more else None
        at = (more_filler or more).end() if more else -1
    if not inner:
        return None
    return _tailed(text, kind, inner[-1].end, given, tuple(inner))


def _further(text: str, first: Mention, given: Given) -> list[Mention]:
    """`các luật Đất đai, Nhà ở và Xây dựng`: each further name alone."""
    found: list[Mention] = []
    before = text[max(0, first.start - 24) : first.start]
    if not given.has("lists") or first.kind is None or first.inner or not _PLURAL.search(before):
        return found
    table, end = _table(text[first.kind.start : first.kind.end].lower()), first.end
    while len(found) < _MOST and (link := _AND.match(text, end)):
        stop = table.end(text, link.end()) if upper(text, link.end()) else 0
        if not stop:
            break
        tailed = _tailed(text, Part(link.end(), link.end()), stop, given)
        found.append(tailed._replace(kind=first.kind, family="lists"))
        end = found[-1].end
    return found


def constitution(text: str, start: int, end: int) -> Mention | None:
    """`Hiến pháp`, `Hiến pháp năm 2013`, `hiến pháp Hoa Kỳ`."""
    stop = end
    if (of := _COUNTRY.match(text, stop)) and (land := countries().end(text, of.end())):
        stop = land
    for pattern in (_YEARED, _REVISED):
        if match := pattern.match(text, stop):
            stop = match.end()
    if stop == end and not upper(text, start):
        return None
    return Mention(start, stop, "laws", Part(start, end), name=Part(start, stop))


def abbreviated(text: str, start: int, end: int) -> Mention:
    """`BLHS`, `BLTTDS năm 2015`."""
    year = _YEARED.match(text, end)
    stop = year.end() if year else end
    return Mention(start, stop, "laws", None, _CODE, name=Part(start, stop))


@cache
def bodies_before() -> re.Pattern[str]:
    """Words that make what follows part of the name of a body: `Khoa Luật`, `Tòa án Hiến pháp`."""
    return re.compile(rf"(?<!\w){either(act_names())}\s{{1,2}}\Z")
