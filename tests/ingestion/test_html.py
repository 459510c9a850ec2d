"""Saved web pages: the parts of the article, what stays out of it, and the day it was published."""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path
from typing import Any

import pytest

from vigold.document import Document, problems
from vigold.errors import MissingExtra, VigoldError
from vigold.ingestion import Ingested, ingest
from vigold.ingestion.days import day_of
from vigold.ingestion.selectors import xpath

PAGE = """<!DOCTYPE html>
<html><head><title>Cầu mới - Báo Thử</title>{head}
<link rel="canonical" href="https://bao.example/cau-moi.html"><meta property="og:site_name" content="Báo Thử"></head>
<body><nav><ul><li>Tin mới</li><li>Thể thao</li></ul></nav><header><h1><a class="logo"></a></h1></header>
<h1 class="article__title">Xã Bình Minh <br> khánh thành cầu</h1>
<div class="article__sapo">Cây cầu dài 60 m
   nối hai bờ sông Lặng.</div>
<figure><img src="x.png"><figcaption>Cầu nhìn từ xa.<script>alert(1)</script></figcaption></figure>
<div class="article__body">
 <p>Sáng 2/3, xã <b>Bình&nbsp;Minh</b>   khánh thành
    cầu.</p><div class="qc">Mua một tặng một</div>
 <table><tr><td><img src="y.png"></td></tr>
 <tr><td class="caption">Người dân qua cầu. Ảnh: <em>THU AN</em></td></tr></table>
 <p>&gt;&gt; Vì sao cầu cũ bị dỡ</p>
 <div class="khung"><h3>Tin liên quan</h3><ul><li><a href="/1">Lớp học trên núi</a></li></ul></div>
 <p>Đường dẫn sẽ xong trong quý II.</p><p>Chia sẻ</p>
 <p style="text-align:right"><strong>Trần Minh</strong></p>
</div>
<div class="box-author">Ông Trần Minh là nhà báo.</div>
<div class="cot"><div><h3>Đọc nhiều</h3></div><h4>Chợ phiên đông</h4><p>Bà con xuống chợ.</p></div>
<footer><p>Tổng Biên tập: Ông A</p></footer></body></html>"""


def zones(document: Document) -> list[tuple[str, str]]:
    assert document.text is not None
    return [(zone.kind, document.text[zone.start : zone.end]) for zone in document.zones]


def one(folder: Path, content: str | bytes, **options: Any) -> Ingested:
    path = folder / "trang.html"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    (item,) = ingest([path], **options)
    assert not list(problems(item.document))
    return item


def test_the_parts_of_a_page(tmp_path: Path) -> None:
    page = PAGE.format(head="")
    item = one(tmp_path, page)
    document = item.document
    assert zones(document) == [
        ("title", "Xã Bình Minh khánh thành cầu"),
        ("sapo", "Cây cầu dài 60 m nối hai bờ sông Lặng."),
        ("caption", "Cầu nhìn từ xa."),
        ("body", "Sáng 2/3, xã Bình\u00a0Minh khánh thành cầu."),
        ("caption", "Người dân qua cầu. Ảnh: THU AN"),
        ("body", "Đường dẫn sẽ xong trong quý II."),
        ("byline", "Trần Minh"),
    ]
    assert document.text == "\n\n".join(text for _, text in zones(document))
    assert (document.url, document.source) == ("https://bao.example/cau-moi.html", "Báo Thử")
    assert document.meta == {
        "raw_sha256": hashlib.sha256(page.encode()).hexdigest(),
        "author": "Trần Minh",
        "related": [
            {"title": "Vì sao cầu cũ bị dỡ"},
            {"title": "Lớp học trên núi"},
            {"title": "Chợ phiên đông", "text": "Bà con xuống chợ."},
        ],
    }
    assert item.notes == ("3 related items cut off",)


META = '<meta property="article:published_time" content="{}">'
JSON_LD = '<script type="application/ld+json">{{"@graph":[{{"@type":"NewsArticle","datePublished":"{}"}}]}}</script>'


@pytest.mark.parametrize(
    ("head", "day", "notes"),
    [
        ("", None, ()),
        (META.format("2023-07-05T18:30:00Z"), "2023-07-06", ()),
        (META.format("2023-07-06T00:10:00+07:00") + JSON_LD.format("2023-07-05T17:10:00Z"), "2023-07-06", ()),
        (
            META.format("2023-07-05") + JSON_LD.format("2023-07-06"),
            None,
            ("publication dates differ: 2023-07-05, 2023-07-06; set to null",),
        ),
        (META.format("hôm qua"), None, ("publication date not understood: 'hôm qua'; set to null",)),
        ('<script type="application/ld+json">{"@type":</script>', None, ()),
    ],
)
def test_the_day_is_what_all_marks_agree_on(tmp_path: Path, head: str, day: str | None, notes: tuple[str, ...]) -> None:
    item = one(tmp_path, PAGE.replace("{head}", head))
    assert item.document.published == day
    assert item.notes[1:] == notes
    filled = one(tmp_path, PAGE.replace("{head}", head), published="2024-01-01").document
    assert filled.published == (day or "2024-01-01")


@pytest.mark.parametrize(
    ("stamp", "day"),
    [
        ("Thứ năm, 14/3/2024, 08:40 (GMT+7)", "2024-03-14"),
        ("14/3/2024 23:05 GMT+0", "2024-03-15"),
        ("Thu, 14 Mar 2024 08:40:21 +0700", "2024-03-14"),
        ("10/7/2025 7:25:00 PM", None),
        ("5/7/2023 - 6/7/2023", None),
        ("30/2/2023", None),
        ("9999-12-31T23:59:59Z", None),
    ],
)
def test_days_of_stamps(stamp: str, day: str | None) -> None:
    assert day_of(stamp) == day


def test_a_page_without_rules_is_left_to_trafilatura(tmp_path: Path) -> None:
    sentence = "Sáng nay, đoàn công tác của tỉnh đã đến thăm các hộ dân ven sông và trao quà cho từng gia đình. "
    figure = "<figure><img src='x'><figcaption>Đoàn đi thuyền.</figcaption></figure>"
    body = f"<p>{sentence * 3}</p>{figure}<p>{sentence * 4}</p>"
    page = f"<html><body><h1>Thăm dân ven sông</h1><div id='q'><section>{body}</section></div></body></html>"
    assert [kind for kind, _ in zones(one(tmp_path, page).document)] == ["title", "body", "caption", "body"]


@pytest.mark.parametrize(
    "piece",
    ["<figure><img src='x'><figcaption>Thuyền về bến.</figcaption></figure><p>Gió.</p>", "<p>Tin liên quan</p>"],
)
def test_work_grows_with_the_page(tmp_path: Path, piece: str) -> None:
    # One pass over the whole for each caption or heading makes four times as many cost sixteen times as much.
    page = (
        "<html><body><h1>Bến</h1><div class='article__body'><div><p>Nắng.</p>{}</div></div><div>{}</div></body></html>"
    )
    work = [_work(tmp_path, page.format(piece * size, piece * size)) for size in (0, 50, 200)]
    assert work[2] - work[0] < 6 * (work[1] - work[0])


def _work(folder: Path, page: str) -> int:
    """How many functions reading a page calls."""
    calls = 0

    def count(frame: object, event: str, argument: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    one(folder, page)
    sys.setprofile(count)
    try:
        one(folder, page)
    finally:
        sys.setprofile(None)
    return calls


def test_another_charset_is_read_as_declared(tmp_path: Path) -> None:
    page = '<meta charset="windows-1258"><h1>Hà Nô\u0323i</h1><div class="article__body">Gió.</div>'
    assert zones(one(tmp_path, page.encode("cp1258")).document) == [("title", "Hà Nội"), ("body", "Gió.")]
    with pytest.raises(VigoldError, match="which the page declares"):
        one(tmp_path, b'<html><meta charset="none-such"><p>\xff')


def test_decomposed_letters_are_repaired_and_reported(tmp_path: Path) -> None:
    item = one(tmp_path, "<html><body><h1>Tin</h1><div class='article__body'><p>Ha\u0300 No\u0323\u0302i.</p></div>")
    assert zones(item.document)[-1] == ("body", "Hà Nội.")
    assert item.notes == ("NFD repaired",)


def test_without_the_extra_it_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    with pytest.raises(MissingExtra, match=r"vigold\[html\]"):
        one(tmp_path, PAGE)


def test_a_selector_that_is_none_is_refused() -> None:
    assert xpath("#a p.b").startswith(".//*[@id = 'a']//p[")
    with pytest.raises(ValueError, match="not a selector"):
        xpath("p:first-child")
