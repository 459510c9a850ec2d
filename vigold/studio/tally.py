"""How far the annotation is: per project and per person, with skips and drafts told apart from what was submitted."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from vigold.formats.labelstudio import Json
from vigold.studio import works


class Work(NamedTuple):
    """What one person, by number, has submitted, skipped and begun."""

    person: str
    submitted: int = 0
    skipped: int = 0
    drafts: int = 0


class Tally(NamedTuple):
    """Tasks: all of them, those with a submitted annotation, those that were only skipped, only begun, untouched; and
    how many annotations were submitted."""

    tasks: int
    annotated: int
    skipped: int
    begun: int
    untouched: int
    annotations: int
    people: list[Work]
    submitted: list[int]

    def finished(self, overlap: int) -> int:
        """How many tasks have at least `overlap` submitted annotations."""
        return sum(count >= overlap for count in self.submitted)


def tally(tasks: Iterable[Json]) -> Tally:
    """Count the work in the tasks of an export."""
    kinds = {"annotated": 0, "skipped": 0, "begun": 0, "untouched": 0}
    people: dict[str, Work] = {}
    submitted: list[int] = []
    for task in tasks:
        # A draft of something submitted is a change in progress, not work of its own.
        drafts = [work for work in works.drafts(task) if not work.get("annotation")]
        finished = works.submitted(task)
        skips = [work for work in works.done(task) if work.get("was_cancelled")]
        submitted.append(len(finished))
        kinds["annotated" if finished else "skipped" if skips else "begun" if drafts else "untouched"] += 1
        for field, found, key in (
            ("submitted", finished, "completed_by"),
            ("skipped", skips, "completed_by"),
            ("drafts", drafts, "user"),
        ):
            for work in found:
                one = people.setdefault(str(work.get(key)), Work(str(work.get(key))))
                people[one.person] = one._replace(**{field: getattr(one, field) + 1})
    ordered = sorted(people.values(), key=lambda one: one.person.zfill(12))
    return Tally(tasks=len(submitted), **kinds, annotations=sum(submitted), people=ordered, submitted=submitted)
