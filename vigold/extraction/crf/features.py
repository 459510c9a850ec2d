"""What the model sees of each token: its word and shape, its neighbours, lists of names, opinions of rules.

The features of a word are made once and kept; a token puts those of its neighbours together.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from vigold.extraction.crf.gazetteers import memberships
from vigold.extraction.crf.windows import Window

VERSION = 1
"""Goes up whenever the features change; a model is only read by the version that it was trained with."""

Features = list[list[str]]
_KEPT = 1 << 16
_REACH = 3
"""How many words to either side are looked at."""

_EDGES = ("\n",) * _REACH
"""The words before the first token and after the last one; no token is one."""


@lru_cache(maxsize=_KEPT)
def shape(word: str) -> str:
    """`Hà` → `Xx`, `COVID` → `X`, `57-KL` → `9-X`: the kinds of the characters, each run once."""
    made = ""
    for char in word:
        kind = "9" if char.isdigit() else "X" if char.isupper() else "x" if char.isalpha() else char
        if made[-1:] != kind:
            made += kind
    return made[:8]


@lru_cache(maxsize=_KEPT)
def _own(word: str) -> tuple[str, ...]:
    low = word.lower()
    made = [f"0={low}", f"W={word}", f"s={shape(word)}", f"d={_digits(low)}"]
    if len(low) > 1:
        made += [f"p{n}={low[:n]}" for n in range(1, min(4, len(low)))]
        made += [f"e{n}={low[-n:]}" for n in range(1, min(4, len(low)))]
    if word[0].isupper():
        made.append("cap")
    if any(char.isdigit() for char in word):
        made.append(f"n{len(word)}" if word.isdigit() else "num")
    elif not any(char.isalnum() for char in word):
        made.append("punct")
    return tuple(made)


def _digits(low: str) -> str:
    """The word with every digit as 0: `21/4/2022` and `12/5/2023` are one."""
    return "".join("0" if char.isdigit() else char for char in low)


@lru_cache(maxsize=_KEPT)
def _beside(word: str, place: str) -> tuple[str, ...]:
    return f"{place}={word.lower()}", f"{place}s={shape(word)}"


@lru_cache(maxsize=_KEPT)
def _next_to(word: str, place: str) -> tuple[str, ...]:
    low = word.lower()
    return f"{place}={low}", f"{place}s={shape(word)}", f"{place}p={low[:2]}", f"{place}e={low[-2:]}"


def features(window: Window, zone: str, gazetteers: bool = True) -> Features:
    """One list a token."""
    words = [*_EDGES, *window.words, *_EDGES]
    low = list(map(str.lower, words))
    shapes = list(map(shape, words))
    same = [f"z={zone}", *(["caps"] if _capitals(window.words) else [])]
    made = []
    for n in range(_REACH, len(words) - _REACH):
        before, word, after = low[n - 1 : n + 2]
        s1, s2, s3, s4, s5 = shapes[n - 2 : n + 3]
        made.append(
            [
                *_own(words[n]),
                *_next_to(words[n - 1], "-1"),
                *_next_to(words[n + 1], "+1"),
                *_beside(words[n - 2], "-2"),
                *_beside(words[n + 2], "+2"),
                f"-3={low[n - 3]}",
                f"+3={low[n + 3]}",
                f"-1,0={before} {word}",
                f"0,1={word} {after}",
                f"s3={s2} {s3} {s4}",
                f"s5={s1} {s2} {s3} {s4} {s5}",
                *same,
            ]
        )
    _add_places(made, window.opens)
    if gazetteers:
        _add_lists(made, memberships(low[_REACH:-_REACH]))
    return made


def _add_places(made: Features, opens: Sequence[bool]) -> None:
    """The first and the second word of a sentence."""
    for n, opening in enumerate(opens):
        if opening:
            made[n].append("first")
            if n + 1 < len(made):
                made[n + 1].append("second")


def _add_lists(made: Features, lists: Sequence[tuple[str, ...]]) -> None:
    """The lists that a token and its neighbours are in."""
    for n, names in enumerate(lists):
        for name in names:
            made[n].append(f"g{name}")
            if n:
                made[n - 1].append(f"g+{name}")
            if n + 1 < len(made):
                made[n + 1].append(f"g-{name}")


def _capitals(words: Sequence[str]) -> bool:
    """Whether nearly all words are in capitals, as in some titles."""
    letters = [word for word in words if word[0].isalpha()]
    return len(letters) > 1 and sum(word.isupper() for word in letters) > 0.8 * len(letters)


def with_opinions(made: Features, tags: Sequence[str], rules: str) -> Features:
    """The features with the tags that some rules give to the token and its neighbours, under the name of the rules."""
    if all(tag == "O" for tag in tags):
        return made
    padded = ["", *tags, ""]
    return [
        [*own, f"{rules}={padded[n + 1]}", f"{rules}-={padded[n]}", f"{rules}+={padded[n + 2]}"]
        for n, own in enumerate(made)
    ]


def inside(made: Features, words: Sequence[str], start: int, end: int, label: str) -> Features:
    """The features of the tokens [start, end), which lie in a span with a label."""
    last = end - 1
    found = []
    for n in range(start, end):
        places = [f"in={label}", f"in={label} {words[n].lower()}", f"in<{min(n - start, 3)}", f"in>{min(last - n, 3)}"]
        places += [f"in={label}<{n - start}"] if n - start < 2 else []
        places += [f"in={label}>{last - n}"] if last - n < 2 else []
        found.append([*made[n], *places])
    return found
