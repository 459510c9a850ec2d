"""A region that one annotator drew twice, in place, label, values and note: one of the two goes."""

from __future__ import annotations

from typing import Any, NamedTuple

from vigold.errors import shown
from vigold.formats.labelstudio import LABEL, Json

Place = tuple[Any, Any, Any]


class Double(NamedTuple):
    """A region that went, the same one that stays, and its words."""

    gone: str
    stays: str
    words: str

    def __str__(self) -> str:
        return f"region {self.gone} is {shown(self.words)} a second time, as region {self.stays}; one was taken"


def collapse(annotation: Json, text: str) -> tuple[Json, list[Double]]:
    """The annotation without regions that stand twice with the same values and note; relations move to what stays.

    Two regions that differ in a value or a note both stay: which of them holds is not for a program to say, and the
    reader names them as a fault.
    """
    result = annotation.get("result")
    items = result if isinstance(result, list) else []
    doubles = _doubles(items, text)
    if not doubles:
        return annotation, []
    stays = {double.gone: double.stays for double in doubles}
    arrows = [_arrow(item) for item in items if _is_relation(item)]
    left: list[Any] = []
    for item in items:
        if not _is_relation(item):
            left += [] if isinstance(item, dict) and _renamed(item.get("id"), stays) != item.get("id") else [item]
            continue
        moved = item | {end: _renamed(item.get(end), stays) for end in ("from_id", "to_id")}
        if moved == item or _arrow(moved) not in arrows:
            left.append(moved)
            arrows.append(_arrow(moved))
    return {**annotation, "result": left}, doubles


def _renamed(key: Any, stays: dict[str, str]) -> Any:
    return stays.get(key, key) if isinstance(key, str) else key


def _is_relation(item: Any) -> bool:
    return isinstance(item, dict) and item.get("type") == "relation"


def _doubles(items: list[Any], text: str) -> list[Double]:
    first: dict[Place, str] = {}
    found: list[Double] = []
    for item in items:
        place = _place(item)
        if place is None:
            continue
        key = item["id"]
        stays = first.setdefault(place, key)
        if stays != key and _content(items, stays) == _content(items, key):
            found.append(Double(key, stays, text[place[0] : place[1]]))
    return found


def _place(item: Any) -> Place | None:
    """Where a region is and its label; None for everything that is no whole region."""
    value = item.get("value") if isinstance(item, dict) and item.get("from_name") == LABEL else None
    if not isinstance(value, dict) or not isinstance(item.get("id"), str):
        return None
    start, end, labels = value.get("start"), value.get("end"), value.get("labels")
    if type(start) is not int or type(end) is not int or not isinstance(labels, list) or len(labels) != 1:
        return None
    return (start, end, labels[0]) if isinstance(labels[0], str) else None


def _content(items: list[Any], key: str) -> list[tuple[str, str]]:
    """The values and the note of a region, in an order of their own."""
    own = [item for item in items if isinstance(item, dict) and item.get("id") == key]
    mine = [item for item in own if not _is_relation(item)]
    values = [(str(item.get("from_name")), str(_answer(item))) for item in mine if item.get("from_name") != LABEL]
    return sorted([*values, *(("", str(item["meta"])) for item in mine if item.get("meta"))])


def _answer(item: Json) -> Any:
    value = item.get("value")
    return value.get("choices", value.get("text")) if isinstance(value, dict) else value


def _arrow(item: Json) -> list[Any]:
    return [item.get(key) for key in ("from_id", "to_id", "direction", "labels")]
