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

import vigold
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
        ("# id = q\na O\n\n# id = q\nb O\n", "line 4: document q already stands in line 1"),
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


def read(tmp_path: Path, content: str) -> list[tuple[str, str | None, list[tuple[int, int, str]]]]:
    path = tmp_path / "a.conll"
    path.write_text(content, newline="")
    assert registry.told(path) == "conll"
    return [(one.id, one.text, [span.key for span in one.spans]) for one in registry.read(path)]


def test_lines_and_columns_are_parted_by_nothing_but_what_the_format_says(tmp_path: Path) -> None:
    found = read(tmp_path, "a\u00a0b B-X\r\nc\u2028d\u0085e\tO\r\n\r\n\u00a0 O\n")
    assert found == [("0", "a\u00a0b c\u2028d\u0085e", [(0, 3, "X")]), ("1", "\u00a0", [])]


def test_a_document_may_be_empty(tmp_path: Path) -> None:
    ids = "# id = x\n# id = y\n\na B-X\n\n# newdoc id = z\n"
    assert read(tmp_path, ids) == [("x", "", []), ("y", "a", [(0, 1, "X")]), ("z", "", [])]
    assert [one[:2] for one in read(tmp_path, "-DOCSTART- O\n\n-DOCSTART- O\n\na O\n")] == [("0", ""), ("1", "a")]
    assert [one[:2] for one in read(tmp_path, "-DOCSTART- O\n# id = x\na O\n")] == [("x", "a")]
    with pytest.raises(VigoldError, match="holds no token"):
        read(tmp_path, "# a comment alone\n")


def test_the_key_of_a_comment_is_never_a_token(tmp_path: Path) -> None:
    content = "# id = x\n# text = nhóm máu O\n# sent_id = B-1\nnhóm O\n#\tO\n#tag B-X\n# NN O\n"
    assert read(tmp_path, content) == [("x", "nhóm # #tag #", [(7, 11, "X")])]


@pytest.mark.parametrize("line", ["a", "a B-", "a X-PER", "a b-PER", "a -"])
def test_what_is_no_tag_is_named(tmp_path: Path, line: str) -> None:
    (tmp_path / "a.conll").write_text(f"b O\n{line}\n")
    with pytest.raises(VigoldError, match=r"a\.conll: line 2: "):
        list(conll.read(tmp_path / "a.conll"))


# Two columns by syllables, sentences between blank lines, as in PhoNER_COVID19.
SYLLABLES = "Anh B-NAME\nBảy I-NAME\n, O\n41 B-AGE\ntuổi O\n\nbệnh O\nnhân O\n9001 B-PATIENT_ID\n"
# Word, part of speech, chunk, name, nested name, as in VLSP 2016.
WORDS = (
    "<s>\nÔng\tNc\tB-NP\tO\tO\nLê Bình\tNp\tI-NP\tB-PER\tO\nở\tE\tB-PP\tO\tO\nUBND\tNy\tB-NP\tB-ORG\tO\n"
    "tỉnh\tN\tI-NP\tI-ORG\tB-LOC\nLào_Cai\tNp\tI-NP\tI-ORG\tI-LOC\n</s>\n<s>\nMưa\tV\tB-VP\tO\tO\n</s>\n"
)


def test_syllables_of_a_covid_corpus(tmp_path: Path) -> None:
    assert read(tmp_path, SYLLABLES) == [
        ("0", "Anh Bảy , 41 tuổi", [(0, 7, "NAME"), (10, 12, "AGE")]),
        ("1", "bệnh nhân 9001", [(10, 14, "PATIENT_ID")]),
    ]


def test_nested_names_stand_in_a_fifth_column(tmp_path: Path) -> None:
    (_, text, keys), (_, rain, none) = read(tmp_path, WORDS)
    assert [((text or "")[start:end], label) for start, end, label in keys] == [
        ("Lê Bình", "PER"),
        ("UBND tỉnh Lào_Cai", "ORG"),
        ("tỉnh Lào_Cai", "LOC"),
    ]
    assert (rain, none) == ("Mưa", [])
    remarks: list[str] = []
    list(conll.read(tmp_path / "a.conll", remarks=remarks))
    assert remarks == [f"{tmp_path / 'a.conll'}: {conll.NESTED_REMARK}"]
    (first, *_) = read(tmp_path, WORDS.replace("-LOC", "").replace("\tB\n", "\tO\n").replace("\tI\n", "\tO\n"))
    assert [key[2] for key in first[2]] == ["PER", "ORG"]


@pytest.mark.parametrize(("content", "count"), [(SYLLABLES, 3), (WORDS, 3)])
def test_such_corpora_are_scored_against_themselves_and_their_jsonl(tmp_path: Path, content: str, count: int) -> None:
    (tmp_path / "a.conll").write_text(content)
    vigold.write(tmp_path / "a.jsonl", vigold.read(tmp_path / "a.conll"))
    systems = {name: tmp_path / name for name in ("a.conll", "a.jsonl")}
    for gold in systems.values():
        result = vigold.score(gold, systems, resamples=0)
        assert [one.micro["strict"].tp for one in result.systems.values()] == [count, count]
        assert [one.micro["strict"].f1 for one in result.systems.values()] == [1.0, 1.0]


def test_a_fifth_column_of_a_systems_tags_is_no_nested_one(tmp_path: Path) -> None:
    """As conlleval has it: what was right, then what a system said."""
    assert read(tmp_path, "Minh Np B-NP B-PER B-PER\nở E B-PP O O\n")[0][2] == [(0, 4, "PER")]
    assert read(tmp_path, "Minh Np B-NP B-PER O\nở E B-PP O O\n")[0][2] == []


def test_a_tagged_token_of_blanks_has_no_place_in_a_text(tmp_path: Path) -> None:
    (tmp_path / "a.conll").write_text("Hà B-LOC\n_ B-PER\n")
    (document,) = conll.read(tmp_path / "a.conll")
    with pytest.raises(VigoldError, match="here: document 0: '_' is tagged, but no part of the text"):
        conll.onto(document, "Hà ", "here")
