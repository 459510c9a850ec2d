"""Documents into Parquet files, a batch at a time: one file a split, in one folder a configuration."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from vigold.document import Document
from vigold.release.configurations import Configuration
from vigold.release.prepared import Prepared, prepared

_BATCH = 1000


class Parts:
    """Open Parquet files of all configurations and splits; a context manager that closes them.

    `rows` and `sizes` count rows and bytes of Arrow data by configuration and split, as `datasets` does.
    """

    def __init__(self, folder: Path, made: Sequence[Configuration]) -> None:
        self.folder, self.made = folder, made
        self.rows: dict[str, Counter[str]] = {one.name: Counter() for one in made}
        self.sizes: dict[str, Counter[str]] = {one.name: Counter() for one in made}
        self._waiting: dict[str, list[Prepared]] = {}
        self._writers: dict[tuple[str, str], Any] = {}
        self._files = ExitStack()
        for one in made:
            (folder / one.name).mkdir()

    def add(self, split: str, document: Document) -> Prepared:
        """Take in a document of this split; gives what was made of it."""
        row = prepared(document)
        waiting = self._waiting.setdefault(split, [])
        waiting.append(row)
        if len(waiting) >= _BATCH:
            self._write(split)
        return row

    def close(self) -> None:
        """Write what waits, and close the files."""
        for split in self._waiting:
            self._write(split)
        with self._files:
            for writer in self._writers.values():
                writer.close()

    def _write(self, split: str) -> None:
        rows = self._waiting[split]
        for one in self.made:
            writer = self._writer(one, split)  # Also for a split without rows: it has an empty file.
            if rows:
                batch = one.batch(rows)
                writer.write_batch(batch)
                self.rows[one.name][split] += batch.num_rows
                self.sizes[one.name][split] += batch.nbytes
        self._waiting[split] = []

    def _writer(self, one: Configuration, split: str) -> Any:
        from pyarrow import parquet

        key = one.name, split
        if key not in self._writers:
            file = self._files.enter_context((self.folder / one.name / f"{split}.parquet").open("wb"))
            self._writers[key] = parquet.ParquetWriter(file, one.schema)
        return self._writers[key]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if kind is None:
            self.close()
        else:
            self._files.close()


def ordered(splits: Iterable[str]) -> list[str]:
    """Splits in the order that readers expect: train, validation, test, then others by name."""
    usual = ("train", "validation", "test")
    return sorted(splits, key=lambda name: (usual.index(name) if name in usual else len(usual), name))
