"""The grammar of document numbers: `30/2020/NĐ-CP`, `80-KL/TW`, `1084/SYT-NVY`, `36/2009`, `18`."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from vigold.extraction.references.knowledge import body_codes, kinds
from vigold.extraction.references.spelling import DASH, UPPER, either
from vigold.text import fold

# A part of a symbol: capitals, with the small letters of TTg, CTr, QyĐ, ThU; dots and ampersands inside.
_LETTERS = rf"[{UPPER}](?:[{UPPER}]|[rgi](?![a-zđà-ỹ])|y(?=[ĐÐD])|h(?=U)|g(?=[UV]))*\d{{0,4}}(?!\w)"
_PART = rf"(?!\d)(?:{_LETTERS}(?:(?:[.&+]|\s&\s){_LETTERS}){{0,3}})"
# A document typed in small letters has a code that is known.
_SMALL = rf"(?:nđ|nd|qđ|qd|nq|tt|ttlt|ct|kl|tb|hd|kh|cđ|pl|bc)[{DASH}/][a-zđ]{{2,12}}\d{{0,2}}(?!\w)"
_AROUND = rf"[ \u00a0]?[{DASH}/][ \u00a0\n]{{0,2}}"
_TIGHT = rf"[{DASH}/]\n?"
_YEAR = r"(?:19|20)\d\d(?!\d)"
_HEAD = r"\d{1,5}(?!\d)(?:[a-zA-Z](?!\w))?(?:\.\d{1,3}(?!\d))?"
# A number that goes on in letters is not cut; behind a whole one a dash may be one of the sentence.
_ONE = rf"(?![{DASH}/]\w)"
_WHOLE = rf"(?![{DASH}/](?:[{UPPER}]{{2}}|[{UPPER}]?\d))"
_SYMBOL = (
    rf"(?P<first>{_PART})"
    rf"(?:{_AROUND}(?P<second>{_PART})(?:{_TIGHT}{_PART}){{0,6}}(?:{_TIGHT}\d{{1,4}}(?!\w))?{_WHOLE}"
    rf"|{_TIGHT}{_YEAR}|{_TIGHT}\w{{2,12}}{_ONE}|{_ONE})"
)
_FULL = re.compile(
    rf"""
    (?P<head>{_HEAD})(?:{_AROUND}(?P<year>{_YEAR}))?
    (?:
      {_AROUND}{_SYMBOL}
      | {_TIGHT}(?P<small>{_SMALL})
    )
    """,
    re.VERBOSE,
)
_YEARED = re.compile(rf"(?P<head>{_HEAD})(?:/|[ ]/[ ]?|(?<!\d{{4}})[{DASH}])(?P<year>{_YEAR})(?![{DASH}/.]?\d)(?!\w)")
# Resolutions of the United Nations: `68/262`.
_PAIRED = re.compile(r"(?P<head>\d{1,3})/\d{1,3}(?![\d/\w])")
_BARE = re.compile(rf"(?P<head>\d{{1,5}}[a-zA-Z]?)(?!\w)(?![.,:]\d)(?!\s?%)(?![{DASH}/]\w)(?!\s[{DASH}]\s?\d)")
_SPLIT = re.compile(rf"[{DASH}/.&\s]+")
_SPACE = re.compile(r"\s+")
_DASHES = re.compile(f"[{DASH}]")
# The place of a mark that is left out: `15CT/TW`.
_JOINED = re.compile(rf"\A(\d+[a-z]?)(?=[{UPPER}][{UPPER}y])")
_ASSEMBLY = re.compile(r"(QH|UBTVQH)(\d{1,2}|[IVX]+)\Z")


class Number(NamedTuple):
    """A number in the text: its end, its form (`full`, `yeared`, `paired`, `bare`), and the parts of its symbol."""

    end: int
    form: str
    parts: tuple[str, ...] = ()


@cache
def _spaced() -> re.Pattern[str]:
    """A number with a blank for its first mark: `15 CT/TW`; its code must be known."""
    codes = either(list(kinds().by_code))
    return re.compile(rf"{_HEAD}[ \u00a0](?={codes}[{DASH}/]){_SYMBOL}")


def number(text: str, at: int) -> Number | None:
    """The number that begins at a digit."""
    return full(text, at) or short(text, at)


def full(text: str, at: int) -> Number | None:
    """The number with a symbol that begins at a digit."""
    if match := _FULL.match(text, at) or _spaced().match(text, at):
        end = match.end()
        begin = match.start("first") if match["first"] else match.start("small")
        return Number(end, "full", tuple(part for part in _SPLIT.split(text[begin:end]) if part))
    return None


def short(text: str, at: int) -> Number | None:
    """The number without a symbol that begins at a digit."""
    if match := _YEARED.match(text, at):
        return Number(match.end(), "yeared")
    if match := _PAIRED.match(text, at):
        return Number(match.end(), "paired")
    if match := _BARE.match(text, at):
        return Number(match.end(), "bare")
    return None


def printed(words: str) -> str:
    """A number as it is written down: without blanks, with `-` for any dash."""
    return _DASHES.sub("-", _SPACE.sub("", words))


def marked(words: str) -> str:
    """A number as printed with the mark that is left out before its code."""
    return _JOINED.sub(r"\1-", words)


def symbol(words: str) -> tuple[str, ...]:
    """The parts of the symbol of a number as printed: `30/2020/NĐ-CP` → `NĐ`, `CP`."""
    parts = _SPLIT.split(marked(fold(words)))
    return tuple(part for part in parts if part and not part[0].isdigit())


def kind_of(parts: tuple[str, ...]) -> str | None:
    """The kind that a symbol says: `NĐ-CP` a decree, `QH15` a law, `SYT-NVY` an official letter."""
    by_code = kinds().by_code
    for part in parts:
        if (kind := by_code.get(part) or by_code.get(part.upper())) and part != "TC":
            return kind
        if match := _ASSEMBLY.match(part):
            return "Luật" if match[1] == "QH" else "Nghị quyết"
        break
    return "Công văn" if parts and parts[0].upper() in body_codes() else None


def is_symbol(parts: tuple[str, ...]) -> bool:
    """Whether a symbol is one of a document without a kind before it: a known code and a body, or an Assembly's."""
    if not parts:
        return False
    if _ASSEMBLY.match(parts[-1]):
        return True
    if len(parts) < 2:
        return False
    coded = parts[0] in kinds().by_code
    bodied = any(part.upper() in body_codes() or part[:1] in "BS" for part in parts[1:])
    return (coded and bodied) or (parts[0].upper() in body_codes() and parts[0].upper() not in _WEAK)


def assembly(part: str) -> str | None:
    """The code of the Assembly or its Standing Committee before the number of a term: `QH15` → `QH`."""
    match = _ASSEMBLY.match(part)
    return match[1] if match else None


_WEAK = frozenset({"CT", "TT", "MT", "DP", "EVN", "PVN"})
