"""Names as they are written, that a text itself made known, found again by their first word and their lengths."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

_WORD = re.compile(r"\w+")


class Forms:
    """A set of forms; looking one up costs no more when there are many."""

    def __init__(self, forms: Iterable[str] = ()) -> None:
        self._forms = frozenset(form for form in forms if _WORD.match(form))
        sizes: dict[str, set[int]] = {}
        for form in self._forms:
            sizes.setdefault(first(form), set()).add(len(form))
        self._sizes = {word: sorted(lengths, reverse=True) for word, lengths in sizes.items()}

    @property
    def firsts(self) -> Collection[str]:
        """The first words of the forms, in lower case."""
        return self._sizes

    def end(self, text: str, at: int, word: str) -> int:
        """The end of the longest form that stands at a place, where `word` begins, or 0."""
        sizes = self._sizes.get(word)
        if sizes is None:
            return 0
        ends = (at + size for size in sizes if at + size <= len(text) and text[at : at + size] in self._forms)
        return next((end for end in ends if not _WORD.match(text, end)), 0)


def first(form: str) -> str:
    found = _WORD.match(form)
    return found[0].lower() if found else ""
