"""What must hold of a document, and who says so when it does not."""

from __future__ import annotations

import pytest

from vigold.document import Document, Relation, Span, crossings, problems

TEXT = "Bộ Tài chính họp"
TWO = Span("a", 0, 2, "ORG"), Span("b", 3, 6, "ORG")


@pytest.mark.parametrize(
    ("document", "words"),
    [
        (Document("d", TEXT, spans=(Span("a", 3, 17, "ORG"),)), "outside the text of 16 characters"),
        (Document("d", TEXT, spans=(Span("a", -1, 2, "ORG"),)), "outside the text"),
        (Document("d", TEXT, spans=(Span("a", 4, 4, "ORG"),)), "start 4 is not before end 4"),
        (Document("d", TEXT, spans=(Span("a", 0, 2, "ORG"), Span("b", 0, 2, "ORG"))), "same start, end and label"),
        (Document("d", TEXT, spans=(Span("a", 0, 2, "ORG"), Span("a", 3, 6, "ORG"))), "span id stands twice"),
        (Document("d", TEXT, spans=(Span("a", 0, 2, "ORG"),), relations=(Relation("r", "a", "z"),)), "not there"),
        (Document("d", TEXT, spans=(Span("a", 0, 2, "ORG"),), relations=(Relation("r", "a", "a"),)), "to itself"),
        (Document("d", TEXT, published="2023-02-29"), "not a day"),
        (Document("d", "Ha\u0300 Nội"), "vigold ingest"),
        (Document("d", "a\r\nb", spans=(Span("a", 0, 1, "X"),)), "vigold convert --normalise"),
        (Document("d", "a\0b"), "the text holds a NUL"),
        (Document("d", TEXT, title="a\0"), "the title holds a NUL"),
        (Document("d", TEXT, meta={"x": [{"a\0": 1}]}), "meta holds a NUL"),
        (Document("d", TEXT, spans=(Span("a", 0, 2, "ORG", {"k": "\0"}),)), "an attribute holds a NUL"),
        (Document("d\n1", TEXT), "a line break in the id 'd\\n1'"),
        (Document("d", TEXT, spans=(Span("a\u2028", 0, 2, "ORG"),)), "a line break in the id"),
        (Document("d", TEXT, spans=(Span("", 0, 2, "ORG"),)), "the id of the span [0, 2) is empty"),
        (Document("d", TEXT, spans=(Span("a", 0, 2, ""),)), "the label of the span [0, 2) is empty"),
        (Document("d", TEXT, spans=(Span("a", 0, 2, "ORG", {"k": ""}),)), "k is empty"),
        (Document("d", TEXT, spans=TWO, relations=(Relation("r", "a", "b"),) * 2), "r to b stands twice"),
    ],
)
def test_a_broken_invariant_is_told(document: Document, words: str) -> None:
    assert any(words in problem.message for problem in problems(document))


def test_nested_spans_and_unknown_texts_are_fine() -> None:
    nested = (Span("a", 0, 12, "ORG"), Span("b", 3, 12, "ORG"), Span("c", 3, 12, "LOC"))
    assert not list(problems(Document("d", TEXT, "2024-02-29", spans=nested)))
    assert not list(problems(Document("d", None, spans=(Span("a", 5, 900, "ORG"),))))


def test_crossing_spans_are_found_whatever_their_order() -> None:
    spans = [Span("a", 0, 5, "X"), Span("b", 3, 8, "X"), Span("c", 3, 5, "X"), Span("d", 5, 8, "X")]
    for order in (spans, spans[::-1]):
        assert [(one.id, other.id) for one, other in crossings(order)] == [("a", "b")]
