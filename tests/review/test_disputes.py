"""What two people dispute where names stand inside names, and what one person drew twice."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.review.made import SCHEME, export, span, version, write
from vigold.document import Document, Span
from vigold.errors import VigoldError
from vigold.review import annotators
from vigold.review.adjudication import adjudicate
from vigold.review.disputes import compare
from vigold.studio import items

TEXT = "Phó Chánh Văn phòng Ban Nội chính Trung ương"
BODY = Document("n", TEXT)
OUTER = span("Văn phòng Ban Nội chính Trung ương", "ORG", text=TEXT, key="o")
INNER = span("Ban Nội chính Trung ương", "ORG", text=TEXT, key="i")
SHORTER = span("Văn phòng Ban Nội chính", "ORG", text=TEXT, key="s")


def disputes(one: list[Span], other: list[Span]) -> list[tuple[str, dict[tuple[str, ...], list[str]]]]:
    """Each dispute by kind: who said which words."""
    found = compare({"1": version(*one, of=BODY), "2": version(*other, of=BODY)}).disputes
    told = []
    for dispute in found:
        said: dict[tuple[str, ...], list[str]] = {}
        for option in dispute.options:
            said.setdefault(option.annotators, []).append("" if option.span is None else option.span.id)
        told.append((dispute.kind, said))
    return told


def test_a_name_inside_a_name_is_no_alternative_to_it() -> None:
    assert disputes([OUTER, INNER], [OUTER]) == [("missed", {("1",): ["i"], ("2",): [""]})]
    assert disputes([OUTER, INNER], [INNER]) == [("missed", {("1",): ["o"], ("2",): [""]})]
    assert disputes([OUTER, INNER], []) == [
        ("missed", {("1",): ["o"], ("2",): [""]}),
        ("missed", {("1",): ["i"], ("2",): [""]}),
    ]
    # The outer one has another end for the second person, who did not mark the inner one at all.
    assert disputes([OUTER, INNER], [SHORTER]) == [
        ("boundary", {("1",): ["o"], ("2",): ["s"]}),
        ("missed", {("1",): ["i"], ("2",): [""]}),
    ]
    # One marked the outer and one the inner name alone: which of them is meant is one question.
    assert disputes([OUTER], [INNER]) == [("boundary", {("1",): ["o"], ("2",): ["i"]})]


PLACES = st.tuples(st.integers(0, 8), st.integers(1, 6), st.sampled_from(["ORG", "LOC"]))
MARKED = st.lists(PLACES, max_size=6, unique=True)


@given(st.lists(MARKED, min_size=2, max_size=4))
def test_every_disputed_span_is_in_one_dispute_and_nobody_twice_in_one(drawn: list[Any]) -> None:
    versions = {
        str(n): version(*(Span(f"{n}-{m}", s, s + k, label) for m, (s, k, label) in enumerate(places)), of=BODY)
        for n, places in enumerate(drawn)
    }
    outcome = compare(versions)
    spans = [o.span.key for d in outcome.disputes if d.about is None for o in d.options if o.span is not None]
    marked = {s.key for document in versions.values() for s in document.spans}
    assert sorted(spans) == sorted(marked - {s.key for s in outcome.agreed})
    for dispute in outcome.disputes:
        people = [name for option in dispute.options for name in option.annotators]
        assert len(people) == len(set(people))
    again = compare(dict(reversed(versions.items())))
    assert [(d.kind, d.start, d.end) for d in again.disputes] == [(d.kind, d.start, d.end) for d in outcome.disputes]


DAY = "Ngày 5/7/2023, Bộ Tài chính ban hành Thông tư số 12/2023/TT-BTC."
ISSUED = Document(
    "w",
    DAY,
    spans=(
        span("Thông tư số 12/2023/TT-BTC", "DOC", text=DAY, key="d", doc_type="Thông tư", number="12/2023/TT-BTC"),
        span("Bộ Tài chính", "ORG", text=DAY, key="o"),
    ),
)


def drawn_twice(folder: Path, **changed: Any) -> Path:
    """An export of two people who agree, but that one of them drew the document twice and bound the body to either."""
    made = export({"1": ISSUED, "2": ISSUED})
    for annotation in made[0]["annotations"]:
        arrow = {"type": "relation", "to_id": "o", "direction": "right", "labels": ["issued_by"]}
        annotation["result"].append({"from_id": "d", **arrow})
    result = made[0]["annotations"][1]["result"]
    twin = [{**item, "id": "twin"} for item in result if item.get("id") == "d"]
    twin[-1] = twin[-1] | changed
    result += [*twin, {**result[-1], "from_id": "twin"}]
    return write(folder / "e.json", made)


def test_what_one_person_drew_twice_alike_is_taken_once_and_told(tmp_path: Path) -> None:
    path = drawn_twice(tmp_path)
    reading = annotators.read([path], SCHEME)
    assert reading.doubles == [
        f"{path}: task 1, annotator 2: region twin is 'Thông tư số 12/2023/TT-BTC' a second time, as region d; "
        "one was taken"
    ]
    (item,) = adjudicate(reading, SCHEME)
    assert item.state == "agreed"
    assert [r["labels"] for r in item.task["annotations"][0]["result"] if r.get("type") == "relation"] == [
        ["issued_by"]
    ]


def test_what_one_person_drew_twice_with_two_values_is_refused(tmp_path: Path) -> None:
    path = drawn_twice(tmp_path, value={"text": ["13/2023/TT-BTC"]})
    with pytest.raises(VigoldError, match="task 1, annotation 12, region twin: doubled-span"):
        annotators.read([path], SCHEME)


def test_what_was_dropped_of_the_only_annotation_is_not_carried_on(tmp_path: Path) -> None:
    made = export({"1": ISSUED})
    bad = {**made[0]["annotations"][0]["result"][0], "id": "x", "value": {"start": 0, "end": 4, "labels": ["NOPE"]}}
    made[0]["annotations"][0]["result"].append(bad)
    reading = annotators.read([write(tmp_path / "e.json", made)], SCHEME, lenient=True)
    third = write(tmp_path / "third.json", [item.task for item in adjudicate(reading, SCHEME)])
    assert [item.stamp.state for item in items.read([third], SCHEME)] == ["single"]
