"""The records of this package: a mention of a document with its parts as offsets, and what `find` returns."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, NamedTuple

from vigold.document import Span


class Part(NamedTuple):
    """A stretch of the text, as offsets."""

    start: int
    end: int


class Mention(NamedTuple):
    """One reference to a document as it stands in the text; absent parts are None.

    `kind` are the words that say what it is, which in a list stand in front of its first reference; `code` is the
    kind where no such words are there, from the number or an abbreviation. `series` is the start of the first
    reference of a list, whose references share an issuer. `name` are the words of a document known by its name.
    `inner` are the mentions that an amending law holds.
    """

    start: int
    end: int
    family: str
    kind: Part | None = None
    code: str | None = None
    number: Part | None = None
    date: Part | None = None
    issuer: Part | None = None
    name: Part | None = None
    series: int = -1
    inner: tuple[Mention, ...] = ()


class Given(NamedTuple):
    """What extraction is told: the families left out, and where bodies and posts end, by where they begin."""

    without: Collection[str] = ()
    bodies: Mapping[int, int] = {}

    def has(self, family: str) -> bool:
        return family not in self.without


class References(NamedTuple):
    """The references of a text.

    `spans` are in the order of the text, outer ones first, with empty ids; `relations` are (type, head, tail) with
    the very objects of `spans`, `dates` and `names`; `documents` holds one entry per document with the indices
    of its mentions in `spans`.
    """

    spans: list[Span]
    relations: list[tuple[str, Span, Span]]
    documents: list[dict[str, Any]]


# What can be left out with `find(…, without=…)`, to measure what it brings.
FAMILIES = {
    "numbers": "a kind and a number with letters: Nghị định số 30/2020/NĐ-CP",
    "bare": "a kind and a number without letters: Nghị quyết 18, Nghị định 36/2009",
    "loose": "a number with letters alone: 80-KL/TW",
    "lists": "further numbers behind the first: Nghị định số 10, 11/2020/NĐ-CP",
    "laws": "laws, codes, ordinances and constitutions by name: Luật Đất đai 2024",
    "unknown": "laws that no table has: Luật and a capitalised name",
    "amending": "laws that name the law they amend",
    "congress": "resolutions by their congress or plenum: Nghị quyết Trung ương 5, khóa XI",
    "named": "treaties, charters, plans by name: Điều lệ Đảng",
    "dates": "the date of issue in a reference",
    "issuers": "the issuer in a reference",
    "said": "the issuer and the date that the sentence says outside the reference",
}
