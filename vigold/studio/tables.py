"""What the commands show of the work in a project, as tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rich.table import Table

from vigold.studio.stats import Fate, Stats
from vigold.studio.tally import Tally


def progress(tally: Tally, overlap: int, emails: Mapping[str, str]) -> Iterator[Table]:
    """How far the tasks are, and what each person has done."""
    tasks = Table(
        "tasks", f"with {overlap}+ annotations", "annotated", "only skipped", "only begun", "untouched", box=None
    )
    counts = (tally.tasks, tally.finished(overlap), tally.annotated, tally.skipped, tally.begun, tally.untouched)
    tasks.add_row(*map(str, counts))
    yield tasks
    if not tally.people:
        return
    people = Table("number", "annotator", "submitted", "skipped", "drafts", box=None)
    for one in tally.people:
        name = emails.get(one.person, "?")
        people.add_row(*map(str, (one.person, name, one.submitted, one.skipped, one.drafts)))
    yield people


def fates(stats: Stats) -> Iterator[Table]:
    """What became of pre-annotations, by annotator with the time a task took, and by label."""
    if not stats.people:
        yield Table("no submitted annotation yet", box=None)
        return
    people = Table("annotator", "tasks", *_HEAD, "s a task", "s without", box=None)
    for share in stats.people:
        times = (_seconds(share.seconds), _seconds(share.seconds_alone))
        people.add_row(share.name, str(share.tasks), *_row(share.fate), *times)
    yield people
    labels = Table("label", *_HEAD, box=None)
    for name, fate in stats.labels:
        labels.add_row(name, *_row(fate))
    yield labels


_HEAD = ("predicted", "kept", "changed", "deleted", "added")


def _row(fate: Fate) -> tuple[str, ...]:
    shares = (_percent(part, fate.predicted) for part in (fate.kept, fate.changed, fate.deleted))
    return (str(fate.predicted), *shares, str(fate.added))


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f}%" if whole else "-"


def _seconds(seconds: float | None) -> str:
    return "-" if seconds is None else f"{seconds:.0f}"
