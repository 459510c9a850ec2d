"""Who holds which post: the post stands before the name, or behind it after a comma or a dash."""

from __future__ import annotations

import pytest

from vigold.extraction import names


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
        ("Lê Văn An được bầu giữ chức Phó Thủ tướng.", [("Lê Văn An", "Phó Thủ tướng")]),
        ("Lê Văn An được Ban Bí thư chỉ định làm Bí thư Thành ủy.", [("Lê Văn An", "Bí thư Thành ủy")]),
        ("Lê Văn An được khen, theo Phó Thủ tướng.", []),
        ("Lê Văn An (54 tuổi, cựu Giám đốc Công ty Đại Phát) khai.", [("Lê Văn An", "Giám đốc Công ty Đại Phát")]),
        ("Bí thư Đảng ủy phường Tây Hồ (Hà Nội) Lê Văn An nói.", [("Lê Văn An", "Bí thư Đảng ủy phường Tây Hồ")]),
        (
            "Lê Văn An, Bí thư Thành ủy, làm Thứ trưởng Y tế.",
            [
                ("Lê Văn An", "Bí thư Thành ủy"),
                ("Lê Văn An", "Thứ trưởng Y tế"),
            ],
        ),
    ],
)
def test_holders(text: str, pairs: list[tuple[str, str]]) -> None:
    assert held(text) == pairs
