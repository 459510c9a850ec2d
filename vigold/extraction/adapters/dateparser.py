"""dateparser's search for dates, with its Vietnamese; it gives moments, so the value is cut to what was said."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from vigold.document import Document, Span
from vigold.errors import MissingExtra
from vigold.extraction.registry import Extractor, Found
from vigold.extraction.tables import table
from vigold.text import paragraphs

LABELS: tuple[str, ...] = (table("adapters")["time"],)
NEEDS = "pip install 'vigold[dateparser]'"
_LANGUAGE = ["vi"]
_FORMS = {"year": "%Y", "month": "%Y-%m", "week": "%G-W%V", "day": "%Y-%m-%d", "time": "%Y-%m-%dT%H:%M"}


def make() -> Extractor:
    """The extractor; it takes no options. Raises MissingExtra without the package."""
    try:
        search: Any = importlib.import_module("dateparser.search")
        parsing: Any = importlib.import_module("dateparser.date")
    except ImportError:
        raise MissingExtra("the extractor dateparser", "dateparser") from None
    return lambda document: Found(tuple(_spans(document, search, parsing)))


def _spans(document: Document, search: Any, parsing: Any) -> Iterator[Span]:
    settings: dict[str, Any] = {"RETURN_TIME_AS_PERIOD": True}
    if document.published:
        settings["RELATIVE_BASE"] = datetime.fromisoformat(document.published)
    parser = parsing.DateDataParser(languages=_LANGUAGE, settings=settings)
    text, number = document.text or "", 0
    for piece in paragraphs(text):
        place = piece.start
        found = search.search_dates(text[piece.start : piece.end], languages=_LANGUAGE, settings=settings)
        for words, moment in found or ():
            # It gives words without their place: they follow one another in the text.
            start = text.find(words, place, piece.end)
            if start < 0:
                continue
            place, number = start + len(words), number + 1
            yield Span(f"s{number}", start, place, LABELS[0], _values(parser.get_date_data(words), moment))


def _values(found: Any, moment: datetime) -> dict[str, str]:
    period = found.period if found and found.date_obj else "day"
    return {"type": "TIME" if period == "time" else "DATE", "value": moment.strftime(_FORMS[period])}
