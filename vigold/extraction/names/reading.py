"""One folded text as the kinds of names read it: its words, what stands before a place, what was read there."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from vigold.extraction.names.forms import Forms
from vigold.extraction.views import View

_LAST_WORD = re.compile(r"(?<!\w)\w*\Z")
_OPENERS = frozenset('.!?:…\n“"([')
_DIGITS = "0123456789"
BACK = 30  # How far one looks back: longer than any phrase of the tables.


class Node(NamedTuple):
    """A name with the names inside it."""

    start: int
    end: int
    label: str
    inner: tuple[Node, ...] = ()


def longest(nodes: Iterable[Node | None]) -> Node | None:
    """The name that ends last, the first of those that end together."""
    best = None
    for node in nodes:
        if node and (best is None or node.end > best.end):
            best = node
    return best


Rule = Callable[["Reading", int, bool], Node | None]


class Grammar(NamedTuple):
    """The rules of the kinds, which hold one another and meet here only.

    `kinds` says what may begin with a word and the one after it, in the order in which it is asked for; an empty word
    stands for any.
    """

    rules: Mapping[str, Rule]
    kinds: Mapping[str, Mapping[str, Sequence[str]]]


class Reading:
    """A text under a grammar. A name that begins at a place is read once.

    `words` are the words in lower case by where they begin, `next` the words after them; `named` are the heads of
    bodies that the text names in full; `elided` says whether a name like `H'Linh` may be in it; `steps` are those of
    `runs` from word to word, which many names share.
    """

    def __init__(self, view: View, grammar: Grammar) -> None:
        self.text = text = view.folded
        self.grammar = grammar
        self.named: frozenset[str] = frozenset()
        self._forms: dict[str, Forms] = {}
        self.told: dict[str, list[str]] = {}
        self.words = dict(zip(view.starts, view.words, strict=True))
        self.next = dict(zip(view.starts, view.words[1:], strict=False))
        self.elided = "'" in text or "’" in text
        self.steps: dict[tuple[int, bool, bool, bool], int] = {}
        self.depth = 0
        self._before: dict[int, str] = {}
        self._read: dict[tuple[str, int, bool, int], Node | None] = {}

    def kinds(self, at: int) -> Sequence[str]:
        """What may begin at a place."""
        word, kinds = self.words.get(at, ""), self.grammar.kinds
        following = self.next.get(at, "")
        seconds = kinds.get(word, kinds[""])
        found = seconds.get(following, seconds.get(""))
        if found is None:
            found = kinds[""].get(following, ())
        if not found and word[-1:].isdigit():  # `COP26`
            found = kinds.get(word.rstrip(_DIGITS), kinds[""]).get("", ())
        learnt = self.told.get(word)
        return (*found, *learnt) if learnt else found

    def read(self, label: str, at: int, bare: bool = False) -> Node | None:
        """The name of one kind that begins at a place; `bare` says that a body's head alone will do."""
        return self.read_kind(label, at, bare) if label in self.kinds(at) else None

    def read_kind(self, label: str, at: int, bare: bool = False) -> Node | None:
        """The same for a kind that is known to be among those that may begin there."""
        key = (label, at, bare, self.depth // 4)  # Deep within others a name may be cut short.
        if key not in self._read:
            self.depth += 1
            self._read[key] = self.grammar.rules[label](self, at, bare)
            self.depth -= 1
        return self._read[key]

    def learn(self, named: frozenset[str], forms: Mapping[str, Iterable[str]]) -> None:
        """Read again from here on, with heads of bodies and with names by label that the text itself made known."""
        self.named = named
        self._forms = {label: Forms(names) for label, names in forms.items()}
        for label, known in self._forms.items():
            for word in known.firsts:
                self.told.setdefault(word, []).append(label)
        self._read.clear()
        self.steps.clear()

    def learnt(self, label: str, at: int) -> int:
        """The end of a name that the text made known elsewhere, or 0."""
        forms = self._forms.get(label)
        return forms.end(self.text, at, self.words.get(at, "")) if forms else 0

    def before(self, at: int) -> str:
        """The word, as it is written, that only blanks part from a place, or an empty string."""
        if at not in self._before:
            start = max(0, at - BACK)
            word = self.text[max(start, self.text.rfind(" ", start, at - 1) + 1) : at - 1] if at > 1 else ""
            plain = word.isalnum() and self.text.startswith(" ", at - 1)
            self._before[at] = word if plain else self._far_before(self.text[start:at])
        return self._before[at]

    def _far_before(self, piece: str) -> str:
        """The last word of a piece of the text that ends in blanks, or an empty string."""
        words = piece.rstrip(" ")
        word = words[words.rfind(" ") + 1 :] if len(words) < len(piece) else ""
        return word if word.isalnum() else _LAST_WORD.findall(word)[0]

    def after_capital(self, at: int) -> bool:
        """Whether a capitalised word and one blank stand just before."""
        return self.before(at)[:1].isupper() and not self.text.startswith("  ", at - 2)

    def opens(self, at: int) -> bool:
        """Whether a sentence or a quotation begins at a place."""
        words = self.text[max(0, at - BACK) : at].rstrip(" ")
        return not words or words[-1] in _OPENERS

    def upper(self, at: int) -> bool:
        return self.text[at : at + 1].isupper()

    def capital(self, start: int, end: int) -> bool:
        words = self.text[start:end]
        return words != words.lower()

    def blank(self, at: int) -> bool:
        return self.text.startswith(" ", at)

    def lower(self, start: int, end: int) -> str:
        return self.text[start:end].lower()
