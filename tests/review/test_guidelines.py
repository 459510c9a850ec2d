"""The annotators' guidelines keep to the scheme: their right examples are right, and lint finds what it can of the
wrong ones."""

from __future__ import annotations

import re

import msgspec
import pytest

import vigold
from tests.review import guidelines
from tests.review.guidelines import Example
from tests.review.made import SCHEME
from vigold.document import Document, Span, problems
from vigold.review import rules
from vigold.review.lint import lint

TEXT = guidelines.PATH.read_text("utf-8")
EXAMPLES = guidelines.examples()
RULES = [ready for ready in rules.load() if ready.rule.name not in ("unmarked-repeat", "other-label")]
FOUND = {
    document.id: {span.key: span for span in document.spans}
    for document in vigold.extract([example.right for example in EXAMPLES], "rules")
}
# What only somebody who understands the sentence can see.
UNSEEN = {
    "Nhớ lời Bác Hồ.",
    "Học tập tư tưởng Hồ Chí Minh.",
    "Ban Tổ chức Trung ương họp.",
    "Các bộ: Xây dựng, Y tế cùng làm.",
    "Nguồn từ ngân sách Nhà nước.",
    "Nhà ở số 8 phố Hàng Đàn.",
    "Họp tại trụ sở Bộ Y tế.",
    "Cao tốc Hà Nội - Lào Cai thông xe.",
}


def with_values(document: Document, right: Document) -> Document:
    """The document whose references have the values that the extractor reads in the right one."""
    read = [span for span in FOUND[right.id].values() if span.label == "DOC"]
    named = {span.key: span.attrs for span in read}
    first = read[0].attrs if read else {}
    return msgspec.structs.replace(
        document,
        spans=tuple(
            msgspec.structs.replace(span, attrs=named.get(span.key, first))
            if span.label == "DOC" and not span.attrs
            else span
            for span in document.spans
        ),
    )


def shown(document: Document, spans: tuple[Span, ...]) -> list[tuple[str, str, dict[str, str]]]:
    return [(document.surface(span), span.label, span.attrs) for span in sorted(spans, key=lambda s: s.key)]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.right.text)
def test_a_right_example_is_right(example: Example) -> None:
    right = with_values(example.right, example.right)
    assert not list(problems(right))
    assert [(f.rule.name, f.message) for f in lint([right], RULES, SCHEME)] == []


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.right.text)
def test_the_extractor_reads_the_same_dates_and_documents(example: Example) -> None:
    right = with_values(example.right, example.right)
    read = tuple(FOUND[right.id].values())
    for label in ("DATE", "DOC"):
        marked = tuple(span for span in right.spans if span.label == label)
        assert shown(right, marked) == shown(right, tuple(span for span in read if span.label == label))


@pytest.mark.parametrize("example", [e for e in EXAMPLES if e.wrong], ids=lambda example: example.wrong.text)
def test_a_wrong_example_is_the_same_sentence_and_is_found(example: Example) -> None:
    assert example.wrong is not None
    wrong = with_values(example.wrong, example.right)
    assert wrong.text == example.right.text
    assert shown(wrong, wrong.spans) != shown(example.right, with_values(example.right, example.right).spans)
    found = lint([wrong], RULES, SCHEME)
    assert bool(found) != (wrong.text in UNSEEN), [f.message for f in found]


def test_the_relations_of_the_examples_are_those_that_are_read() -> None:
    related = [example.right for example in EXAMPLES if example.right.relations]
    assert {relation.type for document in related for relation in document.relations} == SCHEME.relations.keys()
    read = {document.id: document for document in vigold.extract(related, "rules")}
    for document in related:
        assert arrows(document) == arrows(read[document.id])


def arrows(document: Document) -> set[tuple[str, str, str]]:
    words = {span.id: document.surface(span) for span in document.spans}
    return {(relation.type, words[relation.head], words[relation.tail]) for relation in document.relations}


def test_all_of_the_scheme_is_shown() -> None:
    spans = [span for example in EXAMPLES for span in example.right.spans]
    assert {span.label for span in spans} == SCHEME.labels.keys()
    for name, rule in SCHEME.labels["DATE"].attributes.items():
        assert set(rule.values) <= {span.attrs.get(name) for span in spans}
    assert f"`{SCHEME.name}` {SCHEME.version}" in TEXT


def test_the_keys_are_those_of_the_scheme() -> None:
    rows = re.findall(r"^\| ((?:`\d` ?)+) \| ([A-Z, ]+) \|", TEXT, re.M)
    told = {
        label: key
        for keys, labels in rows
        for key, label in zip(re.findall(r"\d", keys), labels.split(", "), strict=True)
    }
    assert told == {name: label.hotkey for name, label in SCHEME.labels.items()}


def test_the_pictures_are_there_and_small() -> None:
    pictures = re.findall(r"^!\[.+\]\((\S+)\)$", TEXT, re.M)
    assert len(pictures) == 4
    for picture in pictures:
        data = (guidelines.PATH.parent / picture).read_bytes()
        assert data.startswith(b"\x89PNG")
        assert len(data) < 120_000
