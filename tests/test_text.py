"""Offsets survive every repair; matching forms keep the length; tokens keep what belongs together."""

from __future__ import annotations

import timeit
import unicodedata
from functools import partial
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vigold.text import BOM, Edges, canonical, fold, paragraphs, sentences, tokens, words

ANY = st.text(st.one_of(st.characters(), st.sampled_from("\r\n\ufeffe\u0302\u0301\u0323ế\u1100\u1161\u11a8")))


@given(ANY)
def test_canonical_is_the_whole_text_normalised(text: str) -> None:
    plain = text.removeprefix(BOM).replace("\r\n", "\n").replace("\r", "\n")
    form = canonical(text)
    assert form.text == unicodedata.normalize("NFC", plain)
    assert canonical(form.text).text == form.text or form.text.startswith(BOM)


@given(ANY, st.data())
def test_offsets_go_there_and_back(text: str, data: st.DataObject) -> None:
    form = canonical(text)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    first, last = form.to_canonical(start, end)
    assert 0 <= first <= last <= len(form.text)
    back = form.to_source(first, last)
    assert form.to_canonical(*back) == (first, last)
    if first < last:
        assert back[0] <= start or text[back[0] - 1 : back[0]] == BOM
        assert back[1] >= end


def test_a_name_keeps_its_words_when_its_spelling_is_composed() -> None:
    text = BOM + unicodedata.normalize("NFD", "Ông Nguyễn Trọng Ước\r\nnói") + "\r"
    form = canonical(text)
    assert form.repairs == ("BOM", "CRLF", "NFD")
    start = text.index("N")
    end = text.index("\r")
    assert form.text[slice(*form.to_canonical(start, end))] == "Nguyễn Trọng Ước"
    assert form.to_source(4, 20) == (start, end)


@given(ANY)
def test_fold_keeps_the_length(text: str) -> None:
    assert len(fold(text)) == len(text)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("hoà bình, Uỷ ban, HOÁ", "hòa bình, Ủy ban, HÓA"),
        ("quý, thuỷ, khoẻ, hoàn toàn", "quý, thủy, khỏe, hoàn toàn"),
        ("Ðảng 31–KL/TW\u00a0ngày", "Đảng 31-KL/TW ngày"),
    ],
)
def test_fold_joins_spellings(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kết luận số 31-KL/TW.", ["Kết", "luận", "số", "31-KL/TW", "."]),
        ("ngày 21/4/2022, tăng 3,72%;", ["ngày", "21/4/2022", ",", "tăng", "3,72%", ";"]),
        ("(UBND TP.HCM)", ["(", "UBND", "TP.HCM", ")"]),
        ("Nghị định 30/2020/NĐ-CP lúc 9h30", ["Nghị", "định", "30/2020/NĐ-CP", "lúc", "9h30"]),
        ("kinh tế-xã hội 2021-2025", ["kinh", "tế", "-", "xã", "hội", "2021-2025"]),
        ("T.Ư, 66.22/2026/NQ-CP", ["T.Ư", ",", "66.22/2026/NQ-CP"]),
    ],
)
def test_tokens_are_syllables_and_whole_numbers(text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in tokens(text)] == expected


@given(ANY)
def test_tokens_cover_all_but_blanks_in_order(text: str) -> None:
    pieces = tokens(text)
    assert "".join(text[start:end] for start, end in pieces) == "".join(text.split())
    assert all(one.end <= other.start for one, other in pairwise(pieces))


PARTS = st.sampled_from([*"aĐ7.,:/-–&%+ \n\u0301", "TP", "PGS", "St", "Tr.", "57-KL/TW", "Huế", "9h"])


@given(st.lists(PARTS, min_size=1).map("".join), st.data())
def test_edges_are_those_of_tokens(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    pieces = tokens(text)
    expected = start in {piece.start for piece in pieces} and end in {piece.end for piece in pieces}
    assert Edges(text).hold(start, end) == expected


MORE = st.sampled_from(["TP.", "TP.HCM", "GS.", "PGS.TS.", "T.Ư", "21/4/2022,", "họp.", "\u00a0", ""])


@given(st.lists(PARTS | MORE | ANY).map("".join))
def test_words_are_those_of_the_tokens(text: str) -> None:
    assert words(text) == [text[piece.start : piece.end] for piece in tokens(text)]


def test_sentences_do_not_end_in_abbreviations() -> None:
    text = "GS. Lê Văn Tám về TP. Huế. “Tốt lắm!” Ông nói.\n\n  Giá 3.500 đồng… Hết"
    assert [text[start:end] for start, end in sentences(text)] == [
        "GS. Lê Văn Tám về TP. Huế.",
        "“Tốt lắm!”",
        "Ông nói.",
        "Giá 3.500 đồng…",
        "Hết",
    ]
    assert [text[start:end] for start, end in paragraphs(text)][1] == "Giá 3.500 đồng… Hết"


@pytest.mark.parametrize("piece", ["TP. A. ", "...", ". A"])
def test_the_time_for_sentences_grows_with_the_text(piece: str) -> None:
    # Ten times the text took a hundred times as long; the best of three runs is little disturbed by the machine.
    short, long = (min(timeit.repeat(partial(sentences, piece * n), number=1, repeat=3)) for n in (2_000, 20_000))
    assert long < 40 * short + 0.05
