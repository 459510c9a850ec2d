"""What the sentence says of a reference outside it: `Ngày 3/3, Chính phủ ban hành …`, `… được Quốc hội thông qua`.

The text that is read here has a wall for every line end: what is said stands on the same line.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from vigold.extraction.references import issuers, normalise, numbers, tails
from vigold.extraction.references.kinds import word_before
from vigold.extraction.references.knowledge import issuer_codes, kinds
from vigold.extraction.references.mention import Given, Mention, Part
from vigold.extraction.references.spelling import COMMA, UPPER, either, key
from vigold.extraction.tables import table

_TABLE = table("references")["issues"]
_LETTERS = frozenset(key(kind) for kind in _TABLE["letter_kinds"])
_AUX = rf"(?:{either(_TABLE['adverbs'])}\s{{1,2}}){{0,4}}"
_ALL = [*_TABLE["verbs"], *_TABLE["letters"]]
_COUNTED = ("các", "những", "hai", "ba", "bốn", "2", "3", "4", "5")
_MADE = re.compile(either(_TABLE["made"]), re.IGNORECASE)
_PASSIVE = re.compile(rf"{COMMA}(?:(?:đã|vừa|mới|chính thức)\s{{1,2}}){{0,2}}(?:được|do)\s{{1,2}}", re.IGNORECASE)
_DONE = re.compile(rf"\s{{1,2}}{_AUX}{either([*_TABLE['verbs'], *_TABLE['done']])}(?!\w)", re.IGNORECASE)
_BARE_DONE = re.compile(
    rf"(?:\s{{0,2}}[,(])?\s{{0,2}}(?<=[\s(])(?:(?:vừa|mới|đã)\s{{1,2}}){{0,2}}(?:được\s{{1,2}})?{either(_TABLE['bare_done'])}(?!\w)",
    re.IGNORECASE,
)
_BRACKET = re.compile(r"\s{1,2}\((?=ngày\s|\d{1,2}[/.-]\d)", re.IGNORECASE)
_PERSON = re.compile(rf"(?:\s[{UPPER}]\w{{0,8}}){{1,5}}")
_CAPITAL = re.compile(rf"(?<!\w)[{UPPER}]")
_VERB = rf"{_AUX}{either(_ALL)}\s{{1,2}}"
_AND = re.compile(
    rf"(?:(?P<comma>\s{{0,2}}[,;])|\s{{1,2}}(?:và|cùng))\s{{1,2}}(?P<verb>{_VERB})?(?:(?:cả|các|số)\s{{1,2}})?",
    re.IGNORECASE,
)
_LAWS = frozenset({"laws", "unknown", "amending"})
_ASSEMBLY = "QH"
_WINDOW = 130
_NEAR = 60


class Said(NamedTuple):
    """The issuer that the sentence names, where a date may stand before it and where one may stand after.

    `start` is where the document or the list of them begins of which this is said before it; -1: behind it.
    """

    issuer: Part | None = None
    before: int = -1
    after: int = -1
    start: int = -1


@cache
def _acts() -> dict[bool, re.Pattern[str]]:
    """The verb right before a document, by whether it is a letter: `ban hành`, `ban hành các Nghị định:`."""
    heading = rf"(?:{kinds().pattern}(?:\s{{1,2}}sau)?\s?:\s{{1,2}})?(?:số\s{{1,2}})?"
    return {
        letter: re.compile(
            rf"\s{{1,2}}{_AUX}{either(verbs)}\s{{1,2}}(?:{either(_COUNTED)}\s{{1,2}})?{heading}\Z", re.IGNORECASE
        )
        for letter, verbs in ((False, _TABLE["verbs"]), (True, _ALL))
    }


@cache
def _act_ends() -> frozenset[str]:
    """The words with which all that ends; `:` is passed over."""
    return frozenset(key(words).split()[-1] for words in (*_ALL, *_COUNTED)) | kinds().last | {"số", "sau"}


def read(text: str, mentions: Sequence[Mention], given: Given) -> list[Said]:
    """What is said of each reference; what is said before one holds for those that `và` joins to it."""
    found: list[Said] = []
    for n, mention in enumerate(mentions):
        said = _said(text, mention, given) if given.has("said") else Said()
        further = (
            n > 0 and said.issuer is None and given.has("said") and _joined(text, mentions[n - 1], mention, found[-1])
        )
        found.append(found[-1]._replace(after=max(said.after, mention.end)) if further else said)
    return found


def _joined(text: str, before: Mention, mention: Mention, said: Said) -> bool:
    """Whether what is said before one reference holds for the next: `ban hành Nghị quyết … và Kết luận …`."""
    link = _AND.fullmatch(text, before.end, mention.start) if said.start >= 0 and before.issuer is None else None
    if link is None or mention.family == "named" or _settled(text, mention) not in (None, _settled(text, before)):
        return False
    return link["comma"] is None or link["verb"] is not None or _kind(text, before) == _kind(text, mention)


def _settled(text: str, mention: Mention) -> str | None:
    if mention.number:
        return normalise.settled(numbers.printed(text[slice(*mention.number)]))
    return issuer_codes()[_ASSEMBLY] if mention.family in _LAWS else None


def _kind(text: str, mention: Mention) -> str:
    return key(text[slice(*mention.kind)]) if mention.kind else ""


def _said(text: str, mention: Mention, given: Given) -> Said:
    start = mention.start if mention.series < 0 else mention.series
    return _active(text, mention, start, given) or _passive(text, mention, given)


def _active(text: str, mention: Mention, start: int, given: Given) -> Said | None:
    """`Chính phủ vừa ban hành Nghị định …`."""
    if word_before(text, start)[0] not in _act_ends():
        return None
    floor = max(0, start - _WINDOW)
    letter = _kind(text, mention) in _LETTERS
    act = _acts()[letter].search(text, max(floor, start - _NEAR), start)
    if act is None or (mention.family == "named" and not _MADE.search(act[0])):
        return None
    for capital in _CAPITAL.finditer(text, floor, act.start()):
        end = tails.body(text, capital.start(), given)
        person = _PERSON.match(text, end) if end and end < act.start() else None
        if end == act.start() or (person and person.end() == act.start()):
            signer = None if issuers.signs_for_another(text, capital.start()) else Part(capital.start(), end)
            return Said(signer, capital.start(), mention.end, start)
    return Said(None, act.start(), mention.end, start)


def _passive(text: str, mention: Mention, given: Given) -> Said:
    """`… được Bộ Chính trị ban hành ngày 5/7`."""
    by = _PASSIVE.match(text, mention.end)
    if by and (end := tails.body(text, by.end(), given)):
        person = _PERSON.match(text, end)
        done = _DONE.match(text, end) or (_DONE.match(text, person.end()) if person else None)
        if done:
            signer = None if issuers.signs_for_another(text, by.end()) else Part(by.end(), end)
            return Said(signer, mention.start, done.end())
    if done := _BARE_DONE.match(text, mention.end) or _BRACKET.match(text, mention.end):
        return Said(None, -1, done.end())
    return Said()
