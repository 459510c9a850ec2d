"""brat folders: what is read, what is refused by file and line, and what comes back as it was."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import vigold
from tests.command_line import Vigold
from tests.strategies import documents
from vigold.document import Document, Span
from vigold.errors import VigoldError
from vigold.formats import jsonl, registry
from vigold.formats.registry import Reading
from vigold.scheme import load


def folder(tmp_path: Path, annotations: str, text: str | None = "Ông Minh ở Huế") -> Path:
    if text is not None:
        (tmp_path / "a.txt").write_text(text, newline="")
    (tmp_path / "a.ann").write_text(annotations, newline="")
    return tmp_path


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("T1\tPER 4 8\tMin", r"says 'Min', but 'Minh' stands at \[4, 8\)"),
        ("T1\tPER 0 3;4 8\tÔng Minh", None),
        ("T1\tPER 0 3;9 10\tÔng ở", "a discontinuous entity"),
        ("T1\tPER 4 99\tMinh", "outside the text of 14 characters"),
        (f"T1\tPER 4 {'9' * 5000}", "not an entity"),
        ("T1 PER 4 8", "not an entity"),
        ("A1\tdead T9", "an attribute of T9, which is not there"),
        ("A1\tdead", "not an attribute"),
        ("R1\tin T1 T2", "not a relation between two entities"),
        ("what is this", "no line of brat"),
    ],
)
def test_lines_are_read_or_named(tmp_path: Path, line: str, words: str | None) -> None:
    path = folder(tmp_path, f"{line}\n")
    if words is None:
        assert [span.key for span in vigold.read(path)[0].spans] == [(0, 8, "PER")]
        return
    with pytest.raises(VigoldError, match=words) as found:
        vigold.read(path)
    assert "a.ann: " in str(found.value)


def test_a_value_that_stands_twice_is_not_overwritten(tmp_path: Path) -> None:
    with pytest.raises(VigoldError, match="line 3: T1 has the attribute kind twice"):
        vigold.read(folder(tmp_path, "T1\tPER 4 8\tMinh\nA1\tkind T1 a\nA2\tkind T1 b\n"))


def test_what_is_not_read_is_counted(tmp_path: Path) -> None:
    events = "E1\tMove:T1\nA1\tpast E1\nR1\tthen Arg1:E1 Arg2:T1\n#1\tAnnotatorNotes T1\tx\n"
    path = folder(tmp_path, "T1\tPER 4 8\tMinh\n" + events)
    remarks: list[str] = []
    (document,) = registry.read(path, Reading(remarks=remarks))
    assert (len(document.spans), document.relations) == (1, ())
    counts = "1 attributes of what is no entity, 1 events, 1 notes, 1 relations of events"
    assert remarks == [f"{path}: not read: {counts}"]


def test_a_line_ends_at_a_line_feed_alone(tmp_path: Path) -> None:
    path = folder(tmp_path, "T1\tPER 0 5\ta\u2028b\u0085c\r\nA1\tkind T1 x\u2028y\r\n", "a\u2028b\u0085c")
    assert [span.attrs for span in vigold.read(path)[0].spans] == [{"kind": "x\u2028y"}]


def test_a_folder_with_windows_line_ends_is_normalised(tmp_path: Path, vigold: Vigold) -> None:
    (tmp_path / "in").mkdir()
    folder(tmp_path / "in", "T1\tLOC 6 10\tHuê\u0301\n", "Mưa\r\nở Huê\u0301".replace("ở ", "~"))
    status, _, err = vigold("convert", "in", "out.jsonl")
    assert (status, "convert --normalise" in err) == (2, True)
    assert vigold("convert", "in", "out.jsonl", "--normalise")[0] == 0
    (document,) = jsonl.read("out.jsonl")
    assert (document.text, document.surface(document.spans[0])) == ("Mưa\n~Huế", "Huế")


@given(st.lists(documents(load()), min_size=1, max_size=2))
@settings(max_examples=50)
def test_brat_to_jsonl_and_back(tmp_path_factory: pytest.TempPathFactory, some: list[Document]) -> None:
    """What is written comes back, and is written again as the same bytes."""
    values = [value for one in some for span in one.spans for value in span.attrs.values()]
    assume(not any("\n" in value or "\r" in value for value in values))  # which no line of brat can hold
    root = tmp_path_factory.mktemp("brat")
    named = [Document(f"d{n}", one.text, spans=one.spans, relations=one.relations) for n, one in enumerate(some)]
    vigold.write(root / "one", named, "brat")
    read = vigold.read(root / "one")
    assert [(d.id, d.text, [(s.key, s.attrs) for s in d.spans]) for d in read] == [
        (d.id, d.text, [(s.key, s.attrs) for s in d.spans]) for d in named
    ]
    vigold.write(root / "a.jsonl", read)
    vigold.write(root / "two", vigold.read(root / "a.jsonl"), "brat")
    assert vigold.read(root / "two") == read
    for path in (root / "one").iterdir():
        assert path.read_bytes() == (root / "two" / path.name).read_bytes()


def test_a_value_of_two_lines_is_refused(tmp_path: Path) -> None:
    document = Document("a", "Huế", spans=(Span("s", 0, 3, "LOC", {"kind": "a\nb"}),))
    with pytest.raises(VigoldError, match="document a: span s: kind holds a line break, which brat cannot"):
        vigold.write(tmp_path / "out", [document], "brat")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("key", ["../a", "/a", "a//b", ".", "x" * 300])
def test_an_id_that_is_no_file_name_is_refused(tmp_path: Path, key: str) -> None:
    with pytest.raises(VigoldError, match="its id is no name of a file"):
        vigold.write(tmp_path / "out", [Document(key, "x")], "brat")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_holds_something_is_not_written_to(tmp_path: Path) -> None:
    with pytest.raises(VigoldError, match="is there already"):
        vigold.write(folder(tmp_path, ""), [Document("a", "x")], "brat")
