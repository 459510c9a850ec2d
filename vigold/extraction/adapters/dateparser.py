"""dateparser's search for dates, with its Vietnamese; it gives moments, so the value is cut to what was said."""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterator
from datetime import datetime
from importlib.metadata import version
from typing import Any, NamedTuple

from vigold.document import Document, Span
from vigold.errors import MissingExtra
from vigold.extraction.registry import Extractor, Found
from vigold.extraction.tables import table
from vigold.text import Piece, paragraphs

LABELS: tuple[str, ...] = (table("adapters")["time"],)
NEEDS = "pip install 'vigold[dateparser]'"
_LANGUAGE = ["vi"]
_FORMS = {"year": "%Y", "month": "%Y-%m", "week": "%G-W%V", "day": "%Y-%m-%d", "time": "%Y-%m-%dT%H:%M"}
# It always resolves, against today where it knows no day. What it says under two days that have no part in common
# stands in the text; the rest came from the day.
_TWO_DAYS = (datetime(1901, 3, 5, 1, 12), datetime(2087, 11, 26, 20, 47))
_PART = re.compile(r"\d+")


def make() -> Extractor:
    """The extractor; it takes no options. Raises MissingExtra without the package."""
    try:
        search: Any = importlib.import_module("dateparser.search")
        parsing: Any = importlib.import_module("dateparser.date")
    except ImportError:
        raise MissingExtra("the extractor dateparser", "dateparser") from None
    return _Dateparser(search, parsing)


class _Date(NamedTuple):
    type: str
    value: str


class _Dateparser:
    def __init__(self, search: Any, parsing: Any) -> None:
        self._search, self._parsing = search, parsing
        self.versions = {"dateparser": version("dateparser")}

    def __call__(self, document: Document) -> Found:
        text = document.text or ""
        if document.published:
            found = self._dates(text, datetime.fromisoformat(document.published))
        else:
            one, other = (self._dates(text, day) for day in _TWO_DAYS)
            found = {piece: _agreed(date, other[piece]) for piece, date in one.items() if piece in other}
        spans = (Span(f"s{n}", *piece, LABELS[0], date._asdict()) for n, (piece, date) in enumerate(found.items(), 1))
        return Found(tuple(spans))

    def _dates(self, text: str, day: datetime) -> dict[Piece, _Date]:
        settings = {"RETURN_TIME_AS_PERIOD": True, "RELATIVE_BASE": day}
        parser = self._parsing.DateDataParser(languages=_LANGUAGE, settings=settings)
        return {
            place: _date(parser.get_date_data(text[slice(*place)]), moment)
            for piece in paragraphs(text)
            for place, moment in self._moments(text, piece, settings)
        }

    def _moments(self, text: str, piece: Piece, settings: dict[str, Any]) -> Iterator[tuple[Piece, datetime]]:
        at = piece.start
        found = self._search.search_dates(text[slice(*piece)], languages=_LANGUAGE, settings=settings)
        for words, moment in found or ():
            # It gives words without their place: they follow one another in the text.
            start = text.find(words, at, piece.end)
            if start >= 0:
                at = start + len(words)
                yield Piece(start, at), moment


def _date(found: Any, moment: datetime) -> _Date:
    period = found.period if found and found.date_obj else "day"
    return _Date("TIME" if period == "time" else "DATE", moment.strftime(_FORMS[period]))


def _agreed(one: _Date, other: _Date) -> _Date:
    """The parts on which both agree, X for the digits of the others."""
    if len(one.value) != len(other.value):
        return one._replace(value="XXXX-XX-XX")
    parts = iter(_PART.findall(other.value))
    return one._replace(value=_PART.sub(lambda m: m[0] if m[0] == next(parts) else "X" * len(m[0]), one.value))
