"""The annotators' guidelines, in Vietnamese: as Markdown, and as HTML for the instructions of a project."""

from __future__ import annotations

import re
from importlib import resources

from vigold.scheme import Scheme

_PICTURE = re.compile(r"^!\[.*\n\n?", re.M)
# Label Studio takes styles away and shows code in a face that may lack Vietnamese letters.
_SHOWN = (
    (r"<code>", "<i>"),
    (r"</code>", "</i>"),
    (r"\{([A-Z]+) ", r"{<b>\1</b> "),
    (r"<(h[1-3]|table)>", r"<br><\1>"),
    (r"\[ \] ?", "☐ "),
)


def text() -> str:
    """The guidelines as Markdown. Their pictures stand in the repository only, beside `annotation/guidelines.md`."""
    return (resources.files("vigold.studio") / "data" / "guidelines.md").read_text("utf-8")


def html(scheme: Scheme) -> str:
    """The guidelines as HTML without pictures; nothing where they are about another scheme."""
    source = text()
    if f"`{scheme.name}` {scheme.version}" not in source:
        return ""
    from markdown_it import MarkdownIt

    shown: str = MarkdownIt("commonmark", {"html": False}).enable("table").render(_PICTURE.sub("", source))
    for plain, wanted in _SHOWN:
        shown = re.sub(plain, wanted, shown)
    return shown
