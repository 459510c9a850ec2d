"""Checks of values against each other, against their list or grammar in the scheme, and against the words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import msgspec

from vigold.document import Span
from vigold.review.case import Case, Hit, at
from vigold.review.checks_text import Nothing
from vigold.review.patterns import compiled
from vigold.text import fold


class InWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The attributes whose values stand in the words of their span."""

    attributes: tuple[str, ...]


def in_words(case: Case, options: InWords) -> Iterator[Hit]:
    """Spans with a value that their words do not hold as a whole, blanks, dashes and capitals aside."""
    for span in case.spans:
        words = case.facts.folded[span.start : span.end].casefold()
        for name in options.attributes:
            value = span.attrs.get(name)
            if value is not None and not _whole(value).search(words):
                yield at(span, f"{name} {value!r}")


def _whole(value: str) -> re.Pattern[str]:
    """The signs of a value with or without blanks between them, and no more of its number on either side."""
    signs = r"\s*".join(re.escape(char) for char in fold(value).casefold() if not char.isspace())
    return re.compile(rf"(?<![\d/.-])(?<!\w)(?:{signs})(?!\w|[/-]\w)")


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
            if value is None or not compiled(row.when).search(value):
                continue
            for name, pattern in row.then.items():
                other = span.attrs.get(name)
                if other is not None and not compiled(pattern).search(other):
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
    fits: dict[tuple[str, str], Callable[[str], bool]] = {}
    for span, name, _ in _rules(case):
        value = span.attrs.get(name)
        if value is None:
            continue
        if (span.label, name) not in fits:
            fits[span.label, name] = case.scheme.check(span.label, name)
        if not fits[span.label, name](value):
            yield at(span, f"{name} {value!r}")


def _rules(case: Case) -> Iterator[tuple[Span, str, Any]]:
    for span in case.spans:
        label = case.scheme.labels.get(span.label)
        for name, rule in (label.attributes if label else {}).items():
            yield span, name, rule
