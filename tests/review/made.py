"""Made-up documents and exports with several annotators."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec

from vigold.document import Document, Relation, Span
from vigold.scheme import Scheme, load
from vigold.studio import tasks

SCHEME = load()
TEXT = "Ngày 5/7/2023, Bộ trưởng Trần Văn Minh ký Thông tư số 12/2023/TT-BTC tại tỉnh Lào Cai."


def span(words: str, label: str, *, text: str = TEXT, key: str = "", nth: int = 0, **attrs: str) -> Span:
    """A span over the nth occurrence of some words."""
    start = -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)
    return Span(key or f"{label}{start}", start, start + len(words), label, attrs)


DATE = span("Ngày 5/7/2023", "DATE", key="t", type="DATE", value="2023-07-05")
ROLE = span("Bộ trưởng", "ROLE", key="r")
PER = span("Trần Văn Minh", "PER", key="p")
DOC = span("Thông tư số 12/2023/TT-BTC", "DOC", key="d", doc_type="Thông tư", number="12/2023/TT-BTC")
LOC = span("tỉnh Lào Cai", "LOC", key="l")
HOLDS = Relation("holds", "p", "r")
GOLD = Document("a1", TEXT, "2023-07-06", spans=(DATE, ROLE, PER, DOC, LOC), relations=(HOLDS,))


def version(*spans: Span, relations: tuple[Relation, ...] = (), of: Document = GOLD) -> Document:
    return msgspec.structs.replace(of, spans=spans, relations=relations)


def export(*versions: dict[str, Document], scheme: Scheme = SCHEME) -> list[dict[str, Any]]:
    """What a server exports: a task for each of these, which map annotators to their versions of one document."""
    made = []
    for number, named in enumerate(versions, 1):
        annotations = []
        for n, (name, document) in enumerate(named.items(), 1):
            (task,) = tasks.tasks([document], scheme, annotations=True)
            who = int(name) if name.isdecimal() else name
            ids = {"id": 10 * number + n, "completed_by": who, "was_cancelled": False, "ground_truth": False}
            annotations.append(task["annotations"][0] | ids)
        made.append({"id": number, **task, "annotations": annotations})
    return made


def write(path: Path, tasks: list[dict[str, Any]]) -> Path:
    path.write_text(json.dumps(tasks, ensure_ascii=False), "utf-8")
    return path


def exported(tasks: list[dict[str, Any]], *, submit: bool = False) -> list[dict[str, Any]]:
    """Tasks after an import and an export; with `submit` somebody submitted every prediction as it was."""
    out = json.loads(json.dumps(tasks))
    for number, task in enumerate(out, 1):
        task["id"] = number
        if submit and "annotations" not in task:
            task["annotations"] = [{"result": task["predictions"][0]["result"]}]
        for annotation in task.get("annotations", []):
            annotation |= {"id": number, "completed_by": 9, "was_cancelled": False}
        task["predictions"] = []
    return list(out)
