"""The tables of a result on the screen, as plain text, in a README, in a notebook."""

from __future__ import annotations

import io
from html import escape
from typing import TYPE_CHECKING

from vigold.scoring.tables import Plain, shown, tables
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

    parts: list[Text | Table] = []
    for table in tables(result)[: 1 if brief else None]:
        for part in table.fitting(width):
            parts += [
                Text(part.title, style="bold"),
                _rich(part, width),
                *(Text(note, style="dim") for note in part.notes),
            ]
    remarks = [Text(shown(remark), style="dim") for remark in result.remarks]
    # On one line, however narrow the screen is, so that it can be copied and searched for; print it with crop=False.
    signature = Text(shown(result.signature), style="dim", no_wrap=True, overflow="ignore")
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
        rule = "|" + "".join(" --- |" if table.worded(n) else " ---: |" for n in range(len(table.header)))
        head, *body = ("| " + " | ".join(map(_marked, line)) + " |" for line in (table.header, *table.rows))
        notes = [line for note in table.notes for line in ("", _marked(note))]
        parts.append("\n".join((f"**{_marked(table.title)}**", "", head, rule, *body, *notes)))
    notes = [_marked(remark) for remark in result.remarks]
    return "\n\n".join((*parts, *notes, _code(result.signature))) + "\n"


def as_html(result: Result) -> str:
    """The tables as HTML; names of labels and systems are escaped."""
    parts = []
    for table in tables(result):
        head = _line("th", table, table.header)
        lines = "".join(_line("td", table, row) for row in table.rows)
        caption = f'<caption style="caption-side: top; text-align: left">{escape(table.title)}</caption>'
        notes = "".join(f"<p>{escape(note)}</p>" for note in table.notes)
        parts.append(f"<table>{caption}<thead>{head}</thead><tbody>{lines}</tbody></table>{notes}")
    notes = "<br>".join(map(escape, result.remarks))
    signature = f'<code style="overflow-wrap: anywhere">{escape(result.signature)}</code>'
    return f'<div style="overflow-x: auto">{"".join(parts)}<p>{notes}</p><p>{signature}</p></div>'


def _line(tag: str, table: Plain, cells: list[str]) -> str:
    """A row; a notebook brings no style for names on the left and figures that do not break."""
    sides = ["left" if table.worded(n) else "right" for n in range(len(cells))]
    rows = zip(sides, cells, strict=True)
    inner = (f'<{tag} style="text-align: {at}; white-space: nowrap">{escape(cell)}</{tag}>' for at, cell in rows)
    return f"<tr>{''.join(inner)}</tr>"


def _rich(whole: Plain, width: int) -> Table:
    from rich.table import Table
    from rich.text import Text

    table = Table()
    for n, (name, size) in enumerate(zip(whole.header, whole.sizes(width), strict=True)):
        table.add_column(
            Text(plain(name)),
            justify="left" if whole.worded(n) else "right",
            style="bold" if name.endswith("F1") else "",
            overflow="fold",
            max_width=size,
        )
    for n, row in enumerate(whole.rows, 1):
        table.add_row(*map(Text, map(plain, row)), end_section=n in whole.parts)
    return table


def _marked(cell: str) -> str:
    cell = shown(cell)
    for char in "\\`*_|<>&~":
        cell = cell.replace(char, f"\\{char}")
    return cell.replace("](", "]\\(")


def _code(line: str) -> str:
    """A line as code, between more backticks than stand together in it."""
    fence = "`"
    while fence in line:
        fence += "`"
    blank = " " if len(fence) > 1 else ""
    return f"{fence}{blank}{shown(line)}{blank}{fence}"
