"""Words of others on a terminal."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.command_line import Vigold, refused
from vigold.review.excerpt import excerpt
from vigold.terminal import plain

HARMFUL = "\x00\x07\n\x1b\x7f\x9b\u061c\u200e\u200f\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


@given(st.text() | st.text(HARMFUL))
def test_nothing_harmful_is_left(text: str) -> None:
    assert not set(plain(text)) & set(HARMFUL)


@given(st.text(st.characters(min_codepoint=0xA0, exclude_characters=HARMFUL)))
def test_every_other_text_stays_as_it_is(text: str) -> None:
    assert plain(text) == text


def test_what_is_hidden_is_seen() -> None:
    assert plain("Đèo\u202e Thị\x1b[2J \u2066Mận") == r"Đèo\u202e Thị\x1b[2J \u2066Mận"


def test_an_excerpt_shows_words_in_the_order_of_the_text() -> None:
    assert str(excerpt("Bà \u202eĐèo Thị Mận họp", 4, 15)) == r"Bà \u202e[Đèo Thị Mận] họp"


@pytest.mark.parametrize("name", ["a\u202eb.jsonl", "a\x1b[2Jb.jsonl"])
def test_an_error_cannot_steer_the_terminal(name: str, vigold: Vigold) -> None:
    Path("x").touch()
    line = refused(vigold("lint", name))
    assert not set(line) & set(HARMFUL)
    assert plain(name) in line
