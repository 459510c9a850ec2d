"""Parquet files and datasets of the Hub: Arrow tables whose columns are the keys of the records.

`spans` is a list of structs with label names or `ClassLabel` codes, which are resolved through the features that
`datasets` leaves in the schema; `meta` is a JSON string. Columns and keys that documents do not have go to `meta`.
"""

from __future__ import annotations

import logging
import math
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec

from vigold.document import Document, problems
from vigold.errors import VigoldError
from vigold.files import Source
from vigold.formats.arrow_types import LISTS, PLAIN, checked, class_names
from vigold.formats.hub_reach import hopeless
from vigold.formats.jsonl import settle, tell
from vigold.formats.wording import NESTED, mismatch, on_one_line

Names = Mapping[str, list[str] | None]

COLUMNS = (*PLAIN, *LISTS)
_CODED = {"spans": "label", "relations": "type", "zones": "kind"}
"""The key of each list column that may be a `ClassLabel`."""


_ROWS = 8192
"""Rows that are read at a time: small row groups together, and large ones in parts whose texts fit one Arrow array."""


def table(path: Source, config: str | None = None, split: str | None = None) -> Any:
    """The Arrow table of a Parquet file, of a folder of them (one a split, in folders by configuration), or of a Hub
    dataset, with lists of structs as `vigold.formats.arrow_types.checked` makes them.

    Raises VigoldError when there is none, when it is not clear which split is meant, and for columns that are missing
    or of another type.
    """
    return checked(loaded(path, config, split), str(path))


def loaded(path: Source, config: str | None = None, split: str | None = None) -> Any:
    """The Arrow table as `table` finds it, its columns unchecked."""
    return _load(_file(Path(path), config, split)) if Path(path).exists() else _from_hub(str(path), config, split)


def documents(found: Any, place: str, check: bool = True) -> Iterator[Document]:
    """The rows of a table (see `table`) as documents; raises VigoldError naming the row and what is wrong with it,
    and both rows of an id that stands twice.

    Without `check`, broken invariants of a single document are let through.
    """
    names = coded(found.schema)
    seen: dict[str, int] = {}
    for number, row in enumerate(_rows(found, place)):
        here = f"{place}: row {number}"
        document = as_document(row, names, here)
        if document.id in seen:
            name = on_one_line(document.id)
            raise VigoldError(f"{here}: document {name} already stands in row {seen[document.id]}")
        seen[document.id] = number
        if check and (problem := next(problems(document), None)):
            raise VigoldError(f"{here}: {tell(document, problem)}")
        yield document
    if not seen:
        raise VigoldError(f"{place}: holds no row; expected one document a row")


def _rows(found: Any, place: str) -> Iterator[dict[str, Any]]:
    """The rows with all that they hold, also in columns that are no field of a document."""
    import pyarrow

    faults = (pyarrow.ArrowException, OverflowError, ValueError, KeyError)
    try:
        for batch in found.to_batches():
            yield from batch.to_pylist()
    except UnicodeDecodeError as error:
        raise VigoldError(f"{place}: a text that is not UTF-8 (byte {error.start})") from None
    except faults as error:
        hint = f"drop {_unreadable(found, faults)}, or write it as text"
        raise VigoldError(f"{place}: a value that cannot be read: {_first_line(error)}; {hint}") from None


def _unreadable(found: Any, faults: tuple[type[Exception], ...]) -> str:
    """The first column whose values have no equal in Python, in words."""
    for name in found.column_names:
        try:
            found[name].to_pylist()
        except faults:
            return f"the column {on_one_line(name)}"
    return "the column"


def coded(schema: Any) -> Names:
    """For each list column, the names behind the codes of its `ClassLabel`, if it has one."""
    return {column: class_names(schema, column, key) for column, key in _CODED.items()}


def as_document(row: dict[str, Any], names: Names, place: str) -> Document:
    """A row as a document, its invariants unchecked; raises VigoldError naming `place` when it is none."""
    if not row.get("id"):
        raise VigoldError(f"{place}: the record has no id; give each one an `id` of its own, a string")
    place = f"{place}: document {on_one_line(row['id'])}"
    record = {key: value for key, value in row.items() if value is not None}
    for part in _CODED:
        record[part] = items(record.get(part) or (), part, names[part], place)
    record["meta"] = decoded(record.get("meta"), place)
    settle(record, place)
    # Columns that are no field may hold anything: days become ISO 8601, bytes base64, as JSON has them.
    record["meta"] = _plain(msgspec.to_builtins(record["meta"], enc_hook=_written))
    for span in record["spans"]:
        span["attrs"] = {key: value for key, value in dict(span.get("attrs") or {}).items() if value is not None}
    try:
        return msgspec.convert(record, Document)
    except msgspec.ValidationError as error:
        raise VigoldError(f"{place}: {mismatch(error, record)}") from None


def _written(value: Any) -> str:
    return str(value.isoformat() if hasattr(value, "isoformat") else value)


def _plain(value: Any) -> Any:
    """A value with words for the numbers that JSON does not have: `nan`, `inf`."""
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    return [_plain(one) for one in value] if isinstance(value, list) else value


def items(given: Sequence[Any], part: str, names: list[str] | None, place: str) -> list[dict[str, Any]]:
    """The items of a list column without what is null, their codes as names.

    Raises VigoldError naming `place` and the item for one that is null, and for a code without a name.
    """
    found = []
    for number, item in enumerate(given, 1):
        if item is None:
            raise VigoldError(f"{place}: {part[:-1]} number {number} is null")
        kept = {key: value for key, value in item.items() if value is not None}
        code = kept.get(_CODED[part])
        if isinstance(code, int):
            if names is None or not 0 <= code < len(names):
                raise VigoldError(f"{place}: {part[:-1]} number {number}: the code {code} has no name in the features")
            kept[_CODED[part]] = names[code]
        found.append(kept)
    return found


def decoded(meta: Any, place: str) -> dict[str, Any]:
    """What `meta` holds, as text or as a struct; an empty text holds nothing.

    Raises VigoldError, which begins with `place`, for what is no JSON object.
    """
    try:
        found = msgspec.json.decode(meta) if isinstance(meta, str) and meta else meta or {}
    except (msgspec.MsgspecError, RecursionError) as error:
        raise VigoldError(f"{place}: meta is not JSON: {str(error) or NESTED}") from None
    if not isinstance(found, dict):
        raise VigoldError(f"{place}: meta must be an object")
    return found


def _file(place: Path, config: str | None, split: str | None) -> list[Path]:
    if place.is_file():
        return [place]
    parts = [path for path in sorted(place.rglob("*.parquet")) if config in (None, *path.relative_to(place).parts[:-1])]
    if config is None and any("default" in path.relative_to(place).parts[:-1] for path in parts):
        parts = [path for path in parts if "default" in path.relative_to(place).parts[:-1]]
    stems = sorted({path.stem.partition("-")[0] for path in parts})
    if split is not None:
        parts = [path for path in parts if path.stem.partition("-")[0] == split]
    elif len(stems) > 1:
        raise VigoldError(f"{place}: several splits ({', '.join(stems)}); name one with --split")
    if not parts:
        raise VigoldError(f"{place}: no Parquet file of configuration {config or 'default'}, split {split or 'any'}")
    return parts


def _load(paths: list[Path]) -> Any:
    """The tables of the files, one below the other."""
    import pyarrow

    tables = [_read(path) for path in paths]
    try:
        return pyarrow.concat_tables(tables, promote_options="default")
    except pyarrow.ArrowException as error:
        first = str(error).splitlines()[0]
        raise VigoldError(f"{paths[0].parent}: its Parquet files have different columns: {first}") from None


def _read(path: Path) -> Any:
    import pyarrow

    try:
        found = _table_of(path)
    except (pyarrow.ArrowException, OSError) as error:
        raise VigoldError(f"{path}: not a Parquet file: {_first_line(error)}") from None
    if twice := [name for name in found.column_names if found.column_names.count(name) > 1]:
        raise VigoldError(f"{path}: the column {twice[0]!r} stands twice")
    return found


def _table_of(path: Path) -> Any:
    import pyarrow
    import pyarrow.parquet

    try:
        with pyarrow.parquet.ParquetFile(path) as file:
            return pyarrow.Table.from_batches(file.iter_batches(_ROWS), file.schema_arrow)
    except pyarrow.ArrowNotImplementedError:
        # Dictionaries within lists that go over several row groups cannot be read in stretches; the reader of whole
        # tables can, but it loads pandas, so it is not the first choice.
        return pyarrow.parquet.read_table(path, partitioning=None)


def _from_hub(name: str, config: str | None, split: str | None) -> Any:
    import datasets

    if reason := hopeless(name):
        raise VigoldError(f"{name}: no such file, and no dataset of the Hub: {reason}")
    try:
        with _quiet():
            found = datasets.load_dataset(name, config, split=split)
    except Exception as error:  # datasets raises what its many back ends raise
        raise VigoldError(f"{name}: no such file, and no dataset of the Hub: {_first_line(error)}") from None
    if isinstance(found, dict):
        if len(found) > 1:
            raise VigoldError(f"{name}: several splits ({', '.join(found)}); name one with --split")
        found = next(iter(found.values()))
    return plain_table(found)


@contextmanager
def _quiet() -> Iterator[None]:
    """Without a network the Hub's library warns of every try; what is wrong is told once, by us. And no bars."""
    import datasets
    from huggingface_hub.utils.logging import get_verbosity, set_verbosity

    before, bars = get_verbosity(), not datasets.are_progress_bars_disabled()
    set_verbosity(logging.ERROR)
    datasets.disable_progress_bars()
    try:
        yield
    finally:
        set_verbosity(before)
        if bars:
            datasets.enable_progress_bars()


def plain_table(dataset: Any) -> Any:
    """The Arrow table of a `datasets.Dataset`, with its selection, order and features."""
    found = dataset.with_format("arrow")[:]
    return found.replace_schema_metadata(dataset.features.arrow_schema.metadata)


def _first_line(error: BaseException) -> str:
    return (str(error) or type(error).__name__).splitlines()[0]
