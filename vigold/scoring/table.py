"""The tables of a result on the screen, as plain text, in a README, in a notebook."""

from __future__ import annotations

import io
from html import escape
from typing import TYPE_CHECKING

from vigold.scoring.tables import Plain, tables
from vigold.terminal import plain

if TYPE_CHECKING:
    from rich.console import Group
    from rich.table import Table

    from vigold.scoring.result import Result


def as_table(result: Result, width: int, brief: bool = False) -> Group:
    """Every table of the result, or with `brief` the scores alone, for a screen of `width` characters.

    The signature stands below the last one.
    """
    from rich.console import Group
    from rich.text import Text

    parts = [_rich(part) for table in tables(result)[: 1 if brief else None] for part in table.fitting(width)]
    remarks = [Text(remark, style="dim") for remark in result.remarks]
    # On one line, however narrow the screen is, so that it can be copied and searched for; print it with crop=False.
    signature = Text(result.signature, style="dim", no_wrap=True, overflow="ignore")
    return Group(*parts, *remarks, signature)


def as_text(result: Result) -> str:
    """The tables without colours, wide enough for every column."""
    from rich.console import Console

    out = io.StringIO()
    width = max(100, 30 + 44 * len(result.systems))
    Console(file=out, width=width, color_system=None).print(as_table(result, width), crop=False)
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines())


def as_markdown(result: Result) -> str:
    """The tables for a README; names that hold marks of Markdown stay what they are."""
    parts = []
    for table in tables(result):
        rule = "| --- |" + " ---: |" * (len(table.header) - 1)
        head, *body = ("| " + " | ".join(map(_marked, line)) + " |" for line in (table.header, *table.rows))
        parts.append("\n".join((f"**{_marked(table.title)}**", "", head, rule, *body)))
    notes = [_marked(remark) for remark in result.remarks]
    return "\n\n".join((*parts, *notes, f"`{result.signature}`")) + "\n"


def as_html(result: Result) -> str:
    """The tables as HTML; names of labels and systems are escaped."""
    parts = []
    for table in tables(result):
        head = "".join(f"<th>{escape(cell)}</th>" for cell in table.header)
        lines = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in table.rows)
        caption = f"<caption>{escape(table.title)}</caption>"
        parts.append(f"<table>{caption}<thead><tr>{head}</tr></thead><tbody>{lines}</tbody></table>")
    notes = "<br>".join(map(escape, (*result.remarks, result.signature)))
    return f"<div>{''.join(parts)}<p>{notes}</p></div>"


def _rich(whole: Plain) -> Table:
    from rich.table import Table
    from rich.text import Text

    table = Table(title=Text(plain(whole.title)), title_justify="left", title_style="bold")
    for n, name in enumerate(whole.header):
        table.add_column(
            Text(plain(name)),
            justify="left" if n == 0 else "right",
            style="bold" if name.endswith("F1") else "",
            overflow="fold",
        )
    for n, row in enumerate(whole.rows, 1):
        table.add_row(*map(Text, map(plain, row)), end_section=n in whole.parts)
    return table


def _marked(cell: str) -> str:
    for char in "\\`*_|<>":
        cell = cell.replace(char, f"\\{char}")
    return cell
