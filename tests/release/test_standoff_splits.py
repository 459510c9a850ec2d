"""Stand-off releases of several splits: at once from a file, or one beside the other; with what `publish` asks for."""

from __future__ import annotations

import subprocess
from pathlib import Path

import datasets
import pytest
from msgspec.structs import replace

from tests.command_line import Vigold, refused
from tests.release.test_splits import article
from vigold.document import sha256
from vigold.formats import jsonl
from vigold.release import splits
from vigold.scheme import load

GOLD = [article(n) for n in range(12)]
ABOUT = """
title = "Tin tức mẫu"
version = "1.2.0"
licence = "CC-BY-4.0"
description = "Những bài báo được viết riêng cho các phép thử."
authors = [{ family = "Lê", given = "Văn Tám" }]
"""


@pytest.fixture
def release(vigold: Vigold) -> Vigold:
    """Runs `vigold release gold.jsonl -o out --standoff` with more words, where gold, splits and about are at hand."""
    jsonl.write("gold.jsonl", GOLD)
    splits.write("splits.json", splits.make(GOLD, load()))
    Path("about.toml").write_text(ABOUT, "utf-8")
    return lambda *words: vigold("release", "gold.jsonl", "-o", "out", "--standoff", *words)


def test_all_splits_at_once_are_published_without_a_tag_and_come_back(release: Vigold, vigold: Vigold) -> None:
    status, _, err = release("--splits", "splits.json", "--about", "about.toml")
    assert status == 0, err
    assert "12 documents without text → out (train 9, validation 1, test 2)" in err
    held = splits.read("splits.json").frozen.splits
    files = {path.stem: path.read_text("utf-8").splitlines() for path in Path("out/standoff").iterdir()}
    assert {name: len(lines) for name, lines in files.items()} == {name: len(ids) for name, ids in held.items()}
    assert subprocess.run(["sha256sum", "-c", "--quiet", "SHA256SUMS"], cwd="out").returncode == 0
    named = {line.split("  ")[1] for line in Path("out/SHA256SUMS").read_text().splitlines()}
    assert named >= {"README.md", "CITATION.cff", "scheme.json", "standoff/test.jsonl"}
    status, _, err = vigold("publish", "out", "lab/news", "--dry-run")
    assert status == 0, err
    assert "tagged 1.2.0" in err
    assert vigold("rehydrate", "out", "gold.jsonl", "-o", "back.jsonl")[0] == 0
    assert sorted(jsonl.read("back.jsonl"), key=lambda document: document.id) == GOLD


def test_a_column_that_one_split_has_nothing_in_is_typed_all_the_same(release: Vigold, tmp_path: Path) -> None:
    bare, valued = replace(GOLD[0], url=None), replace(GOLD[1], url="https://news.example/1")
    jsonl.write("gold.jsonl", [bare])
    assert release("--split", "train")[0] == 0
    jsonl.write("gold.jsonl", [valued])
    assert release("--split", "test")[0] == 0
    found = datasets.load_dataset("out", cache_dir=str(tmp_path / "cache"))
    assert (found["train"]["url"][:], found["test"]["url"][:]) == ([None], ["https://news.example/1"])


def test_what_leaks_or_does_not_fit_is_refused(release: Vigold) -> None:
    copy = replace(GOLD[3], id="copy")
    jsonl.write("gold.jsonl", [*GOLD, copy])
    assert "document copy is in no split" in refused(release("--splits", "splits.json"))
    jsonl.write("gold.jsonl", GOLD[1:])
    assert "1 document is in the splits and not in gold: d000" in refused(release("--splits", "splits.json"))
    jsonl.write("gold.jsonl", [*GOLD, copy])
    frozen = splits.read("splits.json").frozen
    (other,) = {"train", "test"} - {name for name, ids in frozen.splits.items() if GOLD[3].id in ids}
    with_copy = {**frozen.splits[other], copy.id: sha256(copy.text or "")}
    splits.write("splits.json", replace(frozen, splits={**frozen.splits, other: with_copy}))
    assert "1 pair of documents across splits: documents d003" in refused(release("--splits", "splits.json"))
    assert not Path("out").exists()


def test_what_stood_there_is_told_of(release: Vigold) -> None:
    assert release("--split", "dev")[0] == 0
    jsonl.write("gold.jsonl", [article(20)])
    assert "out: has dev from before too; to leave that out, release into a new folder" in release()[2]
    assert sorted(path.name for path in Path("out/standoff").iterdir()) == ["dev.jsonl", "train.jsonl"]
    jsonl.write("gold.jsonl", GOLD)
    assert "out: dev from before is in it no more" in release("--splits", "splits.json")[2]


def test_a_citation_does_not_vanish(release: Vigold) -> None:
    assert release("--about", "about.toml")[0] == 0
    assert "out: has a CITATION.cff, which goes on only with --about" in refused(release())
    assert release("--about", "about.toml")[0] == 0


def test_the_citation_shows_no_text_either(release: Vigold) -> None:
    words = " ".join((GOLD[0].text or "").split()[6:20])
    Path("about.toml").write_text(ABOUT.replace("Những bài", f"{words} Những bài"), "utf-8")
    assert "8 words in a row of its text would stand in CITATION.cff" in refused(release("--about", "about.toml"))


def test_what_belongs_to_a_card_is_refused(release: Vigold) -> None:
    assert "leave them out with --standoff" in refused(release("--scores", "scores.json"))
