"""Pages: self-contained HTML that works offline; whatever comes from articles and annotators is escaped."""

from __future__ import annotations

from typing import Any


def page(template: str, **content: Any) -> str:
    """A page from one of the templates beside this file, every value in it escaped."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    loader = PackageLoader("vigold.review", "templates")
    made = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    return made.get_template(template).render(content)
