"""How a word may be typed: patterns and keys that take every dash, blank, tone placement and `Đ` as one."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from vigold.text import fold

DASH = r"\-‐‑‒–—―−﹣－"
UPPER = "A-ZĐÐƉÀ-ÖØ-ÝĂÂÊÔƠƯĨŨẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸ"
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


def loosen(words: str) -> str:
    """A pattern for words as people type them; use it with IGNORECASE."""
    pattern = re.escape(fold(words)).replace(r"\ ", " ")
    pattern = _NEW.sub(lambda m: f"(?:{m[0]}|{_OLD[m[0].lower()]})", pattern)
    return pattern.replace("đ", "[đðɖ]").replace("Đ", "[ĐÐƉ]").replace(r"\-", f"[{DASH}]").replace(" ", _BLANK)


def either(words: list[str] | tuple[str, ...]) -> str:
    """A pattern for any of the words, the longest first."""
    return "(?:" + "|".join(loosen(word) for word in sorted(words, key=len, reverse=True)) + ")"


@lru_cache(maxsize=4096)
def key(text: str) -> str:
    """What two spellings of the same words have in common: folded, lower case, single blanks."""
    return " ".join(fold(text).lower().split())


def upper(text: str, at: int) -> bool:
    """Whether a capital letter stands there."""
    return text[at : at + 1].isupper()
