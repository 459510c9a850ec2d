"""Every rule finds what it is for, says where, and mends what is mechanical; nothing else changes."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.review.made import GOLD, SCHEME
from tests.strategies import documents
from vigold.document import Document, Relation, Span, problems
from vigold.errors import VigoldError
from vigold.review import rules
from vigold.review.lint import Finding, lint, mend
from vigold.scheme import load

RULES = rules.load()
RECIPES = load(Path(__file__).parent.parent / "recipes.toml")
DATE = {"type": "DATE"}


def find(text: str, *spans: tuple[str, str, dict[str, str]], published: str | None = None) -> list[Finding]:
    """What the rules find in a text with spans over the first occurrence of some words."""
    marked = tuple(
        Span(f"s{n}", text.index(words), text.index(words) + len(words), label, attrs)
        for n, (words, label, attrs) in enumerate(spans)
    )
    return lint([Document("a", text, published, spans=marked)], RULES, SCHEME)


FOUND = [
    ("blank-edge", "Họp ở Hà Nội hôm qua", " Hà Nội", "LOC", {}, "Hà Nội"),
    ("quote-edge", "Báo “Gió Biển” đưa tin", "“Gió Biển”", "ORG", {}, "Gió Biển"),
    ("quote-edge", "Giải (Gió Biển đưa tin", "(Gió Biển", "ORG", {}, "Gió Biển"),
    ("punctuation-edge", "Ở Hà Nội, trời mưa", "Hà Nội,", "LOC", {}, "Hà Nội"),
    ("cut-word", "Ông Trần Văn Minh nói", "Trần Văn Min", "PER", {}, "Trần Văn Minh"),
    ("line-end-inside", "Sở Nội vụ\nHà Nội họp", "Sở Nội vụ\nHà Nội", "ORG", {}, None),
    ("title-inside", "Gặp đồng chí Trần Văn Minh", "đồng chí Trần Văn Minh", "PER", {}, "Trần Văn Minh"),
    ("title-inside", "Theo GS.TS. Trần Văn Minh", "GS.TS. Trần Văn Minh", "PER", {}, "Trần Văn Minh"),
    ("title-inside", "Ông Trần Văn Minh nói", "Ông Trần Văn Minh", "PER", {}, "Trần Văn Minh"),
    ("former-inside", "Gặp nguyên Thủ tướng", "nguyên Thủ tướng", "ROLE", {}, "Thủ tướng"),
    ("unit-outside", "Họp tại tỉnh Lào Cai", "Lào Cai", "LOC", {}, "tỉnh Lào Cai"),
    ("missing-value", "Họp năm 2023", "năm 2023", "DATE", DATE, None),
    ("ill-formed-value", "Họp năm 2023", "năm 2023", "DATE", {**DATE, "value": "năm 2023"}, None),
    ("value-against-words", "Họp ngày 5/7/2023", "ngày 5/7/2023", "DATE", {**DATE, "value": "2023-07-15"}, None),
    ("value-against-words", "Họp tháng 6", "tháng 6", "DATE", {**DATE, "value": "2023-07"}, None),
    ("value-against-words", "Thu quý II/2023", "quý II/2023", "DATE", {**DATE, "value": "2023-Q3"}, None),
    ("value-against-words", "Nghỉ hai ngày", "hai ngày", "DATE", {"type": "DURATION", "value": "P3D"}, None),
    ("value-against-words", "Mưa hôm qua", "hôm qua", "DATE", {**DATE, "value": "2023-07-06"}, None),
    ("value-against-words", "Mưa chiều 5/7", "chiều 5/7", "DATE", {"type": "TIME", "value": "2023-07-05TMO"}, None),
    ("value-against-words", "Mưa ngày 5/7", "ngày 5/7", "DATE", {**DATE, "value": "2021-07-05"}, None),
    ("value-against-words", "Mưa năm nay", "năm nay", "DATE", {**DATE, "value": "2022"}, None),
    ("value-against-words", "Họp hằng năm", "hằng năm", "DATE", {"type": "SET", "value": "P2Y"}, None),
    ("values-together", "Nghỉ hai ngày", "hai ngày", "DATE", {**DATE, "value": "P2D"}, None),
    ("number-against-words", "Theo Nghị định 12/2023/NĐ-CP", "Nghị định 12/2023/NĐ-CP", "DOC",
     {"doc_type": "Nghị định", "number": "21/2023/NĐ-CP"}, None),
    ("date-against-words", "Nghị định số 12 ngày 5/7/2023", "Nghị định số 12 ngày 5/7/2023", "DOC",
     {"doc_type": "Nghị định", "number": "12"}, None),
    ("neither-number-nor-name", "Theo Nghị định này", "Nghị định", "DOC", {"doc_type": "Nghị định"}, None),
    ("unmarked-repeat", "Hà Nội mưa. Còn Hà Nội thì sao?", "Hà Nội", "LOC", {}, None),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "text", "words", "label", "attrs", "mended"), FOUND)
def test_what_is_wrong_is_found_and_mended(
    rule: str, text: str, words: str, label: str, attrs: dict[str, str], mended: str | None
) -> None:
    found = find(text, (words, label, attrs), published="2023-07-06")
    assert [finding.rule.name for finding in found] == [rule]
    assert (None if found[0].edit is None else text[slice(*found[0].edit)]) == mended


RIGHT = [
    ("Ở TP. trời mưa", "TP.", "LOC", {}),
    ("Gặp Bác Hồ", "Bác Hồ", "PER", {}),
    ("Ông Ích Khiêm là danh tướng", "Ông Ích Khiêm", "PER", {}),
    ("Theo Luật Dược (sửa đổi) mới", "Luật Dược (sửa đổi)", "DOC", {"doc_type": "Luật", "name": "Luật Dược (sửa đổi)"}),
    ("Cuộc thi “Gió Biển” mở màn", "Cuộc thi “Gió Biển”", "EVENT", {}),
    ("Họp tại các tỉnh Lào Cai, Yên Bái", "Lào Cai", "LOC", {}),
    ("Từ ngày 5 đến ngày 7/7/2023", "Từ ngày 5 đến ngày 7/7/2023", "DATE", {**DATE, "value": "2023-07-05/2023-07-07"}),
    ("Trong 6 tháng đầu năm 2023", "6 tháng đầu năm 2023", "DATE", {**DATE, "value": "2023-H1"}),
    ("Những năm 1990 khó khăn", "Những năm 1990", "DATE", {**DATE, "value": "199"}),
    ("Theo Văn bản số 26/VPCP - V.I", "Văn bản số 26/VPCP - V.I", "DOC",
     {"doc_type": "Văn bản", "number": "26/VPCP-V.I"}),
    ("Hà Nội mưa. Đài Hà Nội Mới đưa tin", "Hà Nội", "LOC", {}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "words", "label", "attrs"), RIGHT)
def test_what_is_right_is_left_alone(text: str, words: str, label: str, attrs: dict[str, str]) -> None:
    assert find(text, (words, label, attrs)) == []
    assert lint([GOLD], RULES, SCHEME) == []


def test_the_same_words_with_another_label() -> None:
    texts = {key: Document(key, "Chính phủ họp", spans=(Span("s", 0, 9, "ORG"),)) for key in "ab"}
    odd = Document("c", "Chính phủ họp", spans=(Span("s", 0, 9, "LOC"),))
    (found,) = lint([*texts.values(), odd], RULES, SCHEME)
    assert (found.rule.name, found.document, found.message) == (
        "other-label", "c", "the same words have other labels: ORG 2, LOC 1",
    )  # fmt: skip


def test_relations_with_wrong_ends_and_across_paragraphs() -> None:
    text = "Bộ trưởng Trần Văn Minh nói.\nThủ tướng nghe."
    spans = (Span("r", 0, 9, "ROLE"), Span("p", 10, 23, "PER"), Span("q", 29, 38, "ROLE"))
    arrows = (Relation("holds", "r", "p"), Relation("holds", "p", "q"))
    found = lint([Document("a", text, spans=spans, relations=arrows)], RULES, SCHEME)
    assert [(f.rule.name, f.span.id if f.span else None) for f in found] == [
        ("relation-ends", "r"), ("relation-paragraphs", "p"),
    ]  # fmt: skip


def test_what_the_scheme_forbids_and_what_is_disputed_is_an_error() -> None:
    meta = {"notes": {"a": {"text": ["⚑1 missed: 1: LOC; 2: nothing"]}}}
    crossing = (Span("a", 0, 6, "LOC"), Span("b", 3, 10, "ORG"), Span("c", 0, 2, "HERO"))
    found = lint([Document("a", "Hà Nội mưa to", spans=crossing, meta=meta)], RULES, SCHEME)
    assert [f.rule.name for f in found if f.rule.severity == "error"] == ["scheme", "open-dispute", "scheme"]


def test_an_edit_that_would_break_something_is_not_made() -> None:
    doubled = Document("a", "Ở Hà Nội, mưa", spans=(Span("s", 2, 9, "LOC"), Span("t", 2, 8, "LOC")))
    crossing = Document("b", "Ở tỉnh Lào Cai", spans=(Span("s", 2, 14, "ORG"), Span("t", 7, 14, "LOC")))
    done = mend([doubled, crossing], RULES, SCHEME)
    assert done.documents[0] == doubled
    assert [f.rule.name for f in done.left] == ["punctuation-edge"]
    assert [s.key for s in done.documents[1].spans] == [(2, 14, "ORG"), (2, 14, "LOC")]


def test_edits_follow_one_another() -> None:
    spans = (Span("s", 3, 24, "PER"),)
    done = mend([Document("a", "Gặp “ông Trần Văn Minh” ở đây", spans=spans)], RULES, SCHEME)
    assert done.documents[0].surface(done.documents[0].spans[0]) == "Trần Văn Minh"
    assert [f.rule.name for f in done.done] == ["blank-edge", "quote-edge", "title-inside"]
    assert done.left == []


@pytest.mark.parametrize("scheme", [SCHEME, RECIPES], ids=lambda scheme: scheme.name)
@settings(deadline=None, max_examples=60)
@given(data=st.data())
def test_mending_changes_boundaries_alone_and_ends(scheme: object, data: st.DataObject) -> None:
    document = data.draw(documents(scheme))
    done = mend([document], RULES, scheme)
    (after,) = done.documents
    assert not list(problems(after))
    same = [
        msgspec.structs.replace(s, start=o.start, end=o.end) for s, o in zip(after.spans, document.spans, strict=True)
    ]
    assert tuple(same) == document.spans
    assert msgspec.structs.replace(after, spans=document.spans) == document
    assert mend([after], RULES, scheme).documents == [after]


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ("", "empty"),
        ("rules = 3", "not a table of rules"),
        ('[[rules]]\nname = "x"\nseverity = "bad"\ncheck = "cut"\nwhat = ""', "not a table of rules"),
        ('[[rules]]\nname = "x"\nseverity = "info"\ncheck = "magic"\nwhat = ""', "rule x: no check 'magic'"),
        ('[[rules]]\nname = "x"\nseverity = "info"\ncheck = "edges"\nwhat = ""\noptions = { head = "(" }', "rule x: "),
        ('[[rules]]\nname = "x"\nseverity = "info"\ncheck = "edges"\nwhat = ""\noptions = { tial = "" }', "tial"),
        ('[[rules]]\nname = "x"\nseverity = "info"\ncheck = "cut"\nwhat = "{word}"', "rule x: 'word'"),
    ],
)
def test_a_wrong_table_is_refused(tmp_path: Path, table: str, words: str) -> None:
    path = tmp_path / "rules.toml"
    path.write_text(table)
    with pytest.raises(VigoldError, match=f"rules\\.toml: .*{words}"):
        rules.load(path)
