"""The extractors by name: one small protocol, one table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple, Protocol

import msgspec

from vigold.document import Document, Relation, Span
from vigold.errors import VigoldError


class Found(NamedTuple):
    """What an extractor found in one document; the ids of the spans are its own."""

    spans: tuple[Span, ...]
    relations: tuple[Relation, ...] = ()


class Extractor(Protocol):
    """Anything that finds spans in a document, looking at its text and publication date only."""

    def __call__(self, document: Document) -> Found: ...


class Entry(NamedTuple):
    """A registered extractor: how it is made, which labels it gives, what it is and what it needs."""

    make: Callable[..., Extractor]
    labels: tuple[str, ...]
    summary: str
    needs: str = ""


_ENTRIES: dict[str, Entry] = {}


def register(name: str, entry: Entry) -> None:
    """Make an extractor known under `name`; raises VigoldError when the name is taken."""
    if name in _ENTRIES:
        raise VigoldError(f"an extractor named {name!r} is already registered")
    _ENTRIES[name] = entry


def entries() -> dict[str, Entry]:
    """All registered extractors, by name."""
    return dict(_ENTRIES)


def get(spec: str) -> Extractor:
    """The extractor that `NAME` or `NAME:key=value,…` asks for.

    Raises VigoldError for an unknown name and for options that the extractor does not take.
    """
    name, _, tail = spec.partition(":")
    if name not in _ENTRIES:
        raise VigoldError(f"no extractor named {name!r}; there are {', '.join(sorted(_ENTRIES))}")
    pairs = [option.partition("=") for option in tail.split(",") if option]
    for key, equals, _value in pairs:
        if not equals:
            raise VigoldError(f"extractor option {key!r} is not of the form key=value")
    try:
        return _ENTRIES[name].make(**{key: value for key, _, value in pairs})
    except TypeError:
        given = ", ".join(key for key, _, _ in pairs)
        raise VigoldError(f"extractor {name} does not take these options: {given}") from None


def extract(documents: Iterable[Document], extractor: str | Extractor) -> Iterator[Document]:
    """The documents with what one extractor finds in place of their own spans and relations.

    Raises VigoldError for a document without text, for an unknown extractor or option.
    """
    find = get(extractor) if isinstance(extractor, str) else extractor
    for document in documents:
        if document.text is None:
            raise VigoldError(f"document {document.id} has no text; extraction needs one")
        bare = msgspec.structs.replace(document, spans=(), relations=())
        found = find(bare)
        meta = {key: value for key, value in document.meta.items() if key not in ("scheme", "sha256")}
        yield msgspec.structs.replace(bare, spans=found.spans, relations=found.relations, meta=meta)
