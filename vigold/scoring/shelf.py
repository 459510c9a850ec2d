"""Documents whose texts stay in Arrow columns until one is looked at: most of scoring asks for lengths alone."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import Any

import msgspec
import numpy as np

from vigold.document import Document
from vigold.scoring.columns import Ints


class Shelf(Sequence[Document]):
    """A list of documents, each of which gets its text when it is taken out.

    `bare` are the documents without their texts, `texts` is an Arrow array in chunks, of UTF-8 that was checked;
    `rows` says which of its texts belongs to each document, and `lengths` how many characters that has, -1 for none.
    """

    def __init__(self, bare: list[Document], texts: Any, lengths: Ints, rows: Ints | None = None) -> None:
        self.bare, self.lengths = bare, lengths
        self._texts, self._chunks = texts, texts.chunks
        self._rows = np.arange(len(bare)) if rows is None else rows
        self._firsts = np.cumsum([0, *map(len, self._chunks)])[:-1].tolist()

    def __len__(self) -> int:
        return len(self.bare)

    def __getitem__(self, index: Any) -> Any:
        if isinstance(index, slice):
            return [self[n] for n in range(*index.indices(len(self)))]
        document = self.bare[index]
        row = int(self._rows[index])
        chunk = bisect_right(self._firsts, row) - 1
        return msgspec.structs.replace(document, text=self._chunks[chunk][row - self._firsts[chunk]].as_py())

    def taken(self, places: Sequence[int]) -> Shelf:
        """The documents of these places, in their order."""
        rows = np.array(places, np.int64)
        return Shelf([self.bare[n] for n in places], self._texts, self.lengths[rows], self._rows[rows])


def bare(documents: Sequence[Document]) -> Sequence[Document]:
    """The documents, where their texts do not matter: those of a Shelf come without."""
    return documents.bare if isinstance(documents, Shelf) else documents


def taken(documents: Sequence[Document], places: Sequence[int]) -> Sequence[Document]:
    """The documents of these places, in their order."""
    return documents.taken(places) if isinstance(documents, Shelf) else [documents[n] for n in places]


def lengths(documents: Sequence[Document], unknown: int) -> Ints:
    """The number of characters of each text; `unknown` where there is none."""
    if isinstance(documents, Shelf):
        return np.where(documents.lengths < 0, unknown, documents.lengths)
    return np.array([unknown if one.text is None else len(one.text) for one in documents], dtype=np.int64)


def differing(some: Sequence[Document], others: Sequence[Document]) -> int | None:
    """The first place where both have a text, and not the same."""
    both = np.flatnonzero((lengths(some, -1) >= 0) & (lengths(others, -1) >= 0)).tolist()
    return next((n for n in both if some[n].text != others[n].text), None)
