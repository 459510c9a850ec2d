"""What the tables say, in the form in which it is asked for."""

from __future__ import annotations

import re
from functools import cache
from typing import Any, NamedTuple

from vigold.extraction.references.phrases import Phrases
from vigold.extraction.references.spelling import either, key
from vigold.extraction.tables import table
from vigold.text import fold


class Kinds(NamedTuple):
    """Kinds of documents: what they are called, how much it takes to know one, and their codes."""

    pattern: str
    bare: dict[str, str]
    by_code: dict[str, str]
    last: frozenset[str]


@cache
def kinds() -> Kinds:
    rows = table("doc_types")
    names: dict[str, dict[str, Any]] = rows["kinds"]
    compound = [f"{kind} {word}" for kind, words in rows["compound"].items() for word in words]
    by_code = {code: kind for kind, row in names.items() for code in row.get("codes", ())}
    by_code |= {variant: by_code[code] for variant, code in rows["variants"].items()}
    words = [*names, *compound]
    bare = {key(kind): row["bare"] for kind, row in names.items()}
    for name in compound:
        bare.setdefault(key(name), bare[key(next(kind for kind in rows["compound"] if name.startswith(f"{kind} ")))])
    return Kinds(either(words), bare, by_code, frozenset(key(word).split()[-1] for word in words))


@cache
def urgency() -> re.Pattern[str]:
    """The end of a kind that says how urgent it is."""
    return re.compile(rf"\s+{either(table('doc_types')['urgency']['words'])}\Z", re.IGNORECASE)


@cache
def counted() -> frozenset[str]:
    return frozenset(fold(word) for word in table("doc_types")["counted"]["words"])


@cache
def after_bare() -> frozenset[str]:
    return frozenset(fold(word) for word in table("doc_types")["after"]["words"])


@cache
def issuer_codes() -> dict[str, str]:
    """Codes that settle the issuer, in capitals."""
    codes: dict[str, str] = table("issuers")["codes"]
    return {code.upper(): name for code, name in codes.items() if name}


@cache
def body_codes() -> frozenset[str]:
    """Codes of bodies, in capitals, whether they settle the issuer or not."""
    return frozenset(code.upper() for code in table("issuers")["bodies"]["codes"]) | frozenset(issuer_codes())


class Laws(NamedTuple):
    """Names of laws by kind, and all of them together."""

    laws: Phrases
    codes: Phrases
    ordinances: Phrases
    every: Phrases


@cache
def laws() -> Laws:
    rows = table("laws")
    named = [Phrases(rows[part]) for part in ("laws", "codes", "ordinances")]
    return Laws(*named, Phrases([*rows["laws"], *rows["codes"], *rows["ordinances"]]))


@cache
def named() -> dict[str, Phrases]:
    """Names of treaties, charters and plans by kind."""
    return {kind: Phrases(names) for kind, names in table("named")["kinds"].items()}
