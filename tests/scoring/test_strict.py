"""Strict scores: by hand, against peers on flat input, and by identities that hold for any spans."""

from __future__ import annotations

import random
import warnings

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nervaluate import Evaluator
from seqeval.metrics import classification_report
from seqeval.scheme import IOB2

import vigold
from vigold.document import Document, Span
from vigold.errors import VigoldError


def document(key: str, *spans: tuple[int, int, str], text: str | None = None) -> Document:
    return Document(key, text, spans=tuple(Span(f"s{n}", *span) for n, span in enumerate(spans)))


GOLD = [document("a", (0, 9, "ORG"), (4, 9, "LOC"), (10, 12, "PER")), document("b")]
PREDICTED = [document("a", (4, 9, "LOC"), (0, 9, "ORG"), (10, 13, "PER"), (20, 22, "PER")), document("b")]


def test_nested_spans_count_like_any_others() -> None:
    system = vigold.score(GOLD, {"x": PREDICTED}).systems["x"]
    assert (system.micro.tp, system.micro.pred, system.micro.gold) == (2, 4, 3)
    assert (system.micro.p, system.micro.r, system.micro.f1) == (0.5, 2 / 3, 4 / 7)
    assert system.macro_f1 == pytest.approx(2 / 3)
    assert {label: (s.tp, s.fp, s.fn) for label, s in system.labels.items()} == {
        "LOC": (1, 0, 0),
        "ORG": (1, 0, 0),
        "PER": (0, 2, 1),
    }


def test_empty_sides() -> None:
    both = vigold.score([document("a")], {"x": [document("a")]}).systems["x"]
    assert (both.micro.p, both.micro.r, both.micro.f1, both.macro_f1) == (None, None, None, None)
    one = vigold.score([document("a")], {"x": [document("a", (0, 1, "X"))]}).systems["x"]
    assert (one.micro.p, one.micro.r, one.micro.f1, one.macro_f1) == (0.0, 0.0, 0.0, None)
    assert "–" in str(vigold.score([document("a")], {"x": [document("a")]}))


def test_the_json_has_the_agreed_shape() -> None:
    record = vigold.score(GOLD, {"x": PREDICTED}).to_dict()
    assert record["systems"]["x"]["micro"] == {
        "strict": {"p": 0.5, "r": 2 / 3, "f1": 4 / 7, "tp": 2, "fp": 2, "fn": 1, "gold": 3, "pred": 4}
    }
    assert set(record["systems"]["x"]) == {"micro", "macro", "labels"}
    assert "match:strict" in record["signature"]


@pytest.mark.parametrize(
    ("predictions", "options", "words"),
    [
        ([document("a")], {}, "no prediction for document b"),
        ([*PREDICTED, document("c")], {}, "document c is not in gold"),
        ([*PREDICTED, document("a")], {}, "document a stands twice"),
        ([document("a", text="one"), document("b")], {}, "another text"),
    ],
)
def test_joins_are_by_id_and_never_guessed(predictions: list[Document], options: dict[str, str], words: str) -> None:
    gold = [document("a", (0, 1, "X"), text="two"), document("b")]
    with pytest.raises(VigoldError, match=words):
        vigold.score(gold, {"x": predictions}, **options)


def test_missing_and_unknown_documents_on_demand() -> None:
    predictions = [document("c", (0, 1, "X"))]
    system = vigold.score(GOLD, {"x": predictions}, missing="empty", unknown="drop").systems["x"]
    assert (system.micro.fn, system.micro.pred) == (3, 0)


def test_hostile_names_are_escaped_in_a_notebook() -> None:
    gold = [document("a", (0, 1, "<b>"))]
    html = vigold.score(gold, {"<script>": gold})._repr_html_()
    assert "<script>" not in html
    assert "<b>" not in html


SPANS = st.frozensets(
    st.tuples(st.integers(0, 6), st.integers(1, 4), st.sampled_from("XYZ")).map(lambda s: (s[0], s[0] + s[1], s[2])),
    max_size=12,
)


@given(st.lists(st.tuples(SPANS, SPANS), min_size=1, max_size=4), st.randoms(use_true_random=False))
def test_strict_is_set_intersection_in_any_order(corpus: list[tuple[frozenset, frozenset]], rng: random.Random) -> None:
    gold = [document(str(n), *one) for n, (one, _) in enumerate(corpus)]
    predicted = [document(str(n), *other) for n, (_, other) in enumerate(corpus)]
    micro = vigold.score(gold, {"x": predicted}).systems["x"].micro
    assert micro.tp == sum(len(one & other) for one, other in corpus)
    assert (micro.gold, micro.pred) == (sum(len(g) for g, _ in corpus), sum(len(p) for _, p in corpus))
    rng.shuffle(predicted)
    assert vigold.score(gold, {"x": predicted}).systems["x"].micro == micro


TAGS = st.lists(st.sampled_from([None, "A", "B", "C"]), min_size=1, max_size=12)


@given(st.lists(st.tuples(TAGS, TAGS), min_size=1, max_size=5))
def test_flat_scores_equal_the_peers(corpus: list[tuple[list[str | None], list[str | None]]]) -> None:
    """Each run of equal tags is one span, so both sides are flat."""
    corpus = [(one[: len(other)], other[: len(one)]) for one, other in corpus]
    sides = [[_spans(side) for side in pair] for pair in corpus]
    gold, predicted = ([document(str(n), *pair[side]) for n, pair in enumerate(sides)] for side in (0, 1))
    ours = vigold.score(gold, {"x": predicted}).systems["x"]
    if not ours.micro.gold:
        return
    tags = [[_iob2(side) for side, _ in corpus], [_iob2(side) for _, side in corpus]]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        report = classification_report(*tags, mode="strict", scheme=IOB2, output_dict=True, zero_division=0)
    peer = report["micro avg"]
    assert (ours.micro.p, ours.micro.r, ours.micro.f1) == pytest.approx(
        (peer["precision"], peer["recall"], peer["f1-score"])
    )
    for label, score in ours.labels.items():
        if score.gold:
            assert score.f1 == pytest.approx(report[label]["f1-score"])
    # nervaluate counts ends as inside the span.
    lists = [[[{"label": t, "start": s, "end": e - 1} for s, e, t in pair[side]] for pair in sides] for side in (0, 1)]
    overall = (
        Evaluator(*lists, tags=["A", "B", "C"], loader="default").evaluate()["overall"]["strict"]
        if lists[0][0]
        else None
    )
    if overall is not None:
        assert (ours.micro.tp, ours.micro.f1) == (overall.correct, pytest.approx(overall.f1))


def _spans(tags: list[str | None]) -> list[tuple[int, int, str]]:
    spans: list[tuple[int, int, str]] = []
    for n, tag in enumerate(tags):
        if tag and spans and n and tags[n - 1] == tag:
            spans[-1] = (spans[-1][0], n + 1, tag)
        elif tag:
            spans.append((n, n + 1, tag))
    return spans


def _iob2(tags: list[str | None]) -> list[str]:
    return [f"{'I' if n and tags[n - 1] == tag else 'B'}-{tag}" if tag else "O" for n, tag in enumerate(tags)]
