"""What the columns of an Arrow table are made of, as numbers: lists, codes, names, attributes.

Arrow's `to_numpy` and `fill_null` load pandas, for a fifth of a second; what is used here in their place does not.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from vigold.scoring.columns import Ints


class Amiss(ValueError):
    """Something that the careful reader has to look at."""


class Items(NamedTuple):
    """What stands in a column of lists: how many in each row, the row of each, and chunked arrays by their keys."""

    counts: Ints
    document: Ints
    parts: dict[str, Any]


def holds(found: Any, column: str) -> bool:
    """Whether a table has a column with something in it."""
    return column in found.column_names and found[column].null_count < found.num_rows


def items(found: Any, column: str) -> Items:
    """The items of a column of lists of structs; raises Amiss for another type, and for an item that is null."""
    import pyarrow
    from pyarrow import compute, types

    kind = found.schema.field(column).type
    if not (types.is_list(kind) or types.is_large_list(kind)) or not types.is_struct(kind.value_type):
        raise Amiss
    lists = found[column]
    counts = filled(compute.list_value_length(lists), 0)
    flat = [chunk.flatten() for chunk in lists.chunks]
    if any(chunk.null_count for chunk in flat):
        raise Amiss
    # The chunks stay as they are: to join their texts would copy them, and takes as much memory again.
    chunks = [chunk.flatten() for chunk in flat]
    parts = {
        field.name: pyarrow.chunked_array([chunk[n] for chunk in chunks], field.type)
        for n, field in enumerate(kind.value_type)
    }
    return Items(counts, np.repeat(np.arange(len(counts), dtype=np.int64), counts), parts)


def whole(array: Any) -> Ints:
    """Whole numbers; raises Amiss where one is missing, ArrowInvalid where one is over 2**63."""
    if array.null_count:
        raise Amiss
    return _numbers(array.cast("int64"))


def filled(array: Any, value: int) -> Ints:
    """Whole numbers, `value` where one is missing."""
    if not array.null_count:
        return whole(array)
    numbers = np.full(len(array), value, np.int64)
    numbers[_valid(array)] = whole(array.drop_null())
    return numbers


def encoded(array: Any) -> tuple[Ints, Ints, Any]:
    """The rows that hold a text, their codes, and the Arrow array of distinct texts; raises Amiss for another type."""
    import pyarrow

    array = spelt(array)
    rows = np.flatnonzero(_valid(array)) if array.null_count else np.arange(len(array))
    # All chunks get the codes of one dictionary.
    found = array.drop_null().dictionary_encode()
    if not found.num_chunks:
        return rows, rows, pyarrow.nulls(0, array.type)
    codes = pyarrow.chunked_array([chunk.indices for chunk in found.chunks])
    return rows, whole(codes), found.chunk(0).dictionary


def spelt(array: Any) -> Any:
    """Texts in full, not as a dictionary or as nothing but nulls; raises Amiss for another type."""
    from pyarrow import types

    kind = array.type
    if types.is_dictionary(kind) or types.is_null(kind):
        array = array.cast("string" if types.is_null(kind) else kind.value_type)
    if not (types.is_string(array.type) or types.is_large_string(array.type)):
        raise Amiss
    return array


def named(array: Any, names: list[str] | None) -> tuple[Ints, list[str]]:
    """Codes and the names that they stand for: those of `names`, or, where the array holds texts, its own.

    Raises Amiss for one that is missing, and for a code without a name.
    """
    from pyarrow import types

    if array.null_count:
        raise Amiss
    if not types.is_integer(array.type):
        _, codes, texts = encoded(array)
        return codes, texts.to_pylist()
    codes, names = whole(array), names or []
    if len(codes) and not 0 <= codes.min() <= codes.max() < len(names):
        raise Amiss
    return codes, names


def attributes(array: Any, size: int) -> tuple[Ints, list[tuple[tuple[str, str], ...]]]:
    """Codes of distinct attributes, 0 for none, and what each stands for; raises Amiss for another type."""
    from pyarrow import types

    codes = np.zeros(size, np.int64)
    values: list[tuple[tuple[str, str], ...]] = [()]
    if array is None or types.is_null(array.type):
        return codes, values
    if not types.is_struct(array.type):
        raise Amiss
    # Where `attrs` itself is null, so are its parts.
    for field, child in zip(array.type, array.flatten(), strict=True):
        rows, own, known = encoded(child)
        texts = known.to_pylist()
        pairs, place = _distinct(codes[rows] * len(texts) + own, len(values) * len(texts))
        codes[rows] = len(values) + place
        values += [(*values[pair // len(texts)], (field.name, texts[pair % len(texts)])) for pair in pairs.tolist()]
    return codes, values


def _distinct(numbers: Ints, top: int) -> tuple[Ints, Ints]:
    """The distinct numbers, all below `top`, sorted, and the place of each number among them."""
    if top > 8 * len(numbers):
        return np.unique(numbers, return_inverse=True)
    # Several times as fast as sorting, where there are few to be told apart.
    seen = np.zeros(top, np.int64)
    seen[numbers] = 1
    return np.flatnonzero(seen), (np.cumsum(seen) - 1)[numbers]


def _numbers(array: Any) -> Ints:
    """The numbers of an Arrow array without nulls, in chunks or not."""
    chunks = getattr(array, "chunks", [array])
    parts: list[Any] = [np.from_dlpack(chunk) for chunk in chunks] or [np.empty(0, np.int64)]
    return parts[0] if len(parts) == 1 else np.concatenate(parts)


def _valid(array: Any) -> Any:
    return _numbers(array.is_valid().cast("uint8")).view(bool)
