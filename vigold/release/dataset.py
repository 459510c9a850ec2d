"""Gold documents to a Hugging Face dataset: Parquet, one folder a configuration, with a card."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec

from vigold.document import Document, problems
from vigold.errors import VigoldError
from vigold.files import Source, writing_folder
from vigold.formats import parquet
from vigold.formats.jsonl import tell
from vigold.release import bio, features
from vigold.release.card import card
from vigold.scheme import Scheme

_SPLIT = re.compile(r"\w+(?:\.\w+)*")
_OURS = re.compile(r"README\.md|scheme\.json|(?:default|bio)/[^/]+\.parquet")


def datasets_of(splits: Mapping[str, Sequence[Document]], scheme: Scheme) -> dict[str, Any]:
    """The `datasets.DatasetDict` of each configuration, `default` and `bio`.

    Raises VigoldError for a document without text, one that breaks an invariant, one that the scheme forbids, and one
    that stands in two splits.
    """
    from datasets import Dataset, DatasetDict

    seen: dict[str, str] = {}
    made: dict[str, Any] = {"default": DatasetDict(), "bio": DatasetDict()}
    for split, documents in splits.items():
        for document in documents:
            _refuse(document, scheme)
            if (other := seen.setdefault(document.id, split)) != split:
                raise VigoldError(f"document {document.id} stands in the splits {other} and {split}")
        rows = {
            "default": ([features.row(document, scheme) for document in documents], features.documents(scheme)),
            "bio": ([row for document in documents for row in bio.rows(document)], features.bio(scheme)),
        }
        for name, (found, types) in rows.items():
            made[name][split] = Dataset.from_list(_encoded(found, types), features=types)
    return made


def release(documents: Sequence[Document], scheme: Scheme, folder: Source, *, split: str = "train") -> None:
    """Write the documents into the dataset in `folder` as one split; other splits that it has are kept.

    The folder changes only when all of it is there. Raises VigoldError as `datasets_of` does, for no documents, when
    `folder` holds anything else, and when its other splits are of another scheme.
    """
    if not _SPLIT.fullmatch(split):
        raise VigoldError(f"the split {split!r} is no name; take letters, digits and _, such as train")
    if not documents:
        raise VigoldError("no gold documents; nothing to release")
    _refuse_strange(Path(folder))
    splits = {**_others(Path(folder), split, scheme), split: documents}
    made = datasets_of(splits, scheme)
    with _without_bars(), writing_folder(folder) as target:
        for name, parts in made.items():
            (target / name).mkdir()
            for part, dataset in parts.items():
                dataset.to_parquet(str(target / name / f"{part}.parquet"))
        (target / "scheme.json").write_bytes(_dumped(scheme))
        (target / "README.md").write_text(card(splits, scheme, _total(made["bio"])), "utf-8")


def _total(parts: Mapping[str, Any]) -> int:
    return sum(len(dataset) for dataset in parts.values())


def _dumped(scheme: Scheme) -> bytes:
    return msgspec.json.format(msgspec.json.encode(scheme), indent=1) + b"\n"


def _others(folder: Path, split: str, scheme: Scheme) -> dict[str, list[Document]]:
    """The splits that stand in the folder already, but for the one that is written."""
    files = [path for path in sorted((folder / "default").glob("*.parquet")) if path.stem != split]
    if files and (folder / "scheme.json").read_bytes() != _dumped(scheme):
        names = ", ".join(path.stem for path in files)
        raise VigoldError(f"{folder}: its splits ({names}) are of another scheme; name a new folder")
    return {path.stem: list(parquet.documents(parquet.table(path), str(path))) for path in files}


@contextmanager
def _without_bars() -> Iterator[None]:
    """Keep `datasets` from drawing a progress bar for every file, and leave its setting as it was."""
    import datasets

    shown = not datasets.are_progress_bars_disabled()
    datasets.disable_progress_bars()
    try:
        yield
    finally:
        if shown:
            datasets.enable_progress_bars()


def _encoded(rows: list[dict[str, Any]], types: Any) -> list[dict[str, Any]]:
    """The rows with class names as their codes, which `Dataset.from_list` does not do inside lists."""
    return [types.encode_example(row) for row in rows]


def _refuse(document: Document, scheme: Scheme) -> None:
    if document.text is None:
        raise VigoldError(f"document {document.id} has no text; a dataset needs it")
    for problem in (*problems(document), *scheme.problems(document)):
        raise VigoldError(tell(document, problem))


def _refuse_strange(folder: Path) -> None:
    """Never replace a folder that holds more than a release of ours."""
    if folder.is_file():
        raise VigoldError(f"{folder}: is a file; name a folder for the dataset")
    inside = (path.relative_to(folder) for path in folder.rglob("*") if not path.is_dir()) if folder.is_dir() else ()
    for path in sorted(inside):
        if not _OURS.fullmatch(path.as_posix()):
            raise VigoldError(f"{folder}: holds {path}, which is no part of a release; name a new folder")
