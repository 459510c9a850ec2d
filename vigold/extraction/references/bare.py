"""How much it takes to know a document by a number without letters: `Nghị quyết 18`, but `Quyết định 5 suất`."""

from __future__ import annotations

import re
from collections.abc import Collection

from vigold.extraction.references import issuers
from vigold.extraction.references.kinds import Kind
from vigold.extraction.references.knowledge import after_bare, counted, kinds, known_numbers, slogans
from vigold.extraction.references.numbers import Number
from vigold.extraction.references.spelling import DASH, UPPER, key
from vigold.text import fold

_YEAR = re.compile(r"(?:19|20)\d\d\Z")
_ISSUED = re.compile(rf"\s{{1,2}}của\s{{1,2}}[{UPPER}]")
# `Nghị quyết 18 năm 2017`, `ngày 5/7` say when; `5 năm`, `30 ngày` how long.
_WHEN = {
    "năm": re.compile(rf"\s{{1,2}}(?:19|20)\d\d(?!\d|\s?[{DASH}]\s?\d)"),
    "ngày": re.compile(r"\s{1,2}\d{1,2}(?!\d)"),
    "tháng": re.compile(r"\s{1,2}\d{1,2}(?!\d)"),
}
# `5K` is no number of a document, `30a` is.
_NUMBER = re.compile(r"\d{1,5}[a-zđ]?\Z")
_WORD = re.compile(r"\s{1,2}([^\W\d_]{1,9})")


def accepted(text: str, at: int, number: Number, kind: Kind, seen: Collection[tuple[str, str]]) -> bool:
    """Whether a kind and a number make a reference; `seen` are those that the text has named in full."""
    words = key(text[kind.part.start : kind.part.end])
    if number.form == "full":
        return True
    mode = kinds().bare.get(words, "never")
    capital = text[kind.part.start].isupper()
    if mode == "never":
        return False
    if number.form == "yeared":
        return mode == "any" or kind.so or (capital and mode == "careful")
    if number.form == "paired":
        return mode == "any" and capital
    digits = text[at : number.end]
    if kind.so:
        return mode != "zero" or digits[0] == "0" or capital
    if (
        not _NUMBER.match(digits)
        or is_year(digits)
        or _is_count(text, at, number.end)
        or "\n" in text[kind.part.end : at]
    ):
        return False
    if mode == "any" or (mode == "careful" and _is_issued(text, number.end)):
        return True
    return capital and _known(text, number, digits, words, mode, seen)


def _is_issued(text: str, end: int) -> bool:
    """Whether a body or a post that issues follows: `quyết định 244 của Bộ Chính trị`."""
    of = _ISSUED.match(text, end)
    return of is not None and issuers.end(text, of.end() - 1) > 0


def _known(text: str, number: Number, digits: str, kind: str, mode: str, seen: Collection[tuple[str, str]]) -> bool:
    """Whether a capitalised kind and a number without `số` are a document's."""
    if (kind, digits.lstrip("0")) in seen or _ISSUED.match(text, number.end):
        return True
    if mode == "zero":
        return digits[0] == "0" or digits.lower() in known_numbers()
    return mode == "careful" and len(digits) > 1


def _is_count(text: str, at: int, end: int) -> bool:
    """Whether a number without `số` counts something, or is the figure of a slogan: `3 không`."""
    word = _WORD.match(text, end) if end == at + 1 else None
    return counts(text, end) or (word is not None and _is_slogan(text, word))


def _is_slogan(text: str, word: re.Match[str]) -> bool:
    words, verbs = slogans()
    after = _WORD.match(text, word.end())
    return fold(word[1]).lower() in words and not (after and fold(after[1]).lower() in verbs)


def is_year(digits: str) -> bool:
    return _YEAR.match(digits) is not None


def counts(text: str, end: int) -> bool:
    """Whether the word behind a bare number makes it a count: `5 năm`, `10 điểm`."""
    match = _WORD.match(text, end)
    word = fold(match[1]) if match else ""
    if match is None or word not in counted():
        return False
    if word in _WHEN:
        return not _WHEN[word].match(text, match.end())
    return word not in after_bare()


def may_follow(text: str, end: int) -> bool:
    """Whether what stands behind a bare number lets it be a document's: punctuation or a function word."""
    word = _WORD.match(text, end)
    return word is None or word[1][0].isupper() or fold(word[1]).lower() in after_bare()
