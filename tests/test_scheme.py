"""A scheme is data: what it allows, what it doubts, and what it refuses to be."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from vigold.document import Document, Relation, Span
from vigold.errors import VigoldError
from vigold.scheme import load

TEXT = "Nghị định số 30/2020/NĐ-CP của Chính phủ"


VALUES = """
    2023-07-05 2023-06 2023-Q2 2023-H1 2026-03-15TMO 2023-07-05T09:30 P2D P60Y PT15M P1M 199 20 2023-W27 XXXX-01-01
    XXXX-XX-XX XXXX 2021/2025 2023-01/2023-09 2023-07-05/2023-07-07 2023-09-02T08:00/2023-09-02T09:30
"""


@pytest.mark.parametrize("value", VALUES.split())
def test_the_values_of_the_scheme_are_well_formed(value: str) -> None:
    assert load().fits("DATE", "value", value)


@pytest.mark.parametrize("value", ["", "5/7/2023", "2023-13", "2023-06-32", "P", "hôm nay", "2023-07-05T25", "P2"])
def test_other_values_are_not(value: str) -> None:
    assert not load().fits("DATE", "value", value)


def test_gold_is_held_to_the_scheme() -> None:
    spans = (Span("a", 0, 26, "DOC", {"colour": "red"}), Span("b", 9, 40, "ORG"), Span("c", 31, 40, "BODY"))
    told = [p.message for p in load().problems(Document("d", TEXT, spans=spans, relations=(Relation("x", "a", "b"),)))]
    assert [words for words in ("no attribute 'colour'", "'BODY' is not in", "'x' is not in", "crosses span a")
            if not any(words in message for message in told)] == []  # fmt: skip


def test_what_is_allowed_may_still_be_doubted() -> None:
    spans = (Span("a", 0, 26, "DOC", {"date": "5/7"}), Span("b", 30, 40, "ORG"))
    told = [
        p.message for p in load().doubts(Document("d", TEXT, spans=spans, relations=(Relation("holds", "a", "b"),)))
    ]
    assert told == [
        "DOC has no doc_type",
        "date '5/7' is not well formed",
        "begins or ends with a blank: ' Chính phủ'",
        "relation holds goes from DOC to ORG",
    ]


def test_the_hash_follows_the_meaning_and_not_the_looks() -> None:
    scheme = load()
    label = scheme.labels["PER"]
    painted = {**scheme.labels, "PER": msgspec.structs.replace(label, colour="#000", hint="", hotkey=None)}
    assert msgspec.structs.replace(scheme, labels=painted).hash == scheme.hash
    renamed = {("NAME" if name == "PER" else name): label for name, label in scheme.labels.items()}
    assert msgspec.structs.replace(scheme, labels=renamed).hash != scheme.hash


@pytest.mark.parametrize(
    ("toml", "words"),
    [
        ("name = 'a'\nversion = '1'\nlabels = 3", "not a scheme"),
        ("a = " + "[" * 100_000, "nested too deeply"),
        ("name = 'a'\nversion = '1'\n[labels.A.attributes.x]\ngrammar = 'g'", "no grammar 'g'"),
        ("name = 'a'\nversion = '1'\n[labels.A]\nhotkey = '1'\n[labels.B]\nhotkey = '1'", "share the hotkey"),
        ("name = 'a'\nversion = '1'\n[labels.A]\n[relations.r]\nhead = ['A']\ntail = ['Z']", "no label 'Z'"),
        ("name = 'a'\nversion = '1'\n[labels.A]\n[grammars]\ng = '('", "grammar g"),
        ("name = 'a'\nversion = '1'\n[labels.A]\n[grammars]\ng = '{g}'", "refers to itself"),
        ("name = 'a'\nversion = '1'\n[labels.A.attributes.B_c]\n[labels.A_B.attributes.c]", "the same name"),
    ],
)
def test_a_bad_scheme_says_why(tmp_path: Path, toml: str, words: str) -> None:
    (tmp_path / "s.toml").write_text(toml)
    with pytest.raises(VigoldError, match=words):
        load(tmp_path / "s.toml")
