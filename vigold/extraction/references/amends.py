"""Which document amends, supplements, replaces or repeals which other one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from vigold.extraction.references.mention import Mention
from vigold.extraction.references.spelling import COMMA, WALL, either
from vigold.extraction.tables import table

_TABLE = table("references")["changes"]
_VERB = either(_TABLE["verbs"])
_VERBS = rf"{_VERB}(?:(?>\s{{0,2}},|\s{{1,2}}(?:và|hoặc))\s{{1,2}}{_VERB}){{0,3}}"
# Each word is matched in one way only, or a long row of them would be tried in every way there is.
_WORDS = (
    rf"(?>{COMMA}(?:một số|một phần|toàn bộ|số|điều|khoản|điểm|mục|chương|của|các|và|nội dung|quy định|tại|cho"
    r"|trong|phụ lục"
    r"|danh mục|kèm theo|ban hành|hai|ba|đối với|việc|cụm từ|\d{1,3}[a-zđ]?|[a-zđ]|[IVX]{1,5})(?!\w)){0,24}"
)
_ACTIVE = re.compile(rf"(?<!\w){_VERBS}{_WORDS}\s{{1,2}}\Z", re.IGNORECASE)
_PASSIVE = re.compile(
    rf"(?:(?<!\w)(?:được|bị)\s{{1,2}}(?:[^,.;()]{{0,40}}(?<=\s))?|\(\s?){_VERBS}{_WORDS}\s{{1,2}}(?:bởi|bằng|tại|theo|trong|qua)"
    rf"\s{{1,2}}(?:(?:các|điều \d+|khoản \d+)\s{{1,2}}){{0,3}}\Z",
    re.IGNORECASE,
)
_LISTED = re.compile(
    r"(?>\s{0,2}[,;]|\s{1,2}(?:và|cùng|hoặc))(?:\s{1,2}(?:và|của|các|cùng)){0,3}\s{1,2}\Z", re.IGNORECASE
)
_LEADS = re.compile(
    r"(?:\A|[,;(]|\s(?:và|đã|sẽ|để|nhằm|cũng|đồng thời|việc|về|là|này|vừa|mới|trong đó|qua đó))\s{0,2}\Z", re.IGNORECASE
)
# Behind a comma the verb goes back to what the sentence is about, past a document that is only mentioned.
_RESUMES = re.compile(r"(?:,|,\s{0,2}(?:và|đồng thời|trong đó|qua đó|cũng|sẽ|đã|nhằm|để))\s{0,2}\Z", re.IGNORECASE)
_OTHERS = re.compile(
    r"(?:đề nghị|đề xuất|kiến nghị|yêu cầu|dự thảo|xây dựng|nghiên cứu|trình|soạn|căn cứ|theo|xem xét)\s", re.IGNORECASE
)
_STOP = re.compile(rf"[.!?…]\s|{WALL}")
_LONGEST_GAP = 240
_NO_HEADS = frozenset(_TABLE["never"])


class Amendment(NamedTuple):
    """From the mention that amends to the amended one, as indices."""

    head: int
    tail: int


def arrows(text: str, mentions: Sequence[Mention], types: Sequence[str]) -> Iterator[Amendment]:
    """Amendments between the top mentions of a text, whose kinds are `types`."""
    chain, opening = -1, 0
    for n in range(1, len(mentions)):
        gap = text[mentions[n - 1].end : mentions[n].start]
        if len(gap) > _LONGEST_GAP or _STOP.search(gap):
            chain, opening = -1, n
            continue
        if _PASSIVE.search(gap):
            yield Amendment(n, n - 1)
            chain = -1
        elif chain >= 0 and _LISTED.fullmatch(gap):
            yield Amendment(chain, n)
        elif (lead := _lead(gap)) is not None:
            chain = chain if chain >= 0 else _head(lead, types, opening, n)
            if chain >= 0:
                yield Amendment(chain, n)
        else:
            chain = -1


def _head(lead: str, types: Sequence[str], opening: int, n: int) -> int:
    """Which mention of the sentence amends number `n`: the one before it, but behind a comma the nearest of its kind,
    else the first; -1 when that is of a kind that amends nothing."""
    head = n - 1
    if _RESUMES.search(lead):
        head = next((m for m in range(n - 1, opening - 1, -1) if types[m] == types[n]), opening)
    return head if types[head] not in _NO_HEADS else -1


def _lead(gap: str) -> str | None:
    """What stands in front of a verb of amending that ends the gap between two mentions."""
    verb = _ACTIVE.search(gap)
    lead = gap[: verb.start()] if verb else ""
    return lead if verb and _LEADS.search(lead) and not _OTHERS.search(lead) else None
