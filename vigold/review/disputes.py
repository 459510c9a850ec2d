"""What the annotators of one document agree on, and what they dispute: who said what, where."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from vigold.document import Document, Relation, Span
from vigold.review.values import Arrow, arrows
from vigold.terminal import plain

Key = tuple[int, int, str]
Named = Mapping[str, Document]
"""The versions of one document by annotator."""


NOTHING = "nothing"
"""What those say who marked none of the alternatives."""


class Option(NamedTuple):
    """One of the things that were said, and by whom; `span` is the span that it would be, None for silence."""

    said: str
    annotators: tuple[str, ...]
    span: Span | None = None


class Dispute(NamedTuple):
    """Something that the annotators do not all say alike.

    `kind` is `label` (same boundaries, another label), `boundary` (overlapping spans of one label), `missed` (not
    marked by all), `value` or `relation`; the latter two are about the agreed or disputed span `about`.
    """

    kind: str
    start: int
    end: int
    words: str
    options: tuple[Option, ...]
    about: Key | None = None

    def __str__(self) -> str:
        said = "; ".join(f"{option.said} ({', '.join(option.annotators)})" for option in self.options)
        return f"[{self.start}, {self.end}) “{self.words}” {self.kind}: {said}"


class Outcome(NamedTuple):
    """What all say - spans with the values that all gave, relations between them - and what is disputed."""

    agreed: tuple[Span, ...]
    relations: tuple[Relation, ...]
    disputes: tuple[Dispute, ...]
    ids: dict[Key, str]


def compare(versions: Named) -> Outcome:
    """What the annotators of a document agree on, which is what every one of them said, and every dispute.

    Ids are those of the first annotator who marked a span, as far as they are free; else new ones. The order of
    annotators decides nothing but ids and the order of what is listed.
    """
    spans = {name: {span.key: span for span in document.spans} for name, document in versions.items()}
    first: dict[Key, Span] = {}
    for marked in spans.values():
        for key, span in marked.items():
            first.setdefault(key, span)
    common = [key for key in first if all(key in marked for marked in spans.values())]
    ids = _ids(first)
    agreed = tuple(_merged(key, ids[key], spans) for key in common)
    relations, arguable = _relations(versions, ids)
    disputed = {key: span for key, span in first.items() if key not in set(common)}
    found = [
        *_spans(versions, disputed, spans),
        *(dispute for key in common for dispute in _values(versions, key, spans)),
        *arguable,
    ]
    return Outcome(agreed, relations, tuple(sorted(found, key=lambda d: (d.start, d.end, d.kind, str(d)))), ids)


def _ids(first: Mapping[Key, Span]) -> dict[Key, str]:
    taken: set[str] = set()
    ids: dict[Key, str] = {}
    for key, span in first.items():
        name, number = span.id, 0
        while name in taken:
            number += 1
            name = f"{span.id}-{number}"
        taken.add(name)
        ids[key] = name
    return ids


def _merged(key: Key, name: str, spans: Mapping[str, Mapping[Key, Span]]) -> Span:
    """The span with the values that all annotators gave it alike."""
    said = [marked[key].attrs for marked in spans.values()]
    attrs = {k: v for k, v in said[0].items() if all(other.get(k) == v for other in said)}
    return Span(name, *key, attrs)


def _values(versions: Named, key: Key, spans: Mapping[str, Mapping[Key, Span]]) -> Iterator[Dispute]:
    words = _words(versions, key[0], key[1])
    for attribute in dict.fromkeys(k for marked in spans.values() for k in marked[key].attrs):
        said: dict[str | None, list[str]] = {}
        for name, marked in spans.items():
            said.setdefault(marked[key].attrs.get(attribute), []).append(name)
        if len(said) > 1:
            options = tuple(Option(f"{attribute} = {plain(value or '∅')}", tuple(who)) for value, who in said.items())
            yield Dispute("value", key[0], key[1], words, options, key)


def _relations(versions: Named, ids: Mapping[Key, str]) -> tuple[tuple[Relation, ...], list[Dispute]]:
    said: dict[Arrow, list[str]] = {}
    for name, document in versions.items():
        for arrow in arrows(document):
            said.setdefault(arrow, []).append(name)
    agreed: list[Relation] = []
    disputes: list[Dispute] = []
    for (kind, head, tail), who in said.items():
        if len(who) == len(versions):
            agreed.append(Relation(kind, ids[head], ids[tail]))
            continue
        to = f"{kind} → {tail[2]} “{_words(versions, tail[0], tail[1])}”"
        silent = tuple(name for name in versions if name not in who)
        options = (Option(to, tuple(who)), Option(NOTHING, silent))
        disputes.append(Dispute("relation", head[0], head[1], _words(versions, head[0], head[1]), options, head))
    return tuple(agreed), disputes


def _spans(versions: Named, disputed: Mapping[Key, Span], spans: Mapping[str, Mapping[Key, Span]]) -> Iterator[Dispute]:
    who = {key: {name for name, marked in spans.items() if key in marked} for key in disputed}
    for kind, keys in _gathered(who):
        options = []
        for key in keys:
            said = f"{key[2]} [{key[0]}, {key[1]}) “{_words(versions, key[0], key[1])}”"
            options.append(Option(said, tuple(name for name in spans if name in who[key]), disputed[key]))
        silent = tuple(name for name, marked in spans.items() if not any(key in marked for key in keys))
        if silent:
            options.append(Option(NOTHING, silent))
        start, end = min(key[0] for key in keys), max(key[1] for key in keys)
        yield Dispute(kind, start, end, _words(versions, start, end), tuple(options))


def _gathered(who: Mapping[Key, set[str]]) -> Iterator[tuple[str, list[Key]]]:
    """Disputed spans, given with their annotators, that are alternatives of one another: same boundaries, or
    overlapping with the same label.

    What one person marked side by side, an inner name and the outer one, are no alternatives. So the most alike come
    together first, and a span joins others only where nobody has marked both.
    """
    group = {key: {key} for key in who}
    for one, other in sorted(_pairs(sorted(who)), key=lambda pair: (-_overlap(*pair), pair)):
        ours, theirs = group[one], group[other]
        if ours is theirs or _people(ours, who) & _people(theirs, who):
            continue
        ours |= theirs
        group |= dict.fromkeys(theirs, ours)
    for keys in {min(keys): keys for keys in group.values()}.values():
        yield _kind(list(keys)), sorted(keys)


def _pairs(keys: list[Key]) -> Iterator[tuple[Key, Key]]:
    for n, one in enumerate(keys):
        for m in range(n + 1, len(keys)):
            other = keys[m]
            if other[0] >= one[1]:
                break
            if one[:2] == other[:2] or one[2] == other[2]:
                yield one, other


def _people(keys: set[Key], who: Mapping[Key, set[str]]) -> set[str]:
    return {name for key in keys for name in who[key]}


def _overlap(one: Key, other: Key) -> float:
    """What two overlapping spans share, of all that they cover."""
    return (min(one[1], other[1]) - max(one[0], other[0])) / (max(one[1], other[1]) - min(one[0], other[0]))


def _kind(group: list[Key]) -> str:
    if len(group) == 1:
        return "missed"
    return "label" if len({key[:2] for key in group}) == 1 else "boundary"


def _words(versions: Named, start: int, end: int) -> str:
    text = next((document.text for document in versions.values() if document.text is not None), "")
    return plain(" ".join(text[start:end].split()))
