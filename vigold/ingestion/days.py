"""The day a page says it was published: only from what is marked as such, never from the text."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from typing import Any, NamedTuple

from vigold.ingestion.blocks import words
from vigold.ingestion.selectors import select

VIETNAM = timezone(timedelta(hours=7))

_META_NAMES = ("article:published_time", "pubdate", "publishdate", "publish-date", "datePublished")
_NAMED = " or ".join(f"@property='{name}' or @name='{name}'" for name in _META_NAMES)
_META = f"//meta[{_NAMED}] | //*[@itemprop='datePublished']"
_JSON_LD = "//script[@type='application/ld+json']"
_ARTICLE = re.compile(r"Article|Posting|Report")
_DAY_FIRST = re.compile(r"(?<!\d)(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?!\d)")
_CLOCK = re.compile(r"(?<!\d)(\d{1,2})[:h](\d{2})(?!\d)")
_OFFSET = re.compile(r"(?:GMT|UTC)\s*([+-]\d{1,2})")
_HALF_OF_DAY = re.compile(r"\b[AP]M\b", re.IGNORECASE)


class Found(NamedTuple):
    """The day all marks agree on, or None, and what there is to say about it."""

    day: str | None
    notes: tuple[str, ...]


def is_day(text: str) -> bool:
    """Whether a text is a real day written YYYY-MM-DD."""
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def published(tree: Any, selectors: Iterable[str]) -> Found:
    """The publication day of a page, in Vietnam's time.

    Looks at meta elements, `itemprop="datePublished"`, JSON-LD of articles and the `selectors` of the site.
    """
    stamps = [*_from_meta(tree), *_from_json(tree), *_from_selectors(tree, selectors)]
    days = sorted({day for day in map(day_of, stamps) if day})
    if len(days) > 1:
        return Found(None, (f"publication dates differ: {', '.join(days)}; set to null",))
    if stamps and not days:
        return Found(None, (f"publication date not understood: {stamps[0][:60]!r}; set to null",))
    return Found(days[0] if days else None, ())


def day_of(stamp: str) -> str | None:
    """The day of a time stamp: ISO 8601, RFC 2822, or day first as Vietnamese pages print it.

    A stamp with a zone is turned to UTC+7. One with AM or PM may have its month first and is not read.
    """
    moment = _iso(stamp) or _day_first(stamp) or _rfc(stamp)
    if moment is None:
        return None
    try:
        return (moment.astimezone(VIETNAM) if moment.tzinfo else moment).date().isoformat()
    except OverflowError:
        return None


def _iso(stamp: str) -> datetime | None:
    try:
        return datetime.fromisoformat(stamp)
    except ValueError:
        return None


def _rfc(stamp: str) -> datetime | None:
    try:
        return parsedate_to_datetime(stamp)
    except (ValueError, TypeError, IndexError):
        return None


def _day_first(stamp: str) -> datetime | None:
    days = _DAY_FIRST.findall(stamp)
    if len(days) != 1 or _HALF_OF_DAY.search(stamp):
        return None
    day, month, year = map(int, days[0])
    clock, offset = _CLOCK.search(stamp), _OFFSET.search(stamp)
    hour, minute = (int(clock[1]), int(clock[2])) if clock else (0, 0)
    try:
        zone = timezone(timedelta(hours=int(offset[1]))) if clock and offset else None
        return datetime(year, month, day, hour, minute, tzinfo=zone)
    except ValueError:
        return None


def _from_meta(tree: Any) -> Iterator[str]:
    for element in tree.xpath(_META):
        stamp = element.get("content") or element.get("datetime") or words(element)
        if stamp.strip():
            yield stamp.strip()


def _from_selectors(tree: Any, selectors: Iterable[str]) -> Iterator[str]:
    """The first element with words, of the first selector that names one."""
    for selector in selectors:
        for element in select(tree, selector):
            if stamp := (element.get("datetime") or words(element)).strip():
                yield stamp
                return


def _from_json(tree: Any) -> Iterator[str]:
    for script in tree.xpath(_JSON_LD):
        try:
            data = json.loads(script.text or "")
        except (ValueError, RecursionError):
            continue
        for item in _items(data):
            stamp = item.get("datePublished")
            if isinstance(stamp, str) and stamp.strip() and _ARTICLE.search(str(item.get("@type"))):
                yield stamp.strip()


def _items(data: Any) -> Iterator[dict[str, Any]]:
    """The things a JSON-LD script describes; not what they mention, such as related articles."""
    for item in data if isinstance(data, list) else [data]:
        if isinstance(item, dict):
            yield item
            graph = item.get("@graph")
            yield from (thing for thing in graph if isinstance(thing, dict)) if isinstance(graph, list) else ()
