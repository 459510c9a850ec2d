"""References by the table of their grammar, their relations, what holds of them in any text, and their families."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.extraction.references.marks import PUBLISHED, Row, describe, parse, rows
from tests.strategies import texts
from vigold.document import Document, Span, crossings
from vigold.errors import VigoldError
from vigold.extraction import references

ROWS = rows()
FRIENDS = "False friends"


def name(row: Row) -> str:
    return f"{row.heading}: {row.marked.text[:40]}"


@pytest.mark.parametrize("row", ROWS, ids=name)
def test_table(row: Row) -> None:
    text = row.marked.text
    found = references.find(text, published=PUBLISHED).spans
    assert [text[span.start : span.end] for span in found] == [text[slice(*place)] for place in row.marked.references]
    assert [(span.start, span.end) for span in found] == row.marked.references
    assert [describe(text, span) for span in found] == row.described


def test_the_table_is_large() -> None:
    assert sum(len(row.marked.references) for row in ROWS) >= 400
    assert sum(row.heading == FRIENDS for row in ROWS) >= 60
    assert all(not row.marked.references for row in ROWS if row.heading == FRIENDS)
    assert all(row.source for row in ROWS)


@pytest.mark.parametrize("family", references.FAMILIES)
def test_every_family_matters(family: str) -> None:
    """Without a family some row of the table or some relation is lost."""

    def all_of(without: tuple[str, ...]) -> list[str]:
        lines = []
        for row in ROWS:
            found = references.find(row.marked.text, published=PUBLISHED, without=without)
            lines += [describe(row.marked.text, span) for span in found.spans]
        return lines

    assert all_of((family,)) != all_of(())


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        (
            "⟦Kết luận số 80-KL/TW {DATE ngày 5/3/2023} của {ORG Ban Bí thư}⟧ được phổ biến.",
            ["issued_by Kết luận số 80-KL/TW ngày 5/3/2023 của Ban Bí thư → Ban Bí thư", "issued_on … → ngày 5/3/2023"],
        ),
        (
            "{DATE Sáng 4/6}, {ROLE Thủ tướng} ký ⟦Quyết định số 12/QĐ-TTg⟧ về nhân sự.",
            ["issued_by Quyết định số 12/QĐ-TTg → Thủ tướng", "issued_on … → Sáng 4/6"],
        ),
        (
            "⟦Chỉ thị 30⟧ được {ORG Tỉnh ủy Cà Mau} ban hành {DATE đầu năm 2024}.",
            ["issued_by Chỉ thị 30 → Tỉnh ủy Cà Mau", "issued_on … → đầu năm 2024"],
        ),
        (
            "{DATE Tháng trước}, {ORG Bộ Y tế} vừa có ⟦Công văn số 88/BYT-KCB⟧ gửi các bệnh viện.",
            ["issued_by Công văn số 88/BYT-KCB → Bộ Y tế", "issued_on … → Tháng trước"],
        ),
        (
            "⟦Nghị quyết số 9-NQ/TU⟧ ban hành {DATE ngày 2/3/2021} còn hiệu lực.",
            ["issued_on Nghị quyết số 9-NQ/TU → ngày 2/3/2021"],
        ),
        (
            "⟦Thông tư liên tịch 35 của {ORG Bộ Y tế} và {ORG Bộ Nội vụ}⟧ còn hiệu lực.",
            [
                "issued_by Thông tư liên tịch 35 của Bộ Y tế và Bộ Nội vụ → Bộ Y tế",
                "issued_by Thông tư liên tịch 35 của Bộ Y tế và Bộ Nội vụ → Bộ Nội vụ",
            ],
        ),
        (
            "{ROLE Phó Thủ tướng} Trần An vừa ký ⟦Công điện số 5/CĐ-TTg⟧.",
            [],
        ),
        (
            "⟦Nghị định 70/2025/NĐ-CP⟧ sửa đổi, bổ sung một số điều của ⟦Nghị định 123/2020/NĐ-CP⟧.",
            ["amends Nghị định 70/2025/NĐ-CP → Nghị định 123/2020/NĐ-CP"],
        ),
        (
            "⟦Thông tư 5/2024/TT-BCT⟧ có hiệu lực ngay, thay thế ⟦Thông tư 6/2020/TT-BCT⟧, ⟦7/2021/TT-BCT⟧.",
            [
                "amends Thông tư 5/2024/TT-BCT → Thông tư 6/2020/TT-BCT",
                "amends Thông tư 5/2024/TT-BCT → 7/2021/TT-BCT",
            ],
        ),
        (
            "⟦Nghị định 100/2019/NĐ-CP⟧ (được sửa đổi, bổ sung bởi ⟦Nghị định 123/2021/NĐ-CP⟧) phạt nặng.",
            ["amends Nghị định 123/2021/NĐ-CP → Nghị định 100/2019/NĐ-CP"],
        ),
        (
            "⟦Luật sửa đổi, bổ sung một số điều của ⟦Luật Giá⟧⟧ chờ ký.",
            ["amends Luật sửa đổi, bổ sung một số điều của Luật Giá → Luật Giá"],
        ),
        ("Theo ⟦Nghị định 15⟧, bộ đề nghị sửa đổi ⟦Luật Giá⟧.", []),
        ("⟦Nghị định 15⟧ còn hiệu lực. Nay bộ sửa đổi ⟦Luật Giá⟧.", []),
        (
            "⟦Nghị định 10/2022/NĐ-CP⟧ hướng dẫn ⟦Luật Phí và lệ phí⟧, thay thế ⟦Nghị định 140/2016/NĐ-CP⟧.",
            ["amends Nghị định 10/2022/NĐ-CP → Nghị định 140/2016/NĐ-CP"],
        ),
        (
            "⟦Thông tư 5/2024/TT-BTC⟧ hướng dẫn ⟦Nghị định 9/2023/NĐ-CP⟧, bãi bỏ ⟦Thông tư 6/2020/TT-BTC⟧.",
            ["amends Thông tư 5/2024/TT-BTC → Thông tư 6/2020/TT-BTC"],
        ),
        (
            "⟦Nghị quyết 15/2024/NQ-HĐND⟧ về phí, trong đó bãi bỏ ⟦Nghị quyết 3/2020/NQ-HĐND⟧.",
            ["amends Nghị quyết 15/2024/NQ-HĐND → Nghị quyết 3/2020/NQ-HĐND"],
        ),
        (
            "{ORG Quốc hội} biểu quyết thông qua ⟦Luật Nhà giáo⟧ và nhất trí thông qua ⟦Nghị quyết 20/2025/QH15⟧.",
            ["issued_by Luật Nhà giáo → Quốc hội", "issued_by Nghị quyết 20/2025/QH15 → Quốc hội"],
        ),
        (
            "{ORG Bộ Chính trị} ban hành ⟦Nghị quyết số 257-NQ/TW⟧ và ⟦Kết luận số 283-KL/TW⟧.",
            [
                "issued_by Nghị quyết số 257-NQ/TW → Bộ Chính trị",
                "issued_by Kết luận số 283-KL/TW → Bộ Chính trị",
            ],
        ),
        (
            "{DATE Ngày 3/3}, {ROLE Chủ tịch UBND tỉnh} ký ⟦Quyết định 12/QĐ-UBND⟧ và ⟦Quyết định 13/QĐ-UBND⟧.",
            [
                "issued_by Quyết định 12/QĐ-UBND → Chủ tịch UBND tỉnh",
                "issued_on … → Ngày 3/3",
                "issued_by Quyết định 13/QĐ-UBND → Chủ tịch UBND tỉnh",
                "issued_on … → Ngày 3/3",
            ],
        ),
        (
            "{ORG Chính phủ} ban hành các Nghị định: số ⟦101/2024/NĐ-CP⟧, số ⟦102/2024/NĐ-CP⟧.",
            ["issued_by 101/2024/NĐ-CP → Chính phủ", "issued_by 102/2024/NĐ-CP → Chính phủ"],
        ),
        # What follows may have another issuer, or be the subject of the sentence.
        (
            "{ORG Bộ Chính trị} ban hành ⟦Nghị quyết 268⟧ và ⟦Nghị quyết 198/2025/QH15⟧.",
            ["issued_by Nghị quyết 268 → Bộ Chính trị"],
        ),
        (
            "Khi {ORG Bộ Chính trị} ban hành ⟦Nghị quyết 268⟧, ⟦Kết luận 283-KL/TW⟧ đã có.",
            ["issued_by Nghị quyết 268 → Bộ Chính trị"],
        ),
        (
            "⟦Giấy phép số 12/GP-UBND⟧ cấp {DATE ngày 3/4/2024}; ⟦Biên bản số 17/BB-VPHC⟧ lập {DATE ngày 5/4/2024}.",
            [
                "issued_on Giấy phép số 12/GP-UBND → ngày 3/4/2024",
                "issued_on Biên bản số 17/BB-VPHC → ngày 5/4/2024",
            ],
        ),
        (
            "{ORG Bộ Y tế} phát đi ⟦Công điện số 5/CĐ-BYT⟧ và gửi ⟦Công văn số 7/BYT-KCB⟧.",
            ["issued_by Công điện số 5/CĐ-BYT → Bộ Y tế", "issued_by Công văn số 7/BYT-KCB → Bộ Y tế"],
        ),
        ("{ORG Bộ Y tế} gửi ⟦Nghị quyết số 5-NQ/TU⟧ cho các sở.", []),
        (
            "⟦NGHỊ QUYẾT SỐ 268-NQ/TW CỦA {ORG BỘ CHÍNH TRỊ}⟧ {ORG VỀ KINH TẾ}",
            ["issued_by NGHỊ QUYẾT SỐ 268-NQ/TW CỦA BỘ CHÍNH TRỊ → BỘ CHÍNH TRỊ"],
        ),
        # Nothing is said of a reference in another line.
        ("⟦Nghị định số 10/2020/NĐ-CP⟧\nđược {ORG Chính phủ} ban hành {DATE ngày 5/7}.", []),
        ("{ORG Chính phủ} ban hành\n⟦Nghị định số 10/2020/NĐ-CP⟧.", []),
        ("⟦Nghị định 10/2020/NĐ-CP⟧\nthay thế ⟦Nghị định 9/2019/NĐ-CP⟧.", []),
        ("⟦Nghị định 15⟧ ra đời.\n{ORG Chính phủ} họp {DATE ngày 3/3}.", []),
    ],
)
def test_relations(markup: str, expected: list[str]) -> None:
    text, places, others = parse(markup)
    dates = [span for span in others if span.label == "DATE"]
    names = [span for span in others if span.label != "DATE"]
    spans, relations, _ = references.find(text, dates, names, PUBLISHED)
    assert [(span.start, span.end) for span in spans] == places
    given = {id(span) for span in (*spans, *others)}
    assert all(id(head) in given and id(tail) in given for _, head, tail in relations)
    lines: list[str] = []
    for kind, head, tail in relations:
        words = text[head.start : head.end]
        short = "…" if kind == "issued_on" and any(line.startswith(f"issued_by {words} ") for line in lines) else words
        lines.append(f"{kind} {short} → {text[tail.start : tail.end]}")
    assert lines == expected


_WORDS = st.sampled_from(
    [
        "Nghị định ",
        "Nghị quyết ",
        "Luật ",
        "Bộ luật ",
        "Hiến pháp ",
        "Đất đai ",
        "số ",
        "12",
        "/2020",
        "/NĐ-CP",
        "-KL/TW",
        ", ",
        "và ",
        "ngày 5/7/2023 ",
        "ngày 5/7 ",
        "của ",
        "Chính phủ ",
        "Bộ Chính trị ",
        "sửa đổi, bổ sung ",
        "một số điều ",
        "được ",
        "ban hành ",
        "thay thế ",
        "(",
        ")",
        "\n",
        "\n\n",
        "  số",
        "“",
        "Đại hội XIII ",
        "Trung ương 4 ",
        "khóa XI ",
        "Công ước ",
        "Đề án ",
        "Tờ trình ",
        "năm 2020 ",
        "các ",
        "UBND tỉnh ",
        "Lào Cai ",
        "- ",
        "–",
        "\u00a0",
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.one_of(texts(), st.lists(_WORDS, max_size=25).map("".join)), st.data())
def test_any_text(text: str, data: st.DataObject) -> None:
    """Spans lie inside and do not cross, relations join what was given, every mention is of one document."""
    places = st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).map(sorted).filter(lambda p: p[0] < p[1])
    labelled = st.builds(lambda p, label: Span("", p[0], p[1], label), places, st.sampled_from(["DATE", "ORG", "ROLE"]))
    others = data.draw(st.lists(labelled, max_size=4)) if text else []
    published = data.draw(st.sampled_from([None, PUBLISHED]))
    dates = [span for span in others if span.label == "DATE"]
    names = [span for span in others if span.label != "DATE"]
    spans, relations, documents = references.find(text, dates, names, published)
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(text[span.start : span.end].strip() == text[span.start : span.end] for span in spans)
    assert not list(crossings(spans))
    assert not any("\n\n" in text[span.start : span.end] for span in spans)
    assert len({entry["key"] for entry in documents}) == len(documents)
    assert len({span.key for span in spans}) == len(spans)
    known = {id(span) for span in (*spans, *others)}
    assert all(id(head) in known and id(tail) in known for _, head, tail in relations)
    assert sorted(n for entry in documents for n in entry["mentions"]) == list(range(len(spans)))


def test_a_name_over_two_paragraphs_is_no_issuer() -> None:
    text = "Kết luận số 280-KL/TW của Hội Xanh\n\nĐỏ họp."
    names = [Span("", text.index("Hội"), text.index(" họp"), "ORG")]
    (span,) = references.find(text, names=names).spans
    assert "\n" not in text[span.start : span.end]


def test_the_extractor() -> None:
    text = "Luật sửa đổi, bổ sung một số điều của Luật Giá thay thế Luật Giá 2012."
    found = references.make()(Document("d", text))
    assert [span.id for span in found.spans] == ["s1", "s2", "s3"]
    assert [(relation.type, relation.head, relation.tail) for relation in found.relations] == [
        ("amends", "s1", "s3"),
        ("amends", "s1", "s2"),
    ]
    assert [entry["mentions"] for entry in found.meta["documents"]] == [["s1"], ["s2"], ["s3"]]
    assert not references.make(without="laws+unknown+amending")(Document("d", text)).spans
    assert references.LABELS == ("DOC",)
    with pytest.raises(VigoldError, match="no family of rules named 'plays'"):
        references.make(without="laws+plays")
