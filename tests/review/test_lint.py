"""Lint of whole documents: what depends on other documents and relations, and what mending may change."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.review.made import SCHEME
from tests.strategies import documents
from vigold.document import Document, Relation, Span, problems
from vigold.review import rules
from vigold.review.case import Facts
from vigold.review.lint import lint, mend
from vigold.scheme import Scheme, load

RULES = rules.load()
RECIPES = load(Path(__file__).parent.parent / "recipes.toml")


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


@given(documents(SCHEME), st.integers(0, 30))
def test_spans_around_a_place(document: Document, place: int) -> None:
    around = Facts(document).around(place)
    assert sorted(s.id for s in around) == sorted(s.id for s in document.spans if s.start <= place < s.end)


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
def test_mending_changes_boundaries_alone_and_ends(scheme: Scheme, data: st.DataObject) -> None:
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
