"""One side of an evaluation - gold, or what a system predicts - as columns that all of scoring works on."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import msgspec
import numpy as np

from vigold.document import Document, Relation
from vigold.errors import VigoldError, shown
from vigold.scoring.columns import Columns, Ints, order
from vigold.scoring.shelf import bare, taken

FAR = 1 << 31
"""No text is so long; sums and differences of offsets up to here fit any integer that scoring uses."""


class Relations(NamedTuple):
    """Relations as int64 arrays of one length: document and type as codes, head and tail as rows of the spans."""

    document: Ints
    type: Ints
    head: Ints
    tail: Ints


class Corpus(NamedTuple):
    """Documents and their spans, in an order that does not depend on how they were read.

    `documents` are sorted by id and carry no spans; of Parquet, they are a `vigold.scoring.shelf.Shelf`.
    `spans.document` is a place among them. `labels` and `types` are sorted names, which `spans.label` and
    `relations.type` number. `attrs` numbers the attributes of each span in `values`, a list of distinct ones that
    begins with none. `notes` tell what was read and how (format, decoding, collapsed spans); they stand in the
    signature.
    """

    documents: Sequence[Document]
    spans: Columns
    labels: list[str]
    attrs: Ints
    values: list[dict[str, str]]
    relations: Relations
    types: list[str]
    notes: dict[str, str]

    @property
    def ids(self) -> list[str]:
        """The ids of the documents, sorted."""
        return [document.id for document in bare(self.documents)]


class Codes(dict[str, int]):
    """Names to codes; a new name takes the next one."""

    def __missing__(self, name: str) -> int:
        code = self[name] = len(self)
        return code


class AttributeCodes(dict[tuple[tuple[str, str], ...], int]):
    """The attributes of a span to codes; a span without any has 0."""

    def __init__(self) -> None:
        super().__init__({(): 0})

    def __missing__(self, items: tuple[tuple[str, str], ...]) -> int:
        code = self[items] = len(self)
        return code


class Table:
    """Collects documents and spans as they are read, in any order, and makes the Corpus of them.

    `rows` holds stretches of spans as arrays: start, end, label, attributes.
    """

    def __init__(self) -> None:
        self.documents: list[Document] = []
        self.counts: list[int] = []
        self.rows: list[tuple[Ints, ...]] = [(np.empty(0, np.int64),) * 4]
        self.labels, self.types, self.values = Codes(), Codes(), AttributeCodes()
        self.relations: list[tuple[int, int, int, int]] = []
        self.size = 0

    def add(self, document: Document, spans: int) -> None:
        """Append a document without its spans, of which there are so many."""
        self.documents.append(document)
        self.counts.append(spans)
        self.size += spans

    def relate(self, ids: Sequence[str], relations: Iterable[Relation]) -> None:
        """Note the relations of the last document, whose spans have these ids."""
        rows = {name: place for place, name in enumerate(ids, self.size - len(ids))}
        for relation in relations:
            ends = rows[relation.head], rows[relation.tail]
            self.relations.append((len(self.documents) - 1, self.types[relation.type], *ends))

    def columns(self) -> Columns:
        """The spans in the order in which they came."""
        start, end, label, attrs = (np.concatenate(parts) for parts in zip(*self.rows, strict=True))
        self.rows = [(start, end, label, attrs)]
        return Columns(np.repeat(np.arange(len(self.counts), dtype=np.int64), self.counts), start, end, label)

    def corpus(self, spans: Columns, notes: dict[str, str]) -> Corpus:
        """The sorted Corpus; `spans` are the columns."""
        relations = Relations(*np.array(self.relations, dtype=np.int64).reshape(-1, 4).T)
        values = [dict(items) for items in self.values]
        names = list(self.labels), list(self.types)
        return in_order(Corpus(self.documents, spans, names[0], self.rows[0][3], values, relations, names[1], notes))


def from_documents(documents: Iterable[Document], notes: dict[str, str] | None = None, place: str = "") -> Corpus:
    """The Corpus of documents that keep the invariants (see `vigold.document.problems`) and have distinct ids.

    Raises VigoldError, which begins with `place`, for an offset beyond any text.
    """
    table = Table()
    labels, values = table.labels, table.values
    for document in documents:
        spans = document.spans
        table.add(msgspec.structs.replace(document, spans=(), relations=()), len(spans))
        rows = [(span.start, span.end, labels[span.label], values[tuple(span.attrs.items())]) for span in spans]
        if rows:
            table.rows.append(_as_columns(rows, document, place))
        if document.relations:
            table.relate([span.id for span in spans], document.relations)
    return table.corpus(table.columns(), notes or {})


def _as_columns(rows: list[tuple[int, int, int, int]], document: Document, place: str) -> tuple[Ints, ...]:
    found = np.array(rows)
    if found.dtype == np.int64 and np.abs(found[:, :2]).max() <= FAR:
        return tuple(found.T)
    for span in document.spans:
        if max(span.start, span.end, -span.start, -span.end) > FAR:
            here = f"{place}document {document.id}: span {span.id}"
            raise VigoldError(f"{here}: [{shown(span.start)}, {shown(span.end)}) is over 2**31; no text is so long")
    raise TypeError("an offset that is no whole number")


def in_order(corpus: Corpus) -> Corpus:
    """The corpus with its documents, spans and the names in use sorted; names of nothing are left out."""
    ids = corpus.ids
    sort = sorted(range(len(ids)), key=ids.__getitem__)
    spans, relations = corpus.spans, corpus.relations
    labels, label = _used(corpus.labels, spans.label)
    types, kind = _used(corpus.types, relations.type)
    document = _places(sort)
    moved = spans._replace(document=document[spans.document], label=label[spans.label])
    related = relations._replace(document=document[relations.document], type=kind[relations.type])
    return sort_spans(
        corpus._replace(
            documents=taken(corpus.documents, sort),
            labels=labels,
            types=types,
            spans=moved,
            relations=related,
        )
    )


def sort_spans(corpus: Corpus) -> Corpus:
    """The corpus with its spans sorted by (document, start, end, label); relations follow their ends."""
    sort = order(corpus.spans)
    if sort is None:
        return corpus
    return take_spans(corpus, sort)


def take_spans(corpus: Corpus, rows: Ints) -> Corpus:
    """The corpus with the spans of these rows, in their order; relations that lose an end go too."""
    relations = corpus.relations
    if len(relations.head):
        place = np.full(len(corpus.spans.start), -1, np.int64)
        place[rows] = np.arange(len(rows))
        head, tail = place[relations.head], place[relations.tail]
        kept = (head >= 0) & (tail >= 0)
        relations = Relations(relations.document[kept], relations.type[kept], head[kept], tail[kept])
    return corpus._replace(spans=corpus.spans.take(rows), attrs=corpus.attrs[rows], relations=relations)


def relabelled(corpus: Corpus, labels: list[str], types: list[str]) -> Corpus:
    """The corpus with codes of these sorted names, which must hold all of its own; the order of spans stays."""
    spans, relations = corpus.spans, corpus.relations
    label, kind = (_codes(names, own) for names, own in ((labels, corpus.labels), (types, corpus.types)))
    return corpus._replace(
        labels=labels,
        types=types,
        spans=spans._replace(label=label[spans.label]),
        relations=relations._replace(type=kind[relations.type]),
    )


def fingerprint(corpus: Corpus) -> str:
    """Twelve hexadecimal digits that name a gold corpus: its ids, texts, spans, values and relations, in any order."""
    digest = hashlib.sha256()
    for document in corpus.documents:
        digest.update(repr((document.id, document.text)).encode("utf-8", "surrogatepass"))
    digest.update(repr((corpus.labels, corpus.types)).encode())
    for part in corpus.spans:
        digest.update(part.astype("<i8").tobytes())
    used = np.flatnonzero(np.bincount(corpus.attrs, minlength=len(corpus.values)))
    texts = [repr(sorted(corpus.values[code].items())) for code in used.tolist()]
    names = sorted(set(texts))
    rank = _codes(names, texts).astype("<i8")
    ranks = np.zeros(len(corpus.values), dtype="<i8")
    ranks[used] = rank
    digest.update(repr(names).encode() + ranks[corpus.attrs].tobytes())
    rows = np.lexsort((corpus.relations.tail, corpus.relations.head, corpus.relations.type))
    for part in corpus.relations:
        digest.update(part[rows].astype("<i8").tobytes())
    return digest.hexdigest()[:12]


def _places(sort: list[int]) -> Ints:
    place = np.empty(len(sort), np.int64)
    place[sort] = np.arange(len(sort))
    return place


def _used(names: list[str], codes: Ints) -> tuple[list[str], Ints]:
    """The sorted names that stand in `codes`, and the new code of each old one."""
    found = np.bincount(codes, minlength=len(names)) > 0
    used = sorted(name for name, here in zip(names, found.tolist(), strict=True) if here)
    place = {name: n for n, name in enumerate(used)}
    return used, np.array([place.get(name, -1) for name in names], dtype=np.int64)


def _codes(names: list[str], own: list[str]) -> Ints:
    """The places of `own` names in `names`."""
    place = {name: n for n, name in enumerate(names)}
    return np.array([place[name] for name in own], dtype=np.int64)
