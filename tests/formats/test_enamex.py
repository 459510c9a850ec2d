"""Inline ENAMEX elements: nested, escaped or not, mistyped now and then, and never XML."""

from __future__ import annotations

import html
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.strategies import documents
from vigold.document import Document
from vigold.errors import VigoldError
from vigold.formats import registry
from vigold.formats.enamex import parsed
from vigold.scheme import load

TEXT = (
    'Ông <ENAMEX TYPE="PERSON">Lê Bảy</ENAMEX> ở <ENAMEX TYPE="ORGANIZATION">Khoa R&D '
    "<enamex type='LOCATION'>Huế</ENAMEX.></ENAMEX>, 3 < 5 &amp; &#7873;\n"
)


def inline(document: Document) -> str:
    """The text with its spans as elements, the longer ones around."""
    opens: dict[int, list[tuple[int, str]]] = {}
    for span in sorted(document.spans, key=lambda span: -span.end):
        opens.setdefault(span.start, []).append((span.end, span.label))
    parts: list[str] = []
    stack: list[int] = []
    for at, char in enumerate((document.text or "") + "\0"):
        while stack and stack[-1] == at:
            stack.pop()
            parts.append("</ENAMEX>")
        for end, label in opens.get(at, ()):
            parts.append(f'<ENAMEX TYPE="{label}">')
            stack.append(end)
        parts.append(html.escape(char))
    return "".join(parts).removesuffix("\0")


@given(documents(load()))
def test_what_is_written_inline_is_read_back(document: Document) -> None:
    text, spans, empty = parsed(inline(document), "here")
    assert (text, empty) == (document.text, 0)
    assert sorted(span.key for span in spans) == sorted(span.key for span in document.spans)


def test_nested_elements_of_a_file(tmp_path: Path) -> None:
    (tmp_path / "a.muc").write_text(TEXT)
    assert registry.told(tmp_path / "a.muc") == "enamex"
    (document,) = registry.read(tmp_path / "a.muc")
    assert (document.id, document.text) == ("a", "Ông Lê Bảy ở Khoa R&D Huế, 3 < 5 & ề\n")
    assert [(document.surface(span), span.label) for span in document.spans] == [
        ("Lê Bảy", "PERSON"),
        ("Khoa R&D Huế", "ORGANIZATION"),
        ("Huế", "LOCATION"),
    ]


def test_a_folder_of_files_and_what_is_empty(tmp_path: Path) -> None:
    (tmp_path / "Giải trí").mkdir()
    (tmp_path / "Giải trí" / "1.muc").write_text('a<ENAMEX TYPE="X"></ENAMEX>b')
    assert registry.told(tmp_path) == "enamex"
    remarks: list[str] = []
    (document,) = registry.read(tmp_path, registry.Reading(remarks=remarks), "vlsp2018")
    assert (document.id, document.text, document.spans) == ("Giải trí/1", "ab", ())
    assert remarks == [f"{tmp_path}: 1 elements without a character left out"]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ('a\n<ENAMEX TYPE="X">b', "line 2: <ENAMEX TYPE='X'> is never closed"),
        ("a</ENAMEX>", "line 1: </ENAMEX> closes nothing"),
        ("\n\n<ENAMEX>b</ENAMEX>", "line 3: not a tag of ENAMEX: '<ENAMEX>'"),
        ('<ENAMEX TYPE="">b</ENAMEX>', "line 1: not a tag of ENAMEX"),
    ],
)
def test_what_is_no_element_is_named(content: str, words: str) -> None:
    with pytest.raises(VigoldError, match=words):
        parsed(content, "here")


@given(
    st.lists(
        st.sampled_from(["<ENAMEX TYPE=", '"X"', ">", "</", "ENAMEX", "<", "&lt;", "&#0;", "&#xd800;", " ", "\n", "ề"])
    )
)
def test_any_pieces_are_read_or_refused(pieces: list[str]) -> None:
    try:
        text, spans, _ = parsed("".join(pieces), "here")
    except VigoldError:
        return
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
