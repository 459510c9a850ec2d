"""Tasks as `vigold tasks` wrote them, checked before a server that checks nothing gets them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

import msgspec

from vigold.errors import VigoldError
from vigold.files import Source, read_bytes
from vigold.formats import labelstudio, stamps
from vigold.formats.labelstudio import Json
from vigold.formats.stamps import Stamp
from vigold.scheme import Scheme
from vigold.shapes import reason
from vigold.studio.holdings import Key

_OF_CROSSING = ("crossing", "dangling-relation")


class Item(NamedTuple):
    """A task to be pushed, as the bytes of its file, the version of its predictions, None without one, and what it
    says of itself as one of the third pass."""

    key: Key
    raw: bytes | msgspec.Raw
    version: str | None
    stamp: Stamp = Stamp()

    @property
    def predictions(self) -> list[Json]:
        """The predictions in it; only the bytes are kept."""
        predictions: list[Json] = msgspec.json.decode(self.raw).get("predictions") or []
        return predictions

    def under(self, version: str) -> Item:
        """The same with its predictions under another version; the task keeps their own one in its meta."""
        task = msgspec.json.decode(self.raw)
        predictions = [{**prediction, "model_version": version} for prediction in task["predictions"]]
        task |= {"predictions": predictions, "meta": {**(task.get("meta") or {}), "version": self.version}}
        return Item(self.key, msgspec.json.encode(task), version, self.stamp)


def read(paths: Iterable[Source], scheme: Scheme) -> list[Item]:
    """The tasks of files.

    Raises VigoldError for another file, a task of another scheme or text, a bad region, and a document that stands
    twice: the server would take all of them.
    """
    items: list[Item] = []
    seen: dict[str, Source] = {}
    for path in paths:
        for raw in _raws(path):
            item = _item(path, raw, scheme)
            if item.key.id in seen:
                raise VigoldError(f"{path}: document {item.key.id} stands in {seen[item.key.id]} already")
            seen[item.key.id] = path
            items.append(item)
    return items


def third(items: Iterable[Item]) -> bool:
    """Whether these are tasks of a third pass; raises VigoldError where tasks of both kinds are mixed."""
    kinds = {bool(item.stamp.state): item.key.id for item in items}
    if len(kinds) > 1:
        one, other = kinds[True], kinds[False]
        raise VigoldError(f"document {one} is of a third pass and document {other} of a first; push them apart")
    return True in kinds


def _raws(path: Source) -> list[msgspec.Raw]:
    data = read_bytes(path, "tasks written by `vigold tasks`")
    try:
        return msgspec.json.decode(data, type=list[msgspec.Raw])
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise VigoldError(f"{path}: expected a list of tasks as `vigold tasks` writes it: {reason(error)}") from None


def _item(path: Source, raw: msgspec.Raw, scheme: Scheme) -> Item:
    task = msgspec.json.decode(raw)
    if fault := labelstudio.task_fault(task, scheme):
        raise VigoldError(f"{path}: {fault.name}: {fault.message}")
    data = task["data"]
    for kind in ("prediction", "annotation"):
        works = task.get(f"{kind}s") or []
        if not isinstance(works, list) or not all(isinstance(work, dict) for work in works):
            raise VigoldError(f"{path}: document {data['id']}: {kind}s must be a list of objects")
        for work in works:
            for fault in _faults(task, work, scheme, kind):
                raise VigoldError(f"{path}: document {data['id']}, {kind}: {fault.name}: {fault.message}")
    # The server calls a prediction without a version so.
    version = next((str(one.get("model_version", "undefined")) for one in task.get("predictions") or []), None)
    return Item(Key(data["id"], data["sha256"], data["scheme"]["hash"]), raw, version, stamps.of(data))


def _faults(task: Json, work: Json, scheme: Scheme, kind: str) -> list[Any]:
    faults = labelstudio.document(task, work, scheme)[1]
    if kind == "prediction" and any(fault.name == "crossing" for fault in faults):
        # An extractor may find spans that cross; relations of the one that reading left out dangle.
        return [fault for fault in faults if fault.name not in _OF_CROSSING]
    return faults
