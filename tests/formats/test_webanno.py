"""WebAnno TSV 3: stacked and nested annotations, offsets of Java, escapes."""

from __future__ import annotations

from pathlib import Path

import pytest

from vigold.document import Document
from vigold.errors import VigoldError
from vigold.formats import registry

HEAD = (
    "#FORMAT=WebAnno TSV 3.3\n#T_SP=de.x.POS|PosValue\n#T_SP=webanno.custom.Ten|kind|value\n"
    "#T_RL=webanno.custom.R|role|BT_webanno.custom.Ten\n\n\n"
)
FIRST = (
    "#Text=😀 UBND tỉnh X họp\n"
    "1-1\t0-2\t😀\tNN\t_\t_\t_\t_\t\n"
    "1-2\t3-7\tUBND\tNN\tstate[1]\tORG\\_A[1]\t_\t_\t\n"
    "1-3\t8-12\ttỉnh\tNN\tstate[1]|*[2]\tORG\\_A[1]|LOC[2]\t_\t_\t\n"
    "1-4\t13-14\tX\tNN\tstate[1]|*[2]\tORG\\_A[1]|LOC[2]\t_\t_\t\n"
    "1-5\t15-18\thọp\tV\t*\t*\t_\t_\t\n"
)
SECOND = "\n#Text=Lê-Bảy\n2-1\t19-25\tLê-Bảy\tNN\t_\t_\t_\t_\t\n2-1.1\t22-25\tBảy\t_\t_\tPER\t_\t_\t\n"


def read(tmp_path: Path, content: str, remarks: list[str] | None = None) -> Document:
    (tmp_path / "a.tsv").write_text(content)
    assert registry.told(tmp_path / "a.tsv") == "webanno"
    (document,) = registry.read(tmp_path / "a.tsv", registry.Reading(remarks=remarks))
    return document


def test_annotations_are_spans(tmp_path: Path) -> None:
    remarks: list[str] = []
    document = read(tmp_path, HEAD + FIRST + SECOND, remarks)
    assert document.text == "😀 UBND tỉnh X họp\nLê-Bảy"
    assert [(document.surface(span), span.label, span.attrs) for span in document.spans] == [
        ("UBND tỉnh X", "ORG_A", {"kind": "state"}),
        ("tỉnh X", "LOC", {}),
        ("Bảy", "PER", {}),
    ]
    assert remarks == [f"{tmp_path / 'a.tsv'}: 1 annotations without a label left out"]


def test_a_folder_is_read_as_the_corpus(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "b.conll").write_text(HEAD + FIRST)
    assert [one.id for one in registry.read(tmp_path, format=registry.told(tmp_path))] == ["in/b"]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (HEAD + "1-1\t0-3\tab\t_\n", r"line 7: 'ab' does not fit \[0, 3\) after offset 0"),
        (HEAD + "1-1 0-2 ab\n", "line 7: not a line of WebAnno TSV: '1-1 0-2 ab'"),
        (HEAD + "1-1.1\t0-2\tab\t_\n", "line 7: 'ab' is no part of the token ''"),
        ("#FORMAT=WebAnno TSV 3.3\n#T_SP=de.x.POS|PosValue\n", "no layer of named entities; there are 'de.x.POS'"),
    ],
)
def test_what_is_no_line_is_named(tmp_path: Path, content: str, words: str) -> None:
    with pytest.raises(VigoldError, match=words):
        read(tmp_path, content)
