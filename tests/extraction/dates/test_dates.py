"""Dates by rules: the table that documents them, what holds for any text, families, work that grows with the text."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.strategies import texts
from vigold import scheme
from vigold.document import Document, Span
from vigold.extraction import dates

_BRACE = re.compile(r"[{}]")
_SCHEME = scheme.load()
_NONE = "-"


class Row(NamedTuple):
    """A sentence of the table, its publication date, and the spans that are to be found in it."""

    text: str
    published: str | None
    spans: tuple[Span, ...]


def _spans(marked: str, columns: list[str]) -> tuple[str, tuple[Span, ...]]:
    """The sentence without its braces, and its spans with the attributes that the columns give them."""
    starts: list[int] = []
    places: list[tuple[int, int]] = []
    text, end = "", 0
    for brace in _BRACE.finditer(marked):
        text += marked[end : brace.start()]
        end = brace.end()
        if brace[0] == "{":
            starts.append(len(text))
        else:
            places.append((starts.pop(), len(text)))
    names = ("type", "value", "mod", "calendar")
    rows = zip(*(column.split(" ; ") for column in columns), strict=True) if places else ()
    attrs = [{name: value for name, value in zip(names, row, strict=True) if value != _NONE} for row in rows]
    spans = (Span("", start, end, "DATE", values) for (start, end), values in zip(places, attrs, strict=True))
    return text + marked[end:], tuple(spans)


def _table() -> Iterator[Row]:
    for line in (Path(__file__).parent / "table.tsv").read_text("utf-8").splitlines():
        if line and not line.startswith("# "):
            marked, published, *columns = line.replace("⏎", "\n").split("\t")
            text, spans = _spans(marked, columns)
            yield Row(text, None if published == _NONE else published, spans)


TABLE = list(_table())


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row.text)
def test_table(row: Row) -> None:
    found = dates.find(row.text, row.published)
    assert [(row.text[s.start : s.end], s.attrs) for s in found] == [
        (row.text[s.start : s.end], s.attrs) for s in row.spans
    ]
    assert tuple(found) == row.spans


def test_the_table_is_large() -> None:
    assert sum(len(row.spans) for row in TABLE) >= 300
    assert sum(not row.spans for row in TABLE) >= 60


def test_the_table_fits_the_scheme() -> None:
    for row in TABLE:
        for span in row.spans:
            assert all(_SCHEME.fits("DATE", name, value) for name, value in span.attrs.items()), (row.text, span)


@pytest.mark.parametrize("family", dates.FAMILIES)
def test_every_family_finds_something(family: str) -> None:
    """Without it, some sentence of the table comes out wrong; with it, all are right."""
    assert any(tuple(dates.find(row.text, row.published, {family})) != row.spans for row in TABLE)


def test_families_say_what_they_are() -> None:
    assert all(line and "\n" not in line for line in dates.FAMILIES.values())
    with pytest.raises(ValueError, match="no families of date rules: dayz"):
        dates.find("Sáng 5/7.", None, ["dayz"])


_WORDS = """
ngày tháng năm hôm nay qua mai sáng chiều đêm giờ tuần trước sau tới này vừa thứ chủ nhật cùng hết cách đây nửa mùa xuân
5/7 5-7 2/9/2023 31/2 2021-2025 9h30 24h 8 30 phút 90 2023 từ đến và , . ( ) - % / : quý II thế kỷ XX thập niên những
đầu cuối giữa khoảng hơn hai mười một tết mùng rằm giêng chạp âm lịch hằng mỗi Quý Mão Quốc khánh lần nữa tỷ tức nhuận
"""
WORDS = [*_WORDS.split(), "\n", "\u00a0"]


def _phrases() -> st.SearchStrategy[str]:
    """Words of dates in any order, so that they meet as they never do in a text."""
    words = st.lists(st.sampled_from(WORDS), max_size=20)
    return st.tuples(words, st.sampled_from([" ", "  ", ""])).map(lambda pair: pair[1].join(pair[0]))


@given(
    text=texts() | _phrases(),
    published=st.none() | st.dates().map(str) | st.sampled_from(["9999-12-31", "0001-01-01"]),
    without=st.sets(st.sampled_from(sorted(dates.FAMILIES))) | st.just(set()),
)
def test_any_text(text: str, published: str | None, without: set[str]) -> None:
    end = 0
    for span in dates.find(text, published, without):
        words = text[span.start : span.end]
        assert end <= span.start < span.end <= len(text)
        assert words == words.strip()
        assert set(span.attrs) >= {"type", "value"}
        assert all(_SCHEME.fits("DATE", name, value) for name, value in span.attrs.items()), (words, span.attrs)
        end = span.end


def test_the_extractor_gives_ids() -> None:
    document = Document("d", "Sáng 5/7, chợ họp đến 9h.", "2023-07-06")
    found = dates.make()(document)
    assert [(span.id, document.surface(span), span.attrs["value"]) for span in found.spans] == [
        ("s1", "Sáng 5/7", "2023-07-05TMO"),
        ("s2", "9h", "2023-07-05T09:00"),
    ]
    assert not found.relations
    assert dates.LABELS == ("DATE",)


def _work(run: Callable[[], object]) -> int:
    """How many functions are called in a run, those of the regular expressions among them."""
    calls = 0

    def count(*event: object) -> None:
        nonlocal calls
        calls += 1

    sys.setprofile(count)
    try:
        run()
    finally:
        sys.setprofile(None)
    return calls


@pytest.mark.parametrize(
    "piece",
    [
        "1", "5 ", "5-", "5/", "5.", "5, ", "số ", "ngày ", " ", "\n", "từ ngày 5 đến ", "8 giờ ", "8h ", "sáng ",
        "năm ", "hai ", "hai mươi ", "tháng 5, ", "2021-", "cùng ngày ", "đầu ", "hơn gần ", "thứ Hai, ", "tết ",
        "5/7 và ", "10, 11, 12 và ", "10,  11  và  ", "8h 8h 8h ", "25-28/6 ", "10, 11 và 12/7 ", "ngày 5,  ",
        "1 năm  2 tháng  ", "thứ Sáu (5/7), ", "2016-20 và ", "vụ việc ", "các thứ Hai,  ",
    ],
)  # fmt: skip
def test_work_grows_with_the_text(piece: str) -> None:
    short, long = (piece * (size // len(piece)) for size in (2_000, 8_000))
    dates.find(short, "2023-07-06")
    work = [_work(partial(dates.find, text, "2023-07-06")) for text in (short, long)]
    assert work[1] < 5 * work[0] + 1000
