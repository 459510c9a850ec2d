"""The extractors by name: one small protocol, one table, and entry points for those of other packages."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from importlib.metadata import entry_points
from typing import Any, NamedTuple, Protocol

import msgspec

from vigold.document import Document, Relation, Span, problems
from vigold.errors import VigoldError
from vigold.extraction.code import code

GROUP = "vigold.extractors"
"""The entry point group in which another package names its `Entry`."""

_OF_ONE_RUN = frozenset({"scheme", "sha256", "documents"})
"""Keys of `meta` that belong to the spans of the input, and go with them."""


class Found(NamedTuple):
    """What an extractor found in one document; the ids of the spans are its own, `meta` goes to the prediction's."""

    spans: tuple[Span, ...]
    relations: tuple[Relation, ...] = ()
    meta: dict[str, Any] = {}


class Extractor(Protocol):
    """Anything that finds spans in a document, looking at its text and publication date only.

    One that works with the programs of others names their versions in an attribute `versions`, a table from string to
    string, for the manifests of its runs.
    """

    def __call__(self, document: Document) -> Found: ...


class Entry(NamedTuple):
    """A registered extractor: how it is made, which labels it gives, what it is and what it needs.

    One that is trained declares no labels here: what `make` returns has them as `labels`. `train` makes it from
    documents with spans and options.
    """

    make: Callable[..., Extractor]
    labels: tuple[str, ...]
    summary: str
    needs: str = ""
    train: Callable[..., Any] | None = None


_ENTRIES: dict[str, Entry] = {}


def register(name: str, entry: Entry) -> None:
    """Make an extractor known under `name`; raises VigoldError when the name is taken."""
    if name in _ENTRIES:
        raise VigoldError(f"an extractor named {name!r} is already registered")
    _ENTRIES[name] = entry


def entries() -> dict[str, Entry]:
    """All extractors by name: the registered ones, and those of other packages under other names.

    An entry point that cannot be loaded is listed with the reason, so that it does not hide the others.
    """
    found = {}
    for point in entry_points(group=GROUP):
        try:
            found[point.name] = _loaded(point.name)
        except VigoldError as error:
            found[point.name] = Entry(_never, (), str(error))
    return found | _ENTRIES


def get(spec: str) -> Extractor:
    """The extractor that `NAME` or `NAME:key=value,…` asks for.

    Raises VigoldError for an unknown name, an entry point that is broken, and options that it does not take.
    """
    name, options = parse(spec)
    entry = _entry(spec)
    try:
        inspect.signature(entry.make).bind(**options)
    except TypeError:
        raise VigoldError(f"extractor {name} does not take these options: {', '.join(options) or 'none'}") from None
    return entry.make(**options)


def state(spec: str) -> str:
    """What tells whether the code of an extractor has changed, see `vigold.extraction.code`."""
    return code(_entry(spec).make)


def declared(spec: str, extractor: Extractor | None = None) -> tuple[str, ...]:
    """The labels that an extractor declares, or those of `extractor`, which it made."""
    return _entry(spec).labels or tuple(getattr(extractor, "labels", ()))


def trainer(name: str) -> Callable[..., Any]:
    """What trains an extractor; raises VigoldError for one that is unknown or is not trained."""
    found = _entry(name).train
    if found is None:
        those = ", ".join(sorted(known for known, entry in _ENTRIES.items() if entry.train))
        raise VigoldError(f"extractor {name} is not trained; train one of these: {those}")
    return found


def versions(extractor: Extractor) -> dict[str, str]:
    """The programs of others that an extractor works with, and their versions, as far as it names them."""
    named = getattr(extractor, "versions", None)
    return {str(name): str(number) for name, number in named.items()} if isinstance(named, Mapping) else {}


def _entry(spec: str) -> Entry:
    name, _ = parse(spec)
    return _ENTRIES.get(name) or _loaded(name)


def parse(spec: str) -> tuple[str, dict[str, str]]:
    """`NAME:key=value,…` as the name and the options; raises VigoldError for an option without `=`."""
    name, _, tail = spec.partition(":")
    pairs = [option.partition("=") for option in tail.split(",") if option]
    for key, equals, _value in pairs:
        if not equals:
            raise VigoldError(f"extractor option {key!r} is not of the form key=value")
    return name, {key: value for key, _, value in pairs}


def left_out(option: str, families: Collection[str]) -> frozenset[str]:
    """The families of rules that the option `without=A+B` leaves out; raises VigoldError for one that is unknown."""
    names = frozenset(filter(None, option.split("+")))
    if unknown := names - set(families):
        raise VigoldError(f"no family of rules named {min(unknown)!r}; there are {', '.join(families)}")
    return names


def extract(
    documents: Iterable[Document], extractor: str | Extractor, labels: Collection[str] = ()
) -> Iterator[Document]:
    """The documents with what one extractor finds in place of their own spans and relations.

    `labels` are those that a callable declares, if any. Raises VigoldError for a document without text, for an
    unknown extractor or option, TypeError and ValueError for what is no prediction: other than Found, spans that
    break an invariant, labels that are not declared.
    """
    if isinstance(extractor, str):
        made = get(extractor)
        labels, extractor = declared(extractor, made), made
    for document in documents:
        if document.text is None:
            raise VigoldError(f"document {document.id} has no text; extraction needs one")
        meta = {key: value for key, value in document.meta.items() if key not in _OF_ONE_RUN}
        bare = msgspec.structs.replace(document, spans=(), relations=(), meta=meta)
        found = extractor(bare)
        if not isinstance(found, Found):
            raise TypeError(f"an extractor returns vigold.extraction.Found(spans), not {type(found).__name__}")
        parts = {"spans": found.spans, "relations": found.relations, "meta": meta | found.meta}
        yield _checked(msgspec.structs.replace(bare, **parts), labels)


def _checked(prediction: Document, labels: Collection[str]) -> Document:
    for problem in problems(prediction):
        raise ValueError(f"span {problem.span}: {problem.message}" if problem.span else problem.message)
    if labels and (strange := {span.label for span in prediction.spans}.difference(labels)):
        raise ValueError(f"the label {min(strange)!r} is none that the extractor declares: {', '.join(labels)}")
    return prediction


def _loaded(name: str) -> Entry:
    point = next(iter(entry_points(group=GROUP, name=name)), None)
    if point is None:
        known = {*_ENTRIES, *(point.name for point in entry_points(group=GROUP))}
        raise VigoldError(f"no extractor named {name!r}; there are {', '.join(sorted(known))}")
    try:
        entry = point.load()
    except Exception as error:  # the import of anyone's package may fail in any way
        raise VigoldError(f"extractor {name} ({point.value}) cannot be loaded: {error}") from None
    if not isinstance(entry, Entry):
        raise VigoldError(f"extractor {name} ({point.value}) is not a vigold.extraction.Entry")
    return entry


def _never(**options: str) -> Extractor:
    raise VigoldError("this extractor cannot be loaded")
