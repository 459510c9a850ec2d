"""Documents into Parquet files, a batch at a time: one file a split, in one folder a configuration."""

from __future__ import annotations

import os
from collections import Counter, deque
from collections.abc import Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from vigold.document import Document
from vigold.release.configurations import Configuration
from vigold.release.prepared import Prepared, prepared

_BATCH = 1000
_CHARACTERS = 1 << 24
"""A batch is written before it has more documents or characters: Arrow offsets are 32 bits wide."""


class Parts:
    """Open Parquet files of all configurations and splits; a context manager that closes them.

    What would have no row has no file. `rows` and `sizes` count rows and bytes of Arrow data by configuration and
    split, as `datasets` does.
    """

    def __init__(self, folder: Path, made: Sequence[Configuration]) -> None:
        self.folder, self.made = folder, made
        self.rows: dict[str, Counter[str]] = {one.name: Counter() for one in made}
        self.sizes: dict[str, Counter[str]] = {one.name: Counter() for one in made}
        self._waiting: dict[str, list[Prepared]] = {}
        self._characters: Counter[str] = Counter()
        self._writers: dict[tuple[str, str], Any] = {}
        self._files = ExitStack()
        self._pool = ThreadPoolExecutor(1)  # Arrow writes without the lock of the interpreter.
        self._writing: deque[Future[None]] = deque()

    def add(self, split: str, document: Document) -> Prepared:
        """Take in a document of this split; gives what was made of it."""
        row = prepared(document)
        waiting = self._waiting.setdefault(split, [])
        waiting.append(row)
        self._characters[split] += len(row.text)
        if len(waiting) >= _BATCH or self._characters[split] >= _CHARACTERS:
            self._write(split)
        return row

    @property
    def held(self) -> dict[Configuration, list[str]]:
        """The configurations that have rows, and their splits that have: `datasets` cannot load a split without."""
        found = {one: ordered(split for split, count in self.rows[one.name].items() if count) for one in self.made}
        return {one: splits for one, splits in found.items() if splits}

    def close(self) -> None:
        """Write what waits, and close the files."""
        for split in self._waiting:
            self._write(split)
        while self._writing:
            self._writing.popleft().result()
        for writer in self._writers.values():
            writer.close()
        self._files.close()

    def _write(self, split: str) -> None:
        rows = self._waiting[split]
        for one in self.made:
            batch = one.batch(rows) if rows else None
            if batch is not None and batch.num_rows:
                self._put(self._writer(one, split), batch)
                self.rows[one.name][split] += batch.num_rows
                self.sizes[one.name][split] += batch.nbytes
        self._waiting[split], self._characters[split] = [], 0

    def _put(self, writer: Any, batch: Any) -> None:
        """Have a batch written beside the making of the next ones; raises what one before it has met.

        One batch of each configuration may wait, so that memory has an end.
        """
        self._writing.append(self._pool.submit(writer.write_batch, batch))
        while len(self._writing) > len(self.made):
            self._writing.popleft().result()

    def _writer(self, one: Configuration, split: str) -> Any:
        import pyarrow
        from pyarrow import parquet

        key = one.name, split
        if key not in self._writers:
            (self.folder / one.name).mkdir(exist_ok=True)
            file = self._files.enter_context(pyarrow.OSFile(str(self.folder / one.name / f"{split}.parquet"), "wb"))
            self._writers[key] = parquet.ParquetWriter(file, one.schema)
        return self._writers[key]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        try:
            if kind is None:
                self.close()
        finally:
            self._pool.shutdown(cancel_futures=True)
            for writer in self._writers.values():
                writer.is_open = False  # Where writing has failed, it would try again when it is thrown away.
            self._files.close()
        if isinstance(error, OSError) and error.errno:
            raise OSError(error.errno, os.strerror(error.errno)) from None  # without what Arrow says besides


def ordered(splits: Iterable[str]) -> list[str]:
    """Splits in the order that readers expect: train, validation, test, then others by name."""
    usual = ("train", "validation", "test")
    return sorted(splits, key=lambda name: (usual.index(name) if name in usual else len(usual), name))
