"""What is read out of one raw file, before it becomes a document."""

from __future__ import annotations

from typing import NamedTuple

from vigold.document import Zone
from vigold.ingestion.related import Teaser


class Page(NamedTuple):
    """An article: its text in canonical form, its zones, what the page says of itself, and what was repaired."""

    text: str
    zones: tuple[Zone, ...]
    related: tuple[Teaser, ...] = ()
    published: str | None = None
    source: str | None = None
    url: str | None = None
    notes: tuple[str, ...] = ()

    def zone_text(self, kind: str) -> str | None:
        """The words of the first zone of a kind, on one line; None where there is none."""
        zone = next((z for z in self.zones if z.kind == kind), None)
        return None if zone is None else " ".join(self.text[zone.start : zone.end].split())


_REPAIRS = {"BOM": "BOM removed", "CRLF": "CRLF repaired", "NFD": "NFD repaired"}


def repair_notes(repairs: tuple[str, ...]) -> tuple[str, ...]:
    """The repairs of `vigold.text.canonical` as notes."""
    return tuple(_REPAIRS[repair] for repair in repairs)


def related_notes(related: tuple[Teaser, ...]) -> tuple[str, ...]:
    """How many teasers were cut off, as a note; none where none was."""
    return (f"{len(related)} related {'item' if len(related) == 1 else 'items'} cut off",) if related else ()
