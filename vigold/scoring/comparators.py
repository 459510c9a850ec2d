"""When two spans have the same value: comparators, which a scheme names, and canonical forms of single attributes."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import NamedTuple

from vigold.errors import VigoldError
from vigold.text import fold

Attrs = dict[str, str]


@lru_cache(1 << 16)
def plain(value: str) -> str:
    """Case, kinds of blanks and dashes, and the place of tone marks do not count."""
    return " ".join(fold(value).casefold().split())


_SHORT = re.compile(r"(?<!\w)TƯ(?!\w)")
_CENTRAL = re.compile(r"(?<!\w)(?:trung ương|t\. ?[ưw]\.?|tw)(?!\w)")
_ZEROS = re.compile(r"(?<!\d)0+(?=\d)")
_SECONDS = re.compile(r"(T\d\d:\d\d):00\b")


@lru_cache(1 << 16)
def timex(value: str) -> str:
    """A TIMEX3 value as ISO-TimeML writes it: capitals, no blanks, plain dashes, no empty seconds, no leading
    zeros in durations."""
    value = _SECONDS.sub(r"\1", "".join(fold(value).split()).upper())
    return _ZEROS.sub("", value) if value.startswith("P") else value


@lru_cache(1 << 16)
def number(value: str) -> str:
    """A document number without case, kinds of dashes, blanks and leading zeros."""
    return _ZEROS.sub("", "".join(fold(value).casefold().split()))


@lru_cache(1 << 16)
def name(value: str) -> str:
    """The name of a document without case, blanks, place of tone marks, `năm`; `Trung ương` is `TW`.

    `TƯ` in capitals among other words is short for it too; `tư` is not, as in `Luật Đầu tư`.
    """
    value = value if value.isupper() else _SHORT.sub("TW", value)
    words = _CENTRAL.sub("tw", plain(value))
    return " ".join(word for word in words.split() if word != "năm")


CANONICAL: dict[str, Callable[[str], str]] = {"timex3": timex, "document-number": number}
"""Canonical forms of attributes, by the name of their grammar; of any other it is `plain`."""


class Comparator(NamedTuple):
    """How the values of one label are compared.

    `same` tells of two spans. `settle` may complete the attributes of the spans of one document, given in the order of
    the text, from one another; `partial` tells whether attributes need that.
    """

    same: Callable[[Attrs, Attrs], bool]
    partial: Callable[[Attrs], bool] = lambda attrs: False
    settle: Callable[[Sequence[Attrs]], list[Attrs]] = list


def _same_attributes(one: Attrs, other: Attrs) -> bool:
    return one.keys() == other.keys() and all(plain(value) == plain(other[key]) for key, value in one.items())


def _same_timex(one: Attrs, other: Attrs) -> bool:
    """TempEval-3 compares `value` alone (UzZaman et al. 2013, S13-2001)."""
    values = one.get("value"), other.get("value")
    if values[0] is None or values[1] is None:
        return values[0] is values[1]
    return timex(values[0]) == timex(values[1])


def _same_document(one: Attrs, other: Attrs) -> bool:
    """The scheme's identity of documents: by number, and date and kind where they tell; without number by name."""
    numbers = one.get("number"), other.get("number")
    if numbers[0] and numbers[1]:
        if number(numbers[0]) != number(numbers[1]):
            return False
        dates = one.get("date"), other.get("date")
        if dates[0] and dates[1] and timex(dates[0]) != timex(dates[1]):
            return False
        return not bare(numbers[0]) or _kind(one) == _kind(other)
    if numbers[0] or numbers[1]:
        return False
    names = one.get("name"), other.get("name")
    if not (names[0] and names[1]):
        return _same_attributes(one, other)
    return _kind(one) == _kind(other) and name(names[0]) == name(names[1])


def bare(value: str) -> bool:
    """Whether a document number has no letters, as in `Nghị quyết 18`."""
    return not any(char.isalpha() for char in value)


def _settled_documents(mentions: Sequence[Attrs]) -> list[Attrs]:
    """A bare number joins the nearest earlier full one of its kind that begins with it."""
    full: list[Attrs] = []
    found = []
    for attrs in mentions:
        value = attrs.get("number")
        if value and not bare(value):
            full.append(attrs)
        elif value:
            same = (one for one in reversed(full) if _kind(one) == _kind(attrs) and _begins(one["number"], value))
            earlier = next(same, None)
            attrs = attrs if earlier is None else {**attrs, "number": earlier["number"]}
        found.append(attrs)
    return found


def _begins(full: str, short: str) -> bool:
    match = re.match(r"\d+", number(full))
    return match is not None and match[0] == number(short)


def _kind(attrs: Attrs) -> str:
    return plain(attrs.get("doc_type", ""))


COMPARATORS = {
    "attributes": Comparator(_same_attributes),
    "timex3": Comparator(_same_timex),
    "document": Comparator(
        _same_document, lambda attrs: bool(attrs.get("number")) and bare(attrs["number"]), _settled_documents
    ),
}


def comparator(kind: str | None) -> Comparator:
    """The comparator that a scheme names; without a name all attributes are compared. Raises VigoldError."""
    found = COMPARATORS.get(kind or "attributes")
    if found is None:
        raise VigoldError(f"the scheme names a comparator {kind!r}; there are {', '.join(COMPARATORS)}")
    return found
