"""A command line that asks for what there is not gets one line in vigold's words."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.command_line import Vigold, refused

# Words of the libraries below, and names of Python's types.
FOREIGN = re.compile(r"value error|input should|valid integer|\bstr\b|\bint\b|\bNoneType\b|\bdict\b|Literal|pydantic")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("convert", "a", "b", "--from", "xml"), "--from: expected one of jsonl, conll, brat, "),
        (("convert", "a", "b", "--to", "xml"), "as 'xml'; there are jsonl, parquet"),
        (("score", "a", "b", "--layer", "x"), "--layer: expected one of all, outermost, innermost; see `"),
        (("score", "a", "b", "--resamples", "-1"), "--resamples: expected a whole number >= 0; see `"),
        (("score", "a", "b", "--seed", "abc"), "--seed: expected a whole number >= 0"),
        (("score", "a"), "no predictions; name a file"),
        (("convert", "a"), "missing argument '"),
        (("split", "a", "-o", "b", "--test", "2"), "--test: expected a number >= 0 and <= 1"),
        (("tasks", "a", "-o", "b", "--order", "x"), "--order: expected one of input, disagreement"),
        (("train", "a", "-o", "b", "--folds", "1.5"), "--folds: expected a whole number >= 0"),
        (("studio", "up", "--port", "0"), "--port: expected a whole number >= 1 and <= 65535"),
        (("extract", "a"), "missing option '-o' / '--output'"),
        (("extract", "a", "-o"), "requires an argument"),
        (("convert", "a", "b", "--form", "conll"), "no such option"),
        (("studio", "go"), "no such command 'go'"),
        (("config", "--scheme", "five.toml"), "not a scheme: key name: expected text, got a whole number"),
        (("score", "a", "b", "--map", "five.toml"), "not a label map: there is no key name"),
        (("train", "a", "-o", "m", "-x", "crf:iterations=x"), "key iterations: expected a whole number, got text"),
        (("lint", "five.jsonl"), "five.jsonl: line 1: the id is 5; write it as text"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_bad_usage_is_one_line_in_plain_words(vigold: Vigold, words: tuple[str, ...], told: str) -> None:
    Path("five.toml").write_text("name = 5\n")
    Path("five.jsonl").write_text('{"id":5,"text":"x"}\n')
    Path("a").write_text('{"id":"a","text":"Huế","spans":[{"start":0,"end":3,"label":"LOC"}]}\n')
    Path("b").write_text(Path("a").read_text())
    line = refused(vigold(*words))
    assert told in line
    assert not FOREIGN.search(line)


def test_help_is_shown_where_nothing_is_asked_for(vigold: Vigold) -> None:
    for words in ((), ("studio",)):
        status, out, err = vigold(*words)
        assert status in (0, 2)  # as typer has it
        assert "Usage" in out + err
    assert vigold("score", "--help")[0] == 0
    assert vigold("--version")[0] == 0
