"""What the words of a span say of its value, as far as a table can tell."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from string import Formatter
from typing import Annotated, Literal

import msgspec

from vigold.document import Span
from vigold.errors import shown
from vigold.extraction.dates.numbers import number, plain
from vigold.review.case import Case, Hit, at
from vigold.review.checks_calendar import exists
from vigold.review.patterns import check_template, compiled, words

Unit = Literal["day", "week", "month", "year"]


class Reading(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What words say of a value: wherever `words` fit (in lower case), the value must hold `value`, in which
    `{group}` stands for a named group of `words` - at its beginning or, with `at`, at that place of an end of its
    range; or fit `matches`; or hold the day, week, month or year (`unit`) of publication moved by `shift`; or begin
    with a day or month at most `near` days from that of publication. `told` is what a finding says in place of an
    expression. Left alone are spans whose words fit `unless`, behind which `unless_next` stands, or whose value does
    not fit `only`."""

    words: str
    value: str = ""
    matches: str = ""
    told: str = ""
    shift: Annotated[int, msgspec.Meta(ge=-40_000, le=40_000)] | None = None
    unit: Unit = "day"
    near: Annotated[int, msgspec.Meta(ge=0, le=4_000_000)] | None = None
    at: Annotated[int, msgspec.Meta(ge=0, le=40)] | None = None
    unless: str = ""
    unless_next: str = ""
    only: str = ""

    def __post_init__(self) -> None:
        check_template(self.value, compiled(self.words).groupindex)
        given = (bool(self.value), bool(self.matches), self.shift is not None, self.near is not None)
        if sum(given) != 1:
            raise ValueError(f"one of value, matches, shift and near belongs to a reading: {shown(self.words)}")


class Readings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The readings of an attribute. `maps` say what the words of a group stand for, `numbers` which groups are numbers
    in words or figures; `expected`, that a value which the words give must be there at all."""

    attribute: str
    readings: tuple[Reading, ...]
    maps: dict[str, dict[str, str]] = {}
    numbers: tuple[str, ...] = ()
    expected: bool = False

    def __post_init__(self) -> None:
        known = {group for reading in self.readings for group in compiled(reading.words).groupindex}
        for group in (*self.maps, *self.numbers):
            if group not in known:
                raise ValueError(f"no reading has a group {group!r}")


def readings(case: Case, options: Readings) -> Iterator[Hit]:
    """Spans whose value does not say what their words say; one that is not well formed is for another check."""
    fits = {label: _fits(case, label, options.attribute) for label in {span.label for span in case.spans}}
    for span in case.spans:
        value = span.attrs.get(options.attribute)
        if not options.expected if value is None else not fits[span.label](value):
            continue
        said = words(case.facts.folded[span.start : span.end].lower())
        for reading in options.readings:
            wrong = next(_against(case, span, reading, options, said, value or ""), None)
            if wrong is not None:
                yield at(span, f"{options.attribute} {value!r}, expected {wrong}" if value else f"expected {wrong}")
                break


def _fits(case: Case, label: str, attribute: str) -> Callable[[str], bool]:
    """What tells whether a value is well formed; one that the scheme does not know may be anything."""
    known = case.scheme.labels.get(label)
    if known is None or attribute not in known.attributes:
        return lambda value: True
    return case.scheme.check(label, attribute)


def _against(case: Case, span: Span, reading: Reading, options: Readings, said: str, value: str) -> Iterator[str]:
    """What the words ask for that the value does not hold."""
    first = compiled(reading.words).search(said)
    if first is None or _excused(case, span, reading, said, value):
        return
    if reading.near is not None:
        if _far(case.document.published, value, reading.near):
            yield f"a day at most {reading.near} days from {case.document.published}"
    elif reading.shift is not None:
        day = _moved(case.document.published, reading.shift, reading.unit)
        if day and day not in value:
            yield day
    elif reading.matches:
        if not compiled(reading.matches).search(value):
            yield reading.told or reading.matches
    else:
        for match in compiled(reading.words).finditer(said):
            asked = _asked(reading.value, match, options)
            if asked and not _stands(asked, value, reading.at):
                yield asked


def _excused(case: Case, span: Span, reading: Reading, said: str, value: str) -> bool:
    if reading.unless and compiled(reading.unless).search(said):
        return True
    if not compiled(reading.only).search(value):
        return True
    following = case.facts.folded[span.end : span.end + _NEXT].lower()
    return bool(reading.unless_next and compiled(reading.unless_next).match(following))


_NEXT = 60
_ASKED_DAY = re.compile(r"(\d{4})?-(\d\d)-(\d\d)(?!\d)")


def _asked(template: str, match: re.Match[str], options: Readings) -> str | None:
    """What a value should hold; None where words and table say nothing, or name a day that there is not: somebody
    has mistyped it, and the value is what was meant."""
    groups: dict[str, str] = {}
    for name, text in match.groupdict().items():
        if text is not None:
            said = _number(text) if name in options.numbers else options.maps.get(name, {}).get(text, text)
            if said is None:
                return None
            groups[name] = said
    if any(name is not None and name not in groups for _, name, _, _ in Formatter().parse(template)):
        return None
    asked = template.format(**groups)
    day = _ASKED_DAY.match(asked)
    return None if day and not exists(day[1] or "", int(day[2]), int(day[3])) else asked


def _number(text: str) -> str | None:
    try:
        found = number(text)
    except (KeyError, ValueError):
        return None
    return None if found is None else plain(found)


def _stands(asked: str, value: str, place: int | None) -> bool:
    return any(end.startswith(asked, place or 0) for end in value.split("/")) if place is not None else asked in value


def _moved(published: str | None, shift: int, unit: Unit) -> str | None:
    """The day of publication, or its week, month or year, so many further; None where no calendar has it."""
    if published is None:
        return None
    day = date.fromisoformat(published)
    months = 12 * day.year + day.month - 1 + shift * (12 if unit == "year" else 1)
    try:
        if unit in ("day", "week"):
            day += timedelta(shift * (7 if unit == "week" else 1))
            year, week, _ = day.isocalendar()
            return day.isoformat() if unit == "day" else f"{year:04}-W{week:02}"
        day = date(months // 12, months % 12 + 1, 1)
    except (OverflowError, ValueError):
        return None
    return f"{day.year:04}" if unit == "year" else f"{day.year:04}-{day.month:02}"


def _far(published: str | None, value: str, most: int) -> bool:
    """Whether a day, or the middle of a month, is more than so many days from the publication."""
    if published is None:
        return False
    day = value[:10] if len(value) >= 10 else f"{value[:7]}-15"
    try:
        return abs((date.fromisoformat(day) - date.fromisoformat(published)).days) > most
    except ValueError:
        return False
