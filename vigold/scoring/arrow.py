"""Arrow tables - Parquet files, datasets of the Hub - straight to columns, without a Python object a span."""

from __future__ import annotations

from typing import Any

import msgspec
import numpy as np

from vigold.document import Document, Relation, problems
from vigold.errors import VigoldError
from vigold.formats import parquet, registry
from vigold.formats.arrow_types import checked, class_names
from vigold.scoring.columns import Columns, Ints
from vigold.scoring.corpus import Corpus, Table, from_documents
from vigold.scoring.reading import arrows_sound, clean_ids, sound

NOTES = {"format": "parquet"}


def from_arrow(found: Any, place: str) -> Corpus:
    """The corpus of a table, as `vigold.formats.parquet.table` gives it.

    Raises VigoldError, naming `place` and the row, as `vigold.formats.parquet.documents` does.
    """
    import pyarrow

    try:
        corpus = _fast(found)
    except (VigoldError, pyarrow.ArrowException, msgspec.MsgspecError, ValueError):
        corpus = None  # The careful reader says what it is, and where.
    return from_documents(parquet.documents(found, place), NOTES, f"{place}: ") if corpus is None else corpus


def of_dataset(dataset: Any, place: str) -> Corpus:
    """The corpus of a `datasets.Dataset` of documents or of tokens with tags, with its selection and order."""
    found = parquet.plain_table(dataset)
    if (rows := registry.token_table(found, place, registry.Reading())) is not None:
        return from_documents(rows, {"format": "hf-tokens"}, f"{place}: ")
    return from_arrow(checked(found, place), place)


def _fast(found: Any) -> Corpus | None:
    """The corpus, or None where something is amiss that the careful reader has to name."""
    if not _plain(found.schema):
        return None
    spans = found["spans"].combine_chunks()
    counts = spans.value_lengths().fill_null(0).to_numpy(zero_copy_only=False).astype(np.int64)
    kind = spans.flatten().type
    parts = {kind.field(n).name: child for n, child in enumerate(spans.flatten().flatten())}
    table = Table()
    for document, count in zip(_documents(found), counts.tolist(), strict=True):
        if next(problems(document), None) is not None:
            return None
        table.add(document, count)
    label, names = _names(parts["label"], class_names(found.schema, "spans", "label"))
    attrs, values = _attributes(parts.get("attrs"), len(label))
    table.labels.update((name, code) for code, name in enumerate(names))
    table.values.update((items, code) for code, items in enumerate(values))
    table.rows = [(_whole(parts["start"]), _whole(parts["end"]), label, attrs)]
    columns: Columns = table.columns()
    if not sound(table.documents, columns, names, values) or not _distinct(parts.get("id"), counts):
        return None
    return table.corpus(columns, NOTES) if _relate(table, found, parts.get("id"), counts) else None


def _plain(schema: Any) -> bool:
    """Whether the spans are of the types that most files have; all others are for the careful reader."""
    from pyarrow import types

    spans = schema.field("spans").type
    if not (types.is_list(spans) or types.is_large_list(spans)) or not types.is_struct(spans.value_type):
        return False
    kinds = {field.name: field.type for field in spans.value_type}
    labels = class_names(schema, "spans", "label")
    texts = [kinds.get("id"), kinds["label"] if labels is None else None]
    attrs = kinds.get("attrs")
    if attrs is not None:
        if not types.is_struct(attrs):
            return False
        texts += [field.type for field in attrs]
    coded = labels is None or types.is_integer(kinds["label"])
    return coded and all(one is None or types.is_string(one) or types.is_large_string(one) for one in texts)


def _documents(found: Any) -> list[Document]:
    """The documents without spans and relations."""
    kept = [name for name in parquet.COLUMNS if name in found.column_names and name not in ("spans", "relations")]
    names = parquet.coded(found.schema)
    return [parquet.as_document(row, names, "") for row in found.select(kept).to_pylist()]


def _distinct(ids: Any, counts: Ints) -> bool:
    """Whether the ids of the spans, where they have any, are sound and distinct within their documents."""
    if ids is None:
        return True
    encoded = ids.dictionary_encode()
    names = encoded.dictionary.to_pylist()
    codes = encoded.indices.fill_null(-1).to_numpy(zero_copy_only=False).astype(np.int64)
    keys = np.repeat(np.arange(len(counts), dtype=np.int64), counts) * len(names) + codes
    keys = keys[codes >= 0]
    return clean_ids(names) and len(np.unique(keys)) == len(keys)


def _whole(array: Any) -> Ints:
    if array.null_count:
        raise ValueError("an offset is missing")
    numbers: Ints = array.cast("int64").to_numpy(zero_copy_only=False)
    return numbers


def _names(array: Any, names: list[str] | None) -> tuple[Ints, list[str]]:
    """Codes and the names that they stand for."""
    if names is not None:
        codes = _whole(array)
        if len(codes) and not 0 <= codes.min() <= codes.max() < len(names):
            raise ValueError("a code without a name")
        return codes, names
    encoded = array.dictionary_encode()
    return _whole(encoded.indices), encoded.dictionary.to_pylist()


def _attributes(array: Any, size: int) -> tuple[Ints, list[tuple[tuple[str, str], ...]]]:
    """Codes of distinct attributes, 0 for none, and what each stands for; raises ValueError for an empty value."""
    codes = np.zeros(size, np.int64)
    values: list[tuple[tuple[str, str], ...]] = [()]
    if array is None:
        return codes, values
    # Where `attrs` itself is null, so are its parts.
    for n, child in enumerate(array.flatten()):
        encoded = child.dictionary_encode()
        own = encoded.indices.fill_null(-1).to_numpy(zero_copy_only=False).astype(np.int64)
        rows = np.flatnonzero(own >= 0)
        if not len(rows):
            continue
        name, texts = array.type.field(n).name, encoded.dictionary.to_pylist()
        pairs, place = np.unique(codes[rows] * len(texts) + own[rows], return_inverse=True)
        codes[rows] = len(values) + place
        values += [(*values[pair // len(texts)], (name, texts[pair % len(texts)])) for pair in pairs.tolist()]
    return codes, values


def _relate(table: Table, found: Any, ids: Any, counts: Ints) -> bool:
    """Add the relations of the documents that have any; False where one points nowhere."""
    if "relations" not in found.column_names:
        return True
    types = class_names(found.schema, "relations", "type")
    lengths = found["relations"].combine_chunks().value_lengths()
    has = np.flatnonzero(lengths.fill_null(0).to_numpy(zero_copy_only=False))
    ends = np.cumsum(counts)
    for row in has.tolist():
        names = ids[int(ends[row] - counts[row]) : int(ends[row])].to_pylist()
        raw = parquet.items(found["relations"][row].as_py(), "relations", types, "")
        relations = msgspec.convert(raw, list[Relation])
        if None in names or not arrows_sound(relations, set(names)):
            return False
        table.relate_rows(row, int(ends[row] - counts[row]), names, relations)
    return True
