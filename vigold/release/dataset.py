"""Gold documents to a Hugging Face dataset: Parquet, one folder a configuration, with a card."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec

from vigold.document import Document, problems
from vigold.errors import VigoldError
from vigold.files import Source, writing_folder
from vigold.formats.jsonl import tell
from vigold.release import bio, features
from vigold.release.card import card
from vigold.scheme import Scheme


def datasets_of(documents: Sequence[Document], scheme: Scheme, *, split: str = "train") -> dict[str, Any]:
    """The `datasets.DatasetDict` of each configuration, `default` and `bio`.

    Raises VigoldError for a document without text, one that breaks an invariant, and one that the scheme forbids.
    """
    from datasets import Dataset, DatasetDict

    for document in documents:
        _refuse(document, scheme)
    tables = {
        "default": ([features.row(document, scheme) for document in documents], features.documents(scheme)),
        "bio": ([row for document in documents for row in bio.rows(document)], features.bio(scheme)),
    }
    return {
        name: DatasetDict({split: Dataset.from_list(_encoded(rows, types), features=types)})
        for name, (rows, types) in tables.items()
    }


def release(documents: Sequence[Document], scheme: Scheme, folder: Source, *, split: str = "train") -> None:
    """Write the dataset into `folder`, which appears only when all of it is there; an old release is replaced.

    Raises VigoldError as `datasets_of` does, for no documents, and when `folder` holds something else.
    """
    if not documents:
        raise VigoldError("no gold documents; nothing to release")
    _refuse_strange(Path(folder))
    made = datasets_of(documents, scheme, split=split)
    with _without_bars(), writing_folder(folder) as target:
        for name, dataset in made.items():
            (target / name).mkdir()
            dataset[split].to_parquet(str(target / name / f"{split}.parquet"))
        (target / "scheme.json").write_bytes(msgspec.json.format(msgspec.json.encode(scheme), indent=1) + b"\n")
        (target / "README.md").write_text(card(documents, scheme, made, split), "utf-8")


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
    """Never replace a folder that is not a release of ours."""
    if folder.is_file():
        raise VigoldError(f"{folder}: is a file; name a folder for the dataset")
    if folder.is_dir() and any(folder.iterdir()) and not (folder / "scheme.json").is_file():
        raise VigoldError(f"{folder}: holds other files; name a new folder for the dataset")
