"""The tables of ingestion: TOML files beside the code, read once."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Any


@cache
def table(name: str) -> dict[str, Any]:
    """The table `data/NAME.toml` of this package."""
    return tomllib.loads((resources.files("vigold.ingestion") / "data" / f"{name}.toml").read_text("utf-8"))
