"""Which references mean the same document, and the keys of documents."""

from __future__ import annotations

import pytest

from vigold.extraction import references

PUBLISHED = "2025-06-15"


def groups(text: str) -> list[list[str]]:
    spans, _, documents = references.find(text, published=PUBLISHED)
    words = [text[span.start : span.end] for span in spans]
    return [[words[n] for n in entry["mentions"]] for entry in documents]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Kết luận số 80-KL/TW có lợi. Kết luận 80 kịp thời. Kết luận 81 thì chưa.",
            [["Kết luận số 80-KL/TW", "Kết luận 80"], ["Kết luận 81"]],
        ),
        (
            "Nghị định 05/2020/NĐ-CP và nghị định số 5/2020/NĐ–CP là một, Nghị định 5/2020 cũng vậy.",
            [["Nghị định 05/2020/NĐ-CP", "nghị định số 5/2020/NĐ–CP", "Nghị định 5/2020"]],
        ),
        # A bare number is of its own kind only, and joins no later reference.
        ("Chỉ thị 21 ra trước. Chỉ thị 21-CT/TW ra sau.", [["Chỉ thị 21"], ["Chỉ thị 21-CT/TW"]]),
        ("Chỉ thị 21-CT/TW ra trước. Nghị quyết 21 ra sau.", [["Chỉ thị 21-CT/TW"], ["Nghị quyết 21"]]),
        # The nearest earlier one.
        (
            "Quyết định 7/QĐ-BYT thay Quyết định 7/QĐ-BTC. Quyết định 7 có lợi.",
            [["Quyết định 7/QĐ-BYT"], ["Quyết định 7/QĐ-BTC", "Quyết định 7"]],
        ),
        # Dates, where both are given, are equal.
        (
            "Quyết định 7/QĐ-UBND ngày 1/2/2020 và Quyết định 7/QĐ-UBND ngày 3/2/2021; Quyết định 7/QĐ-UBND.",
            [
                ["Quyết định 7/QĐ-UBND ngày 1/2/2020"],
                ["Quyết định 7/QĐ-UBND ngày 3/2/2021", "Quyết định 7/QĐ-UBND"],
            ],
        ),
        (
            "Luật Đất đai năm 2024 và Luật Đất đai 2024 là một; Luật Đất đai thì không chắc.",
            [["Luật Đất đai năm 2024", "Luật Đất đai 2024"], ["Luật Đất đai"]],
        ),
        (
            "Nghị quyết TW 4 và Nghị quyết Trung ương 4. "
            "Luật Hoà giải, đối thoại tại Toà án và Luật Hòa giải, đối thoại tại Tòa án.",
            [
                ["Nghị quyết TW 4", "Nghị quyết Trung ương 4"],
                ["Luật Hoà giải, đối thoại tại Toà án", "Luật Hòa giải, đối thoại tại Tòa án"],
            ],
        ),
        (
            "Nghị quyết Trung ương 5 khóa XI, Nghị quyết Trung ương 5 (khóa XI), Nghị quyết TW5, khoá XI.",
            [["Nghị quyết Trung ương 5 khóa XI", "Nghị quyết Trung ương 5 (khóa XI)", "Nghị quyết TW5, khoá XI"]],
        ),
        ("Bộ luật Hình sự và BLHS; BLHS 2015.", [["Bộ luật Hình sự", "BLHS"], ["BLHS 2015"]]),
        # Slips in the marks of a number.
        (
            "Kết luận 297-KL/TW, Kết luận 297/KL-TW và Kết luận số 297 KL/TW.",
            [["Kết luận 297-KL/TW", "Kết luận 297/KL-TW", "Kết luận số 297 KL/TW"]],
        ),
        ("Các luật Đất đai, Nhà ở đã sửa. Luật Nhà ở vừa có hiệu lực.", [["luật Đất đai"], ["Nhà ở", "Luật Nhà ở"]]),
    ],
)
def test_same_document(text: str, expected: list[list[str]]) -> None:
    assert groups(text) == expected


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Nghị định số 30/2020/NĐ-CP", "vn/chinh-phu/nghi-dinh/2020/30"),
        ("Nghị quyết 66.22/2026/NQ-CP", "vn/chinh-phu/nghi-quyet/2026/66.22"),
        ("Luật số 31/2024/QH15", "vn/quoc-hoi/luat/2024/31"),
        ("Quyết định 12/2023/QĐ-UBND", "vn/_/quyet-dinh/2023/12-qd-ubnd"),
        ("Quyết định số 12/2023/QĐ-UBND của UBND tỉnh Gia Lai", "vn/ubnd-tinh-gia-lai/quyet-dinh/2023/12"),
        (
            "Quyết định 500/QĐ-TTg ngày 15/5/2023 của Thủ tướng",
            "vn/thu-tuong-chinh-phu/quyet-dinh/500-qd-ttg@2023-05-15",
        ),
        ("Kết luận số 197-KL/TW của Bộ Chính trị", "vn/dang/bo-chinh-tri/ket-luan/197-kl-tw"),
        ("Nghị quyết số 06-NQ/TU", "vn/dang/_/nghi-quyet/6-nq-tu"),
        ("Chỉ thị 05 của Bộ Chính trị", "vn/dang/bo-chinh-tri/chi-thi/5"),
        ("Nghị quyết 18", "vn/_/nghi-quyet/18"),
        ("Luật Đất đai năm 2024", "vn/quoc-hoi/luat/dat-dai/2024"),
        ("Bộ luật Hình sự", "vn/quoc-hoi/bo-luat/hinh-su"),
        ("BLHS 2015", "vn/quoc-hoi/bo-luat/hinh-su/2015"),
        ("Hiến pháp năm 2013", "vn/quoc-hoi/hien-phap/2013"),
        ("Pháp lệnh Ngoại hối", "vn/uy-ban-thuong-vu-quoc-hoi/phap-lenh/ngoai-hoi"),
        ("Nghị quyết Đại hội XIII của Đảng", "vn/dang/_/nghi-quyet/dai-hoi-xiii-cua-dang"),
        ("Nghị quyết TW 5, khóa XI", "vn/dang/_/nghi-quyet/trung-uong-5-khoa-xi"),
        ("Công ước Liên hợp quốc về Luật Biển năm 1982", "int/cong-uoc/lien-hop-quoc-ve-luat-bien/1982"),
        ("Công ước ILO 105", "int/ilo/cong-uoc/105"),
        ("Nghị quyết 1325 của Hội đồng Bảo an", "int/hoi-dong-bao-an/nghi-quyet/1325"),
        ("Luật An ninh mạng của Trung Quốc", "int/luat/an-ninh-mang-trung-quoc"),
        ("Hiến pháp của nước Lào năm 2015", "int/hien-phap/lao/2015"),
        ("Luật Quốc tịch Việt Nam", "vn/quoc-hoi/luat/quoc-tich-viet-nam"),
        ("Luật Đầu tư 2020", "vn/quoc-hoi/luat/dau-tu/2020"),
        ("Chỉ thị số 015 CT/TW", "vn/dang/_/chi-thi/15-ct-tw"),
        ("Quy hoạch điện VIII", "vn/_/quy-hoach/dien-viii"),
    ],
)
def test_keys(text: str, key: str) -> None:
    (entry,) = references.find(f"Theo {text}, việc này phải làm.", published=PUBLISHED).documents
    assert entry["key"] == key


def test_a_document_has_its_best_attributes() -> None:
    text = (
        "Kết luận số 80-KL/TW được nêu. Kết luận số 80-KL/TW ngày 5/3/2023 của Ban Bí thư rất rõ. Kết luận 80 có lợi."
    )
    (entry,) = references.find(text).documents
    assert entry == {
        "key": "vn/dang/ban-bi-thu/ket-luan/80-kl-tw@2023-03-05",
        "mentions": [0, 1, 2],
        "doc_type": "Kết luận",
        "number": "80-KL/TW",
        "date": "2023-03-05",
        "issuer": "Ban Bí thư",
    }


def test_keys_are_unique() -> None:
    """A document of another day is another one, even where the key leaves the day out."""
    text = "Quyết định 12/2023/QĐ-UBND ngày 1/2/2023 và Quyết định 12/2023/QĐ-UBND ngày 3/4/2023."
    assert [entry["key"] for entry in references.find(text).documents] == [
        "vn/_/quyet-dinh/2023/12-qd-ubnd",
        "vn/_/quyet-dinh/2023/12-qd-ubnd@2023-04-03",
    ]


def test_a_foreign_issuer_makes_a_law_foreign() -> None:
    (entry,) = references.find("Quốc hội Lào thông qua Luật Đất đai.").documents
    assert entry["key"] == "int/luat/dat-dai"
