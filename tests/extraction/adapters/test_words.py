"""Words of a tool, joined and respelt, are found again in the text."""

from __future__ import annotations

from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vigold.document import Document
from vigold.errors import VigoldError
from vigold.extraction.adapters.words import entities, place, spans
from vigold.text import Piece

# As it stands in the text, and as a tool gives it: other tone places, other letters that look alike, other spellings.
SPELLINGS = {"hoà": "hòa", "THUỶ": "THỦY", "Ðức": "Đức", "nghành": "ngành", "quị": "quỵ", "bíết": "biế́t"}
PLAIN = ["Nguyễn", "57-KL/TW", "H'Mông", "5/7", "Ủy", "ban", "a_b", "½"]
MARKS = ["😀", "“", "”", "...", "–", ",", "\u200b"]
GAPS = ["", " ", "  ", "\u00a0", "\n", "\t", " _ "]


class Made(NamedTuple):
    """A text, the words that a tool makes of it, and where they stand."""

    text: str
    words: list[str]
    places: list[Piece]


@st.composite
def made(draw: st.DrawFn) -> Made:
    text, words, places, before = draw(st.sampled_from(["", "Hà Nội. "])), [], [], " "
    for group in draw(st.lists(st.lists(st.sampled_from([*SPELLINGS, *PLAIN, *MARKS]), min_size=1, max_size=3))):
        start = end = None
        for syllable in group:
            # Two syllables without a gap are one.
            glue = syllable in MARKS or before in MARKS or before == " "
            text += draw(st.sampled_from(GAPS if glue else GAPS[1:]))
            start = len(text) if start is None else start
            text, before = text + syllable, syllable
            end = len(text)
        words.append(draw(st.sampled_from([" ", "_"])).join(SPELLINGS.get(syllable, syllable) for syllable in group))
        places.append(Piece(start or 0, end or 0))
    return Made(text, words, places)


@given(made())
def test_every_word_is_found_where_it_stands(case: Made) -> None:
    begin = case.places[0].start if case.places else 0
    assert list(place(case.text, case.words, Piece(begin, len(case.text)))) == case.places


@given(st.lists(st.tuples(st.sampled_from(["", "PER", "LOC"]), st.integers(1, 3))))
def test_tags_are_read_as_entities(chunks: list[tuple[str, int]]) -> None:
    tags: list[str] = []
    expected = []
    for label, size in chunks:
        if label:
            expected.append((Piece(10 * len(tags), 10 * (len(tags) + size - 1) + 9), label))
        tags += [f"B-{label}", *[f"I-{label}"] * (size - 1)] if label else ["O"] * size
    places = [Piece(10 * n, 10 * n + 9) for n in range(len(tags))]
    assert list(entities(places, tags)) == expected


def test_an_entity_may_begin_inside_and_its_label_is_mapped_or_dropped() -> None:
    document = Document("d", "Ông Lê Văn  Hoà ở Hà Nội, xem Olympic")
    tagged = [
        ("Ông", "O"),
        ("Lê_Văn", "I-PER"),
        ("Hòa", "I-PER"),
        ("ở", "O"),
        ("Hà Nội", "I-LOC"),
        (",", "O"),
        ("xem", "O"),
    ]
    tagged.append(("Olympic", "B-MISC"))
    found = spans(document, [(Piece(0, len(document.text or "")), tagged)], {"PER": "PERSON", "LOC": "LOC"})
    assert [(document.surface(span), span.label) for span in found] == [("Lê Văn  Hoà", "PERSON"), ("Hà Nội", "LOC")]


@pytest.mark.parametrize("words", [["Hà", "Giang"], ["Nội"], ["Hà", "Nội", "mới"], ["Hà", "“"]])
def test_words_that_are_not_in_the_text_are_no_spans(words: list[str]) -> None:
    with pytest.raises(VigoldError, match="does not follow the text at"):
        list(place("Hà Nội", words, Piece(0, 6)))
