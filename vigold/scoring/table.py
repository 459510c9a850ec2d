"""The scores as a table: on the screen, as plain text, in a notebook."""

from __future__ import annotations

import io
from html import escape
from typing import TYPE_CHECKING

from vigold.scoring.metrics import Score

if TYPE_CHECKING:
    from rich.table import Table

    from vigold.scoring.evaluate import Result


def rows(result: Result) -> list[list[str]]:
    """Header and body: labels down, and for each system precision, recall and F1 in percent."""
    first = next(iter(result.systems.values()))
    header = ["label", "gold", *(f"{name} {figure}" for name in result.systems for figure in ("P", "R", "F1"))]
    body = [
        [
            label,
            str(support.gold),
            *(cell for system in result.systems.values() for cell in _cells(system.labels[label])),
        ]
        for label, support in first.labels.items()
    ]
    micro = ["micro", str(first.micro.gold)]
    macro = ["macro", ""]
    for system in result.systems.values():
        micro += _cells(system.micro)
        macro += ["", "", _percent(system.macro_f1)]
    return [header, *body, micro, macro]


def as_table(result: Result) -> Table:
    """The scores as a rich table, the averages below a line."""
    from rich.table import Table
    from rich.text import Text

    header, *body = rows(result)
    table = Table(title="strict span scores, percent", title_justify="left", title_style="bold", caption_justify="left")
    table.caption = Text(result.signature)
    for n, name in enumerate(header):
        table.add_column(Text(name), justify="left" if n == 0 else "right", style="bold" if name.endswith("F1") else "")
    for n, row in enumerate(body):
        table.add_row(*map(Text, row), end_section=n == len(body) - 3)
    return table


def as_text(result: Result) -> str:
    """The table without colours, wide enough for every column."""
    from rich.console import Console

    console = Console(file=io.StringIO(), width=max(80, 24 * (1 + len(result.systems))), color_system=None)
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


def _cells(score: Score) -> list[str]:
    return [_percent(score.p), _percent(score.r), _percent(score.f1)]


def _percent(value: float | None) -> str:
    return "–" if value is None else f"{100 * value:.1f}"
