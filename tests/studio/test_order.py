"""Documents on which extractors differ most come first; the predictions that are shown do not change."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.command_line import Vigold, refused
from vigold.document import Document, Span
from vigold.errors import VigoldError
from vigold.formats import jsonl
from vigold.studio.order import by_disagreement

TEXT = "Hà Nội và Huế mưa to"
HANOI, HUE = Span("a", 0, 6, "LOC"), Span("b", 10, 13, "LOC")
ARTICLES = [Document(key, TEXT) for key in ("same", "half", "none", "few")]


def system(**found: tuple[Span, ...]) -> dict[str, Document]:
    return {document.id: Document(document.id, spans=found.get(document.id, ())) for document in ARTICLES}


ONE = system(same=(HANOI, HUE), half=(HANOI, HUE), none=(HANOI,), few=(HANOI, HUE))
OTHER = system(same=(HANOI, HUE), half=(HANOI,), few=())


def test_the_share_is_one_minus_f1_and_more_spans_break_a_tie() -> None:
    placed = by_disagreement(ARTICLES, {"one": ONE, "other": OTHER})
    assert [(one.document.id, one.share, one.spans) for one in placed] == [
        ("few", 1, 2),
        ("none", 1, 1),
        ("half", pytest.approx(1 / 3), 1),
        ("same", 0, 0),
    ]


def test_three_extractors_are_compared_two_by_two() -> None:
    placed = by_disagreement(ARTICLES, {"one": ONE, "other": OTHER, "again": ONE})
    assert placed[0].share == pytest.approx(2 / 3)


def test_a_label_that_only_one_of_two_gives_is_no_disagreement() -> None:
    wide = {key: Document(key, spans=(*found.spans, Span("d", 14, 17, "DATE"))) for key, found in ONE.items()}
    assert [one.share for one in by_disagreement(ARTICLES, {"one": ONE, "wide": wide})] == [0, 0, 0, 0]


@pytest.mark.parametrize(
    ("systems", "words"),
    [
        ({"one": ONE}, "twice or more"),
        ({"one": ONE, "other": {key: Document(key) for key in ONE}}, "no label in common"),
        ({"one": ONE, "other": {"same": OTHER["same"]}}, "other: no prediction for document half"),
    ],
)
def test_what_cannot_be_compared_is_told(systems: dict[str, dict[str, Document]], words: str) -> None:
    with pytest.raises(VigoldError, match=words):
        by_disagreement(ARTICLES, systems)


def test_the_command_writes_the_tasks_in_that_order_with_the_first_predictions(vigold: Vigold) -> None:
    for name, documents in {"articles": ARTICLES, "one": ONE.values(), "other": OTHER.values()}.items():
        jsonl.write(Path(f"{name}.jsonl"), documents)
    compared = ("tasks", "articles.jsonl", "--predictions", "one.jsonl", "--predictions", "other.jsonl")
    status, _, remarks = vigold(*compared, "--order", "disagreement", "-o", "tasks.json")
    assert (status, "one, other differ, from 100 % to 0 %" in remarks) == (0, True)
    made = json.loads(Path("tasks.json").read_text("utf-8"))
    assert [task["data"]["id"] for task in made] == ["few", "none", "half", "same"]
    assert [len(task["predictions"][0]["result"]) for task in made] == [2, 1, 2, 2]
    assert {task["predictions"][0]["model_version"] for task in made} == {"one"}
    assert "--order disagreement" in refused(vigold(*compared, "-o", "x.json"))
    alone = refused(vigold(*compared[:4], "--order", "disagreement", "-o", "x.json"))
    assert alone.startswith("vigold: error: --order disagreement compares extractors: give --predictions twice")
    assert not Path("x.json").exists()
