"""Checks of values against the words of their span, against each other, and against the scheme."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from typing import Any, Literal

import msgspec

from vigold.document import Span
from vigold.review.case import Case, Hit, at
from vigold.review.checks_text import Nothing
from vigold.text import fold


class Reading(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What words say of a value: wherever `words` fit (in lower case), the value must hold `value`, in which
    `{group}` stands for a named group as `maps` give it, or fit `matches`, or hold the day, month or year (`unit`) of
    publication moved by `shift`, or begin with a day or month at most `near` days from that of publication. Spans
    whose words fit `unless`, or whose value does not fit `only`, are left alone."""

    words: str
    value: str = ""
    matches: str = ""
    shift: int | None = None
    unit: Literal["day", "month", "year"] = "day"
    near: int | None = None
    unless: str = ""
    only: str = ""


class Readings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The readings of an attribute; `expected` says that a value which the words give must be there at all."""

    attribute: str
    readings: tuple[Reading, ...]
    maps: dict[str, dict[str, str]] = {}
    expected: bool = False


def readings(case: Case, options: Readings) -> Iterator[Hit]:
    """Spans whose value does not say what their words say."""
    for span in case.spans:
        value = span.attrs.get(options.attribute)
        if value is None and not options.expected:
            continue
        words = case.facts.folded[span.start : span.end].lower()
        for reading in options.readings:
            wrong = next(_against(case, reading, options, words, value or ""), None)
            if wrong is not None:
                yield at(span, f"{options.attribute} {value!r}, expected {wrong}" if value else f"expected {wrong}")
                break


def _against(case: Case, reading: Reading, options: Readings, words: str, value: str) -> Iterator[str]:
    """What the words ask for that the value does not hold."""
    if (reading.unless and _compiled(reading.unless).search(words)) or not _compiled(reading.only).search(value):
        return
    for match in _compiled(reading.words).finditer(words):
        if reading.matches:
            if not _compiled(reading.matches).search(value):
                yield reading.matches
        elif reading.shift is not None:
            day = _moved(case.document.published, reading.shift, reading.unit)
            if day and day not in value:
                yield day
        elif reading.near is not None:
            if _far(case.document.published, value, reading.near):
                yield f"a day at most {reading.near} days from {case.document.published}"
        else:
            groups = {k: options.maps.get(k, {}).get(v, v) for k, v in match.groupdict().items() if v is not None}
            asked = reading.value.format(**groups)
            if asked not in value:
                yield asked


def _moved(published: str | None, shift: int, unit: str) -> str | None:
    if published is None:
        return None
    day = date.fromisoformat(published)
    if unit == "day":
        return (day + timedelta(shift)).isoformat()
    months = 12 * day.year + day.month - 1 + shift * (12 if unit == "year" else 1)
    return f"{months // 12:04}" if unit == "year" else f"{months // 12:04}-{months % 12 + 1:02}"


def _far(published: str | None, value: str, most: int) -> bool:
    """Whether a day, or the middle of a month, is more than so many days from the publication."""
    if published is None:
        return False
    day = value[:10] if len(value) >= 10 else f"{value[:7]}-15"
    try:
        return abs((date.fromisoformat(day) - date.fromisoformat(published)).days) > most
    except ValueError:
        return False


class InWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The attributes whose values stand in the words of their span."""

    attributes: tuple[str, ...]


def in_words(case: Case, options: InWords) -> Iterator[Hit]:
    """Spans with a value that their words do not hold, blanks and dashes aside."""
    for span in case.spans:
        words = _tight(case.words(span))
        for name in options.attributes:
            if name in span.attrs and _tight(span.attrs[name]) not in words:
                yield at(span, f"{name} {span.attrs[name]!r}")


def _tight(text: str) -> str:
    return "".join(fold(text).split()).casefold()


class Implied(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where `attribute` fits `when`, each of `then` fits its regular expression."""

    attribute: str
    when: str
    then: dict[str, str]


class Implications(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Values that go together."""

    rows: tuple[Implied, ...]


def implied(case: Case, options: Implications) -> Iterator[Hit]:
    """Spans with two values that do not go together."""
    for span in case.spans:
        for row in options.rows:
            value = span.attrs.get(row.attribute)
            if value is None or not _compiled(row.when).search(value):
                continue
            for name, pattern in row.then.items():
                other = span.attrs.get(name)
                if other is not None and not _compiled(pattern).search(other):
                    yield at(span, f"{row.attribute} {value!r} with {name} {other!r}")


class OneOf(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Attributes of which a span needs one at least."""

    attributes: tuple[str, ...]


def one_of(case: Case, options: OneOf) -> Iterator[Hit]:
    """Spans that have none of some attributes."""
    for span in case.spans:
        if not any(name in span.attrs for name in options.attributes):
            yield at(span, " or ".join(options.attributes))


def required(case: Case, options: Nothing) -> Iterator[Hit]:
    """Spans without a value that the scheme requires."""
    for span, name, rule in _rules(case):
        if rule.required and name not in span.attrs:
            yield at(span, name)


def grammar(case: Case, options: Nothing) -> Iterator[Hit]:
    """Spans with a value that does not fit its list or grammar in the scheme."""
    for span, name, _ in _rules(case):
        value = span.attrs.get(name)
        if value is not None and not case.scheme.fits(span.label, name, value):
            yield at(span, f"{name} {value!r}")


def _rules(case: Case) -> Iterator[tuple[Span, str, Any]]:
    for span in case.spans:
        label = case.scheme.labels.get(span.label)
        for name, rule in (label.attributes if label else {}).items():
            yield span, name, rule


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)
