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
    compound = {f"{kind} {word}": kind for kind, words in rows["compound"].items() for word in words}
    by_code = {code: kind for kind, row in names.items() for code in row.get("codes", ())}
    by_code |= {variant: by_code[code] for variant, code in rows["variants"].items()}
    bare = {key(name): names[kind]["bare"] for name, kind in compound.items()}
    bare |= {key(kind): row["bare"] for kind, row in names.items()}
    bare |= {key(short): "any" if short in rows["short_bare"]["codes"] else "never" for short in rows["short"]}
    words = [*names, *compound]
    pattern = f"(?:{either(words)}|(?-i:{either(list(rows['short']))}))"
    last = frozenset(key(word).split()[-1] for word in [*words, *rows["short"]])
    return Kinds(pattern, bare, by_code, last)


@cache
def in_full() -> dict[str, str]:
    """Kinds in full by their short forms, in lower case."""
    return {key(short): kind for short, kind in table("doc_types")["short"].items()}


@cache
def known_numbers() -> frozenset[str]:
    """Numbers under which programmes are known to everybody: `Chương trình 135`."""
    return frozenset(table("doc_types")["known"]["numbers"])


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
def joint() -> frozenset[str]:
    """Codes of what several bodies issue together."""
    return frozenset(code.upper() for code in table("issuers")["joint"]["codes"])


@cache
def foreign() -> re.Pattern[str]:
    """The beginning of the name of a body or a post that Viet Nam does not have."""
    return re.compile(either(table("issuers")["foreign"]["words"]) + r"(?!\w)", re.IGNORECASE)


@cache
def slogans() -> tuple[frozenset[str], frozenset[str]]:
    """Words that make a slogan with a figure before them, `3 không`, unless one of the others follows."""
    rows = table("doc_types")["slogans"]
    return frozenset(map(fold, rows["words"])), frozenset(map(fold, rows["verbs"]))


@cache
def party() -> re.Pattern[str]:
    """The beginning of the name of a body of the Party."""
    return re.compile(either(table("issuers")["party"]["words"]), re.IGNORECASE)


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
    return Laws(named[0], named[1], named[2], Phrases([*rows["laws"], *rows["codes"], *rows["ordinances"]]))


@cache
def named() -> dict[str, Phrases]:
    """Names of treaties, charters and plans by kind."""
    rows: dict[str, list[str]] = table("named")["kinds"]
    united, *others = table("named")["united"]["names"]
    return {
        kind: Phrases([*names, *(name.replace(united, other) for name in names for other in others if united in name)])
        for kind, names in rows.items()
    }


@cache
def united() -> re.Pattern[str]:
    """What stands between a convention and what it is about, where that is part of the name."""
    return re.compile(
        rf"(?:(?:của\s{{1,2}})?{either(table('named')['united']['names'])}\s{{1,2}})?về\s{{1,2}}", re.IGNORECASE
    )


@cache
def named_kinds() -> dict[str, bool]:
    """Kinds of documents known by a name, and whether they are also written in lower case before a capital."""
    rows = table("named")
    return {kind: kind in rows["open"]["kinds"] for kind in rows["kinds"]}


@cache
def plans() -> dict[str, frozenset[str]]:
    """Kinds that take a capitalised name (`open`), kinds of plans, those whose
    names need not be listed (`runs`), and words and pairs of words that no name of a plan holds."""
    rows = table("named")
    return {
        "open": frozenset(rows["open"]["kinds"]),
        "plans": frozenset(rows["plans"]["kinds"]),
        "about": frozenset(rows["united"]["kinds"]),
        "runs": frozenset(rows["plans"]["runs"]),
        "stop_pairs": frozenset(rows["plans"]["stop_pairs"]),
        "stops": frozenset(rows["plans"]["stops"]),
    }


@cache
def generic() -> Phrases:
    """Names of treaties that say too little, unless the parties follow."""
    return Phrases(table("named")["generic"]["words"])


@cache
def international() -> frozenset[str]:
    """Kinds of documents between states."""
    return frozenset(table("named")["international"]["kinds"])


@cache
def act_names() -> list[str]:
    """Words before a kind that make it part of the name of a body."""
    words: list[str] = table("named")["before"]["words"]
    return words


@cache
def not_after() -> frozenset[str]:
    """First words that are no name of a law though they have a capital letter."""
    return frozenset(table("laws")["no_names"]["words"])


@cache
def families() -> frozenset[str]:
    """Family names, with which a firm of lawyers is called."""
    return frozenset(table("laws")["no_names"]["families"])


@cache
def law_abbreviations() -> dict[str, str]:
    """The names of codes that are cited by their initials."""
    found: dict[str, str] = table("laws")["abbreviations"]
    return found


@cache
def countries() -> Phrases:
    rows = table("issuers")["names"]
    return Phrases([*rows["countries"], *rows["home"]])


@cache
def home() -> Phrases:
    """Viet Nam by its names."""
    return Phrases(table("issuers")["names"]["home"])


@cache
def numbered_names() -> dict[str, Phrases]:
    """Kinds whose documents are known by the name of a body and a number: `Công ước ILO 105`."""
    rows = table("named")["numbered"]
    return {key(kind): Phrases(rows["bodies"]) for kind in rows["kinds"]}
