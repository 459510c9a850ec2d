"""What the commands show of the work in a project, as tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from vigold.studio.stats import Fate, Stats
from vigold.studio.tally import Tally
from vigold.terminal import plain

if TYPE_CHECKING:
    from rich.table import Table

_GAP = 2


class Grid(NamedTuple):
    """A table of words whose first column says what a row is about."""

    header: Sequence[str]
    rows: Sequence[Sequence[str]]

    def fitting(self, width: int) -> Iterator[Table]:
        """The table, in parts of at most `width` characters where it is wider; the first column stands in each."""
        sizes = [max(map(len, column)) + _GAP for column in zip(self.header, *self.rows, strict=True)]
        part: list[int] = [0]
        for column in range(1, len(sizes)):
            if len(part) > 1 and sum(sizes[n] for n in (*part, column)) - _GAP > width:
                yield self._of(part)
                part = [0]
            part.append(column)
        yield self._of(part)

    def _of(self, columns: list[int]) -> Table:
        from rich.table import Table
        from rich.text import Text

        table = Table(box=None, padding=(0, _GAP, 0, 0), pad_edge=False)
        for n in columns:
            table.add_column(Text(self.header[n]), justify="right" if n else "left", overflow="fold")
        for row in self.rows:
            table.add_row(*(Text(row[n]) for n in columns))
        return table


def progress(tally: Tally, overlap: int, emails: Mapping[str, str], width: int) -> Iterator[Table]:
    """How far the tasks are, and what each person has done, for a screen of `width` characters."""
    head = ("tasks", f"with {overlap}+ annotations", "annotated", "only skipped", "only begun", "untouched")
    counts = (tally.tasks, tally.finished(overlap), tally.annotated, tally.skipped, tally.begun, tally.untouched)
    yield from Grid(head, [list(map(str, counts))]).fitting(width)
    if tally.people:
        rows = [
            (plain(emails.get(one.person, "?")), *map(str, (one.person, one.submitted, one.skipped, one.drafts)))
            for one in tally.people
        ]
        yield from Grid(("annotator", "number", "submitted", "skipped", "drafts"), rows).fitting(width)


def fates(stats: Stats, width: int) -> Iterator[Table]:
    """What became of pre-annotations, by annotator with the time a task took, and by label."""
    if not stats.people:
        yield from Grid(["no submitted annotation yet"], []).fitting(width)
        return
    people = [
        (
            plain(share.name),
            str(share.tasks),
            *_row(share.fate),
            _seconds(share.seconds),
            _seconds(share.seconds_alone),
        )
        for share in stats.people
    ]
    yield from Grid(("annotator", "tasks", *_HEAD, "s a task", "s without"), people).fitting(width)
    labels = [(plain(name), *_row(fate)) for name, fate in stats.labels]
    yield from Grid(("label", *_HEAD), labels).fitting(width)


_HEAD = ("predicted", "kept", "changed", "deleted", "added")


def _row(fate: Fate) -> tuple[str, ...]:
    shares = (_percent(part, fate.predicted) for part in (fate.kept, fate.changed, fate.deleted))
    return (str(fate.predicted), *shares, str(fate.added))


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f}%" if whole else "-"


def _seconds(seconds: float | None) -> str:
    return "-" if seconds is None else f"{seconds:.0f}"
