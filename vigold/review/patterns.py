"""What a table of rules may hold: regular expressions that end soon, and templates that name what is there."""

from __future__ import annotations

import re
import time
import warnings
from collections.abc import Container, Iterator
from functools import cache
from string import Formatter
from typing import Any

from vigold.errors import shown

_LITERAL = frozenset({"attribute", "attributes", "value", "maps", "numbers", "pairs", "unit", "told"})
_PLAIN_SPEC = re.compile(r"(?:[0-9 ]?[<>^])?\d?")
_LENGTHS = range(8, 27, 2)
_SLOW = 0.05
_ENOUGH = 300


def words(text: str) -> str:
    """The words of a span as rules see them: blanks are single, and what is longer than any name is cut."""
    return " ".join(text[:_ENOUGH].split())


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """The regular expression. Raises ValueError with what is wrong, and where."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", FutureWarning)
            return re.compile(pattern)
    except (re.error, OverflowError, RecursionError) as error:
        raise ValueError(f"not a regular expression ({error}): {shown(pattern)}") from None


def ending(pattern: str) -> re.Pattern[str]:
    """The regular expression at the end of what it is sought in. Raises ValueError as `compiled` does, and for flags
    that are not written `(?i:…)`."""
    return compiled(f"(?:{pattern})\\Z")


def check_template(template: str, names: Container[str]) -> None:
    """Raise ValueError when `{…}` in a template is anything but one of these names, plain or padded to one digit."""
    for _, name, spec, conversion in Formatter().parse(template):
        if name is None:
            continue
        if name not in names:
            raise ValueError(f"{shown('{' + name + '}')} stands for nothing here: {shown(template)}")
        if conversion or not _PLAIN_SPEC.fullmatch(spec or ""):
            raise ValueError(f"{shown(template)}: {{{name}}} may be padded only, such as {{{name}:0>2}}")


def check_speed(pattern: str) -> None:
    """Raise ValueError when an expression takes long on a few repeated signs, as `(a+)+$` does.

    It is tried on strings that grow by two signs a time, made of the signs that it names; one that doubles its work
    with every sign is caught while its work is still small.
    """
    known = compiled(pattern)
    named = dict.fromkeys(char for char in pattern if char.isalnum())
    for unit in ("a", "1", " ", "a ", "A b ", *list(named)[:20]):
        for length in _LENGTHS:
            # The time of this process: what else runs on the machine is no fault of the expression.
            began = time.process_time()
            known.search(unit * length + "\0")
            if time.process_time() - began > _SLOW:
                raise ValueError(f"a regular expression that takes too long on {unit!r}: {shown(pattern)}")


def patterns(options: Any) -> Iterator[str]:
    """Every regular expression among the options of a rule."""
    if isinstance(options, dict):
        for name, value in options.items():
            if name not in _LITERAL:
                yield from patterns(value)
    elif isinstance(options, list):
        for value in options:
            yield from patterns(value)
    elif isinstance(options, str):
        yield options
