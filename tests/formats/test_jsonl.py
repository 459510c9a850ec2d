"""JSONL is read strictly, as a stream, and written whole or not at all."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given

from tests.strategies import documents
from vigold.document import Document
from vigold.errors import VigoldError
from vigold.formats import jsonl
from vigold.formats.normalise import normalised
from vigold.scheme import load


@given(documents(load()))
def test_what_is_written_is_read_back(document: Document) -> None:
    assert jsonl.parse(jsonl.dump(document), "line") == document


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "the file is empty"),
        (b"\n \n", "the file is empty"),
        (b"\x7fELF\x02\x01\x00\xff\n", "line 1: not UTF-8 text"),
        (b'{"id":"a","text":"x"}\n{"id":"b","text":\n', "line 2: not JSON"),
        (b'{"id":"a","text":"\\ud800"}\n', "line 1: a lone surrogate"),
        (b'{"id":"a","text":"a\\u0000b"}\n', "NUL"),
        (b'{"id":"a","text":"x"}\n{"id":"a","text":"y"}\n', "line 2: document a already stands in line 1"),
        (b'{"id":"a","text":"x","spans":[{"id":"q","start":0,"end":9,"label":"X"}]}\n', "span q"),
        (
            b'{"id":"a","text":"x","spans":[{"start":"0","end":1,"label":"X"}]}\n',
            "span number 1 (id s1): key start: expected a whole number, got text",
        ),
        (
            b'{"id":"a","text":"x","spans":[{"id":["x"],"start":0,"end":1,"label":"X"}]}\n',
            "span number 1: the id is ['x']",
        ),
        (
            b'{"id":"a","text":"x","relations":[{"head":"p","tail":"q"}]}\n',
            "relation number 1: the key type is missing",
        ),
        (b'{"id":"a","text":"x","published":5}\n', "key published: expected text or null, got a whole number"),
        (b'{"id":"a\\nb","text":"x"}\n', "a line break in the id"),
        (b'{"id":"a","text":"x","deep":' + b"[" * 100_000 + b"\n", "nested too deeply"),
        (b"[" * 100_000 + b"\n", "nested too deeply"),
        (b'{"id":"a"}\n', "neither text nor spans"),
        (b'{"text":"a"}\n', "no id; give each one an `id` of its own, a string"),
        (b"[1]\n", "expected a JSON object"),
    ],
)
def test_bad_input_names_file_and_line(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "in.jsonl"
    path.write_bytes(content)
    with pytest.raises(VigoldError, match=r"in\.jsonl") as told:
        list(jsonl.read(path))
    assert words in str(told.value)
    assert "\n" not in str(told.value)


def test_a_record_over_the_limit_is_refused_without_being_held(tmp_path: Path) -> None:
    path = tmp_path / "in.jsonl"
    path.write_text('{"id":"a","text":"x"}\n{"id":"b","text":"' + "y" * 500 + '"}\n')
    with pytest.raises(VigoldError, match="line 2: over 400 bytes"):
        list(jsonl.read(path, max_record=400))
    assert len(list(jsonl.read(path, max_record=600))) == 2


def test_missing_span_ids_are_given_and_unknown_keys_are_kept(tmp_path: Path) -> None:
    spans = [{"start": 0, "end": 1, "label": "X"}, {"id": "s1", "start": 1, "end": 2, "label": "X", "colour": "red"}]
    document = jsonl.parse(json.dumps({"id": "a", "text": "ab", "genre": "law", "spans": spans}).encode(), "here")
    assert [span.id for span in document.spans] == ["s2", "s1"]
    assert document.meta == {"genre": "law", "spans_keys": {"s1": {"colour": "red"}}}


def test_a_null_list_is_an_empty_one() -> None:
    document = jsonl.parse(b'{"id":"a","text":"x","spans":null,"zones":null,"relations":null}', "here")
    assert document == Document("a", "x")


def test_nothing_is_left_when_writing_fails(tmp_path: Path) -> None:
    def broken() -> Iterator[Document]:
        yield Document("a", "x")
        raise VigoldError("stop")

    (tmp_path / "out.jsonl").write_text("old")
    with pytest.raises(VigoldError, match="stop"):
        jsonl.write(tmp_path / "out.jsonl", broken())
    assert [path.name for path in tmp_path.iterdir()] == ["out.jsonl"]
    assert (tmp_path / "out.jsonl").read_text() == "old"
    with pytest.raises(VigoldError, match="cannot write"):
        jsonl.write(tmp_path / "none" / "out.jsonl", [])


def test_normalising_moves_the_spans() -> None:
    line = {"id": "a", "text": "Ha\u0300 Nội\r\nHuê\u0301", "spans": [{"start": 9, "end": 13, "label": "LOC"}]}
    document = normalised(jsonl.parse(json.dumps(line).encode(), "here"), "here")
    assert document.text == "Hà Nội\nHuế"
    assert document.surface(document.spans[0]) == "Huế"
