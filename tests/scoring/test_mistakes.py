"""Errors are told with what is wrong, where, and in what words."""

from __future__ import annotations

import json
from pathlib import Path

from vigold.document import Document, Span
from vigold.formats import jsonl
from vigold.scoring import files
from vigold.scoring.mistakes import Count, mistakes, summary

TEXT = "Ông Minh họp tại Hà Nội ngày 5/7, có Lan và Bộ Y tế."
SPANS = {"Minh": "PER", "Hà Nội": "LOC", "ngày 5/7": "DATE", "Lan": "PER", "Bộ Y tế": "ORG"}


def span(words: str, label: str, **attrs: str) -> Span:
    start = TEXT.index(words)
    return Span(words, start, start + len(words), label, attrs)


def test_every_error_is_listed(tmp_path: Path) -> None:
    gold = [span(words, label) for words, label in SPANS.items() if label != "DATE"]
    gold.append(span("ngày 5/7", "DATE", type="DATE", value="2023-07-05"))
    found = [
        span("Ông Minh", "PER"),
        span("Hà Nội", "ORG"),
        span("5/7", "DATE", type="DATE", value="5.7"),
        span("họp", "EVENT"),
        span("Bộ Y", "LOC"),
    ]
    jsonl.write(tmp_path / "g.jsonl", [Document("a", TEXT, spans=tuple(gold))])
    jsonl.write(tmp_path / "p.jsonl", [Document("a", spans=tuple(found))])
    result, work = files.scored(tmp_path / "g.jsonl", [f"x={tmp_path / 'p.jsonl'}"])
    told = [
        (one.kind, one.gold.text if one.gold else None, one.predicted.text if one.predicted else None)
        for one in mistakes(work, "x")
    ]
    assert told == [
        ("boundary", "Minh", "Ông Minh"),
        ("spurious", None, "họp"),
        ("label", "Hà Nội", "Hà Nội"),
        ("boundary", "ngày 5/7", "5/7"),
        ("value", "ngày 5/7", "5/7"),
        ("unparsable", None, "5/7"),
        ("missed", "Lan", None),
        ("label-and-boundary", "Bộ Y tế", "Bộ Y"),
    ]
    frequent = summary(list(mistakes(work, "x")))
    assert frequent.boundaries == [Count(("DATE", "+5", "+0"), 1), Count(("PER", "-4", "+0"), 1)]
    assert frequent.missed == [Count(("PER", "Lan"), 1)]
    assert frequent.values == [Count(("DATE", "type=DATE, value=2023-07-05", "type=DATE, value=5.7"), 1)]
    confusion = result.systems["x"].confusion
    assert confusion is not None
    assert confusion.labels == ["DATE", "EVENT", "LOC", "ORG", "PER"]
    assert confusion.counts == [
        [1, 0, 0, 0, 0, 0],
        [0, 0, 0, 0, 0, 0],
        [0, 0, 0, 1, 0, 0],
        [0, 0, 1, 0, 0, 0],
        [0, 0, 0, 0, 1, 1],
        [0, 1, 0, 0, 0, 0],
    ]
    assert files.write_errors(tmp_path / "errors.jsonl", work) == 8
    first = json.loads((tmp_path / "errors.jsonl").read_text().splitlines()[0])
    assert (first["document"], first["before"], first["after"][:4]) == ("a", "", " họp")
