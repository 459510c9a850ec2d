"""What a line of an article is by its looks: a headline, a caption, a byline."""

from __future__ import annotations

import re

from vigold.text import fold, sentences

MAX_HEADLINE = 250
"""A longer line is a paragraph whose full stop is missing, in characters."""

_CLOSED = re.compile(r"[.…:;,][”\"’')\]]*\Z")
_ASKED = re.compile(r"[?!][”\"’')\]]*\Z")

_CREDIT_WORD = r"(?:Ảnh(?: minh họa)?|Nguồn ảnh|Video|Clip|Đồ họa|Infographic)"
_CREDITED = r"(?:[^.]|\.(?=\w)){1,60}"
_CREDIT_AT_END = re.compile(
    rf"(?:\(\s*{_CREDIT_WORD}\s*(?::[^()]*)?\)|(?:\A|[.!?…”\")]\s*){_CREDIT_WORD}\s*:{_CREDITED})[.\s]*\Z"
)
_CREDIT_AT_HEAD = re.compile(rf"\[?{_CREDIT_WORD}\s*:")

_LATIN = (*range(0x41, 0x250), *range(0x1EA0, 0x1EFA))
_UPPER = "".join(chr(code) for code in _LATIN if chr(code).isupper())
_WORD = rf"[{_UPPER}](?:\.|[^\W\d_]*)"
_NAME = rf"{_WORD}(?: {_WORD}){{1,4}}"
_SHOUTED = rf"[{_UPPER}]{{2,}}(?: [{_UPPER}]+){{0,4}}"
_ONE = rf"(?:{_NAME}|{_SHOUTED})"
_MANY = rf"{_ONE}(?:\s*(?:[-–—,/&]|\bvà\b)\s*{_ONE}){{0,3}}"
_DUTY = r"(?:Bài và ảnh|Bài, ảnh|Tin và ảnh|Tin, ảnh|Bài|Tin|Thực hiện|Tổng hợp|Tác giả|PV)"
_FROM = r"\(\s*(?:Theo|Nguồn:?|Dịch từ)?\s*[^()]{2,60}\)"
_BYLINE = re.compile(rf"(?:(?:{_DUTY}\s*:\s*)?{_MANY}(?:\s*{_FROM})?|{_FROM}|Theo {_ONE})\Z")
_MAX_BYLINE = 80


def is_headline(line: str) -> bool:
    """Whether a line has no closing punctuation; one question or exclamation may be a headline too."""
    if len(line) > MAX_HEADLINE or _CLOSED.search(line):
        return False
    return not _ASKED.search(line) or len(sentences(line)) == 1


def is_caption(line: str) -> bool:
    """Whether a line opens or closes with the credit of a picture: `Ảnh: TTXVN`, `… (Ảnh: MINH HÀ)`."""
    return bool(_CREDIT_AT_HEAD.match(fold(line)) or _CREDIT_AT_END.search(fold(line)))


def is_byline(line: str) -> bool:
    """Whether a line is only a name or a source: `Lê Phương`, `MINH HÀ - THU AN (TTXVN)`, `(Theo Reuters)`."""
    return len(line) <= _MAX_BYLINE and bool(_BYLINE.match(line))
