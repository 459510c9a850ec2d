"""Arrow tables become columns at once; what is amiss, or of a rare type, goes to the careful reader."""

from __future__ import annotations

import re
import unicodedata
from copy import deepcopy
from pathlib import Path
from typing import Any

import datasets
import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.formats.test_formats import told
from vigold.document import Document
from vigold.errors import VigoldError
from vigold.formats import arrow_types, parquet
from vigold.formats.registry import Reading
from vigold.release import dataset
from vigold.scheme import load
from vigold.scoring import arrow, inputs
from vigold.scoring.arrow_documents import UNCHANGED
from vigold.scoring.corpus import fingerprint, from_documents
from vigold.scoring.shelf import Shelf, differing

WORDS = st.sampled_from(["X", "", "a\nb", "\0", None])
KEYS = st.sampled_from(["s1", "s2", "s3", "", "a\nb", "a\u2028", None])
SOUND: dict[str, Any] = {
    "id": "a",
    "text": "Huế đẹp",
    "published": "2024-02-29",
    "title": "X",
    "zones": [{"kind": "body", "start": 0, "end": 7}],
    "spans": [
        {"id": "s1", "start": 0, "end": 2, "label": "X", "attrs": {"value": "2023", "mod": None}},
        {"id": "s2", "start": 1, "end": 3, "label": "X", "attrs": None},
    ],
    "relations": [{"type": "in", "head": "s1", "tail": "s2"}],
    "meta": '{"genre": "news"}',
}
FLAWS: dict[tuple[str, ...], st.SearchStrategy[Any]] = {
    ("id",): WORDS | st.just("b"),
    ("text",): st.sampled_from(
        [None, "", "H", "Hu\u00ea\u0301", "Huế\r\n đẹp", "Huế\0đẹp", "\ufeffHuế đẹp", "Huế 😀 한"]
    ),
    ("published",): st.sampled_from([None, "2023-02-29", "", "2023"]),
    ("title",): WORDS,
    ("zones",): st.none() | st.just([]) | st.just([None]),
    ("zones", "kind"): WORDS,
    ("zones", "start"): st.none() | st.integers(-1, 8),
    ("zones", "end"): st.none() | st.integers(6, 9),
    ("spans",): st.none() | st.just([None]) | st.just(SOUND["spans"][:1] * 2),
    ("spans", "id"): KEYS,
    ("spans", "start"): st.none() | st.integers(-1, 3),
    ("spans", "end"): st.none() | st.integers(0, 9),
    ("spans", "label"): WORDS,
    ("spans", "attrs"): st.fixed_dictionaries({"value": WORDS, "mod": WORDS}),
    ("relations",): st.none() | st.just([None]) | st.just(SOUND["relations"] * 2),
    ("relations", "type"): WORDS,
    ("relations", "head"): KEYS,
    ("relations", "tail"): KEYS,
    ("meta",): st.sampled_from([None, "", "{", "[]", '{"a": "\\u0000"}', '{"a": {"b": [1, "ế"]}}']),
}


@st.composite
def rows(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Sound rows with up to two flaws, so that each stands alone often enough to count."""
    made = [deepcopy(SOUND) | {"id": name} for name in draw(st.permutations("abc"))]
    for _ in range(draw(st.integers(0, 2))):
        path = draw(st.sampled_from(list(FLAWS)))
        target = draw(st.sampled_from(made))
        for name in path[:-1]:
            target = draw(st.sampled_from(target[name] or [{}])) or {}
        target[path[-1]] = deepcopy(draw(FLAWS[path]))
    if draw(st.booleans()):  # Without relations the ids of spans matter less, to the fast reader.
        made = [{**row, "relations": None} for row in made]
    return made


def tables(words: pa.DataType, whole: pa.DataType, listed: Any) -> dict[str, pa.DataType]:
    """The columns of `SOUND` in these types of texts, numbers and lists."""
    values = pa.struct({"value": words, "mod": words})
    spans = {"id": words, "start": whole, "end": whole, "label": words, "attrs": values}
    return {
        **dict.fromkeys(("id", "text", "published", "title"), words),
        "zones": listed(pa.struct({"kind": words, "start": whole, "end": whole})),
        "spans": listed(pa.struct(spans)),
        "relations": listed(pa.struct(dict.fromkeys(("type", "head", "tail"), words))),
        "meta": words,
    }


TYPES = [
    tables(pa.string(), pa.int32(), pa.list_),
    tables(pa.large_string(), pa.int64(), pa.large_list),
    tables(pa.dictionary(pa.int8(), pa.string()), pa.int8(), pa.list_),
]


def outcome(read: Any) -> object:
    """What a reader gives, or says."""
    try:
        return told(read())
    except VigoldError as error:
        return str(error)


@given(rows(), st.sampled_from(TYPES), st.integers(1, 3))
@settings(max_examples=500)
def test_the_fast_reader_and_the_careful_one_agree(
    made: list[dict[str, Any]], types: dict[str, pa.DataType], size: int
) -> None:
    """Whatever is wrong, whatever the types, and however the table is cut into chunks."""
    whole = pa.table({key: pa.array([row[key] for row in made], kind) for key, kind in types.items()})
    table = pa.concat_tables([whole.slice(n, size) for n in range(0, len(made), size)])
    table = arrow_types.checked(table, "here")
    careful = outcome(lambda: from_documents(parquet.documents(table, "here")))
    assert outcome(lambda: arrow.from_arrow(table, "here")) == careful


@pytest.mark.parametrize("types", TYPES)
def test_what_is_sound_does_not_need_the_careful_reader(
    types: dict[str, pa.DataType], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parquet, "documents", None)
    rows = [SOUND | {"id": "b", "spans": [*SOUND["spans"][::-1]]}, SOUND, SOUND | {"id": "c", "text": "한 😀 Huế"}]
    table = pa.table({key: pa.array([row[key] for row in rows], kind) for key, kind in types.items()})
    found = arrow.from_arrow(arrow_types.checked(table, "here"), "here")
    assert found.ids == ["a", "b", "c"]
    assert [document.text for document in found.documents] == ["Huế đẹp", "Huế đẹp", "한 😀 Huế"]
    assert found.spans.start.tolist() == [0, 1] * 3
    assert (found.relations.head.tolist(), found.relations.tail.tolist()) == ([2, 0, 4], [3, 1, 5])


def test_a_release_is_read_fast(tmp_path: Path, sample_gold: list[Document], monkeypatch: pytest.MonkeyPatch) -> None:
    """With the codes of its ClassLabels, its zones and the texts of real articles; and as a dataset in any order."""
    dataset.release(sample_gold, load(), tmp_path / "set")
    monkeypatch.setattr(parquet, "documents", None)
    expected = from_documents(sample_gold)
    found = inputs.read(tmp_path / "set", Reading())
    made = datasets.Dataset.from_parquet(str(tmp_path / "set" / "default" / "train.parquet"), cache_dir=str(tmp_path))
    shuffled = arrow.of_dataset(made.select(range(len(made) - 1, -1, -1)), "here")
    assert told(found) == told(shuffled) == told(expected)
    assert fingerprint(found) == fingerprint(expected)


def test_bytes_that_are_no_text_are_refused() -> None:
    for column in ("text", "title"):
        broken = pa.Array.from_buffers(pa.string(), 1, [None, *pa.array([b"Hu\xff"], pa.binary()).buffers()[1:]])
        table = pa.table({"id": ["a"], column: broken, "spans": pa.array([[]], TYPES[0]["spans"])})
        with pytest.raises(VigoldError, match="here: a text that is not UTF-8"):
            arrow.from_arrow(table, "here")


def test_characters_that_are_not_looked_at_twice_never_change() -> None:
    """They are starters of their own that NFC keeps, and none joins the one before it."""
    ranges = re.sub(r"\\x\{?(\w+)\}?", lambda m: f"\\u{m[1]:0>4}", UNCHANGED)
    held = re.findall(f"[{ranges}]", "".join(map(chr, range(0x3000))))
    made = [unicodedata.decomposition(chr(code)).split() for code in range(0x110000)]
    joining = {parts[1] for parts in made if len(parts) == 2 and parts[0][0] != "<"}
    assert len(held) > 1000
    assert not {"\0", "\r", "\ufeff"} & {*held}
    for one in held:
        assert unicodedata.normalize("NFC", one) == one
        assert unicodedata.combining(one) == 0
        assert f"{ord(one):04X}" not in joining


def test_documents_on_a_shelf_are_those_of_a_list() -> None:
    bare = [Document(name, title=name) for name in "abc"]
    texts = pa.chunked_array([["x"], [], ["ế", None]])
    shelf = Shelf(bare, texts, np.array([1, 1, -1])).taken([2, 0, 1])
    listed = [Document("c", title="c"), Document("a", "x", title="a"), Document("b", "ế", title="b")]
    assert [*shelf] == listed
    assert (shelf[-1], shelf[1:], len(shelf)) == (listed[2], listed[1:], 3)
    assert differing(shelf, listed) is None
    assert differing(shelf, [listed[0], listed[1], Document("b", "y")]) == 2
    assert differing([Document("c", "z"), *listed[1:]], shelf) is None
