"""Annotations made under another scheme or on another text, brought to this one by a label map or by alignment."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import msgspec

from vigold.document import Document
from vigold.errors import VigoldError, shown
from vigold.files import Source, read_bytes
from vigold.formats import labelstudio, stamps
from vigold.formats.labelstudio import LABEL, Json
from vigold.formats.retext import Alignment
from vigold.scheme import Scheme
from vigold.shapes import reason
from vigold.studio import works

Keep = Callable[[Json, str], Json | None]
"""What becomes of an item of a result, with the label of its region; None when it goes."""


class Adapted(NamedTuple):
    """What could not be brought along, and regions that hold other words than before; a line each."""

    lost: list[str]
    reworded: list[str]


class LabelMap(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Old names to new ones; an empty new name drops what had the old one. What is not named stays as it is.

    `values` maps whole controls (`OLD_attr = "NEW_attr"`); the value of a mapped label follows its label by itself.
    """

    labels: dict[str, str] = {}
    values: dict[str, str] = {}
    relations: dict[str, str] = {}


def load_map(path: Source) -> LabelMap:
    """Read a label map (TOML); raises VigoldError when it is none."""
    data = read_bytes(path, "a label map")
    try:
        return msgspec.toml.decode(data, type=LabelMap)
    except (msgspec.MsgspecError, ValueError) as error:
        raise VigoldError(f"{path}: not a label map ([labels] OLD = 'NEW'): {reason(error)}") from None


def relabel(task: Json, names: LabelMap, scheme: Scheme) -> list[str]:
    """Rename everything in the task by the map and stamp it with the scheme; a line for each thing that was dropped.

    In a task of this scheme only names that it does not have are changed: the others mean what they say.
    """
    data = task.get("data")
    if not isinstance(data, dict):
        return []
    if _is_of(data, scheme):
        names = _foreign(names, scheme)
    data["scheme"] = scheme.stamp
    return _rewrite(task, lambda item, label: _renamed(item, label, names), "dropped by the label map")


def idle(task: Json, names: LabelMap, scheme: Scheme) -> list[str]:
    """What a map does not change in this task, since it is of this scheme and that has these names itself."""
    data = task.get("data")
    if not isinstance(data, dict) or not _is_of(data, scheme):
        return []
    used = _foreign(names, scheme)
    pairs = (names.labels, used.labels), (names.values, used.values), (names.relations, used.relations)
    return [name for every, some in pairs for name in every if name not in some]


def _is_of(data: Json, scheme: Scheme) -> bool:
    stamp = data.get("scheme")
    return isinstance(stamp, dict) and stamp.get("hash") == scheme.hash


def retext(task: Json, document: Document, scheme: Scheme) -> Adapted:
    """Put the text of `document` into the task and move its regions; tells of each that could not be moved, and of
    each that holds other words in the new text."""
    data = task.get("data")
    text = data.get("text") if isinstance(data, dict) else None
    if not isinstance(data, dict) or not isinstance(text, str) or text == document.text:
        return Adapted([], [])
    alignment = Alignment(text, document.text or "")
    stamped = stamps.put(labelstudio.task(document, scheme)["data"], stamps.of(data))
    task["data"] = stamped | {"scheme": data.get("scheme")}
    reworded = list(_reworded(task, text, alignment))
    lost = _rewrite(task, lambda item, _: _moved(item, alignment), "not moved to the new text")
    return Adapted(lost, reworded)


def _reworded(task: Json, text: str, alignment: Alignment) -> Iterator[str]:
    for place, work in _works(task):
        for item in work["result"] if place else ():
            if not isinstance(item, dict) or item.get("from_name") != LABEL or not _has_place(item.get("value")):
                continue
            start, end = item["value"]["start"], item["value"]["end"]
            to = alignment.carry(start, end)
            if to is not None and (new := alignment.new[slice(*to)]) != (old := text[start:end]):
                yield f"task {task.get('id')}, {place}, region {item.get('id')}: {shown(old)} reads {shown(new)} now"


def _rewrite(task: Json, keep: Keep, reason: str) -> list[str]:
    """Rewrite every result of a task; what hangs on a region that goes, goes with it. Tells what went where."""
    told: list[str] = []
    for place, work in _works(task):
        kept, gone = [], set()
        labels = _labels(work["result"])
        for item in work["result"]:
            if not isinstance(item, dict):
                kept.append(item)
            elif (new := keep(item, labels.get(str(item.get("id")), ""))) is not None:
                kept.append(new)
            elif item.get("from_name") == LABEL or item.get("type") == "relation":
                gone |= {item.get("id")} - {None}
                told += [f"task {task.get('id')}, {place}: {reason}: {_words(item)}"] if place else []
        work["result"] = [item for item in kept if not (isinstance(item, dict) and gone & _hangs_on(item))]
    return told


def _labels(result: list[Any]) -> dict[str, str]:
    """The label of each region, as far as it has one."""
    found: dict[str, str] = {}
    for item in result:
        value = item.get("value") if isinstance(item, dict) and item.get("from_name") == LABEL else None
        labels = value.get("labels") if isinstance(value, dict) else None
        if isinstance(labels, list) and len(labels) == 1:
            found[str(item.get("id"))] = str(labels[0])
    return found


def _works(task: Json) -> Iterator[tuple[str | None, Json]]:
    """Everything with a result: annotations and drafts by name, and without one the predictions they began from."""
    for kind, done in (("annotation", works.done(task)), ("draft", works.drafts(task))):
        for work in done:
            if isinstance(work.get("result"), list):
                yield f"{kind} {work.get('id')}", work
            origin = work.get("prediction")
            if isinstance(origin, dict) and isinstance(origin.get("result"), list):
                yield None, origin


def _hangs_on(item: Json) -> set[Any]:
    return {item.get("from_id"), item.get("to_id")} if item.get("type") == "relation" else {item.get("id")}


def _renamed(item: Json, label: str, names: LabelMap) -> Json | None:
    if item.get("type") == "relation":
        kinds = _all(item.get("labels") or [], names.relations)
        return {**item, "labels": kinds} if kinds or not item.get("labels") else None
    control, value = item.get("from_name"), item.get("value")
    if control == LABEL and isinstance(value, dict):
        labels = _all(value.get("labels") or [], names.labels)
        return {**item, "value": {**value, "labels": labels}} if labels else None
    new = _control(str(control), label, names)
    return {**item, "from_name": new} if new else None


def _foreign(names: LabelMap, scheme: Scheme) -> LabelMap:
    parts = (names.labels, scheme.labels), (names.values, scheme.controls), (names.relations, scheme.relations)
    return LabelMap(*({old: new for old, new in part.items() if old not in known} for part, known in parts))


def _all(old: list[Any], names: dict[str, str]) -> list[str]:
    return [new for name in old if (new := names.get(str(name), str(name)))]


def _control(name: str, label: str, names: LabelMap) -> str:
    """The new name of a control, whose own begins with that of its label: the region's, else the longest that fits."""
    if name in names.values:
        return names.values[name]
    known = [label] if label and name.startswith(f"{label}_") else sorted(names.labels, key=len, reverse=True)
    old = next((old for old in known if name.startswith(f"{old}_")), None)
    new = names.labels.get(old, old) if old is not None else None
    if old is None or new is None:
        return name
    return f"{new}_{name.removeprefix(f'{old}_')}" if new else ""


def _has_place(value: Any) -> bool:
    return isinstance(value, dict) and type(value.get("start")) is int and type(value.get("end")) is int


def _moved(item: Json, alignment: Alignment) -> Json | None:
    value = item.get("value")
    if not isinstance(value, dict) or not _has_place(value):
        return item
    place = alignment.carry(value["start"], value["end"])
    if place is None:
        return None
    new = {**value, "start": place[0], "end": place[1]}
    if item.get("from_name") == LABEL:
        new["text"] = alignment.new[slice(*place)]
    return {**item, "value": new}


def _words(item: Json) -> str:
    value = item.get("value")
    if not isinstance(value, dict):
        return f"relation {shown(item.get('labels'))}"
    labels = "/".join(map(str, value.get("labels") or []))
    return f"region {item.get('id')}, {labels} [{value.get('start')}, {value.get('end')}) {shown(value.get('text'))}"
