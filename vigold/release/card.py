"""The dataset card: what the Hub reads, and a page with what is in the data, where it comes from and what it is for."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources
from typing import Any, NamedTuple

from vigold.release.about import About
from vigold.release.bio import Flat
from vigold.release.citation import bibtex
from vigold.release.evidence import Table
from vigold.release.figures import Figures
from vigold.release.front import front
from vigold.release.parts import Parts, ordered
from vigold.release.plots import binned
from vigold.scheme import Scheme
from vigold.version import __version__

_FENCE = re.compile(r"(?m)^ {0,3}(`{3,}|~{3,})")
_MARKUP = re.compile(r"[\\`*_\[\]|#~]")


class Evidence(NamedTuple):
    """What other commands have measured: tables for the card, or None."""

    agreement: Table | None = None
    baselines: Table | None = None


def card(figures: Figures, parts: Parts, scheme: Scheme, about: About | None, evidence: Evidence) -> str:
    """README.md of a dataset folder: YAML front matter and Markdown, the same for the same data."""
    splits = ordered(figures.documents)
    text: str = _template().render(
        front=front(figures, parts, scheme, about),
        about=about,
        scheme=scheme,
        version=__version__,
        figures=figures,
        parts=parts,
        splits=splits,
        loss=next(one.batch.loss for one in parts.made if isinstance(one.batch, Flat)),
        sizes={name: count for name, count in binned(figures.sizes).items() if count},
        years=sorted(figures.years.items()),
        unseen={split: figures.unseen(split) for split in splits if split != "train"},
        bibtex=bibtex(about) if about else "",
        agreement=evidence.agreement,
        baselines=evidence.baselines,
    )
    return text


def words(text: object) -> str:
    """Text from the data as it may stand in Markdown: on one line, and nothing in it is markup."""
    plain = " ".join(str(text).split()).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _MARKUP.sub(lambda match: "\\" + match[0], plain)


def code(text: object) -> str:
    """Text from the data as it may stand between backticks, also in a table."""
    return line(text).replace("|", "\\|")


def line(text: object) -> str:
    """Text from the data as it may stand in a block of code: on one line, and no backtick ends the block."""
    return " ".join(str(text).replace("`", "'").split())


def prose(text: str) -> str:
    """Markdown of the maintainers: none of its headings is one of the card, HTML in it is text, no fence stays open."""
    plain = re.sub(r"(?m)^(?=\s*(?:#|=+\s*$|-+\s*$))", "\\\\", text.strip().replace("<", "&lt;"))
    fences = _FENCE.findall(plain)
    return f"{plain}\n{fences[0]}" if len(fences) % 2 else plain


@cache
def _template() -> Any:
    from jinja2 import Environment, StrictUndefined

    # Markdown, not HTML: the filters take the markup out of what comes from outside, nothing is executed.
    environment = Environment(autoescape=False, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    environment.filters |= {"words": words, "code": code, "line": line, "prose": prose}
    text = (resources.files("vigold.release") / "card.md.jinja").read_text("utf-8")
    return environment.from_string(text)
