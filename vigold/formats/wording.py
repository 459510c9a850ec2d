"""What the readers say of records of the wrong shape: one line, with the item by number and id, and its key."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import msgspec

from vigold.errors import shown

LONGEST = 200
"""Characters of an id that a message shows in full."""

NESTED = "lists or objects are nested too deeply"

# msgspec says: Expected `int`, got `str` - at `$.spans[2].end`
_SAID = re.compile(r"(?P<what>.*?)(?: - at `(?P<path>\$[^`]*)`)?", re.DOTALL)
_ITEM = re.compile(r"\$\.(?P<part>spans|relations|zones)\[(?P<number>\d+)\]")
_MISSING = re.compile(r"Object missing required field `(.*)`")
_KINDS = {
    "int": "a whole number", "float": "a number", "str": "text", "bool": "true or false", "array": "a list",
    "object": "an object", "|": "or",
}  # fmt: skip


def on_one_line(key: str) -> str:
    """An id as it may stand in a message; one that would break the line, is not seen, or is too long for a line,
    stands in quotes."""
    return key if key.isprintable() and 0 < len(key) <= LONGEST else shown(key)


def visible(words: str) -> str:
    """Words with what would break the line, or is not seen, as Python writes it: a line feed as `\\n`."""
    return "".join(char if char.isprintable() else repr(char)[1:-1] for char in words)


def mismatch(error: msgspec.ValidationError, record: dict[str, Any]) -> str:
    """Which value of a record is of the wrong kind, as msgspec found it."""
    said = _SAID.fullmatch(str(error))
    path = (said and said["path"]) or "$"
    what = said["what"] if said else str(error)
    place = _ITEM.match(path)
    key = path.removeprefix(place[0] if place else "$").removeprefix(".")
    item = f"{_item(record, place['part'], int(place['number']))}: " if place else ""
    return item + (f"key {key}: " if key else "") + _plain(what)


def _item(record: dict[str, Any], part: str, number: int) -> str:
    item = record[part][number]
    name = item.get("id") if isinstance(item, dict) else getattr(item, "id", None)
    return f"{part[:-1]} number {number + 1}" + (f" (id {on_one_line(name)})" if isinstance(name, str) else "")


def _plain(what: str) -> str:
    if missing := _MISSING.fullmatch(what):
        return f"the key {missing[1]} is missing"
    words = (_KINDS.get(word, word) for word in re.split(r"(?<=\w)(?=,)| ", what.replace("`", "")))
    return " ".join(words).replace(" ,", ",").replace("Expected", "expected")


def counted(number: int, one: str, many: str | None = None) -> str:
    """A number with its noun: `1 task`, `2 tasks`; `many` where the plural is no mere s."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def listed(names: Sequence[object], limit: int = 5) -> str:
    """Names in a row, the first of them where there are many."""
    return ", ".join(map(str, names[:limit])) + (", …" if len(names) > limit else "")
