"""The annotators' guidelines, in Vietnamese: as Markdown, and as HTML for the instructions of a project."""

from __future__ import annotations

import re
from importlib import resources

from vigold.scheme import Scheme

_PICTURE = re.compile(r"^!\[.*\n\n?", re.M)
_BOX = "[ ]"


def text() -> str:
    """The guidelines as Markdown. Their pictures stand in the repository only, beside `annotation/guidelines.md`."""
    return (resources.files("vigold.studio") / "data" / "guidelines.md").read_text("utf-8")


def html(scheme: Scheme) -> str:
    """The guidelines as HTML without pictures; nothing where they are about another scheme."""
    source = text()
    if f"`{scheme.name}` {scheme.version}" not in source:
        return ""
    from markdown_it import MarkdownIt

    shown = MarkdownIt("commonmark", {"html": False}).enable("table").render(_PICTURE.sub("", source))
    return _ruled(shown.replace(_BOX, "☐"))


def _ruled(page: str) -> str:
    """The page with what its place takes away from tables and headings: lines, and room before a heading."""
    page = re.sub(r"<(td|th)>", r'<\1 style="border:1px solid #bbb; padding:2px 6px; text-align:left">', page)
    page = page.replace("<table>", '<table style="border-collapse:collapse; margin:8px 0">')
    return re.sub(r"<(h[1-3])>", r'<\1 style="margin-top:16px">', page)
