"""Which rules of `data/sites.toml` are in force on a page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from vigold.ingestion.tables import table

_URLS = ("//link[@rel='canonical']/@href", "//meta[@property='og:url']/@content")
_NAMES = ("//meta[@property='og:site_name']/@content",)


class Rules(NamedTuple):
    """Selectors by kind, a site's own before the generic ones."""

    title: tuple[str, ...]
    sapo: tuple[str, ...]
    body: tuple[str, ...]
    caption: tuple[str, ...]
    byline: tuple[str, ...]
    date: tuple[str, ...]
    stamp: tuple[str, ...]
    related: tuple[str, ...]
    drop: tuple[str, ...]


class Origin(NamedTuple):
    """What a page says of where it comes from, and the rules for that place."""

    url: str | None
    source: str | None
    rules: Rules


def origin(tree: Any) -> Origin:
    """The address and the publisher of a page, and the rules that hold there."""
    url = next((found for found in _attributes(tree, _URLS) if _host(found)), None)
    host = _host(url) if url else None
    site = _site(host or "")
    generic = table("sites")["generic"]
    rules = Rules(*((*site.get(kind, ()), *generic[kind]) for kind in Rules._fields))
    source = site.get("source") or next(_attributes(tree, _NAMES), None) or host
    return Origin(url, source, rules)


def _attributes(tree: Any, paths: Iterable[str]) -> Iterator[str]:
    return (value.strip() for path in paths for value in map(str, tree.xpath(path)) if value.strip())


def _host(url: str) -> str | None:
    """The host of a web address without `www.`; None for anything else."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return (parts.hostname or "").removeprefix("www.") or None if parts.scheme in ("http", "https") else None


def _site(host: str) -> dict[str, Any]:
    sites: dict[str, dict[str, Any]] = table("sites")["sites"]
    return next((rules for name, rules in sites.items() if host == name or host.endswith(f".{name}")), {})
