"""Values and relations: right by hand, whatever other labels stand in the same place."""

from __future__ import annotations

import pytest

import vigold
from vigold.document import Document, Relation, Span
from vigold.errors import VigoldError
from vigold.scheme import Label, Scheme
from vigold.scoring.comparators import COMPARATORS, comparator
from vigold.scoring.tables import tables


def dated(key: str, *spans: tuple[int, int, str | None, str]) -> Document:
    return Document(
        key,
        spans=tuple(
            Span(f"s{n}", start, end, "DATE", {"type": kind} | ({"value": value} if value else {}))
            for n, (start, end, value, kind) in enumerate(spans)
        ),
    )


def test_values_are_scored_as_tempeval_does() -> None:
    """Accuracy over overlapping spans; value F1 = 2 right / (gold + predicted)."""
    gold = [dated("a", (0, 4, "2023-07-05", "DATE"), (10, 14, "P2D", "DURATION"), (20, 24, "2023", "DATE"))]
    found = [
        dated(
            "a",
            (1, 4, "2023-07-05", "TIME"),
            (10, 14, "P02D", "DURATION"),
            (20, 24, "2O23", "DATE"),
            (30, 31, "2", "X"),
        )
    ]
    date = vigold.score(gold, {"x": found}, resamples=0).systems["x"].values["DATE"]
    assert (date.matched, date.accuracy, date.f1, date.type_accuracy) == (3, 2 / 3, 4 / 7, 2 / 3)
    assert date.attributes["mod"] is None
    assert date.unparsable == 2


def test_values_are_matched_within_their_label() -> None:
    """The EVENT takes the gold DATE's place exactly; the DATE beside it is still compared."""
    gold = [dated("a", (0, 9, "2023", "DATE"))]
    found = dated("a", (0, 8, "2023", "DATE"))
    found = Document("a", spans=(*found.spans, Span("e", 0, 9, "EVENT")))
    date = vigold.score(gold, {"x": [found]}, resamples=0).systems["x"].values["DATE"]
    assert (date.matched, date.accuracy) == (1, 1.0)


def test_values_are_null_where_gold_has_none() -> None:
    bare = [Document("a", spans=(Span("s", 0, 4, "DATE"),)), Document("b")]
    date = vigold.score(bare, {"x": [dated("a", (0, 4, "2023", "DATE")), Document("b")]}).systems["x"].values["DATE"]
    assert (date.accuracy, date.f1, date.type_accuracy, date.matched) == (None, None, None, 1)


SAME = [
    ({"number": "57-KL/TW"}, {"number": "57–kl/tw"}, True),
    ({"number": "05/2020/NĐ-CP"}, {"number": "5/2020/ND-CP"}, False),
    ({"number": "05/2020/NĐ-CP"}, {"number": "5/2020/Nđ-CP"}, True),
    ({"number": "5-KL/TW", "date": "2020-01-02"}, {"number": "5-KL/TW"}, True),
    ({"number": "5-KL/TW", "date": "2020-01-02"}, {"number": "5-KL/TW", "date": "2020-01-03"}, False),
    ({"number": "5-KL/TW", "doc_type": "Kết luận"}, {"number": "5-KL/TW", "doc_type": "Chỉ thị"}, True),
    ({"number": "18", "doc_type": "Nghị quyết"}, {"number": "18", "doc_type": "Nghị định"}, False),
    ({"number": "18", "doc_type": "Nghị quyết"}, {"name": "x", "doc_type": "Nghị quyết"}, False),
    ({"name": "Luật Hoà giải năm 2020", "doc_type": "Luật"}, {"name": "luật  Hòa giải 2020", "doc_type": "luật"}, True),
    (
        {"name": "Nghị quyết Trung ương 5", "doc_type": "Nghị quyết"},
        {"name": "Nghị quyết TW 5", "doc_type": "Nghị quyết"},
        True,
    ),
    ({"name": "Luật Đầu tư"}, {"name": "Luật Đầu TW"}, False),
    ({"name": "LUẬT ĐẦU TƯ"}, {"name": "Luật Đầu tư"}, True),
    ({"name": "Nghị quyết Trung ương 5"}, {"name": "Nghị quyết T.Ư 5"}, True),
    ({"name": "Nghị quyết T. Ư. 5"}, {"name": "Nghị quyết TƯ 5"}, True),
    ({"number": "5-KL/TW", "date": "2020‑01‑02"}, {"number": "5-KL/TW", "date": "2020-01-02"}, True),
    ({"name": "Hiến pháp", "doc_type": "Hiến pháp"}, {"name": "Hiến pháp", "doc_type": "Luật"}, False),
]


@pytest.mark.parametrize(("one", "other", "same"), SAME)
def test_identity_of_documents(one: dict[str, str], other: dict[str, str], same: bool) -> None:
    assert COMPARATORS["document"].same(one, other) is COMPARATORS["document"].same(other, one) is same


def test_dates_are_the_same_whatever_their_dashes() -> None:
    assert COMPARATORS["timex3"].same({"value": "2023‑07‑05"}, {"value": "2023-07-05"})


def test_a_bare_number_joins_the_full_one_before_it() -> None:
    full, bare, stranger = (
        {"doc_type": kind, "number": number}
        for kind, number in (("Chỉ thị", "21-CT/TW"), ("Chỉ thị", "21"), ("Kết luận", "21"))
    )
    settled = COMPARATORS["document"].settle([bare, full, stranger, bare])
    assert [one["number"] for one in settled] == ["21", "21-CT/TW", "21", "21-CT/TW"]
    gold = Document("a", spans=(Span("s", 0, 5, "DOC", full), Span("t", 9, 12, "DOC", bare)))
    found = Document("a", spans=(Span("s", 0, 5, "DOC", full), Span("t", 9, 12, "DOC", full)))
    doc = vigold.score([gold], {"x": [found]}).systems["x"].values["DOC"]
    assert (doc.accuracy, doc.attributes["number"]) == (1.0, 0.5)


def test_an_unknown_comparator_is_refused() -> None:
    with pytest.raises(VigoldError, match="a comparator 'guess'; there are attributes, timex3, document"):
        comparator("guess")


def test_another_scheme_compares_all_attributes() -> None:
    scheme = Scheme("s", "1", {"MÓN": Label()})
    gold = [
        Document(
            "a", spans=(Span("s", 0, 2, "MÓN", {"vị": "Ngọt", "màu": "đỏ"}), Span("t", 3, 4, "MÓN", {"vị": "chua"}))
        )
    ]
    found = [Document("a", spans=(Span("s", 0, 2, "MÓN", {"màu": "đỏ", "vị": "ngọt"}), Span("t", 3, 4, "MÓN")))]
    values = vigold.score(gold, {"x": found}, scheme=scheme).systems["x"].values["MÓN"]
    assert (values.accuracy, values.attributes) == (0.5, {"màu": 1.0, "vị": 0.5})


def test_relations_are_strict_or_by_boundaries() -> None:
    spans = (Span("d", 0, 5, "DOC"), Span("o", 6, 9, "ORG"), Span("p", 10, 12, "PER"), Span("r", 13, 15, "ROLE"))
    other = (*spans[:1], Span("o", 6, 9, "LOC"), *spans[2:])
    arrows = (Relation("issued_by", "d", "o"), Relation("holds", "p", "r"))
    gold = [Document("a", spans=spans, relations=arrows), Document("b")]
    turned = Relation("holds", "r", "p")
    found = [Document("a", spans=other, relations=(arrows[0], turned)), Document("b")]
    scores = vigold.score(gold, {"x": found}, resamples=100).systems["x"].relations
    assert (scores["strict"].tp, scores["boundaries"].tp, scores["boundaries"].pred) == (0, 1, 2)
    assert scores["boundaries"].types["issued_by"].f1 == 1.0
    assert scores["boundaries"].types["holds"].f1 == 0.0
    assert scores["strict"].ci is None  # relations stand in one document alone


def test_tables_are_silent_on_values_and_relations_that_a_system_does_not_give() -> None:
    spans = (Span("d", 0, 5, "DOC", {"number": "1/2"}), Span("o", 6, 9, "ORG"))
    gold = [Document("a", spans=spans, relations=(Relation("issued_by", "d", "o"),))]
    bare = [Document("a", spans=(Span("d", 0, 5, "DOC"), spans[1]))]
    result = vigold.score(gold, {"full": gold, "bare": bare}, resamples=0)
    parts = {table.title: [row[0] for row in table.rows] for table in tables(result)}
    assert set(parts["relations, percent"]) == set(parts["values of overlapping spans, percent"]) == {"full"}
    assert result.systems["bare"].values["DOC"].accuracy == 0.0
    assert result.systems["bare"].relations["strict"].f1 == 0.0
