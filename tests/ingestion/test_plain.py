"""Plain text, records and sources: zones, teasers, repairs, ids, bad input."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path
from typing import Any

import pytest

from vigold.document import Document, problems
from vigold.errors import VigoldError
from vigold.ingestion import Ingested, ingest

ARTICLE = """\
Xã Bình Minh khánh thành cây cầu mới

Sáng 2/3, xã Bình Minh khánh thành cây cầu  dài 60 m, nối hai bờ sông Lặng.
Người dân đi trên cầu mới.
Người dân đi trên cầu mới.

Cây cầu được khởi công từ năm ngoái.
>> Vì sao cầu cũ phải tháo dỡ?

Lễ cắt băng. (Ảnh: THU AN)
Chủ tịch xã cho biết đường dẫn sẽ xong trong quý II.

Trần Minh - Thu An (Theo TTXVN)

Có thể bạn quan tâm:

Học sinh vùng cao đến trường.

Lớp học trên đỉnh núi

Thầy và trò đi bộ hai giờ mỗi ngày.

Chợ phiên họp lại sau mưa lũ. (Ảnh: MINH HÀ)

Chợ phiên đông trở lại

Bà con mang nông sản xuống chợ từ sớm.
"""


def zones(document: Document) -> list[tuple[str, str]]:
    assert document.text is not None
    return [(zone.kind, document.text[zone.start : zone.end]) for zone in document.zones]


def one(path: Path, content: str | bytes, **options: Any) -> Ingested:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    (item,) = ingest([path], **options)
    assert not list(problems(item.document))
    return item


def test_zones_cover_every_paragraph_and_the_text_stays(tmp_path: Path) -> None:
    item = one(tmp_path / "cau.txt", ARTICLE, published="2024-03-02")
    assert [(kind, text[:16]) for kind, text in zones(item.document)] == [
        ("title", "Xã Bình Minh khá"),
        ("sapo", "Sáng 2/3, xã Bìn"),
        ("caption", "Người dân đi trê"),
        ("caption", "Người dân đi trê"),
        ("body", "Cây cầu được khở"),
        ("caption", "Lễ cắt băng. (Ản"),
        ("body", "Chủ tịch xã cho "),
        ("byline", "Trần Minh - Thu "),
    ]
    kept = ARTICLE.split("\n\nCó thể")[0].replace(">> Vì sao cầu cũ phải tháo dỡ?\n", "")
    assert item.document.text == kept
    assert (item.document.id, item.document.published) == ("cau", "2024-03-02")
    assert item.document.title == "Xã Bình Minh khánh thành cây cầu mới"


def test_teasers_are_kept_one_by_one(tmp_path: Path) -> None:
    item = one(tmp_path / "cau.txt", ARTICLE)
    assert item.document.meta["related"] == [
        {"title": "Vì sao cầu cũ phải tháo dỡ?"},
        {
            "title": "Lớp học trên đỉnh núi",
            "caption": "Học sinh vùng cao đến trường.",
            "text": "Thầy và trò đi bộ hai giờ mỗi ngày.",
        },
        {
            "title": "Chợ phiên đông trở lại",
            "caption": "Chợ phiên họp lại sau mưa lũ. (Ảnh: MINH HÀ)",
            "text": "Bà con mang nông sản xuống chợ từ sớm.",
        },
    ]
    assert item.notes == ("3 related items cut off",)


@pytest.mark.parametrize("marker", ["TIN LIÊN QUAN", "Đọc thêm :", "xem thêm", "Có thể bạn quan tâm…"])
def test_a_marker_is_known_in_any_dress(tmp_path: Path, marker: str) -> None:
    text = one(tmp_path / "a.txt", f"Câu một.\n{marker}\nTin khác hẳn").document.text
    assert text == "Câu một."


def test_a_word_of_a_marker_within_a_sentence_cuts_nothing(tmp_path: Path) -> None:
    text = "Xem thêm phim hay là thói quen của ông.\nÔng đọc tin liên quan mỗi sáng."
    assert one(tmp_path / "a.txt", text).document.text == text


def test_repairs_are_made_and_reported(tmp_path: Path) -> None:
    raw = "\ufeff" + unicodedata.normalize("NFD", "Trời đổ mưa.\r\n\r\nĐường vắng.\r\n")
    item = one(tmp_path / "a.txt", raw)
    assert item.document.text == "Trời đổ mưa.\n\nĐường vắng."
    assert item.notes == ("BOM removed", "CRLF repaired", "NFD repaired")


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.txt", b"", "the file is empty"),
        ("a.txt", b"\xef\xbb\xbf", "no article found"),
        ("a.txt", "Tin liên quan\nTin khác".encode(), "no article found"),
        ("a.txt", b"PK\x03\x04\x00\x00", "a NUL character"),
        ("a.txt", "Hà Nội".encode("utf-16-be"), "not UTF-8|a NUL character"),
        ("a.html", b"<html><body><p>\xff\xfe", "not UTF-8"),
        ("a.html", b"<html><body></body></html>", "no article found"),
        ("a.jsonl", b'{"id":"x","spans":[]}', "document x has no text"),
        ("a.jsonl", b'{"id":"x","text":"a\\r\\n","spans":[{"start":0,"end":1,"label":"PER"}]}', "convert --normalise"),
    ],
)
def test_bad_files_are_named(tmp_path: Path, name: str, content: bytes, words: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(VigoldError, match=words) as error:
        list(ingest([path]))
    assert str(path) in str(error.value)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("day", ["2023-02-30", "5/7/2023", "20230705", ""])
def test_published_must_be_a_real_day(tmp_path: Path, day: str) -> None:
    with pytest.raises(VigoldError, match="YYYY-MM-DD"):
        ingest([tmp_path], published=day)


def test_missing_files_and_folders_without_articles(tmp_path: Path) -> None:
    for source in (tmp_path / "nowhere.txt", tmp_path):
        with pytest.raises(VigoldError, match=str(source)):
            list(ingest([source]))


def test_equal_stems_take_the_path(tmp_path: Path) -> None:
    for name in ("b/tin.txt", "a/tin.txt", "a/khac.txt", "a/.nhap.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("Một câu.")
    assert [item.document.id for item in ingest([tmp_path])] == ["khac", "a/tin", "b/tin"]
    assert [item.document.id for item in ingest([tmp_path / "b", tmp_path / "a/tin.txt"])] == ["b/tin", "a/tin"]


def test_a_doubled_id_names_both_files(tmp_path: Path) -> None:
    (tmp_path / "tin.txt").write_text("Một câu.")
    (tmp_path / "z.jsonl").write_text('{"id":"tin","text":"Hai câu."}\n')
    with pytest.raises(VigoldError, match=r"z\.jsonl: document tin already came from .*tin\.txt"):
        list(ingest([tmp_path]))


def test_records_pass_or_are_repaired(tmp_path: Path) -> None:
    path = tmp_path / "r.jsonl"
    decomposed = unicodedata.normalize("NFD", "Hồ Gươm\r\nHà Nội")
    zone = {"kind": "body", "start": decomposed.index("\n") + 1, "end": len(decomposed)}
    span = {"id": "s1", "start": 0, "end": 2, "label": "LOC"}
    rows = [
        {"id": "sạch", "text": "Hồ Gươm", "published": "2020-01-01", "spans": [span], "meta": {"k": 1}},
        {"id": "vỡ", "text": decomposed, "zones": [zone]},
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    clean, repaired = ingest([path], published="2024-05-06", licence="CC-BY-4.0")
    assert (clean.document.published, clean.document.licence) == ("2020-01-01", "CC-BY-4.0")
    assert clean.document.meta == {"k": 1}
    assert clean.notes == ()
    assert zones(repaired.document) == [("body", "Hà Nội")]
    assert repaired.document.published == "2024-05-06"
    assert repaired.notes == ("CRLF repaired", "NFD repaired")
