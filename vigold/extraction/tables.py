"""The tables of the extractors: TOML files and gazetteers beside the code, read once."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Any, NamedTuple


class Entry(NamedTuple):
    """A line of a gazetteer. What is open or not known is empty.

    `parent` is what the entry is a part or a spelling of, or what took over from it; the years are those of the name.
    """

    name: str
    kind: str
    parent: str
    since: str
    until: str


@cache
def table(name: str) -> dict[str, Any]:
    """The table `data/NAME.toml` of this package."""
    return tomllib.loads(_read(f"{name}.toml"))


@cache
def gazetteer(name: str) -> tuple[Entry, ...]:
    """The gazetteer `data/NAME.tsv` of this package: remarks, a line of column names, and an entry a line."""
    lines = [line for line in _read(f"{name}.tsv").splitlines() if not line.startswith("#")]
    return tuple(Entry(*line.split("\t")) for line in lines[1:])


def _read(file: str) -> str:
    return (resources.files("vigold.extraction") / "data" / file).read_text("utf-8")
