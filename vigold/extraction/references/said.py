"""What the sentence says of a reference outside it: `Ngày 3/3, Chính phủ ban hành …`, `… được Quốc hội thông qua`."""

from __future__ import annotations

import re
from typing import NamedTuple

from vigold.extraction.references import issuers, tails
from vigold.extraction.references.kinds import word_before
from vigold.extraction.references.mention import Given, Mention, Part
from vigold.extraction.references.spelling import UPPER

_ACT = r"(?:ký\s{1,2}(?:và\s{1,2})?(?:quyết định\s{1,2})?ban hành|ban hành|thông qua|ký|ra|phát hành|có)"
_AUX = r"(?:(?:đã|vừa|mới|cũng|sẽ|tiếp tục|chính thức|lập tức|kịp thời|liên tiếp|còn|khẩn cấp|qua)\s{1,2}){0,4}"
# Treaties are signed by parties, and issued by nobody.
_MADE = re.compile("ban hành|thông qua", re.IGNORECASE)
_ACTIVE = re.compile(
    rf"\s{{1,2}}{_AUX}{_ACT}\s{{1,2}}(?:các\s{{1,2}}|\d\s{{1,2}}|hai\s{{1,2}}|ba\s{{1,2}})?\Z", re.IGNORECASE
)
_PASSIVE = re.compile(
    r"\s{0,2},?\s{1,2}(?:đã\s{1,2}|vừa\s{1,2}|mới\s{1,2}|chính thức\s{1,2}){0,2}(?:được|do)\s{1,2}", re.IGNORECASE
)
_DONE = re.compile(rf"\s{{1,2}}{_AUX}(?:{_ACT}|phê duyệt|công bố)(?!\w)", re.IGNORECASE)
_BARE_DONE = re.compile(
    r"\s{0,2}[,(]?\s{1,2}\(?(?:(?:vừa|mới|đã)\s{1,2}){0,2}(?:được\s{1,2})?"
    r"(?:ký\s{1,2})?(?:ban hành|thông qua|ký)(?!\w)",
    re.IGNORECASE,
)
_BRACKET = re.compile(r"\s{1,2}\((?=ngày\s|\d{1,2}[/.-]\d)", re.IGNORECASE)
_PERSON = re.compile(rf"(?:\s[{UPPER}]\w{{0,8}}){{2,5}}")
_CAPITAL = re.compile(rf"(?<!\w)[{UPPER}]")
_ACT_ENDS = frozenset({"hành", "qua", "ký", "ra", "có", "các", "hai", "ba", "2", "3", "4", "5"})
_WINDOW = 130


class Said(NamedTuple):
    """The issuer that the sentence names, where a date may stand before it and where one may stand after."""

    issuer: Part | None = None
    before: int = -1
    after: int = -1


def read(text: str, mention: Mention, start: int, given: Given) -> Said:
    """What is said of a reference whose list begins at `start`."""
    return _active(text, mention, start, given) or _passive(text, mention, given)


def _active(text: str, mention: Mention, start: int, given: Given) -> Said | None:
    """`Chính phủ vừa ban hành Nghị định …`."""
    if word_before(text, start)[0] not in _ACT_ENDS:
        return None
    floor = max(0, start - _WINDOW, text.rfind("\n", max(0, start - _WINDOW), start) + 1)
    act = _ACTIVE.search(text, max(floor, start - 50), start)
    if act is None or (mention.family == "named" and not _MADE.search(act[0])):
        return None
    for capital in _CAPITAL.finditer(text, floor, act.start()):
        end = tails.body(text, capital.start(), given)
        person = _PERSON.match(text, end) if end and end < act.start() else None
        if end == act.start() or (person and person.end() == act.start()):
            if issuers.signs_for_another(text, capital.start()):
                return Said(None, capital.start(), mention.end)
            return Said(Part(capital.start(), end), capital.start(), mention.end)
    return Said(None, act.start(), mention.end)


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
