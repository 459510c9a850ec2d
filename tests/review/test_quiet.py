"""Lint is quiet where annotations are right: on the examples of the extractors' tests and on the sample."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
import pytest

from tests.extraction.dates.test_dates import TABLE
from tests.extraction.names.marks import parse
from tests.extraction.references import marks
from tests.review.made import SCHEME
from vigold.document import Document, Span
from vigold.review import rules
from vigold.review.lint import lint

# Names that are marked once, and differently elsewhere, are for whole articles.
RULES = [ready for ready in rules.load() if ready.rule.name not in ("unmarked-repeat", "other-label")]


def numbered(spans: Sequence[Span]) -> tuple[Span, ...]:
    return tuple(msgspec.structs.replace(span, id=f"s{n}") for n, span in enumerate(spans))


def described(text: str, place: tuple[int, int], row: str) -> Span:
    """A reference with the values that the table of references gives it."""
    attrs = {name: value for name, value in zip(marks.FIELDS, row.split("|"), strict=True) if value}
    if attrs.get("name") == "=":
        attrs["name"] = text[slice(*place)]
    return Span("", *place, "DOC", attrs)


DATES = [Document(f"{n}", row.text, row.published, spans=numbered(row.spans)) for n, row in enumerate(TABLE)]
REFERENCES = [
    Document(
        f"{n}",
        row.marked.text,
        marks.PUBLISHED,
        spans=numbered(
            [described(row.marked.text, *pair) for pair in zip(row.marked.references, row.described, strict=True)]
            + [span for span in row.marked.others if span.label != "DATE"]
        ),
    )
    for n, row in enumerate(marks.rows())
]
NAMES = [
    "Các {ROLE Phó Chủ tịch {ORG UBND {LOC tỉnh Hoa Sữa}}} {PER Lò Văn Sáu}, {PER Hà Mơ} và ông {PER Đèo Văn Tấn}.",
    "Nhà ở {LOC số 8, {LOC phố Hàng Đàn}}, {LOC phường Hoa Sữa}; trụ sở {ORG Sở Văn hóa, Thể thao và Du lịch}.",
    "{ROLE Giám đốc {ORG Sở Văn hóa, Thể thao và Du lịch}} gặp {ROLE Cố vấn}; cao tốc {LOC Hà Nội} - {LOC Lào Cai}.",
    "Tại {EVENT kỳ họp thứ 6}, {ORG Quốc hội} bàn; tại {EVENT Đại hội XIII}, {ORG Đảng} nêu.",
    "{ORG Ban Chấp hành {ORG Đảng bộ thành phố} khóa XII} họp.\n{ORG Sở Nội vụ}\n{ORG Sở Y tế}",
    "Văn bản {ORG Sở Nội vụ} gửi; miền núi {LOC Nghệ An}; nhu cầu {LOC Việt Nam}; các xã, phường {LOC Tân An}.",
]


@pytest.mark.parametrize("right", [DATES, REFERENCES], ids=["dates", "references"])
def test_the_examples_of_the_extractors_are_right(right: list[Document]) -> None:
    found = lint(right, RULES, SCHEME)
    texts = {document.id: document.text or "" for document in right}
    assert [(f.rule.name, texts[f.document][f.start : f.end], f.message) for f in found] == []


@pytest.mark.parametrize("markup", NAMES)
def test_names_that_look_odd_are_right(markup: str) -> None:
    text, spans = parse(markup)
    assert [
        (f.rule.name, text[f.start : f.end]) for f in lint([Document("a", text, spans=numbered(spans))], RULES, SCHEME)
    ] == []


def test_the_sample_is_right(sample_gold: list[Document]) -> None:
    assert lint(sample_gold, rules.load(), SCHEME) == []


@pytest.mark.parametrize(
    ("rule", "markup"),
    [
        ("post-goes-on", "{ROLE Bộ trưởng} {ORG Y tế} đến."),
        ("post-goes-on", "{ROLE Thủ tướng} {LOC Lào} đến."),
        ("body-goes-on", "{ORG Văn phòng} {ORG Quốc hội} trả lời."),
        ("place-of-body", "{ORG UBND tỉnh} {LOC Lào Cai} họp."),
        ("event-goes-on", "{EVENT Đại hội XII} của {ORG Đảng} thành công."),
        ("session-of-body", "{EVENT Kỳ họp thứ 6}, {ORG Quốc hội khóa XV} bế mạc."),
    ],
)
def test_what_goes_on_in_another_span_is_found(rule: str, markup: str) -> None:
    text, spans = parse(markup)
    assert rule in {f.rule.name for f in lint([Document("a", text, spans=numbered(spans))], RULES, SCHEME)}
