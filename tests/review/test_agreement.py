"""Agreement does not depend on who comes first, is 1 for the same work, and counts what it says it counts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.review.made import DATE, DOC, GOLD, HOLDS, LOC, PER, ROLE, SCHEME, TEXT, export, span, version, write
from tests.strategies import documents
from vigold.document import Document, Relation, Span
from vigold.errors import VigoldError
from vigold.review import annotators
from vigold.review.agreement import Agreement, agreement
from vigold.scheme import load

SCHEMES = [SCHEME, load(Path(__file__).parent.parent / "recipes.toml")]


def compare(*versions: Document, **options: Any) -> Agreement:
    return agreement({f"a{n}": {d.id: d} for n, d in enumerate(versions, 1)}, **options)


def test_figures_of_two_annotators() -> None:
    other = version(
        msgspec.structs.replace(DATE, attrs={"type": "DATE", "value": "2023-07-06"}),
        span("Bộ trưởng", "ORG", key="r"),
        PER,
        DOC,
        span("Lào Cai", "LOC", key="l"),
    )
    found = compare(GOLD, other).overall
    spans = found.spans
    assert (spans.one, spans.other, spans.exact, spans.relaxed) == (5, 5, 3, 4)
    assert (spans.exact_f1, spans.relaxed_f1) == (0.6, 0.8)
    assert (found.labels["LOC"].exact_f1, found.labels["LOC"].relaxed_f1) == (0.0, 1.0)
    # Four places that both marked, three with the same label: p_o = 3/4, p_e = 3/16.
    assert found.kappa.count == 4
    assert found.kappa.value == pytest.approx((3 / 4 - 3 / 16) / (1 - 3 / 16), abs=1e-12)
    assert (found.values["DATE.value"].same, found.values["DATE.type"].same) == (0, 1)
    assert found.values["DOC.number"].kappa == 1.0
    assert (found.relations.one, found.relations.other, found.relations.f1) == (1, 0, 0.0)
    assert found.alphas["PER"].value == 1.0
    assert found.alpha.ci is None  # one document


def test_nested_spans_of_one_label_count_on_their_own() -> None:
    text = "Văn phòng Quốc hội"
    outer, inner = Span("o", 0, 18, "ORG"), Span("i", 10, 18, "ORG")
    one = Document("a", text, spans=(outer, inner))
    assert compare(one, one).overall.alphas["ORG"].value == 1.0
    found = compare(one, Document("a", text, spans=(outer,))).overall
    assert (found.labels["ORG"].exact, found.labels["ORG"].relaxed) == (1, 1)
    assert found.alphas["ORG"].value is not None
    assert found.alphas["ORG"].value < 1


@pytest.mark.parametrize("scheme", SCHEMES, ids=lambda scheme: scheme.name)
@settings(deadline=None, max_examples=50)
@given(data=st.data())
def test_the_same_work_is_full_agreement(scheme: Any, data: st.DataObject) -> None:
    corpus = [data.draw(documents(scheme, f"d{n}")) for n in range(2)]
    named = {name: {d.id: d for d in corpus} for name in "xyz"}
    found = agreement(named, resamples=20)
    assert all(row.exact_f1 in (1.0, None) for row in found.documents)
    figures = found.overall
    values = [figures.spans.exact_f1, figures.spans.relaxed_f1, figures.alpha.value, figures.kappa.value]
    values += [alpha.value for alpha in figures.alphas.values()]
    values += [value.share for value in figures.values.values()]
    values += [figures.relations.f1, figures.relations.shared_f1]
    assert {value for value in values if value is not None} <= {1.0}


@settings(deadline=None, max_examples=50)
@given(data=st.data())
def test_nobody_comes_first(data: st.DataObject) -> None:
    # Three versions of two documents of equal texts, their spans in any order.
    drawn = [data.draw(documents(SCHEME, "d")) for _ in range(3)]
    text = "x" * max(len(d.text or "") for d in drawn)
    named = {
        n: {k: version(*d.spans, of=Document(k, text)) for k in ("d", "e")} for n, d in zip("xyz", drawn, strict=True)
    }
    turned = {
        name: {key: version(*named[name][key].spans[::-1], of=Document(key, text)) for key in ("e", "d")}
        for name in data.draw(st.permutations("xyz"))
    }
    one, other = agreement(named, resamples=10).overall, agreement(turned, resamples=10).overall
    assert one.alpha.value == pytest.approx(other.alpha.value, abs=1e-12)
    assert one.alpha.ci == (other.alpha.ci and pytest.approx(other.alpha.ci, abs=1e-12))
    assert one.kappa.value == pytest.approx(other.kappa.value, abs=1e-12)
    assert (one.spans.exact_f1, one.spans.relaxed_f1) == (other.spans.exact_f1, other.spans.relaxed_f1)
    assert one.values.keys() == other.values.keys()
    assert [v.same for v in one.values.values()] == [v.same for v in other.values.values()]


def test_intervals_hold_the_value_and_are_repeatable() -> None:
    texts = {f"d{n}": Document(f"d{n}", TEXT, spans=(PER, LOC)) for n in range(8)}
    other = {key: version(PER, *([] if n % 2 else [LOC]), of=d) for n, (key, d) in enumerate(texts.items())}
    one, again = (agreement({"x": texts, "y": other}, seed=7) for _ in range(2))
    alpha = one.overall.alphas["LOC"]
    assert alpha == again.overall.alphas["LOC"]
    assert alpha.value is not None
    assert alpha.ci is not None
    assert alpha.ci[0] < alpha.value < alpha.ci[1]
    assert one.overall.alphas["PER"].ci == (1.0, 1.0)


def test_documents_come_worst_first_and_single_ones_are_left_out() -> None:
    good, bad = (version(*GOLD.spans, of=Document(key, TEXT)) for key in ("good", "bad"))
    one = {"good": good, "bad": bad, "lone": version(of=Document("lone", TEXT))}
    found = agreement({"x": one, "y": {"good": good, "bad": version(PER, of=bad)}})
    assert [(row.id, row.exact_f1) for row in found.documents] == [("bad", 1 / 3), ("good", 1.0)]
    with pytest.raises(VigoldError, match="no document has two annotators"):
        agreement({"x": one, "y": {}})


def test_exports_give_every_annotator_a_version(tmp_path: Path) -> None:
    made = export({"1": GOLD, "2": version(ROLE, PER, relations=(HOLDS,))})
    made[0]["annotations"].append({"id": 9, "completed_by": 3, "was_cancelled": True, "result": []})
    reading = annotators.read([write(tmp_path / "e.json", made)], SCHEME)
    assert {name: len(d["a1"].spans) for name, d in reading.versions.items()} == {"1": 5, "2": 2}
    made[0]["annotations"][1]["completed_by"] = 1
    with pytest.raises(VigoldError, match=r"e\.json: task 1: document a1 has two annotations by annotator 1"):
        annotators.read([write(tmp_path / "e.json", made)], SCHEME)
    made[0]["annotations"][1] |= {"completed_by": 2, "result": [{"nonsense": True}]}
    with pytest.raises(VigoldError, match="foreign-item"):
        annotators.read([write(tmp_path / "e.json", made)], SCHEME)
    assert len(annotators.read([write(tmp_path / "e.json", made)], SCHEME, lenient=True).dropped) == 1


def test_relations_are_compared_by_what_they_join() -> None:
    one = version(PER, ROLE, relations=(Relation("holds", "p", "r"),))
    ids = {"p": "x1", "r": "x2"}
    other = version(
        *(msgspec.structs.replace(s, id=ids[s.id]) for s in (PER, ROLE)), relations=(Relation("holds", "x1", "x2"),)
    )
    assert compare(one, other).overall.relations.f1 == 1.0
