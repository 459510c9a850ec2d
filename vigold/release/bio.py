"""The flat view for token classification: outermost spans as IOB2 tags, sentence by sentence.

A batch of documents is one long text here, so that numpy tags all of it at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from vigold.release.prepared import Prepared
from vigold.scheme import Scheme
from vigold.text import words

Ints = NDArray[np.int64]

_LAST_BLANK = 0x3000


class Loss(NamedTuple):
    """What the flat view cannot hold: spans inside others, and edges that fall inside a token."""

    nested: int = 0
    inside_token: int = 0


class _Tagged(NamedTuple):
    """Tokens of a batch with their places in the joined text and the codes of their tags."""

    tokens: list[str]
    starts: Ints
    ends: Ints
    codes: Ints
    bases: Ints
    sizes: Ints
    loss: Loss


class Flat:
    """Makes the rows of the configuration `bio`, of this Arrow schema, from documents; `loss` sums what it left out."""

    def __init__(self, scheme: Scheme, schema: Any) -> None:
        self.codes = {name: 1 + 2 * code for code, name in enumerate(scheme.labels)}
        self.schema = schema
        self.loss = Loss()

    def __call__(self, rows: Sequence[Prepared]) -> Any:
        """An Arrow batch, one row a sentence."""
        import pyarrow

        made = _tagged(rows, self.codes)
        self.loss = Loss(*map(sum, zip(self.loss, made.loss, strict=True)))
        first = [base + piece.start for base, row in zip(made.bases, rows, strict=True) for piece in row.sentences]
        edges = np.append(np.searchsorted(made.starts, np.array(first, np.int64)), len(made.tokens)).astype(np.int32)
        shift = np.repeat(made.bases, made.sizes)
        columns = {
            "id": [f"{row.document.id}:{n}" for row in rows for n in range(len(row.sentences))],
            "document": [row.document.id for row in rows for _ in row.sentences],
            "tokens": made.tokens,
            "ner_tags": made.codes,
            "starts": made.starts - shift,
            "ends": made.ends - shift,
        }
        arrays = []
        for field in self.schema:
            if pyarrow.types.is_list(field.type):
                values = pyarrow.array(columns[field.name], field.type.value_type)
                arrays.append(pyarrow.ListArray.from_arrays(pyarrow.array(edges), values, type=field.type))
            else:
                arrays.append(pyarrow.array(columns[field.name], field.type))
        return pyarrow.RecordBatch.from_arrays(arrays, schema=self.schema)


def _tagged(rows: Sequence[Prepared], codes: dict[str, int]) -> _Tagged:
    """The tokens of the documents and their tags; `codes` gives the code of B of each label, I is the next one."""
    each = [words(row.text) for row in rows]
    tokens = [word for found in each for word in found]
    lengths = np.fromiter(map(len, tokens), np.int64, len(tokens))
    texts = [row.text for row in rows]
    bases = np.cumsum([0, *(len(text) + 1 for text in texts)])[:-1]
    # No token holds a blank, so each begins at the next character that is none.
    solid = np.flatnonzero(~_blank("\n".join(texts)))
    starts = solid[np.cumsum(lengths) - lengths] if len(tokens) else lengths
    ends = starts + lengths
    found, moved = _codes(rows, bases, starts, ends, codes)
    nested = sum(len(row.document.spans) - len(row.outer) for row in rows)
    sizes = np.array([len(found) for found in each], np.int64)
    return _Tagged(tokens, starts, ends, found, bases, sizes, Loss(nested, moved))


def _codes(rows: Sequence[Prepared], bases: Ints, starts: Ints, ends: Ints, codes: dict[str, int]) -> tuple[Ints, int]:
    """The code of each token's tag, and how many spans begin or end inside a token."""
    found = np.zeros(len(starts), np.int64)
    shift = np.repeat(bases, [len(row.outer) for row in rows])
    outer = [span for row in rows for span in row.outer]
    start = np.array([span.start for span in outer], np.int64) + shift
    end = np.array([span.end for span in outer], np.int64) + shift
    label = np.array([codes[span.label] for span in outer], np.int64)
    first, last = np.searchsorted(ends, start, "right"), np.searchsorted(starts, end)
    held = first < last  # a span of blanks has no token
    inner = np.maximum(last - first - 1, 0)
    # What follows the first token of a span: its place is the number within the span, counted on from the first.
    place = np.arange(inner.sum()) - np.repeat(np.cumsum(inner) - inner, inner)
    found[np.repeat(first + 1, inner) + place] = np.repeat(label + 1, inner)
    found[first[held]] = label[held]
    whole = starts[first[held]] == start[held]
    whole &= ends[last[held] - 1] == end[held]
    return found, int(len(outer) - whole.sum())


def _blank(text: str) -> NDArray[np.bool_]:
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")
    found: NDArray[np.bool_] = _blanks()[np.minimum(codes, _LAST_BLANK + 1)]
    return found


@cache
def _blanks() -> NDArray[np.bool_]:
    """Which characters are blanks, up to the last one that is."""
    return np.array([chr(code).isspace() for code in range(_LAST_BLANK + 2)])
