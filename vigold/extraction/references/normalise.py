"""Normalisation: the attributes of a reference out of its parts."""

from __future__ import annotations

from functools import lru_cache

from vigold.extraction.references import numbers, tails
from vigold.extraction.references.knowledge import in_full, issuer_codes, urgency
from vigold.extraction.references.mention import Mention, Part
from vigold.extraction.references.spelling import key


def normalise(text: str, mention: Mention, issuer: Part | None, published: str | None) -> dict[str, str]:
    """`doc_type`, `number`, `date`, `issuer`, `name`; what is not known is left out."""
    number = numbers.printed(_words(text, mention.number)) if mention.number else ""
    found = {
        "doc_type": doc_type(text, mention),
        "number": number,
        "date": tails.day(_words(text, mention.date), published) if mention.date else None,
        "issuer": _line(_words(text, issuer)) if issuer else settled(number),
        "name": _line(_words(text, mention.name)) if mention.name and not number else None,
    }
    return {name: value for name, value in found.items() if value}


def _words(text: str, part: Part) -> str:
    return text[part.start : part.end]


def _line(words: str) -> str:
    """Words on one line."""
    return words.replace("\n", " ")


def doc_type(text: str, mention: Mention) -> str:
    """The kind in full as the text has it, capitalised as a word."""
    if mention.kind is None:
        return mention.code or ""
    words = " ".join(urgency().sub("", _words(text, mention.kind)).split())
    return in_full().get(key(words)) or words.capitalize()


@lru_cache(maxsize=4096)
def settled(number: str) -> str | None:
    """The issuer that a number settles: `NĐ-CP` the Government, `TT-BTC` the Ministry of Finance."""
    parts = numbers.symbol(number)
    codes = issuer_codes()
    assembly = numbers.assembly(parts[-1]) if parts else None
    if assembly:
        return codes[assembly]
    known = [codes[part.upper()] for part in parts[1:] or parts if part.upper() in codes]
    if not known and parts and numbers.kind_of(parts) == "Công văn":
        known = [codes[parts[0].upper()]] if parts[0].upper() in codes else []
    return ", ".join(dict.fromkeys(known)) or None
