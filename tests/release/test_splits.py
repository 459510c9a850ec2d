"""Splits keep together what belongs together, put later articles to later splits, and stay as they are."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from tests.command_line import Vigold, refused, vigold
from vigold.document import Document, Span
from vigold.errors import VigoldError
from vigold.formats import jsonl
from vigold.release import splits
from vigold.release.leakage import Traces, leaks
from vigold.scheme import load

__all__ = ["vigold"]

SYLLABLES = ["an", "bình", "chính", "cao", "dân", "đất", "giang", "hà", "hải", "kinh", "làng", "mới", "nước", "xuân"]


def article(n: int, day: str | None = None, genre: str = "kinh tế") -> Document:
    """An article of its own: sixty syllables, a name and a day that no other one has."""
    body = " ".join(random.Random(n).choices(SYLLABLES, k=60))
    name, when = f"Lê Văn {n:03}", f"ngày {n % 28 + 1}/1/2020"
    text = f"{name} đến {when}. {body}"
    date = {"type": "DATE", "value": f"20{n // 28:02}-01-{n % 28 + 1:02}"}
    start = len(name) + 5
    spans = (Span("a", 0, len(name), "PER"), Span("b", start, start + len(when), "DATE", date))
    return Document(
        f"d{n:03}", text, day or f"2020-{n % 12 + 1:02}-{n % 28 + 1:02}", spans=spans, meta={"genre": genre}
    )


def where(frozen: splits.Frozen) -> dict[str, str]:
    return {key: split for split, held in frozen.splits.items() for key in held}


def test_later_articles_go_to_later_splits_in_every_genre() -> None:
    gold = [article(n, genre=genre) for n, genre in enumerate(["kinh tế", "thể thao"] * 50)]
    made = splits.make(gold, load())
    found = where(made)
    assert {split: len(held) for split, held in made.splits.items()} == {"train": 70, "validation": 10, "test": 20}
    for genre in ("kinh tế", "thể thao"):
        days = {
            split: [d.published or "" for d in gold if found[d.id] == split and d.meta["genre"] == genre]
            for split in made.splits
        }
        assert [len(days[split]) for split in ("train", "validation", "test")] == [35, 5, 10]
        assert max(days["train"]) <= min(days["validation"]) <= max(days["validation"]) <= min(days["test"])


def test_near_duplicates_and_articles_on_one_event_stay_together() -> None:
    gold = [article(n) for n in range(40)]
    early, late = gold[1], gold[11]
    copy = Document("copy", (early.text or "") + " Theo báo khác.", "2021-05-05")
    names = ("Giải Sông Trầm", "Đoàn Hạ Vy")
    texts = [f"{names[0]}: {names[1]} thắng hôm 5/7. {d.text}" for d in (gold[2], late)]
    spans = (
        Span("x", 0, 14, "EVENT"),
        Span("y", 16, 26, "PER"),
        Span("z", 37, 40, "DATE", {"type": "DATE", "value": "2020-07-05"}),
    )
    first = Document("first", texts[0], "2019-01-01", spans=spans)
    second = Document("second", texts[1].replace("thắng hôm", "thắng vào"), "2022-01-01", spans=spans)
    found = where(splits.make([*gold, copy, first, second], load()))
    assert found["copy"] == found[early.id]
    assert found["first"] == found["second"]


def test_what_leaks_is_found_and_a_random_split_of_distinct_articles_does_not() -> None:
    traces = Traces(load())
    for n in range(30):
        traces.add(("train", "test")[n % 2], article(n))
    assert leaks(traces) == []
    copy = article(0)
    traces.add("test", Document("copy", copy.text, copy.published))
    assert leaks(traces) == ["documents d000 (train) and copy (test) share 100% of their words in order"]


def test_many_copies_of_one_article_stay_together() -> None:
    copies = [Document(f"c{n:03}", article(0).text, f"2020-01-{n % 28 + 1:02}") for n in range(70)]
    assert len(set(where(splits.make(copies, load())).values())) == 1


def test_a_document_without_a_day_is_not_in_the_test() -> None:
    gold = [Document(f"u{n}", article(n).text) for n in range(10)]
    assert set(where(splits.make(gold, load())).values()) == {"train"}


def test_kept_documents_stay_where_they_are() -> None:
    gold = [article(n) for n in range(60)]
    old = splits.make(gold[:40], load())
    new = where(splits.make(gold, load(), keep=old))
    assert {key: new[key] for key in where(old)} == where(old)
    assert len(new) == 60


def test_shares_that_are_none_are_refused() -> None:
    with pytest.raises(VigoldError, match="must sum to 1"):
        splits.make([article(1)], load(), shares={"train": 0.5})


def test_a_key_that_no_document_has_is_told(vigold: Vigold) -> None:
    jsonl.write("gold.jsonl", [article(n) for n in range(20)])
    assert "no document has that key" in refused(vigold("split", "gold.jsonl", "-o", "s.json", "--by", "nosuch"))
    jsonl.write("gold.jsonl", [replace(article(n), meta={}) for n in range(20)])
    assert "no document has a genre: they are split by time alone" in vigold("split", "gold.jsonl", "-o", "s.json")[2]


def test_splits_are_frozen_and_released(vigold: Vigold, tmp_path: Path) -> None:
    jsonl.write("gold.jsonl", [article(n) for n in range(20)])
    assert vigold("split", "gold.jsonl", "-o", "splits.json")[0] == 0
    assert "is there already, and splits stay as they are" in refused(
        vigold("split", "gold.jsonl", "-o", "splits.json")
    )
    status, _, err = vigold("release", "gold.jsonl", "-o", "set", "--splits", "splits.json")
    assert status == 0
    assert "20 documents (train 14, validation 2, test 4)" in err
    assert sorted(path.stem for path in Path("set/default").iterdir()) == ["test", "train", "validation"]
    assert "Names of `test` that `train` does not have" in Path("set/README.md").read_text("utf-8")


def test_splits_that_stood_there_before_are_told_of(vigold: Vigold) -> None:
    jsonl.write("gold.jsonl", [article(n) for n in range(20)])
    jsonl.write("more.jsonl", [article(20)])
    vigold("split", "gold.jsonl", "-o", "splits.json")
    assert "before" not in vigold("release", "more.jsonl", "-o", "set", "--split", "dev")[2]
    assert "before" not in vigold("release", "more.jsonl", "-o", "set", "--split", "dev")[2]
    err = vigold("release", "gold.jsonl", "-o", "set")[2]
    assert "set: has dev from before too; to leave that out, release into a new folder" in err
    assert (
        "set: dev from before is in it no more"
        in vigold("release", "gold.jsonl", "-o", "set", "--splits", "splits.json")[2]
    )


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda raw: raw["splits"]["train"].update(x="0" * 64), "1 document is in the splits and not in gold: x"),
        (lambda raw: raw["splits"]["train"].pop("d000"), "document d000 is in no split"),
        (lambda raw: raw["splits"]["train"].update(d000="0" * 64), "the text of document d000 is not the one"),
        (lambda raw: raw["splits"]["test"].update(d000="0" * 64), "d000 stands in the splits train and test"),
        (lambda raw: raw.pop("splits"), "not splits of `vigold split`"),
        (lambda raw: raw.update(format=2), "format 2"),
        (lambda raw: raw["splits"].update({"../x": {}}), "is no name"),
    ],
)
def test_splits_that_do_not_fit_are_one_line(
    vigold: Vigold, change: Callable[[dict[str, Any]], object], words: str
) -> None:
    jsonl.write("gold.jsonl", [article(n, "2020-01-01") for n in range(10)])
    vigold("split", "gold.jsonl", "-o", "splits.json")
    raw = json.loads(Path("splits.json").read_text())
    raw["splits"]["train"] = {key: sha for held in raw["splits"].values() for key, sha in held.items()}
    raw["splits"] = {"train": raw["splits"]["train"], "test": {}}
    change(raw)
    Path("splits.json").write_text(json.dumps(raw))
    line = refused(vigold("release", "gold.jsonl", "-o", "set", "--splits", "splits.json"))
    assert line.startswith("vigold: error: splits.json: ")
    assert words in line
    assert not Path("set").exists()


def test_splits_that_leak_are_refused(vigold: Vigold) -> None:
    one, other = article(1), article(2)
    jsonl.write("gold.jsonl", [one, Document("copy", one.text), other])
    vigold("split", "gold.jsonl", "-o", "splits.json")
    raw = json.loads(Path("splits.json").read_text())
    held = {key: sha for part in raw["splits"].values() for key, sha in part.items()}
    raw["splits"] = {"test": {"copy": held.pop("copy")}, "train": held}
    Path("splits.json").write_text(json.dumps(raw))
    line = refused(vigold("release", "gold.jsonl", "-o", "set", "--splits", "splits.json"))
    assert "d001 (train) and copy (test) share 100% of their words in order" in line


def test_one_split_and_splits_are_not_both_given(vigold: Vigold) -> None:
    line = refused(vigold("release", "gold.jsonl", "-o", "set", "--split", "test", "--splits", "splits.json"))
    assert "--split sends all to one split, --splits each document to its own; leave one out" in line
