"""Resolutions known by who passed them: a congress (`Đại hội XIII của Đảng`) or a plenum (`Trung ương 5, khóa XI`)."""

from __future__ import annotations

import re

from vigold.extraction.references import issuers
from vigold.extraction.references.mention import Mention, Part
from vigold.extraction.references.spelling import COMMA, DASH

_ORDINAL = (
    r"(?:thứ\s{1,2})?(?:nhất|hai|ba|tư|năm|sáu|bảy|bẩy|tám|chín|mười(?:\s(?:một|hai|ba|bốn|lăm))?|[IVX]{1,6}|\d{1,2})"
    r"(?![\w/])"
)
_TERMS = r"kh[oó][aá]\s{1,2}(?:[IVX]{1,6}|\d{1,2})(?!\w)"
_NUMERAL = rf"(?:{_TERMS}|lần\s{{1,2}}{_ORDINAL}|[IVX]{{1,6}}(?!\w)|\d{{1,2}}(?![\w/.,]?\d)(?!\w))"
_MORE_TERMS = r"(?:\s?(?:,|và)\s(?:kh[oó][aá]\s)?[IVX]{1,6}(?!\w)){0,3}"
_TERM = rf"(?:{COMMA}(?:\(\s?{_TERMS}{_MORE_TERMS}\s?\)|{_TERMS}))"
_CENTRE = r"(?:(?:Ban\sChấp\shành|BCH)\s{1,2})?(?:Trung\sương|TW|T\.\s?Ư|TƯ|T\.W)"
_PLENUM = re.compile(
    rf"""
    \s{{1,2}}(?:của\s{{1,2}})?
    (?:
      (?:Hội\snghị\s{{1,2}})?(?:lần\s{{1,2}}{_ORDINAL}\s{{1,2}})?{_CENTRE}(?:\s{{1,2}}Đảng)?
        \s{{1,2}}(?:lần\s{{1,2}}{_ORDINAL}|(?:ba|bốn|tư|sáu|bảy|tám|chín|mười)(?!\w)|[IVX]{{1,6}}(?!\w)|\d{{1,2}}(?!\w)(?![/{DASH}.,]\d))
        (?:\s?\({_ORDINAL}\))?
    | (?:TW|T\.?\s?Ư)\.?\d{{1,2}}(?![\w/])
    | Hội\snghị\s{{1,2}}(?:lần\s{{1,2}})?{_ORDINAL}{COMMA}(?:của\s{{1,2}})?{_CENTRE}(?:\s{{1,2}}Đảng)?
    )
    {_TERM}?
    """,
    re.VERBOSE | re.IGNORECASE,
)
_CONGRESS = re.compile(r"\s{1,2}(?:của\s{1,2})?(?:Đại hội|ĐH)(?=\s)(?!\s{1,2}đồng\s)", re.IGNORECASE)
_OF_TERM = re.compile(_TERMS, re.IGNORECASE)
_PIECES = re.compile(
    rf"""
    {COMMA}
    (?: (?P<numeral>{_NUMERAL})
      | đại\sbiểu(?!\w) | toàn\squốc(?!\w)
    )
    """,
    re.VERBOSE | re.IGNORECASE,
)
_YEARS = re.compile(rf"{COMMA}nhiệm\skỳ\s{{1,2}}\d{{4}}\s?[{DASH}]\s?\d{{4}}", re.IGNORECASE)
_HOLDER = re.compile(
    r"\s{1,2}(?:của\s{1,2})?(?=Đảng|đảng bộ|Công đoàn|Đoàn|Hội|Tỉnh|Thành|Mặt trận|[A-ZĐ]{3})",
)


def read(text: str, start: int, end: int) -> Mention | None:
    """The resolution whose kind stands at `start`, when a congress or a plenum follows."""
    stop = _plenum(text, end) or _congress(text, end)
    if not stop:
        return None
    return Mention(start, stop, "congress", Part(start, end), name=Part(start, stop))


def _plenum(text: str, end: int) -> int:
    match = _PLENUM.match(text, end)
    return match.end() if match else 0


def _congress(text: str, end: int) -> int:
    """Which congress it was must be said: its number, or the years of its term."""
    head = _CONGRESS.match(text, end)
    if head is None:
        return 0
    stop, numbered = head.end(), False
    for _ in range(8):
        if piece := _PIECES.match(text, stop):
            if piece["numeral"] and numbered:
                break
            numbered = numbered or piece["numeral"] is not None
            stop = piece.end()
        elif further := _holder(text, stop):
            numbered = numbered or _OF_TERM.search(text, stop, further) is not None
            stop = further
        else:
            break
    if numbered:
        return stop
    years = _YEARS.match(text, stop)
    return years.end() if years else 0


def _holder(text: str, at: int) -> int:
    """The end of the party or the body whose congress it was."""
    link = _HOLDER.match(text, at)
    if link is None:
        return 0
    return issuers.end(text, link.end()) or issuers.party(text, link.end())
