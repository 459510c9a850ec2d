"""Names by rules: what each label holds, how names nest, and what looks like a name and is none."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.strategies import texts
from vigold.document import Span, crossings
from vigold.extraction import names

_MARK = re.compile(r"\{([A-Z]+) |\}")


def parse(markup: str) -> tuple[str, list[Span]]:
    """`{LOC Huế}` as text and spans."""
    text, spans, opened, place = "", [], [], 0
    for mark in _MARK.finditer(markup):
        text += markup[place : mark.start()]
        place = mark.end()
        if mark[1]:
            opened.append((mark[1], len(text)))
        else:
            label, start = opened.pop()
            spans.append(Span("", start, len(text), label))
    return text + markup[place:], sorted(spans, key=lambda span: (span.start, -span.end, span.label))


def check(markup: str) -> None:
    text, spans = parse(markup)
    found = [(text[span.start : span.end], span.label) for span in names.find(text)]
    assert found == [(text[span.start : span.end], span.label) for span in spans]


@pytest.mark.parametrize(
    "markup",
    [
        "Đồng chí {PER Trần Văn Minh} và ông {PER Bình} đến sớm.",
        "GS.TS {PER Lê Thị Hoa}, PGS.TS. {PER Phan An} và Đại tướng {PER Vũ Xuân Hải}.",
        "Mọi người nhớ lời {PER Bác Hồ}.",
        "{ROLE Chủ tịch} {PER Hồ Chí Minh} đọc bản này.",
        "Học tập tư tưởng {PER Hồ Chí Minh}.",
        "Toàn cảnh buổi lễ. (Ảnh: {PER MINH KHÔI})",
        "Toàn cảnh buổi lễ. (Ảnh: {ORG TTXVN})",
        "{ROLE Thủ tướng} {PER Jane Doe} phát biểu. Bà {PER Doe} cảm ơn.",
        "Bà {PER Đoàn Thị Lan} và ông {PER Hồ Đức Bình} cùng dự.",
        "Mưa lớn kéo dài.\n\n{PER Thu Trang}\n",
    ],
)
def test_persons(markup: str) -> None:
    check(markup)


@pytest.mark.parametrize(
    "markup",
    [
        "Đoàn đến {LOC tỉnh Lào Cai} và {LOC thành phố Huế}.",
        "Cháy lớn ở {LOC phường An Khê}, {LOC quận Thanh Khê}, {LOC TP. Đà Nẵng}.",
        "Nhà ở {LOC số 8 {LOC phố Hàng Bún}}, {LOC TP.HCM}.",
        "{LOC Xã Tân Lập} có nhiều suối. Dân {LOC xã Tân Lập} trồng chè.",
        "Cử tri các {LOC phường Tân An} và {LOC Hòa Khánh} đi bầu.",
        "Nhân dân {LOC nước Cộng hòa xã hội chủ nghĩa Việt Nam}.",
        "Tàu vào {LOC cảng Cái Lân} trên {LOC sông Hồng}.",
        "Xe chạy cao tốc {LOC Hà Nội} - {LOC Hải Phòng}.",
        "Quan hệ {LOC Việt} - {LOC Lào} phát triển tốt.",
        "Lũ lớn ở {LOC huyện Mường Bú}. Dân {LOC Mường Bú} đi sơ tán.",
        "Họp tại {LOC Hội trường {ORG Bộ Quốc phòng}}.",
        "Chị {PER Nga} sang {LOC Nga}.",
        "Đi qua {LOC đường Nguyễn Huệ}.",
    ],
)
def test_places(markup: str) -> None:
    check(markup)


@pytest.mark.parametrize(
    "markup",
    [
        "{ORG Bộ Tài chính}, {ORG bộ Công an} và {ORG Bộ VH-TT-DL} phối hợp.",
        "{ORG Văn phòng {ORG Quốc hội}} trình {ORG Quốc hội khóa XV}.",
        "{ORG UBND {LOC tỉnh Lào Cai}} báo cáo; {ORG Ủy ban nhân dân {LOC TP. Huế}} cũng vậy.",
        "{ORG Ban Tổ chức Trung ương} và {ORG Ngân hàng Nhà nước} họp.",
        "{ORG Ban Chỉ đạo Công tác thông tin đối ngoại} tổ chức họp. Tại đó, {ORG Ban Chỉ đạo} cho biết.",
        "{ORG Ban Chỉ đạo Trung ương về phòng, chống tham nhũng} họp.",
        "{ORG Bộ Nông nghiệp và Phát triển nông thôn} đề nghị.",
        "{ORG Sở Văn hóa, Thể thao và Du lịch {LOC Nghệ An}} mở lớp.",
        "{ORG Ủy ban Kinh tế tài chính {ORG Quốc hội}} thẩm tra.",
        "{ORG Ban Tuyên giáo {ORG Tỉnh ủy {LOC Nghệ An}}} họp.",
        "{ORG Tổ công tác của {ROLE Thủ tướng}} đi kiểm tra.",
        "Các bộ: {ORG Xây dựng}, {ORG Y tế} và {ORG Tài chính}.",
        "{ORG Trường THPT Nguyễn Du} và {ORG Tập đoàn Điện lực {LOC Việt Nam}}.",
        "Theo {ORG báo Lao Động} và {ORG Thông tấn xã {LOC Việt Nam}}.",
        "Nghị quyết của {ORG Đảng}, chính sách của {ORG Nhà nước}.",
        "Chỉ đạo của {ORG Trung ương} đến cấp Trung ương.",
        "Việc ở {ORG HĐND TP.} và {ORG Công an tỉnh} khác nhau.",
    ],
)
def test_bodies(markup: str) -> None:
    check(markup)


@pytest.mark.parametrize(
    "markup",
    [
        "{ROLE Bộ trưởng {ORG Tài chính}} gặp {ROLE Thứ trưởng {ORG Bộ Y tế}}.",
        "{ROLE Ủy viên {ORG Bộ Chính trị}}, {ROLE Thường trực {ORG Ban Bí thư}} {PER Lê Văn An}.",
        "{ROLE Phó Chủ tịch {ORG UBND {LOC tỉnh Lào Cai}}} {PER Lê Thị Hoa} cho biết.",
        "{ROLE Trưởng {ORG Ban Tuyên giáo Trung ương}} và {ROLE Trưởng {ORG ban Pháp chế}}.",
        "{ROLE Chánh {ORG Văn phòng {ORG Chính phủ}}} trả lời.",
        "{ROLE Tổng Bí thư}, {ROLE Chủ tịch nước} {PER Lê Văn An} dự.",
        "Nguyên {ROLE Thủ tướng} {PER Lê Văn An} và cố {ROLE Phó Thủ tướng} {PER Vũ Văn Bảo}.",
        "{ROLE Thủ tướng {LOC Lào}} thăm {LOC Việt Nam}.",
        "{ROLE Bí thư {ORG Trung ương {ORG Đảng}}} và {ROLE Phó Chủ tịch {ORG Quốc hội}}.",
        "{ROLE Chủ tịch {LOC nước CHXHCN Việt Nam}}.",
        "{ROLE Cục trưởng {ORG Cục Thú y}}, {ORG Bộ Nông nghiệp và Môi trường}.",
        "Bà {PER Lê Thị Hoa} - {ROLE đại biểu {ORG Quốc hội} {LOC TP Hà Nội}} - nói. Các đại biểu {ORG Quốc hội} nghe.",
        "Các bộ trưởng họp cùng các Thứ trưởng {ORG Bộ Y tế}.",
    ],
)
def test_posts(markup: str) -> None:
    check(markup)


@pytest.mark.parametrize(
    "markup",
    [
        "Nghị quyết {EVENT Đại hội XII của {ORG Đảng}} nêu rõ.",
        "{EVENT Đại hội đại biểu toàn quốc lần thứ XIII của {ORG Đảng}}.",
        "{EVENT Kỳ họp thứ 6, {ORG Quốc hội khóa XV}} và {EVENT kỳ họp thứ 4}.",
        "{EVENT Hội nghị Trung ương 8 khóa XIII} và {EVENT Hội nghị Văn hóa toàn quốc}.",
        "{EVENT SEA Games 31} ở {LOC Hà Nội}.",
        "Dự {EVENT Đối thoại Chiến lược {LOC Việt Nam} - {LOC Nhật Bản}}.",
    ],
)
def test_events(markup: str) -> None:
    check(markup)


@pytest.mark.parametrize(
    "text",
    [
        "Hòa chung không khí vui tươi, Mai này ta lại gặp.",
        "[Ảnh] Toàn cảnh hội nghị",
        "Nhà nước pháp quyền và Bộ luật Hình sự.",
        "Đảng viên, Đoàn viên, các ban, bộ, ngành, UBND các quận.",
        "Hội nghị Sơ kết công tác năm.",
        "Huân chương Hồ Chí Minh",
        "Anh hùng lao động, Ý kiến khác, Pháp luật.",
        "Kết luận số 57-KL/TW nêu rõ.",
        "Ở TP. và thành phố, trong nước, khu vực.",
        "",
        "   \n",
    ],
)
def test_false_friends(text: str) -> None:
    assert names.find(text) == []


def test_old_tone_marks_and_odd_characters_are_found_at_their_own_offsets() -> None:
    text = "Uỷ ban nhân dân tỉnh Khánh Hoà và Ð\u00f4ng."
    assert [text[span.start : span.end] for span in names.find(text)] == [
        "Uỷ ban nhân dân tỉnh Khánh Hoà",
        "tỉnh Khánh Hoà",
    ]


def held(text: str) -> list[tuple[str, str]]:
    spans = names.find(text)
    words = [text[span.start : span.end] for span in spans]
    return [(words[person], words[post]) for person, post in names.holders(text, spans)]


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("Bộ trưởng Tài chính Lê Văn An nói.", [("Lê Văn An", "Bộ trưởng Tài chính")]),
        ("Thủ tướng, đồng chí Lê Văn An", []),
        ("Thứ trưởng, Lê Văn An. Thủ tướng họp.", []),
        (
            "Lê Văn An, Thứ trưởng Ngoại giao; Vũ Thị Lan, Thứ trưởng Y tế.",
            [
                ("Lê Văn An", "Thứ trưởng Ngoại giao"),
                ("Vũ Thị Lan", "Thứ trưởng Y tế"),
            ],
        ),
        (
            "Lê Văn An - Giám đốc, Bí thư Thành ủy phát biểu.",
            [("Lê Văn An", "Giám đốc"), ("Lê Văn An", "Bí thư Thành ủy")],
        ),
        ("Tổng Bí thư, Chủ tịch nước Lê Văn An dự.", [("Lê Văn An", "Tổng Bí thư"), ("Lê Văn An", "Chủ tịch nước")]),
        ("Có Lê Văn An, Thủ tướng Vũ Văn Bảo.", [("Vũ Văn Bảo", "Thủ tướng")]),
        ("Lê Văn An phát biểu. Thủ tướng nghe.", []),
    ],
)
def test_holders(text: str, pairs: list[tuple[str, str]]) -> None:
    assert held(text) == pairs


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


@pytest.mark.parametrize("words", ["Trường ", "Bộ Công an ", "Nguyễn ", "Trưởng Ban ", "Văn phòng ", "số 8 phố "])
def test_endless_names_do_no_harm(words: str) -> None:
    assert not [*crossings(names.find(words * 2000))]
