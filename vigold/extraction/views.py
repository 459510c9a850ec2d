"""A text in the forms in which the rules look at it, made once for all of them."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

from vigold.text import fold

_BETWEEN = re.compile(r"(\W+)")


class View(NamedTuple):
    """A text, folded; its words in lower case, and where each of them begins."""

    folded: str
    starts: list[int]
    words: list[str]


@lru_cache(maxsize=2)
def view(text: str) -> View:
    """The view of a text; that of the last texts is kept."""
    folded = fold(text)
    # `İ` is the one letter that is longer in lower case.
    pieces = _BETWEEN.split(folded.replace("İ", "I").lower())
    words, starts = pieces[::2], [0, *accumulate(map(len, pieces))][:-1:2]
    first, last = not words[0], len(words) - (not words[-1])
    return View(folded, starts[first:last], words[first:last])
