"""Arrow tables - Parquet files, datasets of the Hub - straight to columns, without a Python object a span."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import msgspec
import numpy as np

from vigold.errors import VigoldError
from vigold.formats import parquet, registry
from vigold.formats.arrow_types import checked, class_names
from vigold.scoring.arrow_documents import canonical, shelf, texts
from vigold.scoring.arrow_parts import Amiss, Items, attributes, encoded, holds, items, named, spelt, whole
from vigold.scoring.columns import Columns, Ints, doubled
from vigold.scoring.corpus import Corpus, Relations, from_documents, in_order
from vigold.scoring.reading import sound, without_collector

NOTES = {"format": "parquet"}
_NONE = Relations(*(np.empty(0, np.int64) for _ in range(4)))
# Text without what no id may hold: NUL, and where a reader of lines may begin a new one.
_ID = r"\A[^\x00\n\r\v\f\x1c-\x1e\x{85}\x{2028}\x{2029}]+\z"


def from_arrow(found: Any, place: str) -> Corpus:
    """The corpus of a table, as `vigold.formats.parquet.table` gives it.

    Raises VigoldError, naming `place` and the row, as `vigold.formats.parquet.documents` does, but for columns that are
    no field of a document: they are not looked at.
    """
    import pyarrow

    try:
        return _fast(found)
    except (VigoldError, pyarrow.ArrowException, msgspec.MsgspecError, ValueError):
        # Something is amiss, or of a rare type: the careful reader says what it is, and where.
        return from_documents(parquet.documents(found, place), NOTES, f"{place}: ")


def of_dataset(dataset: Any, place: str, strays: bool = False) -> Corpus:
    """The corpus of a `datasets.Dataset` of documents or of tokens with tags, with its selection and order.

    `strays` keeps columns that are no field of a document, as `meta`, at the price of the careful reader's pace.
    """
    found = parquet.plain_table(dataset)
    if (rows := registry.token_table(found, place, registry.Reading())) is not None:
        return from_documents(rows, {"format": "hf-tokens"}, f"{place}: ")
    if strays:
        return from_documents(parquet.documents(checked(found, place), place), NOTES, f"{place}: ")
    return from_arrow(checked(found, place), place)


def _fast(found: Any) -> Corpus:
    """The corpus; raises Amiss, or what Arrow and msgspec raise, for all that the careful reader has to look at."""
    words = texts(found)
    # Arrow looks at texts without the lock of the interpreter, while the other columns are made.
    with without_collector(), ThreadPoolExecutor() as pool:
        fine = pool.map(canonical, words.chunks)
        corpus = _columns(found, words)
        if not all(fine):
            raise Amiss
    return in_order(corpus)


def _columns(found: Any, words: Any) -> Corpus:
    """What `_fast` gives, in the order of the table."""
    spans = items(found, "spans")
    documents = shelf(found, words)
    label, labels = named(spans.parts["label"], class_names(found.schema, "spans", "label"))
    attrs, values = attributes(spans.parts.get("attrs"), len(label))
    columns = Columns(spans.document, whole(spans.parts["start"]), whole(spans.parts["end"]), label)
    if not sound(documents, columns, labels, values):
        raise Amiss
    relations, types = _relations(found, spans)
    pairs = [dict(one) for one in values]
    return Corpus(documents, columns, labels, attrs, pairs, relations, types, NOTES)


def _relations(found: Any, spans: Items) -> tuple[Relations, list[str]]:
    """The relations, their ends as rows of the spans, and the names of their types.

    The ids of spans, if they have any, must be sound and distinct within their documents.
    """
    rows, codes, known = encoded(spans.parts.get("id", _no_ids()))
    _refuse_ids(known)
    keys = spans.document[rows] * len(known) + codes
    if not bool(np.all(keys[1:] > keys[:-1])):
        sort = np.argsort(keys, kind="stable")
        rows, keys = rows[sort], keys[sort]
        if bool(np.any(keys[1:] == keys[:-1])):
            raise Amiss
    if not holds(found, "relations") or not (arrows := items(found, "relations")).counts.any():
        return _NONE, []
    if len(rows) < len(spans.document):  # A span without an id gets one from the careful reader.
        raise Amiss
    head, tail = (
        _rows(arrows.document * len(known) + _places(arrows.parts[end], known), keys, rows) for end in ("head", "tail")
    )
    type, types = named(arrows.parts["type"], class_names(found.schema, "relations", "type"))
    if not all(name and "\0" not in name for name in types) or (head == tail).any():
        raise Amiss
    if doubled(Columns(head, tail, tail, type)):
        raise Amiss
    return Relations(arrows.document, type, head, tail), types


def _no_ids() -> Any:
    import pyarrow

    return pyarrow.chunked_array([pyarrow.nulls(0)])


def _refuse_ids(known: Any) -> None:
    """Raise Amiss for an id that is empty or would break a line, and what Arrow raises where one is not UTF-8."""
    import pyarrow.compute as compute

    known.validate(full=True)
    if len(known) and not compute.all(compute.match_substring_regex(known, _ID)).as_py():
        raise Amiss


def _places(ids: Any, known: Any) -> Ints:
    """The places of these ids among the known ones; raises Amiss for one that is not known."""
    import pyarrow.compute as compute

    ids = spelt(ids)
    found = compute.index_in(ids, value_set=known.cast(ids.type))
    if found.null_count:
        raise Amiss
    return whole(found)


def _rows(wanted: Ints, keys: Ints, rows: Ints) -> Ints:
    """The row of each wanted key; raises Amiss for one that is not among the sorted `keys`."""
    places = np.searchsorted(keys, wanted)
    places[places == len(keys)] = 0
    if not len(keys) or not bool(np.all(keys[places] == wanted)):
        raise Amiss
    return rows[places]
