"""Whatever the text: spans lie in it and nest, and the work grows with it and not faster."""

from __future__ import annotations

import sys
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.strategies import texts
from vigold.document import crossings
from vigold.extraction import names

_PIECES = [
    "Bộ Tài chính", "bộ", "Ban Chỉ đạo", "Công tác", "thông tin", "Quốc hội", "khóa XV", "tỉnh", "TP.", "Hà Nội",
    "Nguyễn", "Văn An", "Ông", "Thủ tướng", "Phó Chủ tịch", "Trưởng", "của", "và", ",", ".", " - ", "\n", "Đại hội",
    "XIII", "Đảng", "Trung ương", "Kỳ họp thứ", "6", "Mỹ", "Lào", "các", "Ảnh:", "số 8", "phố", "(", ")", "“", "  ",
    "Hồ Chí Minh", "Văn phòng", "UBND", "nước",
]  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.one_of(texts(), st.lists(st.sampled_from(_PIECES), max_size=25).map(" ".join)))
def test_spans_lie_in_the_text_and_nest(text: str) -> None:
    text = unicodedata.normalize("NFC", text)
    spans = names.find(text)
    assert not [*crossings(spans)]
    assert len({span.key for span in spans}) == len(spans)
    assert spans == sorted(spans, key=lambda span: (span.start, -span.end))
    for span in spans:
        assert 0 <= span.start < span.end <= len(text)
        assert text[span.start : span.end] == text[span.start : span.end].strip()
    for person, post in names.holders(text, spans):
        assert spans[person].label != spans[post].label


_ENDLESS = [
    "A ", "A, ", "A-", "A", "ông ", "Phó ", "Trường ", "Bộ ", "Bộ Công an ", "Nguyễn ", "Trưởng Ban ", "Văn phòng ",
    "số 8 phố ", "Trụ sở ", "Ủy ban của ", "các bộ A và ", "xã Tân Lập A ", "Hội nghị Đảng ", "Đại hội ",
    "TP.\n", "Hà Nội, ", "Lê An, ", "Lê An Bình, Giám đốc ", "UBND xã Lê An ", "Novo Group ", "Bộ Y tế (HH) ",
    "Sở Y tế, ", "Sở Y tế, Y tế, Y tế, ", "Đại hội a ", "Robert ", "Khu công nghệ cao TP ", "V.T.", "BỘ Y TẾ HỌP ",
    "Gò Vấp và ", "đại hội a ",
    "\n", " ",
]  # fmt: skip


def _work(text: str) -> int:
    """How many functions finding the names of a text calls."""
    calls = 0

    def count(frame: object, event: str, argument: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        spans = names.find(text)
    finally:
        sys.setprofile(None)
    assert not [*crossings(spans)]
    return calls


@pytest.mark.parametrize("piece", _ENDLESS)
def test_work_grows_with_the_text(piece: str) -> None:
    short, long = (piece * (size // len(piece)) for size in (2_000, 8_000))
    names.find(short)
    assert _work(long) < 5 * _work(short) + 1000


def test_heads_in_a_row_do_not_read_the_words_behind_them_again() -> None:
    text = "Đại hội " * 500
    names.find(text)
    assert _work(text) < 600 * 500
