"""CoNLL decodes as conlleval and seqeval do, and goes onto any text that holds its tokens."""

from __future__ import annotations

import warnings
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from seqeval.metrics.sequence_labeling import get_entities
from seqeval.scheme import BILOU, IOB1, IOB2, IOBES, Entities

from vigold.errors import VigoldError
from vigold.formats import conll, registry
from vigold.formats.tags import decoded


def tags(kinds: str) -> st.SearchStrategy[list[str]]:
    tag = st.tuples(st.sampled_from(kinds), st.sampled_from("XY")).map(lambda t: "O" if t[0] == "O" else "-".join(t))
    return st.lists(tag, max_size=10)


@given(tags("OBIES"))
def test_lenient_is_what_conlleval_and_seqeval_find(row: list[str]) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        peer = [(start, end + 1, label) for label, start, end in get_entities(row)]
    assert [tuple(chunk) for chunk in decoded(row)] == peer


@pytest.mark.parametrize(("scheme", "kinds"), [(IOB1, "OBI"), (IOB2, "OBI"), (IOBES, "OBIES"), (BILOU, "OBILU")])
def test_strict_takes_what_is_well_formed(scheme: type, kinds: str) -> None:
    @given(tags(kinds))
    def check(row: list[str]) -> None:
        # seqeval's IOB1 does not close a chunk at a B of another label, where none can stand.
        parted = any(one[0] == other[0] == "B" and one != other for one, other in pairwise(row))
        assume(scheme is not IOB1 or not parted)
        entities = Entities([row], scheme).entities[0]
        ours = decoded(row, f"strict:{scheme.__name__}")
        assert [tuple(chunk) for chunk in ours] == [(e.start, e.end, e.tag) for e in entities]

    check()


def test_documents_open_by_id_by_docstart_or_by_block(tmp_path: Path) -> None:
    path = tmp_path / "a.conll"
    path.write_text("# id = x\n# text = Hà Nội mưa\nHà _ B-LOC\nNội _ I-LOC\n\nmưa _ O\n\n# id = y\n# NN O\n")
    first, second = conll.read(path)
    assert (first.id, first.text, [span.key for span in first.spans]) == ("x", "Hà Nội mưa", [(0, 6, "LOC")])
    assert (second.id, second.text) == ("y", "#")
    path.write_text("-DOCSTART- O\n\na B-X\n\nb I-X\n\n-DOCSTART- O\n\nc O\n")
    assert [(one.id, one.text, len(one.spans)) for one in conll.read(path)] == [("0", "a b", 2), ("1", "c", 0)]
    path.write_text("a B-X\n\nb O\n")
    assert [one.id for one in conll.read(path)] == ["0", "1"]
    assert registry.told(path) == "conll"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("a B-X\nb\n", "line 2: expected a token and its tag"),
        ("a PERSON\n", "line 1: 'PERSON' is no tag"),
        ("# id = q\na O\n\n# id = q\nb O\n", "line 5: document q stands twice"),
    ],
)
def test_bad_lines_are_named(tmp_path: Path, content: str, words: str) -> None:
    path = tmp_path / "a.conll"
    path.write_text(content)
    with pytest.raises(VigoldError, match=words):
        list(conll.read(path))


def test_tokens_find_their_place_in_a_text(tmp_path: Path) -> None:
    path = tmp_path / "a.conll"
    path.write_text("Bộ_Tài_chính B-ORG\n, O\nHà B-LOC\nNội I-LOC\n")
    (document,) = conll.read(path)
    moved = conll.onto(document, "Bộ Tài chính,  Hà\nNội", "here")
    assert [moved.surface(span) for span in moved.spans] == ["Bộ Tài chính", "Hà\nNội"]
    with pytest.raises(VigoldError, match="here: document 0: token 1 ',' does not stand"):
        conll.onto(document, "Bộ Tài chính; Hà Nội", "here")
