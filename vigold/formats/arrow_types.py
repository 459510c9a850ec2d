"""What the columns of an Arrow table must be for its rows to be documents, checked before a row is read.

Lists that `datasets.Sequence` wrote as a struct of lists (`{start: [..], end: [..], label: [..]}`) become lists of
structs here, so that the readers know one shape.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import msgspec

from vigold.errors import VigoldError, shown
from vigold.formats.wording import on_one_line


class Kind(NamedTuple):
    """What a value may be: in words, and as a test of its Arrow type; `coded` ones may be ClassLabel codes."""

    words: str
    fits: Callable[[Any, Any], bool]
    coded: bool = False


def _text(types: Any, found: Any) -> bool:
    found = found.value_type if types.is_dictionary(found) else found
    return bool(types.is_string(found) or types.is_large_string(found) or types.is_string_view(found))


def _values(types: Any, found: Any) -> bool:
    if types.is_map(found):
        return _text(types, found.key_type) and _text(types, found.item_type)
    return types.is_struct(found) and all(_text(types, one.type) or types.is_null(one.type) for one in found)


TEXT = Kind("text", _text)
WHOLE = Kind("whole numbers", lambda types, found: types.is_integer(found))
NUMBER = Kind("numbers", lambda types, found: types.is_integer(found) or types.is_floating(found))
NAME = Kind("text, or codes of a ClassLabel, whose names stand in the features", _text, coded=True)
VALUES = Kind("texts by their names", _values)
META = Kind("a JSON object as text, or a struct", lambda types, found: _text(types, found) or types.is_struct(found))

PLAIN = {"id": TEXT, **dict.fromkeys(("text", "published", "title", "source", "url", "licence"), TEXT), "meta": META}
LISTS = {
    "spans": {"id": TEXT, "start": WHOLE, "end": WHOLE, "label": NAME, "attrs": VALUES, "score": NUMBER},
    "relations": {"type": NAME, "head": TEXT, "tail": TEXT},
    "zones": {"kind": NAME, "start": WHOLE, "end": WHOLE},
}
"""The columns of documents; what others hold goes to `meta`."""

_MUST = {"spans": ("start", "end", "label"), "relations": ("type", "head", "tail"), "zones": ("kind", "start", "end")}


def checked(table: Any, place: str) -> Any:
    """The table with lists of structs for structs of lists.

    Raises VigoldError naming `place`, the column, its type and what is expected; also for a missing or doubled column.
    """
    for name in ("id", "spans"):
        if name not in table.column_names:
            raise VigoldError(
                f"{place}: no column {name!r}; there are {', '.join(map(on_one_line, table.column_names))}"
            )
    for name in (*PLAIN, *LISTS):
        if table.column_names.count(name) > 1:
            raise VigoldError(f"{place}: the column {name!r} stands twice")
    for name in LISTS:
        if name in table.column_names:
            table = _unzipped(table, name, place)
    for name, kind in PLAIN.items():
        if name in table.column_names:
            _refuse(table.schema.field(name).type, kind, f"{place}: column {name}")
    for name, keys in LISTS.items():
        if name in table.column_names:
            _refuse_items(table, name, keys, place)
    return table


def class_names(schema: Any, column: str, key: str) -> list[str] | None:
    """The names behind the `ClassLabel` codes of a key in a list column; None where the features give none."""
    try:
        feature = msgspec.json.decode((schema.metadata or {}).get(b"huggingface", b"{}"))
    except msgspec.MsgspecError:
        return None
    for name in ("info", "features", column):
        feature = feature.get(name) if isinstance(feature, dict) else None
    for name in ("", key):
        feature = feature.get(name) if isinstance(feature, dict) and name else feature
        # A list of something is `[it]`, or `{feature: it}`; so is what stands at a key of a struct of lists.
        feature = feature[0] if isinstance(feature, list) and feature else feature
        feature = feature["feature"] if isinstance(feature, dict) and "feature" in feature else feature
    found = feature.get("names") if isinstance(feature, dict) else None
    return [str(name) for name in found] if isinstance(found, list) and found else None


def _is_list(found: Any) -> bool:
    """Whether this Arrow type is a list that the readers know."""
    from pyarrow import types

    return bool(types.is_list(found) or types.is_large_list(found) or types.is_fixed_size_list(found))


def _refuse(found: Any, kind: Kind, place: str, names: list[str] | None = None) -> None:
    from pyarrow import types

    coded = kind.coded and names is not None and types.is_integer(found)
    if not (coded or types.is_null(found) or kind.fits(types, found)):
        raise VigoldError(f"{place} is {shown(str(found))[1:-1]}; expected {kind.words}")


def _refuse_items(table: Any, name: str, keys: Mapping[str, Kind], place: str) -> None:
    from pyarrow import types

    found = table.schema.field(name).type
    if types.is_null(found) or (_is_list(found) and types.is_null(found.value_type)):
        return
    if not _is_list(found) or not types.is_struct(found.value_type):
        wanted = f"a list of structs with {', '.join(_MUST[name])}"
        raise VigoldError(f"{place}: column {name} is {shown(str(found))[1:-1]}; expected {wanted}")
    fields = {one.name: one.type for one in found.value_type}
    for key in _MUST[name]:
        if key not in fields:
            raise VigoldError(
                f"{place}: column {name} has no key {key!r}; there are {', '.join(map(on_one_line, fields))}"
            )
    if len(fields) < found.value_type.num_fields:
        raise VigoldError(
            f"{place}: column {name} has a key that stands twice; there are {', '.join(map(on_one_line, fields))}"
        )
    for key, kind in keys.items():
        if key in fields:
            _refuse(fields[key], kind, f"{place}: column {name}, key {key}", class_names(table.schema, name, key))


def _unzipped(table: Any, name: str, place: str) -> Any:
    """The table with this column as a list of structs, where it is a struct of lists."""
    import pyarrow

    at = table.column_names.index(name)
    if not _zipped(table.schema.field(at).type):
        return table
    chunks, row = [], 0
    for chunk in table.column(at).chunks:
        chunks.append(_items(chunk, f"{place}: column {name}", row))
        row += len(chunk)
    column = pyarrow.chunked_array(chunks) if chunks else pyarrow.nulls(0)
    return table.set_column(at, name, column)


def _zipped(found: Any) -> bool:
    from pyarrow import types

    return bool(
        types.is_struct(found)
        and found.num_fields
        and all(_is_list(one.type) or types.is_null(one.type) or _zipped(one.type) for one in found)
    )


def _items(array: Any, place: str, row: int) -> Any:
    """A struct of lists as a list of structs; `row` is the number of the first one."""
    import pyarrow
    import pyarrow.compute as compute

    names = [field.name for field in array.type]
    lists = [_items(one, place, row) if _zipped(one.type) else one for one in array.flatten()]
    named = [(name, one) for name, one in zip(names, lists, strict=True) if not pyarrow.types.is_null(one.type)]
    if not named:
        return pyarrow.nulls(len(array))
    lengths = [compute.fill_null(compute.list_value_length(one), 0).cast("int64") for _, one in named]
    for (name, _), other in zip(named, lengths, strict=True):
        differing = compute.index(compute.equal(lengths[0], other), False).as_py()
        if differing >= 0:
            counts = f"{lengths[0][differing]} of {named[0][0]}, {other[differing]} of {name}"
            raise VigoldError(f"{place}, row {row + differing}: the lists are not equally long: {counts}")
    offsets = pyarrow.concat_arrays([pyarrow.array([0], "int64"), compute.cumulative_sum(lengths[0])])
    items = pyarrow.StructArray.from_arrays([one.flatten() for _, one in named], [name for name, _ in named])
    return pyarrow.LargeListArray.from_arrays(offsets, items)
