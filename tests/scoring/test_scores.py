"""Scores of every schema: by hand, and by identities that hold for any spans."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

import vigold
from vigold.document import Document, Span
from vigold.errors import VigoldError
from vigold.scoring.metrics import Muc


def document(key: str, *spans: tuple[int, int, str], text: str | None = None) -> Document:
    return Document(key, text, spans=tuple(Span(f"s{n}", *span) for n, span in enumerate(spans)))


GOLD = [document("a", (0, 9, "ORG"), (4, 9, "LOC"), (10, 12, "PER")), document("b")]
PREDICTED = [document("a", (4, 9, "LOC"), (0, 9, "ORG"), (10, 13, "PER"), (20, 22, "PER")), document("b")]


def test_nested_spans_count_like_any_others() -> None:
    system = vigold.score(GOLD, {"x": PREDICTED}, resamples=0).systems["x"]
    micro = system.micro["strict"]
    assert (micro.tp, micro.pred, micro.gold) == (2, 4, 3)
    assert (micro.p, micro.r, micro.f1, micro.ci) == (0.5, 2 / 3, 4 / 7, None)
    assert system.macro["strict"].f1 == pytest.approx(2 / 3)
    assert {label: (s.strict.tp, s.strict.fp, s.strict.fn) for label, s in system.labels.items()} == {
        "LOC": (1, 0, 0),
        "ORG": (1, 0, 0),
        "PER": (0, 2, 1),
    }


def test_every_schema_judges_a_pair_its_own_way() -> None:
    """Exact; same span, other label; overlap, same label; overlap, other label; missed; spurious."""
    gold = [document("a", (0, 2, "X"), (10, 12, "X"), (20, 24, "X"), (30, 34, "X"), (40, 42, "X"))]
    predicted = [document("a", (0, 2, "X"), (10, 12, "Y"), (20, 23, "X"), (30, 33, "Y"), (50, 52, "Y"))]
    system = vigold.score(gold, {"x": predicted}).systems["x"]
    assert {name: (s.tp, s.fp, s.fn) for name, s in system.micro.items()} == {
        "strict": (1, 4, 4),
        "exact": (2, 3, 3),
        "partial": (3.0, 2.0, 2.0),
        "type": (2, 3, 3),
    }
    assert system.muc == Muc(cor=1, par=1, inc=2, mis=1, spu=1, inc_pred=2)
    assert system.labels["X"].muc == Muc(cor=1, par=1, inc=2, mis=1, spu=0, inc_pred=0)
    assert system.labels["Y"].muc == Muc(cor=0, par=0, inc=0, mis=0, spu=1, inc_pred=2)
    exact = [(s.exact.tp, s.exact.fp, s.exact.fn, s.exact.p, s.exact.r) for s in map(system.labels.get, "XY") if s]
    assert exact == [(2, 1, 3, 1 / 2, 2 / 5), (0, 2, 0, 1 / 3, 0.0)]


def test_empty_sides() -> None:
    both = vigold.score([document("a")], {"x": [document("a")]}).systems["x"]
    micro = both.micro["strict"]
    assert (micro.p, micro.r, micro.f1, micro.ci, both.macro["strict"].f1) == (None, None, None, None, None)
    one = vigold.score([document("a")], {"x": [document("a", (0, 1, "X"))]}).systems["x"]
    micro = one.micro["strict"]
    assert (micro.p, micro.r, micro.f1, one.macro["strict"].f1) == (0.0, 0.0, 0.0, None)
    assert "–" in str(vigold.score([document("a")], {"x": [document("a")]}))


@pytest.mark.parametrize(
    ("predictions", "options", "words"),
    [
        ([document("a")], {}, "no prediction for document b"),
        ([*PREDICTED, document("c")], {}, "document c is not in gold"),
        ([*PREDICTED, document("a")], {}, "document a stands twice"),
        ([document("a", text="one"), document("b")], {}, "another text"),
        ([document("a", (0, 9, "X")), document("b")], {}, r"span \[0, 9\) is outside the text of 3 characters"),
        ([document("a", (0, 1, "X"), (0, 1, "X")), document("b")], {}, "span s1: the same start, end and label"),
        ([document("a", (1, 1, "X")), document("b")], {}, "start 1 is not before end 1"),
    ],
)
def test_joins_are_by_id_and_never_guessed(predictions: list[Document], options: dict[str, str], words: str) -> None:
    gold = [document("a", (0, 1, "X"), text="two"), document("b")]
    with pytest.raises(VigoldError, match=words):
        vigold.score(gold, {"x": predictions}, **options)


def test_missing_and_unknown_documents_on_demand() -> None:
    predictions = [document("c", (0, 1, "X"))]
    system = vigold.score(GOLD, {"x": predictions}, missing="empty", unknown="drop").systems["x"]
    assert (system.micro["strict"].fn, system.micro["strict"].pred) == (3, 0)


def test_hostile_names_are_escaped_in_a_notebook() -> None:
    gold = [document("a", (0, 1, "<b>"))]
    html = vigold.score(gold, {"<script>": gold})._repr_html_()
    assert "<script>" not in html
    assert "<b>" not in html


Key = tuple[int, int, str]
SPANS = st.frozensets(
    st.tuples(st.integers(0, 6), st.integers(1, 4), st.sampled_from("XYZ")).map(lambda s: (s[0], s[0] + s[1], s[2])),
    max_size=12,
)


@given(st.lists(st.tuples(SPANS, SPANS), min_size=1, max_size=4), st.randoms(use_true_random=False))
def test_strict_is_set_intersection_and_sides_add_up(
    corpus: list[tuple[frozenset[Key], frozenset[Key]]], rng: random.Random
) -> None:
    gold = [document(str(n), *one) for n, (one, _) in enumerate(corpus)]
    predicted = [document(str(n), *other) for n, (_, other) in enumerate(corpus)]
    system = vigold.score(gold, {"x": predicted}, resamples=0).systems["x"]
    micro = system.micro["strict"]
    assert micro.tp == sum(len(one & other) for one, other in corpus)
    assert (micro.gold, micro.pred) == (sum(len(g) for g, _ in corpus), sum(len(p) for _, p in corpus))
    for muc, score in ((system.muc, micro), *((label.muc, label.strict) for label in system.labels.values())):
        assert muc.cor + muc.par + muc.inc + muc.mis == score.gold
        assert muc.cor + muc.par + muc.inc_pred + muc.spu == score.pred
    assert sum(label.muc.inc for label in system.labels.values()) == system.muc.inc == system.muc.inc_pred
    spans = [list(d.spans) for d in (*gold, *predicted)]
    for one in spans:
        rng.shuffle(one)
    mixed = [Document(d.id, spans=tuple(s)) for d, s in zip((*gold, *predicted), spans, strict=True)]
    sides = [mixed[: len(gold)], mixed[len(gold) :]]
    for side in sides:
        rng.shuffle(side)
    assert vigold.score(sides[0], {"x": sides[1]}, resamples=0).systems["x"] == system
