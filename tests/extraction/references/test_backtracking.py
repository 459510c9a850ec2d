"""No rows of words that belong to the grammar, with blanks as one likes, make the patterns try again and again."""

from __future__ import annotations

from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.extraction.references.marks import PUBLISHED
from vigold.extraction import references
from vigold.extraction.tables import table

_FRAMES = (
    "Nghị định 10/2020/NĐ-CP sửa đổi{} xyz Nghị định 11/2020/NĐ-CP",
    "Nghị định 10/2020/NĐ-CP được sửa đổi{} xyz Nghị định 11/2020/NĐ-CP",
    "Luật sửa đổi{} xyz Luật Giá",
    "Chính phủ{} Nghị quyết số 5",
    "Nghị quyết của Ban{} số 5/NQ-CP",
    "Nghị quyết Đại hội{} XIII",
)
_GAPS = {"số", "một số", "của", "các", "điều", "và", ",", "(", "ngày", "5", "XI", "Trung ương", "khóa", "Bộ", "Luật"}


def _strings(rows: object) -> list[str]:
    if isinstance(rows, str):
        return [rows]
    inner = rows.values() if isinstance(rows, dict) else rows if isinstance(rows, list) else ()
    return [word for row in inner for word in _strings(row)]


def _seconds(text: str) -> float:
    """The least of three times, since a machine may always be slower."""
    times = []
    for _ in range(3):
        start = process_time()
        references.find(text, published=PUBLISHED)
        times.append(process_time() - start)
    return min(times)


_GRAMMAR = sorted({word for rows in table("references").values() for word in _strings(rows)} | _GAPS)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(_GRAMMAR), min_size=1, max_size=4), st.sampled_from(_FRAMES))
def test_work_grows_with_the_text(words: list[str], frame: str) -> None:
    """However the words of the grammar are repeated with double blanks, ten times as many take about ten times as
    long: four times that and a twentieth of a second are left for the machine."""
    short, long = (_seconds(frame.format("  ".join(words * n))) for n in (8, 80))
    assert long < 40 * short + 0.05


@pytest.mark.parametrize("words", ["  số", "  một số", "  của  các", " ,  một", "  Ban", "  và  số"])
@pytest.mark.parametrize("frame", _FRAMES)
def test_rows_of_blanks_are_read_once(words: str, frame: str) -> None:
    assert _seconds(frame.format(words * 60)) < 0.2
