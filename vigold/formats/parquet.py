"""Parquet files and datasets of the Hub: Arrow tables whose columns are the keys of the records.

`spans` is a list of structs with label names or `ClassLabel` codes, which are resolved through the features that
`datasets` leaves in the schema; `meta` is a JSON string.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from vigold.document import Document, Relation, Span, Zone, problems
from vigold.errors import VigoldError
from vigold.files import Source
from vigold.formats.jsonl import tell

FIELDS = ("text", "published", "title", "source", "url", "licence")


def table(path: Source, config: str | None = None, split: str | None = None) -> Any:
    """The Arrow table of a Parquet file, of a folder of them (one a split, in folders by configuration), or of a Hub
    dataset.

    Raises VigoldError when there is none, when it is not clear which split is meant, and for columns that are missing.
    """
    place = Path(path)
    found = _load(_file(place, config, split)) if place.exists() else _from_hub(str(path), config, split)
    for column in ("id", "spans"):
        if column not in found.column_names:
            raise VigoldError(f"{path}: no column {column!r}; there are {', '.join(found.column_names)}")
    return found


def names(schema: Any, column: str, key: str) -> list[str] | None:
    """The names behind the `ClassLabel` codes of a key in a list column; None where it holds names itself."""
    features = (
        msgspec.json.decode((schema.metadata or {}).get(b"huggingface", b"{}")).get("info", {}).get("features", {})
    )
    feature = features.get(column, {})
    inner = feature[0] if isinstance(feature, list) else feature.get("feature", feature)
    found = inner.get(key, {}).get("names") if isinstance(inner, dict) else None
    return [str(name) for name in found] if found else None


def documents(found: Any, place: str, check: bool = True) -> Iterator[Document]:
    """The rows of a table as documents; raises VigoldError naming the row and what is wrong with it.

    Without `check`, broken invariants are let through.
    """
    labels, types = names(found.schema, "spans", "label"), names(found.schema, "relations", "type")
    number = 0
    for batch in found.to_batches():
        for row in batch.to_pylist():
            here = f"{place}: row {number}"
            number += 1
            try:
                document = _document(row, labels, types)
            except (msgspec.MsgspecError, TypeError, KeyError, IndexError) as error:
                raise VigoldError(f"{here}: document {row.get('id')}: {error}") from None
            if check and (problem := next(problems(document), None)):
                raise VigoldError(f"{here}: {tell(document, problem)}")
            yield document


def _document(row: dict[str, Any], labels: list[str] | None, types: list[str] | None) -> Document:
    spans = [
        {
            "id": span.get("id") or f"s{n}",
            "start": span["start"],
            "end": span["end"],
            "label": labels[span["label"]] if labels else span["label"],
            "attrs": {key: value for key, value in (span.get("attrs") or {}).items() if value is not None},
        }
        for n, span in enumerate(row["spans"] or (), 1)
    ]
    relations = [
        Relation(types[one["type"]] if types else one["type"], one["head"], one["tail"])
        for one in row.get("relations") or ()
    ]
    meta = row.get("meta") or {}
    return Document(
        row["id"],
        **{key: row.get(key) for key in FIELDS},
        zones=tuple(Zone(**zone) for zone in row.get("zones") or ()),
        spans=tuple(msgspec.convert(spans, list[Span])),
        relations=tuple(relations),
        meta=msgspec.json.decode(meta) if isinstance(meta, str) else meta,
    )


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
    import pyarrow
    import pyarrow.parquet

    try:
        return pyarrow.concat_tables([pyarrow.parquet.read_table(path) for path in paths])
    except (pyarrow.ArrowException, OSError) as error:
        raise VigoldError(f"{paths[0]}: not a Parquet file: {str(error).splitlines()[0]}") from None


def _from_hub(name: str, config: str | None, split: str | None) -> Any:
    import datasets

    try:
        found = datasets.load_dataset(name, config, split=split)
    except Exception as error:  # datasets raises what its many back ends raise
        raise VigoldError(f"{name}: no such file, and no dataset of the Hub: {str(error).splitlines()[0]}") from None
    if isinstance(found, dict):
        if len(found) > 1:
            raise VigoldError(f"{name}: several splits ({', '.join(found)}); name one with --split")
        found = next(iter(found.values()))
    return found.data.table
