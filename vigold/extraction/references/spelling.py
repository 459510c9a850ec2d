"""How a word may be typed: patterns and keys that take every dash, blank, tone placement and `Đ` as one.

No reference goes on in the next paragraph. Blanks in the patterns are `\\s`, which a line end is too; so the patterns
read a text in which the line ends that end something are walls, characters that no pattern matches.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from vigold.text import fold

DASH = r"\-‐‑‒–—―−﹣－"
UPPER = "A-ZĐÐƉÀ-ÖØ-ÝĂÂÊÔƠƯĨŨẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸ"
# A blank with a comma before it or without; where one blank is as good as two, there is one way only to match both,
# or the engine tries all of them.
COMMA = r"(?:\s{0,2},)?\s{1,2}"
WALL = "\x00"
_LINE_END = re.compile(r"\n\s*")
# A paragraph does not break off behind these.
_BROKEN = re.compile(r"(?:[^\s\-/][\-/]|\scủa)[^\S\n]?\Z", re.IGNORECASE)
_BLANK = r"\s{1,2}"
_TONES = "\u0300\u0301\u0303\u0309\u0323"


def _old_spellings() -> dict[str, str]:
    """`hòa` → `hoà` for every open syllable whose tone mark has two places."""
    found = {}
    for first, second in ("oa", "oe", "uy"):
        for tone in _TONES:
            old = first + unicodedata.normalize("NFC", second + tone)
            found[fold(old)] = old
    return found


_OLD = _old_spellings()
_NEW = re.compile(rf"(?<!q)(?:{'|'.join(_OLD)})(?!\w)", re.IGNORECASE)


def walled(text: str) -> str:
    """The text with walls for the line ends that end a paragraph, character for character as long.

    A line is wrapped where it goes on with a small letter or a digit, or breaks off behind `của` or within a number.
    """
    return _LINE_END.sub(_wall, text) if "\n" in text else text


def _wall(match: re.Match[str]) -> str:
    text, (start, end) = match.string, match.span()
    wrapped = (
        text[end : end + 1].islower() or text[end : end + 1].isdigit() or _BROKEN.search(text, max(0, start - 6), start)
    )
    return match[0] if wrapped and match[0].count("\n") == 1 else WALL * (end - start)


def lines(text: str) -> str:
    """The text with a wall for every line end, for what must stand on the same line."""
    return text.replace("\n", WALL)


def loosen(words: str) -> str:
    """A pattern for words as people type them; use it with IGNORECASE."""
    pattern = re.escape(fold(words)).replace(r"\ ", " ")
    pattern = _NEW.sub(lambda m: f"(?:{m[0]}|{_OLD[m[0].lower()]})", pattern)
    return pattern.replace("đ", "[đðɖ]").replace("Đ", "[ĐÐƉ]").replace(r"\-", f"[{DASH}]").replace(" ", _BLANK)


def either(words: list[str] | tuple[str, ...]) -> str:
    """A pattern for any of the entries, of those with one first word the longest; that word stands in it once."""
    tails: dict[str, list[str]] = {}
    for entry in words:
        word, _, tail = entry.partition(" ")
        tails.setdefault(word, []).append(tail)
    return "(?:" + "|".join(loosen(word) + _tail(tails[word]) for word in sorted(tails, key=len, reverse=True)) + ")"


def _tail(tails: list[str]) -> str:
    further = [tail for tail in tails if tail]
    if not further:
        return ""
    pattern = _BLANK + either(further)
    return f"(?:{pattern})?" if "" in tails else pattern


@lru_cache(maxsize=4096)
def key(text: str) -> str:
    """What two spellings of the same words have in common: folded, lower case, single blanks."""
    return " ".join(fold(text).lower().split())


def upper(text: str, at: int) -> bool:
    """Whether a capital letter stands there."""
    return text[at : at + 1].isupper()


def headline_end(run: str, stops: frozenset[str]) -> int:
    """Where a name that is all capitals, as in a headline, ends before a function word; 0 when there is none."""
    word = next((word for word in re.finditer(r"\w+", run) if word[0].lower() in stops), None)
    return len(run[: word.start()].rstrip()) if word else 0
