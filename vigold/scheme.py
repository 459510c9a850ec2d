"""The annotation scheme as data: labels, their attributes, relations. Another scheme is another file."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from functools import cache, cached_property
from importlib import resources
from pathlib import Path
from typing import Any

import msgspec

from vigold.document import Document, Problem, Span, crossings
from vigold.errors import VigoldError, shown
from vigold.shapes import reason

_REFERENCE = re.compile(r"\{([^\W\d][\w-]*)\}")


class Attribute(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A value that a span of some label carries: one of `values`, or a text that fits the named grammar."""

    values: tuple[str, ...] = ()
    grammar: str | None = None
    required: bool = False
    hint: str = ""


class Label(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A kind of span, with what an annotator sees of it; `compare` names how scoring tells its values apart."""

    description: str = ""
    hint: str = ""
    colour: str = "#888888"
    hotkey: str | None = None
    compare: str | None = None
    attributes: dict[str, Attribute] = {}


class RelationType(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A kind of relation and the labels that may stand at its ends."""

    head: tuple[str, ...]
    tail: tuple[str, ...]
    description: str = ""


class Scheme(msgspec.Struct, frozen=True, forbid_unknown_fields=True, dict=True):
    """Name, version, labels in their order, relation types, and named regular expressions for values."""

    name: str
    version: str
    labels: dict[str, Label]
    relations: dict[str, RelationType] = {}
    grammars: dict[str, str] = {}

    @cached_property
    def hash(self) -> str:
        """Hexadecimal SHA-256 of what annotations mean; hints, hotkeys, colours and comparison do not change it."""
        meaning = {
            "name": self.name,
            "version": self.version,
            "labels": {
                name: {k: [a.values, self.pattern(a.grammar), a.required] for k, a in label.attributes.items()}
                for name, label in self.labels.items()
            },
            "relations": {name: [sorted(r.head), sorted(r.tail)] for name, r in self.relations.items()},
        }
        return hashlib.sha256(msgspec.json.encode(meaning, order="sorted")).hexdigest()

    @property
    def stamp(self) -> dict[str, str]:
        """What a record says of its scheme in `meta`."""
        return {"name": self.name, "version": self.version, "hash": self.hash}

    @property
    def attributes(self) -> tuple[str, ...]:
        """The names of the attributes of all labels, each once, in the order of the file."""
        return tuple(dict.fromkeys(name for label in self.labels.values() for name in label.attributes))

    def problems(self, document: Document) -> Iterator[Problem]:
        """What of gold this scheme forbids: unknown labels, attributes and relation types, crossing spans."""
        yield from self.unknown(document)
        for outer, inner in crossings(document.spans):
            yield Problem(inner.id, f"crosses span {outer.id} [{outer.start}, {outer.end}); spans may nest, not cross")

    def unknown(self, document: Document) -> Iterator[Problem]:
        """The labels, attributes and relation types of `document` that this scheme does not have."""
        here = f"in scheme {self.name} {self.version}"
        for span in document.spans:
            label = self.labels.get(span.label)
            if label is None:
                yield Problem(span.id, f"label {span.label!r} is not {here} ({', '.join(self.labels)})")
                continue
            for name in span.attrs:
                if name not in label.attributes:
                    yield Problem(span.id, f"{span.label} has no attribute {name!r} {here}")
        for relation in document.relations:
            if relation.type not in self.relations:
                yield Problem(relation.head, f"relation type {relation.type!r} is not {here}")

    def doubts(self, document: Document) -> Iterator[Problem]:
        """What is allowed but probably wrong: blank edges, ill-formed or missing values, relations with wrong ends."""
        labels = {span.id: span.label for span in document.spans}
        for span in document.spans:
            words = document.surface(span)
            if words != words.strip():
                yield Problem(span.id, f"begins or ends with a blank: {shown(words)}")
            yield from self._value_doubts(span)
        for relation in document.relations:
            kind = self.relations.get(relation.type)
            head, tail = labels.get(relation.head, ""), labels.get(relation.tail, "")
            if kind is not None and not (head in kind.head and tail in kind.tail):
                yield Problem(relation.head, f"relation {relation.type} goes from {head} to {tail}")

    @property
    def controls(self) -> dict[str, tuple[str, str]]:
        """The name of the Label Studio control of every value, and the label and attribute that it stands for."""
        return {f"{label}_{name}": (label, name) for label, rule in self.labels.items() for name in rule.attributes}

    def pattern(self, grammar: str | None) -> str:
        """The regular expression of a grammar, with every `{name}` of another one filled in."""
        text = self.grammars[grammar] if grammar else ""
        return _REFERENCE.sub(lambda m: f"(?:{self.pattern(m[1])})" if m[1] in self.grammars else m[0], text)

    def fits(self, label: str, attribute: str, value: str) -> bool:
        """Whether `value` is well formed for this attribute of this label."""
        return self.check(label, attribute)(value)

    def check(self, label: str, attribute: str) -> Callable[[str], bool]:
        """What tells whether a value is well formed for this attribute of this label, for many values."""
        rule = self.labels[label].attributes[attribute]
        if rule.values:
            return rule.values.__contains__
        if rule.grammar is None:
            return lambda value: True
        match = _compiled(self.pattern(rule.grammar)).fullmatch
        return lambda value: match(value) is not None

    def _value_doubts(self, span: Span) -> Iterator[Problem]:
        label = self.labels.get(span.label)
        for name, rule in (label.attributes if label else {}).items():
            value = span.attrs.get(name)
            if value is None and rule.required:
                yield Problem(span.id, f"{span.label} has no {name}")
            elif value is not None and not self.fits(span.label, name, value):
                yield Problem(span.id, f"{name} {value!r} is not well formed")


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def load(path: str | Path | None = None) -> Scheme:
    """Read a scheme file; without a path, the one that vigold brings.

    Raises VigoldError when the file is missing or not a scheme.
    """
    try:
        data = Path(path).read_bytes() if path is not None else _own_file()
    except OSError as error:
        raise VigoldError(f"{path}: cannot read the scheme: {error.strerror}") from None
    return _parse(data, str(path or "scheme.toml"))


@cache
def _own_file() -> bytes:
    return (resources.files("vigold") / "scheme.toml").read_bytes()


@cache
def _parse(data: bytes, path: str) -> Scheme:
    try:
        scheme = msgspec.toml.decode(data, type=Scheme)
    except (msgspec.MsgspecError, ValueError) as error:
        raise VigoldError(f"{path}: not a scheme: {reason(error)}") from None
    except RecursionError:
        raise VigoldError(f"{path}: not a scheme: nested too deeply") from None
    for fault in _faults(scheme):
        raise VigoldError(f"{path}: {fault}")
    return scheme


def _faults(scheme: Scheme) -> Iterator[str]:
    if len(scheme.controls) < sum(len(label.attributes) for label in scheme.labels.values()):
        yield "two attributes have the same name once their label stands before them"
    hotkeys: dict[str, str] = {}
    for name, label in scheme.labels.items():
        if label.hotkey and hotkeys.setdefault(label.hotkey, name) != name:
            yield f"labels {hotkeys[label.hotkey]} and {name} share the hotkey {label.hotkey!r}"
        for key, attribute in label.attributes.items():
            if attribute.grammar is not None and attribute.grammar not in scheme.grammars:
                yield f"{name}.{key}: there is no grammar {attribute.grammar!r}"
    for name, kind in scheme.relations.items():
        for end in (*kind.head, *kind.tail):
            if end not in scheme.labels:
                yield f"relation {name}: there is no label {end!r}"
    for name in scheme.grammars:
        yield from _grammar_faults(scheme, name)


def _grammar_faults(scheme: Scheme, name: str) -> Iterator[str]:
    try:
        re.compile(scheme.pattern(name))
    except re.error as error:
        yield f"grammar {name}: {error}"
    except RecursionError:
        yield f"grammar {name} refers to itself"


def stamped(scheme: Scheme, meta: dict[str, Any], sha: str) -> dict[str, Any]:
    """`meta` with the scheme and the hash of the text, as every gold record carries them."""
    return {**meta, "scheme": scheme.stamp, "sha256": sha}
