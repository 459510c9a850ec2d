"""The work of annotators to a file: whole or not at all, nothing that was pulled before is lost, nothing foreign
comes in unseen."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryFile
from typing import BinaryIO, NamedTuple

import msgspec

from vigold.document import Document
from vigold.errors import VigoldError
from vigold.files import Source, writing
from vigold.formats import labelstudio
from vigold.formats.labelstudio import Fault, Json
from vigold.formats.wording import listed, on_one_line
from vigold.scheme import Scheme
from vigold.studio import adapt, works
from vigold.studio.adapt import Adapted, LabelMap
from vigold.studio.tally import Tally, tally

_FOREIGN = {
    "foreign-task": "take it out of the project",
    "text-changed": "--retext DOCUMENTS moves its regions to the text of your documents",
    "scheme-changed": "name that scheme with --scheme, or map its labels with --map FILE",
    "unknown-label": "map it with --map FILE",
    "unknown-control": "map it with --map FILE",
    "unknown-relation": "map it with --map FILE",
}
"""Faults that say that a region was made under another scheme or on another text, and what to do about each."""


class Pulled(NamedTuple):
    """What was written: how far the work is, what could not be brought along, faults that `vigold gold` will refuse,
    where the previous export and the untouched one are kept, annotations that the server no longer has, regions that
    hold other words in the new text, and names of the label map that this scheme has itself."""

    tally: Tally
    lost: list[str]
    faults: list[Fault]
    previous: Path | None
    untouched: Path | None
    vanished: int
    reworded: list[str]
    idle: list[str]

    @property
    def whole(self) -> bool:
        """Whether everything came along and `vigold gold` will take it."""
        return not self.lost and not self.faults

    def told(self) -> Iterator[str]:
        """What a user must know of it beside the sum."""
        yield from (f"look again: {line}" for line in (*self.lost, *self.reworded, *map(str, self.faults)))
        if self.faults:
            tasks = listed(list(dict.fromkeys(fault.task for fault in self.faults)), 20)
            yield f"`vigold gold` will refuse this export for task {tasks}; mend it in Label Studio, or --lenient drops"
        if self.idle:
            yield f"the map is not applied to tasks of this scheme for {listed(self.idle, 20)}: it has these itself"
        if self.previous:
            gone = f", {self.vanished} of its annotations are no longer on the server" if self.vanished else ""
            yield f"the export before is kept as {self.previous}{gone}"
        if self.untouched:
            yield f"the export as it came is kept as {self.untouched}"


def write(
    output: Source,
    tasks: Iterable[Json],
    scheme: Scheme,
    *,
    names: LabelMap | None = None,
    documents: Mapping[str, Document] | None = None,
) -> Pulled:
    """Write the tasks of an export as one JSON list, one task a line; the export that stood there is kept beside.

    `names` maps the labels of another scheme, `documents` holds texts to which regions are moved. Where they changed
    anything, the export as it came is kept too. Raises VigoldError when tasks or regions are of another scheme or
    text and nothing says what to do with them; then OUTPUT stays as it was, and the export as it came is kept beside.
    """
    target = Path(output)
    with TemporaryFile() as came, writing(target) as file:
        pages = _Pages(_Lines(came), _Lines(file), Adapted([], []), {}, [], set(), {})
        count = tally(_through(tasks, pages, scheme, names, documents))
        pages.came.end()
        pages.new.end()
        if foreign := [fault for fault in pages.faults if fault.name in _FOREIGN]:
            kept = _keep_as_it_came(target, "refused", came)
            raise VigoldError("\n".join([*_told(foreign), f"{target}: not written; the export as it came is {kept}"]))
        changed = pages.came.sum.digest() != pages.new.sum.digest()
        untouched = _keep_as_it_came(target, "raw", came) if changed else None
        vanished = len(_annotations(target) - pages.annotations)
        previous = _kept(target) if target.exists() and _sum(target) != pages.new.sum.digest() else None
    return Pulled(
        tally=count,
        lost=pages.adapted.lost,
        faults=pages.faults,
        previous=previous,
        untouched=untouched,
        vanished=vanished,
        reworded=pages.adapted.reworded,
        idle=list(pages.idle),
    )


class _Lines:
    """A JSON list that is written item by item, one a line, and the hash of all that was written."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._next = b"[\n"
        self.sum = hashlib.sha256()

    def add(self, line: bytes) -> None:
        self._write(self._next + line)
        self._next = b",\n"

    def end(self) -> None:
        self._write(b"\n]\n" if self._next == b",\n" else b"[]\n")
        self._file.flush()

    def _write(self, data: bytes) -> None:
        self._file.write(data)
        self.sum.update(data)


class _Pages(NamedTuple):
    """Where a stream of tasks goes, as they came and as they will be, and what is gathered of it."""

    came: _Lines
    new: _Lines
    adapted: Adapted
    idle: dict[str, None]
    faults: list[Fault]
    annotations: set[str]
    documents: dict[str, object]


def _through(
    tasks: Iterable[Json],
    pages: _Pages,
    scheme: Scheme,
    names: LabelMap | None,
    documents: Mapping[str, Document] | None,
) -> Iterator[Json]:
    """The tasks once more, brought to this scheme and these texts and written; only one is in memory at a time."""
    as_it_is = names is None and not documents
    for task in tasks:
        line = msgspec.json.encode(task)
        pages.came.add(line)
        _adapt(task, scheme, names, documents, pages)
        pages.faults.extend(_faults(task, scheme, pages.documents))
        pages.annotations.update(_ids(task))
        pages.new.add(line if as_it_is else msgspec.json.encode(task))
        yield task


def _adapt(
    task: Json, scheme: Scheme, names: LabelMap | None, documents: Mapping[str, Document] | None, pages: _Pages
) -> None:
    data = task.get("data")
    document = (documents or {}).get(str(data.get("id"))) if isinstance(data, dict) else None
    if document is not None:
        for there, new in zip(pages.adapted, adapt.retext(task, document, scheme), strict=True):
            there.extend(new)
    if names is not None:
        pages.idle.update(dict.fromkeys(adapt.idle(task, names, scheme)))
        pages.adapted.lost.extend(adapt.relabel(task, names, scheme))


def _faults(task: Json, scheme: Scheme, documents: dict[str, object]) -> list[Fault]:
    if fault := labelstudio.task_fault(task, scheme):
        return [fault]
    first = documents.setdefault(task["data"]["id"], task.get("id"))
    if first != task.get("id"):
        message = f"document {on_one_line(task['data']['id'])} already stands in task {first}"
        return [Fault("doubled-document", task.get("id"), None, None, message)]
    return [fault for work in works.submitted(task) for fault in labelstudio.document(task, work, scheme)[1]]


def _told(faults: list[Fault]) -> list[str]:
    """One line a kind of fault: how often, an example, and what to do."""
    kinds: dict[str, list[Fault]] = {}
    for fault in faults:
        kinds.setdefault(fault.name, []).append(fault)
    return [f"{found[0]} ({len(found):,} times {name}; {_FOREIGN[name]})" for name, found in kinds.items()]


def _sum(path: Path) -> bytes:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").digest()


def _kept(target: Path) -> Path:
    number = 1
    while (kept := target.with_name(f"{target.name}.~{number}~")).exists():
        number += 1
    try:
        os.link(target, kept)
    except OSError:
        shutil.copy2(target, kept)
    return kept


def _keep_as_it_came(target: Path, why: str, came: BinaryIO) -> Path:
    path = target.with_name(f"{target.stem}.{why}{target.suffix or '.json'}")
    came.seek(0)
    with writing(path) as file:
        shutil.copyfileobj(came, file)
    return path


def _annotations(path: Path) -> set[str]:
    """The annotations of the previous export; none where there is none that can be read."""
    try:
        raws = msgspec.json.decode(path.read_bytes(), type=list[msgspec.Raw])
        return {key for raw in raws for key in _ids(msgspec.json.decode(raw))}
    except (OSError, ValueError, msgspec.MsgspecError, AttributeError, TypeError):
        return set()


def _ids(task: Json) -> list[str]:
    return [str(work.get("id")) for work in works.done(task)]
