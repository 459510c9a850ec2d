"""The figures of seqeval and nervaluate where these are right, and the right ones where they are known not to be."""

from __future__ import annotations

import warnings

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from nervaluate import Evaluator
from seqeval.metrics import classification_report
from seqeval.scheme import IOB2

import vigold
from vigold.document import Document, Span
from vigold.scoring.metrics import Muc
from vigold.scoring.result import System

Key = tuple[int, int, str]


def document(key: str, *spans: Key) -> Document:
    return Document(key, spans=tuple(Span(f"s{n}", *span) for n, span in enumerate(spans)))


def scored(gold: list[list[Key]], predicted: list[list[Key]]) -> System:
    sides = [[document(str(n), *spans) for n, spans in enumerate(side)] for side in (gold, predicted)]
    return vigold.score(sides[0], {"x": sides[1]}, resamples=0).systems["x"]


TAGS = st.lists(st.sampled_from([None, "A", "B", "C"]), min_size=1, max_size=12)
CORPUS = st.lists(st.tuples(TAGS, TAGS), min_size=1, max_size=5)
Rows = list[tuple[list[str | None], list[str | None]]]


@given(CORPUS)
def test_seqeval_strict_and_default(corpus: Rows) -> None:
    """Each run of equal tags is one span, so both sides are flat; IOB2 tags mean the same in both modes."""
    corpus = [(one[: len(other)], other[: len(one)]) for one, other in corpus]
    ours = scored(*([_spans(pair[side]) for pair in corpus] for side in (0, 1)))
    assume(ours.micro["strict"].gold)
    tags = [[_iob2(pair[side]) for pair in corpus] for side in (0, 1)]
    for how in ({"mode": "strict", "scheme": IOB2}, {}):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            report = classification_report(*tags, output_dict=True, zero_division=0, **how)
        for label, score in {
            "micro avg": ours.micro["strict"],
            **{k: v.strict for k, v in ours.labels.items()},
        }.items():
            if label in report:
                peer = report[label]
                assert (score.p, score.r, score.f1) == pytest.approx(
                    (peer["precision"], peer["recall"], peer["f1-score"])
                )
                assert score.gold == peer["support"]


@given(CORPUS)
def test_nervaluate_where_every_span_has_one_partner(corpus: Rows) -> None:
    sides = [[_spans(pair[side]) for pair in corpus] for side in (0, 1)]
    assume(sides[0][0])  # it fails when the first document is empty
    assume(all(_one_partner(*pair) for pair in zip(*sides, strict=True)))
    ours = scored(*sides)
    # nervaluate counts ends as inside the span.
    lists = [[[{"label": t, "start": s, "end": e - 1} for s, e, t in spans] for spans in side] for side in sides]
    peer = Evaluator(*lists, tags=["A", "B", "C"], loader="default").evaluate()["overall"]
    for schema, name in (("strict", "strict"), ("exact", "exact"), ("partial", "partial"), ("type", "ent_type")):
        score, theirs = ours.micro[schema], peer[name]
        assert (score.p, score.r, score.f1) == pytest.approx((theirs.precision, theirs.recall, theirs.f1))
    assert (ours.muc.mis, ours.muc.spu) == (peer["strict"].missed, peer["strict"].spurious)


def test_no_spans_at_all_is_no_error() -> None:
    """seqeval's report fails on a corpus of O; spaCy says None, GERBIL 1.0."""
    system = scored([[]], [[]])
    assert (system.micro["strict"].f1, system.macro["strict"].f1, system.labels) == (None, None, {})


def test_a_label_that_only_the_prediction_has_is_no_part_of_macro() -> None:
    """seqeval's macro takes in types of support 0."""
    system = scored([[(0, 1, "A")]], [[(0, 1, "A"), (2, 3, "Z")]])
    assert (system.macro["strict"].f1, system.micro["strict"].p) == (1.0, 0.5)


def test_spans_that_touch_do_not_overlap() -> None:
    """nervaluate takes ends as inclusive, so that [0, 5) and [5, 10) are a partial match."""
    assert scored([[(0, 5, "A")]], [[(5, 10, "A")]]).muc == Muc(cor=0, par=0, inc=0, mis=1, spu=1, inc_pred=0)


def test_one_character_of_overlap_is_an_overlap() -> None:
    """nervaluate wants a hundredth of the gold span."""
    assert scored([[(0, 200, "A")]], [[(199, 210, "A")]]).muc.par == 1


@pytest.mark.parametrize("turn", [1, -1])
def test_an_inner_prediction_does_not_steal_the_gold_of_an_exact_one(turn: int) -> None:
    """nervaluate pairs in the order of the list (its issue 84)."""
    assert scored([[(0, 11, "ORG")]], [[(0, 6, "LOC"), (0, 11, "ORG")][::turn]]).micro["strict"].tp == 1
    gold = [(0, 11, "ORG"), (3, 6, "LOC")]
    assert scored([gold], [[(0, 3, "LOC"), *gold][::turn]]).micro["strict"].tp == 2


def test_as_many_pairs_as_there_can_be() -> None:
    """Two golds under one prediction, and another that reaches only the first (nervaluate issue 40)."""
    system = scored([[(0, 4, "A"), (5, 9, "A")]], [[(0, 9, "A"), (0, 2, "A")]])
    assert (system.muc.par, system.muc.mis, system.muc.spu) == (2, 0, 0)


def test_labels_that_are_confused_are_counted_on_both_sides() -> None:
    """nervaluate's overall INC 1 becomes MIS 1 and SPU 1 by type (its issue 42)."""
    system = scored([[(0, 3, "A")]], [[(0, 3, "B")]])
    assert system.muc == Muc(cor=0, par=0, inc=1, mis=0, spu=0, inc_pred=1)
    assert system.labels["A"].muc == Muc(cor=0, par=0, inc=1, mis=0, spu=0, inc_pred=0)
    assert system.labels["B"].muc == Muc(cor=0, par=0, inc=0, mis=0, spu=0, inc_pred=1)


def test_a_prediction_that_fits_no_token_is_still_wrong() -> None:
    """spaCy drops what does not align with gold tokens (its issue 12811), and nested spans by default."""
    gold = [(0, 6, "ORG"), (3, 6, "LOC")]
    strict = scored([gold], [[*gold, (1, 2, "PER")]]).micro["strict"]
    assert (strict.p, strict.r) == (2 / 3, 1.0)


def _one_partner(gold: list[Key], predicted: list[Key]) -> bool:
    pairs = [(a, b) for a in gold for b in predicted if a[0] < b[1] and b[0] < a[1]]
    return len({a for a, _ in pairs}) == len({b for _, b in pairs}) == len(pairs)


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
