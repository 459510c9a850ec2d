"""The items of a Label Studio result: the controls they belong to, what each item is, and faults with their place."""

from __future__ import annotations

from typing import Any, NamedTuple

from vigold.errors import shown
from vigold.formats.wording import on_one_line

Json = dict[str, Any]

LABEL, TEXT = "label", "text"
"""The names of the labels' control and of the text in the labelling config."""


class Fault(NamedTuple):
    """What is wrong with an annotation, and where."""

    name: str
    task: object
    annotation: object
    region: str | None
    message: str

    def __str__(self) -> str:
        region = "" if self.region is None else f", region {on_one_line(self.region)}"
        return f"task {called(self.task)}, annotation {called(self.annotation)}{region}: {self.name}: {self.message}"


def called(key: object) -> str:
    """The id of a task, an annotation or a region as it may stand in a message."""
    return str(key) if isinstance(key, int | None) else on_one_line(key) if isinstance(key, str) else shown(key)


def kind_of(item: object) -> str | None:
    """What an item of a result is; None when it has not the shape of any."""
    if not isinstance(item, dict):
        return None
    if not all(isinstance(item.get(key), str | int | None) for key in ("id", "from_name", "from_id", "to_id")):
        return None
    if item.get("type") == "relation":
        labels = item.get("labels") or []
        return "relation" if isinstance(labels, list) and all(isinstance(name, str) for name in labels) else None
    if not isinstance(item.get("value"), dict):
        return None
    return "region" if item.get("from_name") == LABEL else "value"


def region_of(item: object) -> str | None:
    """The region that an item of no known shape may belong to, or begin in."""
    keys = (item.get("id"), item.get("from_id")) if isinstance(item, dict) else ()
    return next((key for key in keys if isinstance(key, str)), None)


def answers_of(value: Json) -> list[str] | None:
    """What was chosen or typed; None where it is no text. (Beside choices, `text` is a copy of the region's words.)"""
    answers = value.get("choices" if "choices" in value else "text")
    answers = [answers] if isinstance(answers, str) else answers
    return answers if isinstance(answers, list) and all(isinstance(answer, str) for answer in answers) else None


def solid(words: str) -> str:
    """Words without blanks and line ends; a browser collapses those and writes these as a backslash and an n."""
    return "".join(words.replace("\\n", " ").split())
