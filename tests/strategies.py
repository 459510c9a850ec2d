"""Arbitrary gold documents: any canonical text, any nesting, any values, under a given scheme."""

from __future__ import annotations

from hypothesis import strategies as st

from vigold.document import Document, Relation, Span, Zone, sha256
from vigold.scheme import Scheme, stamped
from vigold.text import canonical

# Letters with marks, composed and not, emoji, line ends, tabs: what offsets stumble over.
ALPHABET = st.one_of(
    st.sampled_from("aăâđêôơưếợỹ Đ\u0110\u00d0-–/.,;“”\n\t\u00a0😀𝒜\u0301\u0323"),
    st.characters(exclude_categories=["Cs"], exclude_characters="\0"),
)
VALUES = st.text(ALPHABET, min_size=1, max_size=8)
IDS = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), min_size=1, max_size=6)


def texts() -> st.SearchStrategy[str]:
    return st.text(ALPHABET, min_size=1, max_size=60).map(lambda text: canonical(text).text).filter(bool)


@st.composite
def documents(draw: st.DrawFn, scheme: Scheme, key: str = "d") -> Document:
    """A gold document: spans that nest but never cross, attributes and relations of the scheme."""
    text = draw(texts())
    spans = _named(draw, scheme, draw(_nested(0, len(text))))
    relations = _relations(draw, scheme, spans)
    zones = (Zone("body", 0, len(text)),) if draw(st.booleans()) else ()
    published = draw(st.sampled_from([None, "2024-02-29"]))
    meta = draw(st.dictionaries(st.sampled_from(["author", "note"]), VALUES, max_size=2))
    meta = stamped(scheme, meta, sha256(text))
    title = draw(st.none() | VALUES)
    return Document(key, text, published, title, zones=zones, spans=spans, relations=relations, meta=meta)


@st.composite
def _nested(draw: st.DrawFn, start: int, end: int, depth: int = 0) -> list[tuple[int, int]]:
    """Stretches within [start, end), each of which may hold further ones; the same one may come twice."""
    found: list[tuple[int, int]] = []
    while end > start and depth < 4 and draw(st.booleans()):
        first = draw(st.integers(start, end - 1))
        last = draw(st.integers(first + 1, end))
        found += [(first, last), *draw(_nested(first, last, depth + 1))]
        start = last
    return found


def _named(draw: st.DrawFn, scheme: Scheme, places: list[tuple[int, int]]) -> tuple[Span, ...]:
    keys = {(*place, draw(st.sampled_from(list(scheme.labels)))): None for place in places}
    ids = draw(st.lists(IDS, min_size=len(keys), max_size=len(keys), unique=True))
    return tuple(Span(name, *key, _attrs(draw, scheme, key[2])) for name, key in zip(ids, keys, strict=True))


def _attrs(draw: st.DrawFn, scheme: Scheme, label: str) -> dict[str, str]:
    given = {}
    for name, rule in scheme.labels[label].attributes.items():
        if draw(st.booleans()):
            given[name] = draw(st.sampled_from(rule.values) if rule.values else VALUES)
    return given


def _relations(draw: st.DrawFn, scheme: Scheme, spans: tuple[Span, ...]) -> tuple[Relation, ...]:
    if len(spans) < 2 or not scheme.relations:
        return ()
    ids = st.sampled_from([span.id for span in spans])
    arrows = st.builds(Relation, st.sampled_from(list(scheme.relations)), ids, ids)
    return tuple(draw(st.lists(arrows.filter(lambda arrow: arrow.head != arrow.tail), unique=True, max_size=3)))
