"""The table of lint's rules: read from TOML, checked when read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from importlib import resources
from pathlib import Path
from typing import Any, Literal, NamedTuple

import msgspec

from vigold.errors import VigoldError
from vigold.files import read_bytes
from vigold.review import checks_document, checks_text, checks_values
from vigold.review.case import Case, Hit

Severity = Literal["error", "warning", "info"]


class Rule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A row of the table: what is wrong (`{detail}` is what the check found), how bad that is, how it is mended.

    `check` names the way of finding it, `options` are its. `labels` are the labels that the rule is about; labels that
    a scheme does not have are nothing to it. Without any it is about all spans, or, with `named`, about those of labels
    that require no value.
    """

    name: str
    severity: Severity
    check: str
    what: str
    fix: str = ""
    labels: tuple[str, ...] = ()
    named: bool = False
    options: dict[str, Any] = {}


class Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The rules, in the order in which they are reported, and terms: `%name%` in an option stands for one of them."""

    rules: tuple[Rule, ...]
    terms: dict[str, str] = {}


class Check(NamedTuple):
    """A way of finding something: the form of its options, and what finds it."""

    options: type[Any]
    find: Callable[[Case, Any], Iterator[Hit]]


CHECKS: dict[str, Check] = {
    "edges": Check(checks_text.Edges, checks_text.edges),
    "enclosed": Check(checks_text.Enclosed, checks_text.enclosed),
    "before": Check(checks_text.Before, checks_text.before),
    "inside": Check(checks_text.Inside, checks_text.inside),
    "cut": Check(checks_text.Nothing, checks_text.cut),
    "surfaces": Check(checks_text.Nothing, checks_text.surfaces),
    "repeats": Check(checks_text.Repeats, checks_text.repeats),
    "readings": Check(checks_values.Readings, checks_values.readings),
    "in-words": Check(checks_values.InWords, checks_values.in_words),
    "implied": Check(checks_values.Implications, checks_values.implied),
    "one-of": Check(checks_values.OneOf, checks_values.one_of),
    "required": Check(checks_text.Nothing, checks_values.required),
    "grammar": Check(checks_text.Nothing, checks_values.grammar),
    "forbidden": Check(checks_text.Nothing, checks_document.forbidden),
    "relation-ends": Check(checks_text.Nothing, checks_document.relation_ends),
    "relation-lines": Check(checks_text.Nothing, checks_document.relation_lines),
    "disputes": Check(checks_text.Nothing, checks_document.disputes),
}


class Ready(NamedTuple):
    """A rule with its options read."""

    rule: Rule
    find: Callable[[Case, Any], Iterator[Hit]]
    options: Any


def load(path: str | Path | None = None) -> list[Ready]:
    """The rules of a table; without a path, of the one that vigold brings.

    Raises VigoldError when the file is missing, is no such table, or names a check or option that is not there.
    """
    own = resources.files("vigold.review") / "lint.toml"
    data = read_bytes(path, "a table of rules") if path is not None else own.read_bytes()
    name = str(path or "lint.toml")
    try:
        table = msgspec.toml.decode(data, type=Table)
    except (msgspec.MsgspecError, ValueError) as error:
        raise VigoldError(f"{name}: not a table of rules: {error}") from None
    return [_ready(rule, table.terms, name) for rule in table.rules]


def _ready(rule: Rule, terms: dict[str, str], name: str) -> Ready:
    check = CHECKS.get(rule.check)
    if check is None:
        raise VigoldError(f"{name}: rule {rule.name}: no check {rule.check!r}; there are {', '.join(CHECKS)}")
    try:
        filled = _filled(rule.options, terms)
        options: Any = msgspec.convert(filled, check.options)
        for pattern in _patterns(filled):
            re.compile(pattern)
        rule.what.format(detail="")
    except (msgspec.ValidationError, re.error, KeyError, IndexError, ValueError) as error:
        raise VigoldError(f"{name}: rule {rule.name}: {error}") from None
    return Ready(rule, check.find, options)


def _filled(options: Any, terms: dict[str, str]) -> Any:
    """The options with every term in its place."""
    if isinstance(options, dict):
        return {key: _filled(value, terms) for key, value in options.items()}
    if isinstance(options, list):
        return [_filled(value, terms) for value in options]
    if isinstance(options, str):
        return re.sub(r"%(\w+)%", lambda match: terms.get(match[1], match[0]), options)
    return options


_LITERAL = frozenset({"attribute", "attributes", "value", "maps", "pairs"})


def _patterns(options: Any, key: str = "") -> Iterator[str]:
    """Every regular expression among the options."""
    if isinstance(options, dict):
        for name, value in options.items():
            if name not in _LITERAL:
                yield from _patterns(value, name)
    elif isinstance(options, list):
        for value in options:
            yield from _patterns(value, key)
    elif isinstance(options, str):
        yield options
