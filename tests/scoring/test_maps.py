"""The label maps that come with vigold: of corpora to PER, ORG and LOC, and of the scheme to the labels of corpora."""

from __future__ import annotations

from collections import Counter
from importlib import resources

import pytest

from vigold.document import Document, Relation, Span
from vigold.errors import VigoldError
from vigold.formats.relabel import relabelled
from vigold.scheme import load
from vigold.scoring.views import load_map

MAPS = sorted(path.name.removesuffix(".toml") for path in (resources.files("vigold") / "scoring" / "maps").iterdir())
CORE = {"PER", "ORG", "LOC"}


@pytest.mark.parametrize("name", [name for name in MAPS if not name.startswith("to-")])
def test_a_map_of_a_corpus_ends_in_the_common_labels(name: str) -> None:
    assert set(load_map(name).values()) == CORE
    assert {key: new for key, new in load_map(name).items() if key in load().labels} == {key: key for key in CORE}


@pytest.mark.parametrize("name", [name for name in MAPS if name.startswith("to-")])
def test_a_map_to_a_corpus_begins_at_the_scheme(name: str) -> None:
    names = load_map(name)
    own = {key for key in names if key in load().labels}
    assert own >= CORE
    assert len({names[key] for key in own}) == len(own)
    back = load_map(name.removeprefix("to-"))
    assert {key: back[names[key]] for key in CORE} == {key: key for key in CORE}


def test_an_unknown_map_is_told_with_those_that_there_are() -> None:
    with pytest.raises(VigoldError, match=r"foner: no such file or label map; there are phoner, .*, vlsp2021"):
        load_map("foner")


def test_relations_follow_the_spans() -> None:
    spans = (Span("a", 0, 2, "NAME"), Span("b", 0, 2, "PER"), Span("c", 3, 5, "LOC"), Span("d", 3, 5, "AGE"))
    arrows = (Relation("in", "b", "c"), Relation("is", "a", "d"), Relation("same", "a", "b"))
    left: Counter[str] = Counter()
    made = relabelled(Document("x", "Lê Huế", spans=spans, relations=arrows), load_map("phoner"), left)
    assert [(span.id, span.label) for span in made.spans] == [("a", "PER"), ("c", "LOC")]
    assert made.relations == (Relation("in", "a", "c"),)
    assert left == {"spans of AGE": 1, "relations": 1}
