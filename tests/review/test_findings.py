"""What lint finds: a sentence with a wrong span for every kind of fault, and right ones that look alike."""

from __future__ import annotations

import pytest

from tests.review.made import GOLD, SCHEME
from vigold.document import Document, Span
from vigold.review import rules
from vigold.review.lint import Finding, lint

RULES = rules.load()
DATE, TIME, LENGTH = {"type": "DATE"}, {"type": "TIME"}, {"type": "DURATION"}
DECREE = {"doc_type": "Nghị định", "number": "12/2023/NĐ-CP"}

FOUND = [
    ("blank-edge", "Họp ở Hà Nội hôm qua", " Hà Nội", "LOC", {}, "Hà Nội"),
    ("blank-edge", "Họp ở \u200bHà Nội\u200b hôm qua", "\u200bHà Nội\u200b", "LOC", {}, "Hà Nội"),
    ("blank-edge", "Họp ở Hà Nội\u00ad hôm qua", "Hà Nội\u00ad", "LOC", {}, "Hà Nội"),
    ("quote-edge", "Báo “Gió Biển” đưa tin", "“Gió Biển”", "ORG", {}, "Gió Biển"),
    ("quote-edge", "Giải (Gió Biển đưa tin", "(Gió Biển", "ORG", {}, "Gió Biển"),
    ("punctuation-edge", "Ở Hà Nội, trời mưa", "Hà Nội,", "LOC", {}, "Hà Nội"),
    ("cut-word", "Ông Trần Văn Minh nói", "Trần Văn Min", "PER", {}, "Trần Văn Minh"),
    ("line-end-inside", "Sở Nội vụ\n\nHà Nội họp", "Sở Nội vụ\n\nHà Nội", "ORG", {}, None),
    ("title-inside", "Gặp đồng chí Trần Văn Minh", "đồng chí Trần Văn Minh", "PER", {}, "Trần Văn Minh"),
    ("title-inside", "Theo GS.TS. Trần Văn Minh", "GS.TS. Trần Văn Minh", "PER", {}, "Trần Văn Minh"),
    ("title-inside", "Theo TS. Lò Văn Sáu", "TS. Lò Văn Sáu", "PER", {}, "Lò Văn Sáu"),
    ("title-inside", "Theo PGS, TS Lò Văn Sáu", "PGS, TS Lò Văn Sáu", "PER", {}, "Lò Văn Sáu"),
    ("title-inside", "Ông Trần Văn Minh nói", "Ông Trần Văn Minh", "PER", {}, "Trần Văn Minh"),
    ("title-inside", "ÔNG TRẦN VĂN MINH NÓI", "ÔNG TRẦN VĂN MINH", "PER", {}, "TRẦN VĂN MINH"),
    ("title-inside", "ĐẠI TƯỚNG LÒ VĂN SÁU", "ĐẠI TƯỚNG LÒ VĂN SÁU", "PER", {}, "LÒ VĂN SÁU"),
    ("title-perhaps", "Thơ Bà Huyện Thanh Quan", "Bà Huyện Thanh Quan", "PER", {}, None),
    ("former-inside", "Gặp nguyên Thủ tướng", "nguyên Thủ tướng", "ROLE", {}, "Thủ tướng"),
    ("former-inside", "Gặp Cựu Bộ trưởng", "Cựu Bộ trưởng", "ROLE", {}, "Bộ trưởng"),
    ("plural-post", "Gặp các bộ trưởng", "các bộ trưởng", "ROLE", {}, None),
    ("plural-post-before", "Gặp các bộ trưởng để bàn", "bộ trưởng", "ROLE", {}, None),
    ("several-posts", "Tổng Bí thư, Chủ tịch nước đến", "Tổng Bí thư, Chủ tịch nước", "ROLE", {}, None),
    ("several-posts", "Bí thư kiêm Chủ tịch đến", "Bí thư kiêm Chủ tịch", "ROLE", {}, None),
    ("several-places", "Mưa ở Hà Nội, Huế", "Hà Nội, Huế", "LOC", {}, None),
    ("several-places", "Mưa ở phường Hoa Sữa, quận Gió", "phường Hoa Sữa, quận Gió", "LOC", {}, None),
    ("several-persons", "Gặp Lò Văn Sáu và Hà Mơ", "Lò Văn Sáu và Hà Mơ", "PER", {}, None),
    ("unit-outside", "Họp tại tỉnh Lào Cai", "Lào Cai", "LOC", {}, "tỉnh Lào Cai"),
    ("unit-outside", "Dạo phố Hàng Đàn", "Hàng Đàn", "LOC", {}, "phố Hàng Đàn"),
    ("unit-outside", "Kẹt xe ở đường Hoa Ban", "Hoa Ban", "LOC", {}, "đường Hoa Ban"),
    ("unit-outside", "Lên núi Cô Tiên", "Cô Tiên", "LOC", {}, "núi Cô Tiên"),
    ("unit-outside", "Qua cầu Bến Mơ", "Bến Mơ", "LOC", {}, "cầu Bến Mơ"),
    ("unit-outside", "Về bản Pá Khôm", "Pá Khôm", "LOC", {}, "bản Pá Khôm"),
    ("unit-outside", "Dọc sông Gấm", "Gấm", "LOC", {}, "sông Gấm"),
    ("preposition-place", "Ngập tại Hà Nội", "tại Hà Nội", "LOC", {}, "Hà Nội"),
    ("no-place", "Giá trong nước tăng", "trong nước", "LOC", {}, None),
    ("no-body", "Họp các cơ quan", "các cơ quan", "ORG", {}, None),
    ("no-event", "Tại hội nghị, ông nói", "hội nghị", "EVENT", {}, None),
    ("missing-value", "Họp năm 2023", "năm 2023", "DATE", DATE, None),
    ("ill-formed-value", "Họp năm 2023", "năm 2023", "DATE", {**DATE, "value": "năm 2023"}, None),
    ("opening-outside", "Họp ngày 5/7/2023", "5/7/2023", "DATE", {**DATE, "value": "2023-07-05"}, "ngày 5/7/2023"),
    ("opening-outside", "Họp tháng 6/2023", "6/2023", "DATE", {**DATE, "value": "2023-06"}, "tháng 6/2023"),
    ("opening-outside", "Họp Năm 2023", "2023", "DATE", {**DATE, "value": "2023"}, "Năm 2023"),
    ("preposition-inside", "Họp vào ngày 5/7", "vào ngày 5/7", "DATE", {**DATE, "value": "2023-07-05"}, "ngày 5/7"),
    ("preposition-inside", "Họp trong năm 2023", "trong năm 2023", "DATE", {**DATE, "value": "2023"}, "năm 2023"),
    ("preposition-inside", "Họp từ ngày 5/7", "từ ngày 5/7", "DATE", {**DATE, "value": "2023-07-05"}, "ngày 5/7"),
    ("preposition-inside", "Đến hết năm 2023", "hết năm 2023", "DATE", {**DATE, "value": "2023"}, "năm 2023"),
    ("no-date", "Hiện nay xã yên bình", "Hiện nay", "DATE", {**DATE, "value": "PRESENT_REF"}, None),
    ("no-such-day", "Mưa hôm ấy", "hôm ấy", "DATE", {**DATE, "value": "2023-02-30"}, None),
    ("no-such-day", "Mưa tuần ấy", "tuần ấy", "DATE", {**DATE, "value": "2023-W53"}, None),
    ("no-such-day", "Mưa từ ngày 5 đến ngày 7/7", "từ ngày 5 đến ngày 7/7", "DATE",
     {**DATE, "value": "2023-07-07/2023-07-05"}, None),
    ("no-such-day", "Họp từ sáng đến chiều ấy", "từ sáng đến chiều ấy", "DATE",
     {**TIME, "value": "2023-07-05TAF/2023-07-05TMO"}, None),
    ("value-against-words", "Họp ngày 5/7/2023", "ngày 5/7/2023", "DATE", {**DATE, "value": "2023-07-15"}, None),
    ("value-against-words", "Họp tháng 6", "tháng 6", "DATE", {**DATE, "value": "2023-07"}, None),
    ("value-against-words", "Họp tháng 6", "tháng 6", "DATE", {**DATE, "value": "2023-05-06"}, None),
    ("value-against-words", "Họp tháng Tám", "tháng Tám", "DATE", {**DATE, "value": "2023-09"}, None),
    ("value-against-words", "Thu quý II/2023", "quý II/2023", "DATE", {**DATE, "value": "2023-Q3"}, None),
    ("value-against-words", "Nghỉ hai ngày", "hai ngày", "DATE", {**LENGTH, "value": "P3D"}, None),
    ("value-against-words", "Nghỉ 15 ngày", "15 ngày", "DATE", {**LENGTH, "value": "P5D"}, None),
    ("value-against-words", "Nghỉ 5 ngày", "5 ngày", "DATE", {**LENGTH, "value": "P15D"}, None),
    ("value-against-words", "Đi hai mươi ba ngày", "hai mươi ba ngày", "DATE", {**LENGTH, "value": "P20D"}, None),
    ("value-against-words", "Chờ ba năm sáu tháng", "ba năm sáu tháng", "DATE", {**LENGTH, "value": "P3Y"}, None),
    ("value-against-words", "Mưa hôm qua", "hôm qua", "DATE", {**DATE, "value": "2023-07-06"}, None),
    ("value-against-words", "Mưa tuần này", "tuần này", "DATE", {**DATE, "value": "2023-W28"}, None),
    ("value-against-words", "Mưa tuần tới", "tuần tới", "DATE", {**DATE, "value": "2023-W27"}, None),
    ("value-against-words", "Mưa chiều 5/7", "chiều 5/7", "DATE", {**TIME, "value": "2023-07-05TMO"}, None),
    ("value-against-words", "Mưa ngày 5/7", "ngày 5/7", "DATE", {**DATE, "value": "2021-07-05"}, None),
    ("value-against-words", "Mưa năm nay", "năm nay", "DATE", {**DATE, "value": "2022"}, None),
    ("value-against-words", "Họp hằng năm", "hằng năm", "DATE", {"type": "SET", "value": "P2Y"}, None),
    ("value-against-words", "Sang thế kỷ XXI", "thế kỷ XXI", "DATE", {**DATE, "value": "21"}, None),
    ("value-against-words", "Thời thập niên 90", "thập niên 90", "DATE", {**DATE, "value": "190"}, None),
    ("value-against-words", "Thời những năm 1980", "những năm 1980", "DATE", {**DATE, "value": "1980"}, None),
    ("mod-against-words", "Họp đầu năm 2023", "đầu năm 2023", "DATE", {**DATE, "value": "2023"}, None),
    ("mod-against-words", "Họp giữa tháng 6", "giữa tháng 6", "DATE",
     {**DATE, "value": "2023-06", "mod": "END"}, None),
    ("mod-against-words", "Họp cuối tháng 6", "cuối tháng 6", "DATE", {**DATE, "value": "2023-06"}, None),
    ("mod-against-words", "Nghỉ khoảng hai ngày", "khoảng hai ngày", "DATE", {**LENGTH, "value": "P2D"}, None),
    ("mod-against-words", "Nghỉ gần 2 ngày", "gần 2 ngày", "DATE",
     {**LENGTH, "value": "P2D", "mod": "LESS_THAN"}, None),
    ("mod-against-words", "Nghỉ hơn 2 ngày", "hơn 2 ngày", "DATE", {**LENGTH, "value": "P2D"}, None),
    ("mod-against-words", "Nghỉ dưới 2 ngày", "dưới 2 ngày", "DATE", {**LENGTH, "value": "P2D"}, None),
    ("mod-against-words", "Nghỉ 2 ngày", "2 ngày", "DATE", {**LENGTH, "value": "P2D", "mod": "APPROX"}, None),
    ("values-together", "Nghỉ hai ngày", "hai ngày", "DATE", {**DATE, "value": "P2D"}, None),
    ("number-against-words", "Theo Nghị định 21/2023/NĐ-CP", "Nghị định 21/2023/NĐ-CP", "DOC", DECREE, None),
    ("number-against-words", "Theo Nghị quyết 15", "Nghị quyết 15", "DOC",
     {"doc_type": "Nghị quyết", "number": "5"}, None),
    ("number-against-words", "Theo Kết luận 15-KL/TW", "Kết luận 15-KL/TW", "DOC",
     {"doc_type": "Kết luận", "number": "15"}, None),
    ("date-against-words", "Nghị định số 12 ngày 5/7/2023", "Nghị định số 12 ngày 5/7/2023", "DOC",
     {"doc_type": "Nghị định", "number": "12"}, None),
    ("no-such-day-of-issue", "Theo Nghị định 12/2023/NĐ-CP", "Nghị định 12/2023/NĐ-CP", "DOC",
     {**DECREE, "date": "2023-02-30"}, None),
    ("neither-number-nor-name", "Theo Nghị định này", "Nghị định", "DOC", {"doc_type": "Nghị định"}, None),
    ("kind-against-words", "Theo Thông tư 12", "Thông tư 12", "DOC", {"doc_type": "Nghị định", "number": "12"}, None),
    ("number-against-kind", "Theo số 7/QĐ-TTg", "7/QĐ-TTg", "DOC",
     {"doc_type": "Nghị định", "number": "7/QĐ-TTg"}, None),
    ("number-against-kind", "Theo Nghị định 12/2023/NĐ-CP", "Nghị định 12/2023/NĐ-CP", "DOC",
     {**DECREE, "issuer": "Bộ Y tế"}, None),
    ("provision-inside", "Theo Dự thảo Nghị định 12/2023/NĐ-CP", "Dự thảo Nghị định 12/2023/NĐ-CP", "DOC",
     DECREE, "Nghị định 12/2023/NĐ-CP"),
    ("provision-inside", "Theo điểm a khoản 2 Điều 5 Nghị định 12/2023/NĐ-CP",
     "điểm a khoản 2 Điều 5 Nghị định 12/2023/NĐ-CP", "DOC", DECREE, "Nghị định 12/2023/NĐ-CP"),
    ("provision-inside", "Theo Nghị định 12/2023/NĐ-CP, khoản 3", "Nghị định 12/2023/NĐ-CP, khoản 3", "DOC",
     DECREE, "Nghị định 12/2023/NĐ-CP"),
    ("subject-inside", "Nghị định 12/2023/NĐ-CP về bến cảng", "Nghị định 12/2023/NĐ-CP về bến cảng", "DOC",
     DECREE, None),
    ("several-documents", "Nghị định 12/2023/NĐ-CP, 13/2023/NĐ-CP", "Nghị định 12/2023/NĐ-CP, 13/2023/NĐ-CP", "DOC",
     DECREE, None),
    ("title-inside", "Nhớ cố Lò Văn Sáu", "cố Lò Văn Sáu", "PER", {}, "Lò Văn Sáu"),
    ("no-post", "Gặp Đại tướng ở đây", "Đại tướng", "ROLE", {}, None),
    ("term-outside", "Bầu Quốc hội khóa XV", "Quốc hội", "ORG", {}, "Quốc hội khóa XV"),
    ("person-in-name", "Dạo phố Lò Văn Sáu", "Lò Văn Sáu", "PER", {}, None),
    ("unit-outside", "Ở bán đảo Mây", "Mây", "LOC", {}, "bán đảo Mây"),
    ("working-days", "Xong sau 12 ngày làm việc", "12 ngày làm việc", "DATE", {**LENGTH, "value": "P12D"}, "12 ngày"),
    ("opening-outside", "Thu quý II/2023", "II/2023", "DATE", {**DATE, "value": "2023-Q2"}, "quý II/2023"),
    ("several-dates", "Kế hoạch 5 năm 2021-2025", "5 năm 2021-2025", "DATE", {**DATE, "value": "2021/2025"}, None),
    ("day-of-issue-outside", "Nghị định 12/2023/NĐ-CP ngày 5/7/2023", "Nghị định 12/2023/NĐ-CP", "DOC", DECREE,
     "Nghị định 12/2023/NĐ-CP ngày 5/7/2023"),
    ("unmarked-repeat", "Hà Nội mưa. Còn Hà Nội thì sao?", "Hà Nội", "LOC", {}, None),
]  # fmt: skip


def find(text: str, *spans: tuple[str, str, dict[str, str]], published: str | None = None) -> list[Finding]:
    """What the rules find in a text with spans over the first occurrence of some words."""
    marked = tuple(
        Span(f"s{n}", text.index(words), text.index(words) + len(words), label, attrs)
        for n, (words, label, attrs) in enumerate(spans)
    )
    return lint([Document("a", text, published, spans=marked)], RULES, SCHEME)


@pytest.mark.parametrize(("rule", "text", "words", "label", "attrs", "mended"), FOUND)
def test_what_is_wrong_is_found_and_mended(
    rule: str, text: str, words: str, label: str, attrs: dict[str, str], mended: str | None
) -> None:
    found = find(text, (words, label, attrs), published="2023-07-06")
    assert [finding.rule.name for finding in found] == [rule]
    assert (None if found[0].edit is None else text[slice(*found[0].edit)]) == mended


RIGHT = [
    ("Sống ở St. rồi đi", "St.", "LOC", {}),
    ("Gặp Bác Hồ", "Bác Hồ", "PER", {}),
    ("Ông Ích Khiêm là danh tướng", "Ông Ích Khiêm", "PER", {}),
    ("Gặp Cố vấn Chính phủ", "Cố vấn Chính phủ", "ROLE", {}),
    ("Gặp nguyên thủ quốc gia", "nguyên thủ quốc gia", "ROLE", {}),
    ("Các Phó Thủ tướng Lò Văn Sáu, Hà Mơ cùng dự", "Phó Thủ tướng", "ROLE", {}),
    ("Theo Luật Dược (sửa đổi) mới", "Luật Dược (sửa đổi)", "DOC", {"doc_type": "Luật", "name": "Luật Dược (sửa đổi)"}),
    ("Cuộc thi “Gió Biển” mở màn", "Cuộc thi “Gió Biển”", "EVENT", {}),
    ("Họp tại các tỉnh Lào Cai, Yên Bái", "Lào Cai", "LOC", {}),
    ("Cử tri các xã, phường Tân An đi bầu", "Tân An", "LOC", {}),
    ("Trên đường Hà Nội - Lào Cai", "Hà Nội", "LOC", {}),
    ("Theo yêu cầu Nga đưa ra", "Nga", "LOC", {}),
    ("Giá đường Thái Lan tăng, mía đường Việt Nam giảm", "Việt Nam", "LOC", {}),
    ("Thăm nhà văn Nguyên Hồng", "Nguyên Hồng", "PER", {}),
    ("Nhớ bác Hồ", "bác Hồ", "PER", {}),
    ("Gặp tổ trưởng tổ dân phố Lò Văn Sáu", "Lò Văn Sáu", "PER", {}),
    ("Con đường Bác Hồ đã chọn", "Bác Hồ", "PER", {}),
    ("Làm việc mỗi ngày 8 giờ", "8 giờ", "DATE", {**LENGTH, "value": "PT8H"}),
    ("Theo Nghị quyết 18, ngày 5/7/2023 tỉnh họp", "Nghị quyết 18", "DOC", {"doc_type": "Nghị quyết", "number": "18"}),
    ("Từ đầu tháng 3 đến giữa tháng 5", "đầu tháng 3 đến giữa tháng 5", "DATE", {**DATE, "value": "2023-03/2023-05"}),
    ("Từ ngày 5 đến ngày 7/7/2023", "Từ ngày 5 đến ngày 7/7/2023", "DATE", {**DATE, "value": "2023-07-05/2023-07-07"}),
    ("Trong 6 tháng đầu năm 2023", "6 tháng đầu năm 2023", "DATE", {**DATE, "value": "2023-H1"}),
    ("Những năm 1990 khó khăn", "Những năm 1990", "DATE", {**DATE, "value": "199"}),
    ("Kế hoạch 5 năm 2021-2025", "2021-2025", "DATE", {**DATE, "value": "2021/2025"}),
    ("Kéo dài đến hết năm", "hết năm", "DATE", {**DATE, "value": "2023", "mod": "END"}),
    ("Mưa chiều tối 5/7", "chiều tối 5/7", "DATE", {**TIME, "value": "2023-07-05TEV"}),
    ("Cháy lúc 12h30 đêm 5/7", "12h30 đêm 5/7", "DATE", {**TIME, "value": "2023-07-05T00:30"}),
    ("Họp ngày 31/6/2023", "ngày 31/6/2023", "DATE", {**DATE, "value": "2023-06-30"}),
    ("Chợ họp ngày 30 tháng 2 âm lịch", "ngày 30 tháng 2 âm lịch", "DATE",
     {**DATE, "value": "XXXX-02-30", "calendar": "lunar"}),
    ("Từ 28/12 đến 3/1", "Từ 28/12 đến 3/1", "DATE", {**DATE, "value": "XXXX-12-28/XXXX-01-03"}),
    ("Theo Văn bản số 26/VPCP - V.I", "Văn bản số 26/VPCP - V.I", "DOC",
     {"doc_type": "Văn bản", "number": "26/VPCP-V.I"}),
    ("Theo Điều lệ Đảng", "Điều lệ Đảng", "DOC", {"doc_type": "Điều lệ", "name": "Điều lệ Đảng"}),
    ("Hà Nội mưa. Đài Hà Nội Mới đưa tin", "Hà Nội", "LOC", {}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "words", "label", "attrs"), RIGHT)
def test_what_is_right_is_left_alone(text: str, words: str, label: str, attrs: dict[str, str]) -> None:
    assert find(text, (words, label, attrs)) == []
    assert lint([GOLD], RULES, SCHEME) == []
