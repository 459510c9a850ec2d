"""The table of lint's rules: read from TOML, checked when read."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from importlib import resources
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple

import msgspec

from vigold.errors import VigoldError
from vigold.files import read_bytes
from vigold.review import (
    checks_around,
    checks_calendar,
    checks_document,
    checks_text,
    checks_values,
    patterns,
    readings,
)
from vigold.review.case import Case, Hit
from vigold.shapes import reason
from vigold.terminal import plain

Severity = Literal["error", "warning", "info"]


class Rule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A row of the table: what is wrong (`{detail}` is what the check found), how bad that is, how it is mended.

    `check` names the way of finding it, `options` are its. `labels` are the labels that the rule is about; labels that
    a scheme does not have are nothing to it. Without any it is about all spans, or, with `named`, about those of labels
    that require no value.
    """

    name: Annotated[str, msgspec.Meta(pattern=r"^[\w-]+$")]
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


_OWN = ("form", "names", "dates", "documents")
_TERM = re.compile(r"%(\w+)%")


class Check(NamedTuple):
    """A way of finding something: the form of its options, and what finds it."""

    options: type[Any]
    find: Callable[[Case, Any], Iterator[Hit]]


CHECKS: dict[str, Check] = {
    "edges": Check(checks_text.Edges, checks_text.edges),
    "enclosed": Check(checks_text.Enclosed, checks_text.enclosed),
    "before": Check(checks_around.Before, checks_around.before),
    "after": Check(checks_around.After, checks_around.after),
    "split": Check(checks_around.Split, checks_around.split),
    "inside": Check(checks_text.Inside, checks_text.inside),
    "cut": Check(checks_text.Nothing, checks_text.cut),
    "surfaces": Check(checks_text.Nothing, checks_text.surfaces),
    "repeats": Check(checks_text.Repeats, checks_text.repeats),
    "readings": Check(readings.Readings, readings.readings),
    "in-words": Check(checks_values.InWords, checks_values.in_words),
    "implied": Check(checks_values.Implications, checks_values.implied),
    "one-of": Check(checks_values.OneOf, checks_values.one_of),
    "required": Check(checks_text.Nothing, checks_values.required),
    "calendar": Check(checks_calendar.Calendar, checks_calendar.calendar),
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
    """The rules of a table; without a path, of those that vigold brings. The terms of vigold's are known to all.

    Raises VigoldError when the file is missing, is no such table, names a check, option, term or group that is not
    there, or holds an expression that is none or takes too long.
    """
    own = {f"{name}.toml": _table(_own(name), f"{name}.toml") for name in _OWN}
    terms = _terms({}, [term for table in own.values() for term in table.terms.items()], "terms")
    if path is None:
        return [_ready(rule, terms, name) for name, table in own.items() for rule in table.rules]
    table = _table(read_bytes(path, "a table of rules"), str(path))
    doubled = [name for name, count in Counter(rule.name for rule in table.rules).items() if count > 1]
    if doubled:
        raise VigoldError(f"{path}: rule {doubled[0]} stands twice; give each a name of its own")
    terms = _terms(terms, table.terms.items(), str(path))
    return [_ready(rule, terms, str(path), foreign=True) for rule in table.rules]


def _terms(known: dict[str, str], more: Iterable[tuple[str, str]], name: str) -> dict[str, str]:
    """Terms, each with those before it in its place."""
    filled = dict(known)
    for key, term in more:
        try:
            filled[key] = _filled(term, filled)
        except ValueError as error:
            raise _refusal(name, f"term {key}: {error}") from None
    return filled


def _own(name: str) -> bytes:
    return (resources.files("vigold.review") / "tables" / f"{name}.toml").read_bytes()


def _table(data: bytes, name: str) -> Table:
    try:
        return msgspec.toml.decode(data, type=Table)
    except (msgspec.MsgspecError, ValueError) as error:
        raise _refusal(name, f"not a table of rules: {reason(error)}") from None


def _refusal(name: str, fault: str) -> VigoldError:
    """What is wrong with a table, on one line, whatever the table holds."""
    return VigoldError(plain(f"{name}: {' '.join(fault.split())}"))


def _ready(rule: Rule, terms: dict[str, str], name: str, *, foreign: bool = False) -> Ready:
    """The rule with its options read; a foreign one is tried for speed too."""
    check = CHECKS.get(rule.check)
    if check is None:
        raise VigoldError(f"{name}: rule {rule.name}: no check {rule.check!r}; there are {', '.join(CHECKS)}")
    try:
        filled = _filled(rule.options, terms)
        for pattern in patterns.patterns(filled):
            patterns.compiled(pattern)
            if foreign:
                patterns.check_speed(pattern)
        patterns.check_template(rule.what, {"detail"})
        options: Any = msgspec.convert(filled, check.options)
    except (msgspec.ValidationError, ValueError) as error:
        raise _refusal(name, f"rule {rule.name}: {reason(error)}") from None
    return Ready(rule, check.find, options)


def _filled(options: Any, terms: dict[str, str]) -> Any:
    """The options with every term in its place."""
    if isinstance(options, dict):
        return {key: _filled(value, terms) for key, value in options.items()}
    if isinstance(options, list):
        return [_filled(value, terms) for value in options]
    if isinstance(options, str):
        return _TERM.sub(lambda match: _term(match[1], terms), options)
    return options


def _term(name: str, terms: dict[str, str]) -> str:
    if name not in terms:
        raise ValueError(f"no term %{name}%; there are {', '.join(terms)}")
    return terms[name]
