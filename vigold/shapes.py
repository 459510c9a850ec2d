"""What msgspec finds wrong with the shape of a value, in plain words and without the names of Python's types."""

from __future__ import annotations

import re
from typing import NamedTuple

import msgspec

# msgspec says: Expected `int`, got `str` - at `$.spans[2].end`
_SAID = re.compile(r"(?P<what>.*?)(?: - at `(?P<path>\$[^`]*)`)?", re.DOTALL)
_MISSING = re.compile(r"Object missing required field `(.*)`")
_UNKNOWN = re.compile(r"Object contains unknown field `(.*)`")
_KINDS = {
    "int": "a whole number", "float": "a number", "str": "text", "bool": "true or false", "array": "a list",
    "object": "an object", "|": "or",
}  # fmt: skip


class Misfit(NamedTuple):
    """Where in a value something is of the wrong shape, as `$.key[0]`, and what."""

    path: str
    what: str


def misfit(error: msgspec.ValidationError) -> Misfit:
    """Place and fault of an error of msgspec."""
    said = _SAID.fullmatch(str(error))
    return Misfit((said and said["path"]) or "$", _plain(said["what"] if said else str(error)))


def reason(error: Exception) -> str:
    """Why a file could not be decoded: key and fault where msgspec found one, else what the decoder says."""
    if not isinstance(error, msgspec.ValidationError):
        return str(error)
    path, what = misfit(error)
    key = path.removeprefix("$").removeprefix(".")
    return f"key {key}: {what}" if key else what


def _plain(what: str) -> str:
    if missing := _MISSING.fullmatch(what):
        return f"the key {missing[1]} is missing"
    if unknown := _UNKNOWN.fullmatch(what):
        return f"there is no key {unknown[1]}"
    words = (_KINDS.get(word, word) for word in re.split(r"(?<=\w)(?=,)| ", what.replace("`", "")))
    return " ".join(words).replace(" ,", ",").replace("Expected", "expected")
