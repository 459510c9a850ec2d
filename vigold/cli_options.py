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


def remark(text: str) -> None:
    """A line on standard error."""
    sys.stderr.write(f"vigold: {text}\n")
