"""Which document amends, supplements, replaces or repeals which other one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from vigold.extraction.references.mention import Mention

_VERB = r"(?:thay thế|thay cho|thay|sửa đổi|bổ sung|bãi bỏ|hủy bỏ|huỷ bỏ|đình chỉ)"
_VERBS = rf"{_VERB}(?:\s{{0,2}}(?:,|\svà|\shoặc)\s{{1,2}}{_VERB}){{0,3}}"
_WORDS = (
    r"(?:\s{0,2},?\s{1,2}(?:một số|một phần|toàn bộ|số|điều|khoản|điểm|mục|chương|của|các|và|nội dung|quy định|tại|cho"
    r"|trong|phụ lục"
    r"|danh mục|kèm theo|ban hành|hai|ba|đối với|việc|cụm từ|\d{1,3}[a-zđ]?|[a-zđ]|[IVX]{1,5})(?!\w)){0,24}"
)
_ACTIVE = re.compile(rf"(?<!\w){_VERBS}{_WORDS}\s{{1,2}}\Z", re.IGNORECASE)
_PASSIVE = re.compile(
    rf"(?:(?<!\w)(?:được|bị)\s{{1,2}}(?:[^,.;()]{{0,40}}\s{{1,2}})?|\(\s?){_VERBS}{_WORDS}\s{{1,2}}(?:bởi|bằng|tại|theo|trong|qua)"
    rf"\s{{1,2}}(?:các\s{{1,2}}|điều \d+\s{{1,2}}|khoản \d+\s{{1,2}}){{0,3}}\Z",
    re.IGNORECASE,
)
_LISTED = re.compile(r"\s{0,2}(?:,|;|\s(?:và|cùng|hoặc))(?:\s{1,2}(?:và|của|các|cùng)){0,3}\s{1,2}\Z", re.IGNORECASE)
_LEADS = re.compile(
    r"(?:\A|[,;(]|\s(?:và|đã|sẽ|để|nhằm|cũng|đồng thời|việc|về|là|này|vừa|mới))\s{0,2}\Z", re.IGNORECASE
)
_OTHERS = re.compile(
    r"(?:đề nghị|đề xuất|kiến nghị|yêu cầu|dự thảo|xây dựng|nghiên cứu|trình|soạn|căn cứ|theo|xem xét)\s", re.IGNORECASE
)
_STOP = re.compile(r"[.!?…]\s|\n")
_LONGEST_GAP = 240
_NO_HEADS = frozenset({"Tờ trình", "Báo cáo", "Công văn", "Công điện", "Cáo trạng", "Bản án", "Hiến pháp"})


class Amendment(NamedTuple):
    """From the mention that amends to the amended one, as indices."""

    head: int
    tail: int


def arrows(text: str, mentions: Sequence[Mention], types: Sequence[str]) -> Iterator[Amendment]:
    """Amendments between the top mentions of a text, and between an amending law and those inside it."""
    chain = -1
    for n in range(1, len(mentions)):
        gap = text[mentions[n - 1].end : mentions[n].start]
        if len(gap) > _LONGEST_GAP or _STOP.search(gap):
            chain = -1
            continue
        head = chain if chain >= 0 else n - 1
        if _PASSIVE.search(gap):
            yield Amendment(n, n - 1)
            chain = -1
        elif chain >= 0 and _LISTED.fullmatch(gap):
            yield Amendment(chain, n)
        elif types[head] not in _NO_HEADS and _amends(gap):
            yield Amendment(head, n)
            chain = head
        else:
            chain = -1


def _amends(gap: str) -> bool:
    verb = _ACTIVE.search(gap)
    if verb is None or not _LEADS.search(gap[: verb.start()]):
        return False
    return not _OTHERS.search(gap[: verb.start()])
