"""Normalisation: the attributes of a reference out of its parts."""

from __future__ import annotations

from functools import lru_cache
from itertools import takewhile

from vigold.extraction.references import numbers, tails
from vigold.extraction.references.knowledge import in_full, issuer_codes, joint, urgency
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
    if not parts:
        return None
    said = [codes.get((numbers.assembly(part) or part).upper()) for part in parts[1:] or parts]
    if parts[0].upper() in joint():
        return None if None in said else ", ".join(dict.fromkeys(filter(None, said)))
    # Behind the first come its units, which issue nothing: `CT-VKSTC-V3`.
    known = list(takewhile(bool, said))
    if not known and numbers.kind_of(parts) == "Công văn":
        known = [codes.get(parts[0].upper())]
    return ", ".join(dict.fromkeys(filter(None, known))) or None
