"""Spans find their words again in a corrected text, or say that they cannot."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vigold.formats.retext import Alignment

OLD = "Ông Lò Văn Sau họp tại mường Lay hôm qua.\nDòng hai: Bà Mận ở Sông Mã, Sông Mã."
NEW = "(Sửa) Ông Lò Văn Sáu họp tại  Mường Lay sáng nay.\nDòng hai: Bà Mận ở Sông Mã, Sông  Mã."


@pytest.mark.parametrize(
    ("words", "moved"),
    [
        ("Ông", "Ông"),
        ("Lò Văn Sau", "Lò Văn Sáu"),
        ("mường Lay", "Mường Lay"),
        ("Sông Mã", "Sông Mã"),
        ("Bà Mận ở Sông Mã, Sông Mã.", "Bà Mận ở Sông Mã, Sông  Mã."),
        ("hôm qua", None),
        ("ôm qu", None),
    ],
)
def test_words_are_found_again(words: str, moved: str | None) -> None:
    start = OLD.index(words)
    place = Alignment(OLD, NEW).carry(start, start + len(words))
    assert (NEW[slice(*place)] if place else None) == moved


@given(st.text(st.sampled_from("ab ạ\n,"), max_size=40), st.text(st.sampled_from("ab ạ\n,"), max_size=40), st.data())
def test_every_place_moves_into_the_text_or_nowhere(old: str, new: str, data: st.DataObject) -> None:
    start, end = data.draw(st.integers(-2, 44)), data.draw(st.integers(-2, 44))
    place = Alignment(old, new).carry(start, end)
    assert place is None or 0 <= place[0] < place[1] <= len(new)
    if place is None and old == new:
        assert not 0 <= start < end <= len(old)


@given(st.text(max_size=30), st.text(max_size=30), st.text(max_size=30))
def test_what_is_added_around_a_line_moves_it(before: str, line: str, after: str) -> None:
    old = f"\nHội An {line}\n"
    new = f"{before}{old}{after}"
    place = Alignment(old, new).carry(1, 7)
    assert place is None or new[slice(*place)] == "Hội An"
