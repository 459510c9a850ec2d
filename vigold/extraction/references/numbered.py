"""References by number: a kind and its number, what follows them, and the further numbers of a list."""

from __future__ import annotations

import re

from vigold.extraction.references import bare, numbers, tails
from vigold.extraction.references.kinds import Kind, announced, before
from vigold.extraction.references.knowledge import kinds
from vigold.extraction.references.mention import Given, Mention, Part
from vigold.extraction.references.numbers import Number
from vigold.extraction.references.spelling import key

_HEAD = re.compile(r"\d{1,5}[a-z]?(?![a-z])")
_NEXT = re.compile(
    r"(?:(?>\s{0,2}[,;&]|\s{1,2}(?:và|hoặc|hay|cùng|với)(?!\w))){1,2}\s{0,2}(?:(?:cả|các)\s)?(?:số\s{1,2})?(?=\d)"
)
_PLURAL = re.compile(r"(?:các|những|hai|ba|bốn|năm|\d)\s{1,2}\Z", re.IGNORECASE)
_LONGEST_LIST = 40


def read(text: str, at: int, floor: int, given: Given, seen: set[tuple[str, str]]) -> list[Mention]:
    """The reference whose number begins at a digit, and those that share its kind; `seen` learns full numbers."""
    if _glued(text, at):
        return []
    # Most digits of a text follow neither a kind nor `số`: then a number needs a symbol.
    number = numbers.full(text, at) or (numbers.short(text, at) if announced(text, at) else None)
    if number is None:
        return []
    kind = before(text, at, floor, given, number)
    if kind is None:
        return _loose(text, at, number, given)
    if not bare.accepted(text, at, number, kind, seen):
        return []
    if not given.has("numbers" if number.form == "full" else "bare"):
        return []
    if number.form == "full" and (head := _HEAD.match(text, at)):
        seen.add((key(text[kind.part.start : kind.part.end]), head[0].lstrip("0")))
    first = _mention(text, at, number, kind, given)
    return [first, *_list(text, first, at, given)]


def _glued(text: str, at: int) -> bool:
    """Whether a digit goes on a word or a number: `VN-123`, `3.500`, `29A-123.45`."""
    return at > 0 and (text[at - 1].isalnum() or text[at - 1] in ".,:/+_@#&*=-–—") and not _after_so(text, at)


def _after_so(text: str, at: int) -> bool:
    return text[max(0, at - 3) : at].lower() in ("số:", "số.")


def _loose(text: str, at: int, number: Number, given: Given) -> list[Mention]:
    """A number with letters that no kind precedes."""
    if not given.has("loose") or number.form != "full" or not numbers.is_symbol(number.parts):
        return []
    code = numbers.kind_of(number.parts)
    if code is None:
        return []
    tail = tails.read(text, number.end, given)
    first = Mention(at, tail.end, "loose", None, code, Part(at, number.end), tail.date, tail.issuer, series=at)
    return [first, *_list(text, first, at, given)]


def _mention(text: str, at: int, number: Number, kind: Kind, given: Given) -> Mention:
    tail = tails.read(text, number.end, given, kind.date, kind.issuer)
    family = "numbers" if number.form == "full" else "bare"
    return Mention(
        kind.part.start,
        tail.end,
        family,
        kind.part,
        None,
        Part(at, number.end),
        tail.date,
        tail.issuer,
        series=kind.part.start,
    )


def _list(text: str, first: Mention, at: int, given: Given) -> list[Mention]:
    """The further numbers of a list: `Nghị định số 10/2020/NĐ-CP, 11/2020/NĐ-CP và 12`."""
    found: list[Mention] = []
    if not given.has("lists"):
        return found
    end, plural = first.end, _PLURAL.search(text, max(0, first.start - 8), first.start) is not None
    for _ in range(_LONGEST_LIST):
        link = _NEXT.match(text, end)
        number = numbers.number(text, link.end()) if link else None
        if link is None or number is None or not _goes_on(text, link.end(), number, first, plural or len(found) > 0):
            break
        tail = tails.read(text, number.end, given)
        begin, end = link.end(), tail.end
        found.append(
            Mention(
                begin,
                end,
                "lists",
                first.kind,
                first.code,
                Part(begin, number.end),
                tail.date,
                tail.issuer,
                series=first.series,
            )
        )
    return found


def _goes_on(text: str, at: int, number: Number, first: Mention, plural: bool) -> bool:
    """Whether a number in a list is one of a document too."""
    if number.form == "full":
        return True
    words = text[at : number.end]
    if number.form != "bare":
        return first.kind is not None and number.form == "yeared"
    if first.kind is None or bare.is_year(words) or bare.counts(text, number.end):
        return False
    if words[0] != "0" and not bare.may_follow(text, number.end):
        return False
    return plural or kinds().bare.get(key(text[first.kind.start : first.kind.end])) in ("any", "careful")
