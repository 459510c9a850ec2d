"""The selectors of `data/sites.toml`: the part of CSS that names an element by tag, class, id and attribute.

`h1.title`, `#main`, `[type=Related]`, `[class*=relate]`, and `A B` for a B anywhere inside an A.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

_STEP = re.compile(r"(?P<tag>[a-z][a-z0-9]*)?(?P<tests>(?:[.#][\w-]+|\[[\w-]+(?:\*?=[\w-]+)?\])*)\Z")
_TEST = re.compile(r"(?P<kind>[.#\[])(?P<name>[\w-]+)(?:(?P<op>\*?=)(?P<value>[\w-]+))?\]?")
_CLASS = "contains(concat(' ', normalize-space(@class), ' '), ' {name} ')"
_PREDICATES = {
    (".", None): _CLASS,
    ("#", None): "@id = '{name}'",
    ("[", None): "@{name}",
    ("[", "="): "@{name} = '{value}'",
    ("[", "*="): "contains(@{name}, '{value}')",
}


def select(tree: Any, selector: str) -> list[Any]:
    """The elements under `tree` that a selector names, in the order of the page."""
    found: list[Any] = tree.xpath(xpath(selector))
    return found


@cache
def xpath(selector: str) -> str:
    """A selector as XPath; raises ValueError for what is none."""
    return "." + "".join(f"//{_step(part)}" for part in selector.split())


def _step(part: str) -> str:
    match = _STEP.match(part)
    if match is None:
        raise ValueError(f"not a selector: {part!r}")
    tests = [_PREDICATES[t["kind"], t["op"]].format(**t.groupdict()) for t in _TEST.finditer(match["tests"])]
    return (match["tag"] or "*") + "".join(f"[{test}]" for test in tests)
