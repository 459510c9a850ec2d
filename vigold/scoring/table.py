"""The scores as a table: on the screen, as plain text, in a notebook."""

from __future__ import annotations

import io
from html import escape
from typing import TYPE_CHECKING

from vigold.scoring.metrics import Interval, Score

if TYPE_CHECKING:
    from rich.table import Table

    from vigold.scoring.result import Result

OVERALL = ("micro", "macro", "exact", "partial", "type")
"""The rows below the labels: strict averages, then micro averages of the looser schemata."""


def rows(result: Result) -> list[list[str]]:
    """Header and body: labels down, and for each system precision, recall and F1 in percent."""
    systems = result.systems.values()
    first = next(iter(systems))
    header = ["label", "gold", *(f"{name} {figure}" for name in result.systems for figure in ("P", "R", "F1"))]
    body = [
        [label, str(support.strict.gold), *(cell for one in systems for cell in _cells(one.labels[label].strict))]
        for label, support in first.labels.items()
    ]
    gold = str(first.micro["strict"].gold)
    body.append(["micro", gold, *(cell for one in systems for cell in _cells(one.micro["strict"]))])
    macro = (["", "", percent(one.macro["strict"].f1, one.macro["strict"].ci)] for one in systems)
    body.append(["macro", "", *(cell for cells in macro for cell in cells)])
    for schema in OVERALL[2:]:
        body.append([schema, gold, *(cell for one in systems for cell in _cells(one.micro[schema]))])
    return [header, *body]


def as_table(result: Result) -> Table:
    """The scores as a rich table, the averages below a line."""
    from rich.table import Table
    from rich.text import Text

    header, *body = rows(result)
    title = "span scores, percent: labels, micro and macro strict"
    table = Table(title=title, title_justify="left", title_style="bold", caption_justify="left")
    table.caption = Text("\n".join((*result.remarks, result.signature)))
    for n, name in enumerate(header):
        table.add_column(Text(name), justify="left" if n == 0 else "right", style="bold" if name.endswith("F1") else "")
    for n, row in enumerate(body):
        table.add_row(*map(Text, row), end_section=n in (len(body) - 6, len(body) - 4))
    return table


def as_text(result: Result) -> str:
    """The table without colours, wide enough for every column."""
    from rich.console import Console

    console = Console(file=io.StringIO(), width=max(80, 24 + 40 * len(result.systems)), color_system=None)
    console.print(as_table(result))
    text: str = console.file.getvalue()  # type: ignore[attr-defined]  # it is the StringIO from above
    return text.rstrip()


def as_html(result: Result) -> str:
    """The table as HTML; names of labels and systems are escaped."""
    header, *body = rows(result)
    head = "".join(f"<th>{escape(cell)}</th>" for cell in header)
    lines = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in body)
    note = f"<caption>{escape(result.signature)}</caption>"
    return f"<table>{note}<thead><tr>{head}</tr></thead><tbody>{lines}</tbody></table>"


def percent(value: float | None, ci: Interval = None) -> str:
    """A figure in percent, with its interval where there is one; a dash where there is no figure."""
    if value is None:
        return "–"
    return f"{100 * value:.1f}" if ci is None else f"{100 * value:.1f} [{100 * ci[0]:.1f}, {100 * ci[1]:.1f}]"


def _cells(score: Score) -> list[str]:
    return [percent(score.p), percent(score.r), percent(score.f1, score.ci)]
