"""Spans back on copies that differ: what is written has the words that were marked, the rest is named."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.command_line import Vigold, refused
from tests.conftest import ROOT
from vigold.document import Document, crossings, problems
from vigold.formats import jsonl
from vigold.release.marks import solid
from vigold.release.restoring import Restored, restored
from vigold.release.standoff import record, standoff
from vigold.scheme import load
from vigold.text import canonical

GOLD = next(iter(jsonl.read(ROOT / "vigold" / "sample" / "gold.jsonl")))
OTHER = list(jsonl.read(ROOT / "vigold" / "sample" / "gold.jsonl"))[1]
RECORD = record(GOLD, load())
TEXT = GOLD.text or ""
PARAGRAPHS = TEXT.split("\n\n")
TEASER = "Có thể bạn quan tâm: Hà Nội mở giải bóng chuyền ngày 5/7/2023"


def on(text: str) -> Restored:
    return restored(RECORD, Document(GOLD.id, canonical(text).text))


def words(document: Document) -> dict[str, str]:
    """The words of every span, in their matching form."""
    return {span.id: solid(document.surface(span)).text for span in document.spans}


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace(" ", "\u00a0"),
        lambda text: text.replace(" ", "  ").replace("\n\n", "\n"),
        lambda text: text.replace("–", "-").replace("“", '"').replace("”", '"').replace("…", "..."),
        lambda text: text.replace("\n\n", f"\n\n{TEASER}\n\n", 3),
        lambda text: f"{TEASER}\n{text}\n{TEASER}",
    ],
    ids=["no-break blanks", "other blanks", "plain quotes", "teasers within", "teasers around"],
)
def test_a_copy_that_only_looks_different_gets_every_span(change: Callable[[str], str]) -> None:
    made = on(change(TEXT))
    assert made.document is not None
    assert made.lost == []
    assert words(made.document) == words(GOLD)
    assert made.document.relations == GOLD.relations
    assert [span.attrs for span in made.document.spans] == [span.attrs for span in GOLD.spans]


def test_decomposed_letters_and_line_ends_are_the_very_text() -> None:
    made = on(unicodedata.normalize("NFD", TEXT).replace("\n", "\r\n"))
    assert made.exact
    assert made.document is not None
    assert made.document.spans == GOLD.spans


def test_a_paragraph_that_is_gone_takes_its_spans_and_no_others() -> None:
    start = TEXT.index(PARAGRAPHS[3])
    gone = {span.id for span in GOLD.spans if start <= span.start < start + len(PARAGRAPHS[3])}
    made = on(TEXT.replace(PARAGRAPHS[3] + "\n\n", ""))
    assert gone
    assert made.document is not None
    assert {span.id for span in GOLD.spans} - {span.id for span in made.document.spans} == gone
    assert all(any(f"span {key}:" in line for line in made.lost) for key in gone)


def test_a_corrected_word_costs_the_spans_that_hold_it_alone() -> None:
    span = next(span for span in GOLD.spans if span.label == "PER" and " " in GOLD.surface(span))
    made = on(TEXT[: span.start] + "Y" + TEXT[span.start + 1 :])
    around = {one.id for one in GOLD.spans if one.start <= span.start < one.end}
    assert made.document is not None
    assert {one.id for one in GOLD.spans} - {one.id for one in made.document.spans} == around


def test_a_day_that_became_another_is_lost() -> None:
    span = next(span for span in GOLD.spans if span.label == "DATE" and GOLD.surface(span)[-1].isdigit())
    made = on(f"{TEXT[: span.end]}1{TEXT[span.end :]}")
    assert made.document is not None
    assert span.id not in {one.id for one in made.document.spans}


@pytest.mark.parametrize(
    "text", [OTHER.text, "Hà Nội", TEXT[:200]], ids=["another article", "a line", "the first lines"]
)
def test_too_different_a_copy_is_refused(text: str) -> None:
    made = on(text)
    assert made.document is None
    assert "anchors known again" in made.lost[0]


EDITS = st.lists(
    st.tuples(
        st.integers(0, len(TEXT)), st.integers(0, 60), st.sampled_from(["", " ", "x", "ế\n", TEXT[80:140], TEASER])
    ),
    max_size=8,
)


@given(EDITS)
@settings(max_examples=100)
def test_whatever_happened_to_a_copy_no_wrong_words_are_marked(edits: list[tuple[int, int, str]]) -> None:
    text = TEXT
    for start, length, new in edits:
        text = text[:start] + new + text[start + length :]
    made = on(text)
    if made.document is not None:
        marked = words(made.document)
        assert marked.items() <= words(GOLD).items()
        assert not [*problems(made.document), *crossings(made.document.spans)]
        named = {line.split()[1].rstrip(":") for line in made.lost if line.startswith("span ")}
        assert {span.id for span in GOLD.spans} - marked.keys() <= named


def release(*documents: Document) -> None:
    standoff(documents, load(), "out")


def test_the_command_joins_by_text_id_address_and_title(vigold: Vigold) -> None:
    tail = [replace(GOLD, id=key, text=f"{key} {TEXT}", url=f"https://example.org/{key}", title=f"Bài {key}", spans=(),
                    relations=(), zones=(), meta={}) for key in ("text", "id", "url", "title", "none")]  # fmt: skip
    release(*tail)
    copies = [
        replace(tail[0], id="w", url=None, title=None),
        replace(tail[1], text=f"{tail[1].text} Hết.", url=None, title=None),
        replace(tail[2], id="y", text=f"{tail[2].text} Hết.", title=None),
        replace(tail[3], id="z", text=f"{tail[3].text} Hết.", url=None, title="Bài  title"),
    ]
    jsonl.write("texts.jsonl", copies)
    status, _, err = vigold("rehydrate", "out", "texts.jsonl", "-o", "gold.jsonl")
    assert status == 1
    assert [document.id for document in jsonl.read("gold.jsonl")] == ["text", "id", "url", "title"]
    assert "missing: document none: no copy of it was given" in err
    assert "5 documents: 1 on the very text, 3 aligned with another copy, 1 without a copy; 0 of 0 spans" in err


def test_another_article_of_the_same_id_does_not_hide_the_right_one(vigold: Vigold) -> None:
    release(GOLD)
    right = Document("my-copy", f"{TEXT} Hết.", title=GOLD.title)
    jsonl.write("texts.jsonl", [replace(OTHER, id=GOLD.id), right])
    status, _, err = vigold("rehydrate", "out", "texts.jsonl", "-o", "gold.jsonl")
    (made,) = jsonl.read("gold.jsonl")
    assert (status, made.id, made.text, made.spans) == (0, GOLD.id, right.text, GOLD.spans), err


def test_a_saved_text_file_is_a_copy(vigold: Vigold) -> None:
    release(GOLD)
    Path("copies").mkdir()
    Path(f"copies/{GOLD.id}.txt").write_text(TEXT, "utf-8")
    status, _, err = vigold("rehydrate", "out", "copies", "-o", "gold.jsonl")
    (made,) = jsonl.read("gold.jsonl")
    assert (status, made.spans, made.title) == (0, GOLD.spans, GOLD.title), err


def test_what_was_lost_is_listed_with_status_1(vigold: Vigold) -> None:
    release(GOLD, OTHER)
    jsonl.write("texts.jsonl", [Document(GOLD.id, TEXT[:-200]), Document(OTHER.id, f"{TEXT} Hết.")])
    status, _, err = vigold("rehydrate", "out", "texts.jsonl", "-o", "gold.jsonl")
    assert status == 1
    assert f"lost: document {GOLD.id}: span " in err
    assert f"refused: document {OTHER.id}: texts.jsonl: the copy is another article" in err


def test_no_copy_at_all_writes_nothing(vigold: Vigold) -> None:
    release(GOLD)
    jsonl.write("texts.jsonl", [Document("b", "Một bài khác.")])
    assert "none of its 1 documents" in refused(vigold("rehydrate", "out", "texts.jsonl", "-o", "gold.jsonl"))
    assert not Path("gold.jsonl").exists()


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (lambda line: line[:-5], "no record of a stand-off release"),
        (lambda line: line + b"\n" + line, "already stands in"),
        (lambda line: json.dumps(json.loads(line) | {"meta": "[1]"}).encode(), "no record of a stand-off release"),
        (lambda line: json.dumps(json.loads(line) | {"published": "soon"}).encode(), "the record is damaged"),
    ],
    ids=["cut off", "twice", "meta", "a day"],
)
def test_a_damaged_release_is_one_line(vigold: Vigold, damage: Callable[[bytes], bytes], said: str) -> None:
    release(GOLD)
    path = Path("out/standoff/train.jsonl")
    path.write_bytes(damage(path.read_bytes().strip()))
    jsonl.write("texts.jsonl", [GOLD])
    line = refused(vigold("rehydrate", "out", "texts.jsonl", "-o", "gold.jsonl"))
    assert said in line
    assert "train.jsonl: line" in line


def test_moved_offsets_never_mark_other_words(vigold: Vigold) -> None:
    release(GOLD)
    path = Path("out/standoff/train.jsonl")
    found = json.loads(path.read_bytes())
    found["spans"][0]["start"] += 1
    path.write_text(json.dumps(found), "utf-8")
    jsonl.write("texts.jsonl", [GOLD])
    status, _, err = vigold("rehydrate", "out", "texts.jsonl", "-o", "gold.jsonl")
    (made,) = jsonl.read("gold.jsonl")
    assert (status, made.spans) == (1, GOLD.spans[1:]), err


def test_a_folder_that_is_no_stand_off_release_is_one_line(vigold: Vigold) -> None:
    jsonl.write("texts.jsonl", [GOLD])
    assert "no stand-off release" in refused(vigold("rehydrate", "out", "texts.jsonl", "-o", "gold.jsonl"))
