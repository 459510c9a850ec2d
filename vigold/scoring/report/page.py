"""The report as one page of HTML, with its style, script and data inside."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import resources
from typing import TYPE_CHECKING, Any

import msgspec

from vigold.files import Source, writing
from vigold.scoring.mistakes import Mistake, mistakes, summary
from vigold.scoring.report import plots, verdicts
from vigold.scoring.report.browser import KINDS, PALETTE, browser
from vigold.scoring.result import Result, System
from vigold.scoring.tables import tables

if TYPE_CHECKING:
    from vigold.scoring.evaluate import Matched


def write(path: Source, result: Result, work: Matched) -> None:
    """Write the report of a result; it needs no other file and no network."""
    with writing(path) as file:
        file.write(page(result, work).encode("utf-8", "replace"))


def page(result: Result, work: Matched) -> str:
    """The report as text. Everything that comes from data is escaped."""
    import jinja2
    from markupsafe import Markup

    folder = resources.files("vigold.scoring.report")
    environment = jinja2.Environment(
        autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=jinja2.StrictUndefined
    )
    environment.filters["figure"] = _figure
    template = environment.from_string((folder / "page.html.jinja").read_text("utf-8"))
    return template.render(
        result=result,
        documents=len(work.sides.gold.documents),
        tables=tables(result),
        verdicts=verdicts.verdicts(result),
        schemata=plots.schemata(result),
        labels=plots.labels(result),
        palette=PALETTE,
        kinds=KINDS,
        errors={name: summary(list(_shown(work, name, system))) for name, system in result.systems.items()},
        style=Markup((folder / "style.css").read_text("utf-8")),
        script=Markup((folder / "browser.js").read_text("utf-8")),
        data=Markup(_inert(browser(result, work))),
    )


def _shown(work: Matched, name: str, system: System) -> Iterator[Mistake]:
    """The errors of a system but for missed spans of labels that it does not give."""
    for one in mistakes(work, name):
        if one.kind != "missed" or one.gold is None or system.gives(one.gold.label):
            yield one


def _figure(cell: str) -> tuple[str, str]:
    """A cell as its figure and the interval behind it, which the page sets apart."""
    figure, bracket, interval = cell.partition(" [")
    return (figure, bracket.strip() + interval) if interval.endswith("]") else (cell, "")


def _inert(data: dict[str, Any]) -> str:
    """JSON that no text in it can break out of: `<`, `>` and `&` are written as escapes."""
    text = msgspec.json.encode(data).decode()
    for char in "<>&\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return text
