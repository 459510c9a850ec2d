"""What the columns of an Arrow table are made of, as numbers: lists, codes, names, attributes."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from vigold.scoring.columns import Ints


class Amiss(ValueError):
    """Something that the careful reader has to look at."""


class Items(NamedTuple):
    """What stands in a column of lists: how many in each row, the row of each, and arrays by their keys."""

    counts: Ints
    document: Ints
    parts: dict[str, Any]


def holds(found: Any, column: str) -> bool:
    """Whether a table has a column with something in it."""
    return column in found.column_names and found[column].null_count < found.num_rows


def items(found: Any, column: str) -> Items:
    """The items of a column of lists of structs; raises Amiss for another type, and for an item that is null."""
    from pyarrow import types

    kind = found.schema.field(column).type
    if not (types.is_list(kind) or types.is_large_list(kind)) or not types.is_struct(kind.value_type):
        raise Amiss
    array = found[column].combine_chunks()
    counts = filled(array.value_lengths(), 0)
    flat = array.flatten()
    if flat.null_count:
        raise Amiss
    names = [field.name for field in kind.value_type]
    parts = dict(zip(names, flat.flatten(), strict=True))
    return Items(counts, np.repeat(np.arange(len(counts), dtype=np.int64), counts), parts)


def whole(array: Any) -> Ints:
    """Whole numbers; raises Amiss where one is missing, ArrowInvalid where one is over 2**63."""
    if array.null_count:
        raise Amiss
    numbers: Ints = array.cast("int64").to_numpy(zero_copy_only=False)
    return numbers


def filled(array: Any, value: int) -> Ints:
    """Whole numbers, `value` where one is missing."""
    if not array.null_count:
        return whole(array)
    # Not by Arrow's `fill_null`: it loads pandas to look at the value.
    numbers = np.full(len(array), value, np.int64)
    numbers[array.is_valid().to_numpy(zero_copy_only=False)] = whole(array.drop_null())
    return numbers


def encoded(array: Any) -> tuple[Ints, Any]:
    """Codes of texts, -1 for none, and the Arrow array of distinct texts; raises Amiss for another type."""
    from pyarrow import types

    if types.is_dictionary(array.type):
        array = array.dictionary_decode()
    if types.is_null(array.type):
        array = array.cast("string")
    if not (types.is_string(array.type) or types.is_large_string(array.type)):
        raise Amiss
    found = array.dictionary_encode()
    return filled(found.indices, -1), found.dictionary


def named(array: Any, names: list[str] | None) -> tuple[Ints, list[str]]:
    """Codes and the names that they stand for: those of `names`, or, where the array holds texts, its own.

    Raises Amiss for one that is missing, and for a code without a name.
    """
    from pyarrow import types

    if not types.is_integer(array.type):
        codes, texts = encoded(array)
        names = texts.to_pylist()
    else:
        codes, names = whole(array), names or []
    if len(codes) and not 0 <= codes.min() <= codes.max() < len(names):
        raise Amiss
    return codes, names


def attributes(array: Any, size: int) -> tuple[Ints, list[tuple[tuple[str, str], ...]]]:
    """Codes of distinct attributes, 0 for none, and what each stands for; raises Amiss for another type."""
    from pyarrow import types

    codes = np.zeros(size, np.int64)
    values: list[tuple[tuple[str, str], ...]] = [()]
    if array is None:
        return codes, values
    if not types.is_struct(array.type):
        raise Amiss
    # Where `attrs` itself is null, so are its parts.
    for n, child in enumerate(array.flatten()):
        if child.null_count == len(child):
            continue
        own, known = encoded(child)
        rows = np.flatnonzero(own >= 0)
        name, texts = array.type.field(n).name, known.to_pylist()
        pairs, place = np.unique(codes[rows] * len(texts) + own[rows], return_inverse=True)
        codes[rows] = len(values) + place
        values += [(*values[pair // len(texts)], (name, texts[pair % len(texts)])) for pair in pairs.tolist()]
    return codes, values
