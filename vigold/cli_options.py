"""What the commands have in common: their options, and remarks on standard error."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

Output = Annotated[Path, typer.Option("-o", "--output", help="Where to write.")]
Input = Annotated[Path, typer.Argument(help="Documents as JSONL, one a line.")]
SchemeFile = Annotated[Path | None, typer.Option("--scheme", help="A scheme file in place of vigold's own.")]
MaxRecord = Annotated[int, typer.Option("--max-record", help="The longest record that is read, in bytes.")]
Annotators = Annotated[list[str] | None, typer.Option("--annotator", help="Only this one (id or e-mail); repeatable.")]
Lenient = Annotated[bool, typer.Option("--lenient", help="Drop bad regions and report each.")]
Html = Annotated[Path | None, typer.Option(help="Write a page that shows everything in context.")]


def remark(text: str) -> None:
    """A line on standard error."""
    sys.stderr.write(f"vigold: {text}\n")
