"""What the commands have in common: their options, and remarks on standard error."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from vigold.errors import VigoldError
from vigold.terminal import plain
from vigold.version import __version__

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console

Format = Literal[
    "jsonl",
    "conll",
    "brat",
    "labelstudio",
    "parquet",
    "conll-layers",
    "conlleval",
    "hf-tokens",
    "gliner",
    "spacy",
    "wikiann",
    "enamex",
    "webanno",
    "phoner",
    "vlsp2016",
    "vlsp2018",
    "vlsp2021",
]
From = Annotated[Format | None, typer.Option("--from", help="The format or corpus, where its content does not tell.")]
Output = Annotated[Path, typer.Option("-o", "--output", help="Where to write.")]
Input = Annotated[Path, typer.Argument(help="Documents as JSONL, one a line.")]
SchemeFile = Annotated[Path | None, typer.Option("--scheme", help="A scheme file in place of vigold's own.")]
MaxRecord = Annotated[int, typer.Option("--max-record", min=1, help="The longest record that is read, in bytes.")]


_WIDE = 200


def console() -> Console:
    """Where results are printed: as wide as the terminal, or wide enough for any table where there is none."""
    from rich.console import Console

    piped = not sys.stdout.isatty() and "COLUMNS" not in os.environ
    return Console(width=_WIDE if piped else None)


def remark(text: str) -> None:
    """A line on standard error; words of others in it cannot steer the terminal."""
    sys.stderr.write(f"vigold: {plain(text)}\n")


@contextmanager
def naming(path: Path, *others: Path) -> Iterator[None]:
    """Puts the file before an error that names only the document in it, and none of the files."""
    try:
        yield
    except VigoldError as error:
        text = str(error)
        known = any(str(one) in text for one in (path, *others))
        raise error if known else VigoldError(f"{path}: {text}") from None


def _show_version(asked: bool) -> None:
    if asked:
        typer.echo(f"vigold {__version__}")
        raise typer.Exit


def version(
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Gold-standard annotation and evaluation for information extraction from Vietnamese news."""
