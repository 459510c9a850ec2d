"""What the readers say of records of the wrong shape: one line, with the item by number and id, and its key."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import msgspec

from vigold.errors import shown
from vigold.shapes import misfit

LONGEST = 200
"""Characters of an id that a message shows in full."""

NESTED = "lists or objects are nested too deeply"

_ITEM = re.compile(r"\$\.(?P<part>spans|relations|zones)\[(?P<number>\d+)\]")


def on_one_line(key: str) -> str:
    """An id as it may stand in a message; one that would break the line, is not seen, or is too long for a line,
    stands in quotes."""
    return key if key.isprintable() and 0 < len(key) <= LONGEST else shown(key)


def visible(words: str) -> str:
    """Words with what would break the line, or is not seen, as Python writes it: a line feed as `\\n`."""
    return "".join(char if char.isprintable() else repr(char)[1:-1] for char in words)


def mismatch(error: msgspec.ValidationError, record: dict[str, Any]) -> str:
    """Which value of a record is of the wrong kind, as msgspec found it."""
    path, what = misfit(error)
    place = _ITEM.match(path)
    key = path.removeprefix(place[0] if place else "$").removeprefix(".")
    item = f"{_item(record, place['part'], int(place['number']))}: " if place else ""
    return item + (f"key {key}: " if key else "") + what


def _item(record: dict[str, Any], part: str, number: int) -> str:
    item = record[part][number]
    name = item.get("id") if isinstance(item, dict) else getattr(item, "id", None)
    return f"{part[:-1]} number {number + 1}" + (f" (id {on_one_line(name)})" if isinstance(name, str) else "")


def counted(number: int, one: str, many: str | None = None) -> str:
    """A number with its noun: `1 task`, `2 tasks`; `many` where the plural is no mere s."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def listed(names: Sequence[object], limit: int = 5) -> str:
    """Names in a row, the first of them where there are many."""
    return ", ".join(map(str, names[:limit])) + (", …" if len(names) > limit else "")
