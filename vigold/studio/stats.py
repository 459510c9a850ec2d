"""Whether pre-annotation helps: what annotators kept, changed, deleted and added, and how long a task took them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from statistics import median
from typing import Any, NamedTuple

import msgspec

from vigold.files import Source, writing
from vigold.formats.labelstudio import LABEL, Json
from vigold.studio import works

ALL = "all"
_LONGEST = 1e9
"""Seconds that no task takes; what is over it is no time."""


class Region(NamedTuple):
    """A region of a result without its id: where it is, its label and its values."""

    start: object
    end: object
    label: str
    values: tuple[tuple[str, str], ...]


class Fate(NamedTuple):
    """What became of predicted regions, and how many regions were added to them."""

    kept: int = 0
    changed: int = 0
    deleted: int = 0
    added: int = 0

    @property
    def predicted(self) -> int:
        """How many regions were shown."""
        return self.kept + self.changed + self.deleted

    def __add__(self, other: object) -> Fate:
        """Both together."""
        if not isinstance(other, Fate):
            return NotImplemented
        return Fate(*(a + b for a, b in zip(tuple(self), tuple(other), strict=True)))


class Share(NamedTuple):
    """The fate of pre-annotations and the median seconds a task, begun from a pre-annotation and begun from nothing."""

    name: str
    tasks: int
    fate: Fate
    seconds: float | None
    seconds_alone: float | None
    alone: int


class Stats(NamedTuple):
    """Everybody together and each person by number, then each label (of the prediction, else of the annotation)."""

    people: list[Share]
    labels: list[tuple[str, Fate]]

    def to_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        people = {
            share.name: {
                "tasks": share.tasks,
                **_numbers(share.fate),
                "seconds": share.seconds,
                "tasks_alone": share.alone,
                "seconds_alone": share.seconds_alone,
            }
            for share in self.people
        }
        return {"people": people, "labels": {name: _numbers(fate) for name, fate in self.labels}}


def stats(tasks: Iterable[Json]) -> Stats:
    """Compare every submitted annotation of an export with the prediction that it began from."""
    fates: dict[str, list[Fate]] = {}
    times: dict[str, tuple[list[float], list[float]]] = {}
    labels: dict[str, Fate] = {}
    for annotation in (work for task in tasks for work in works.submitted(task)):
        person = str(annotation.get("completed_by"))
        began = annotation.get("parent_prediction") is not None
        if began:
            found = dict(_fates(annotation))
            labels |= {name: labels.get(name, Fate()) + fate for name, fate in found.items()}
            fates.setdefault(person, []).append(sum(found.values(), Fate()))
        for name in (ALL, person):
            spent = times.setdefault(name, ([], []))[0 if began else 1]
            if isinstance(seconds := annotation.get("lead_time"), int | float) and 0 <= seconds < _LONGEST:
                spent.append(float(seconds))
    everybody = [fate for of_one in fates.values() for fate in of_one]
    names = [ALL, *sorted(set(times) - {ALL}, key=lambda name: name.zfill(12))] if times else []
    people = [_share(name, everybody if name == ALL else fates.get(name, []), times[name]) for name in names]
    return Stats(people, sorted(labels.items()))


def write(path: Source, stats: Stats) -> None:
    """Write the figures as JSON."""
    with writing(path) as file:
        file.write(msgspec.json.format(msgspec.json.encode(stats.to_dict()), indent=1) + b"\n")


def _share(name: str, fates: list[Fate], times: tuple[list[float], list[float]]) -> Share:
    seconds, alone = (median(spent) if spent else None for spent in times)
    return Share(name, len(fates), sum(fates, Fate()), seconds, alone, len(times[1]))


def _fates(annotation: Json) -> Iterator[tuple[str, Fate]]:
    """By label: what became of each region of the prediction that an annotation began from."""
    origin = annotation.get("prediction")
    before = _regions(origin.get("result") if isinstance(origin, dict) else None)
    after = _regions(annotation.get("result"))
    found: dict[str, Fate] = {}
    for key, region in before.items():
        # Label Studio keeps the id of a region however it is changed; one marked anew in the same way counts as kept.
        now = after.pop(key, None) or _take(after, region, before)
        fate = Fate(deleted=1) if now is None else Fate(kept=1) if now == region else Fate(changed=1)
        found[region.label] = found.get(region.label, Fate()) + fate
    for region in after.values():
        found[region.label] = found.get(region.label, Fate()) + Fate(added=1)
    yield from found.items()


def _take(after: dict[str, Region], region: Region, before: dict[str, Region]) -> Region | None:
    same = next((key for key, other in after.items() if key not in before and other[:3] == region[:3]), None)
    return after.pop(same) if same is not None else None


def _regions(result: Any) -> dict[str, Region]:
    """The regions of a result by id, each with its values."""
    listed = result if isinstance(result, list) else []
    items = [item for item in listed if isinstance(item, dict) and isinstance(item.get("value"), dict)]
    values: dict[str, dict[str, str]] = {}
    for item in items:
        if item.get("from_name") != LABEL:
            answers = item["value"].get("choices") or item["value"].get("text") or []
            said = " ".join(map(str, answers)) if isinstance(answers, list) else str(answers)
            values.setdefault(str(item.get("id")), {})[str(item.get("from_name"))] = said
    found: dict[str, Region] = {}
    for item in items:
        if item.get("from_name") == LABEL:
            key, place = str(item.get("id")), item["value"]
            label = str((place.get("labels") or ["?"])[0]) if isinstance(place.get("labels"), list) else "?"
            found[key] = Region(place.get("start"), place.get("end"), label, tuple(sorted(values.get(key, {}).items())))
    return found


def _numbers(fate: Fate) -> dict[str, int]:
    return {"predicted": fate.predicted, **fate._asdict()}
