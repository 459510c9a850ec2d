"""What stands beside the Parquet files: the card, Croissant, the citation, what changed, checksums, warnings."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import msgspec
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.command_line import Vigold, refused, vigold
from vigold.document import Document, Span
from vigold.errors import VigoldError
from vigold.formats import jsonl
from vigold.release.about import load as load_about
from vigold.release.card import code, prose, words
from vigold.release.dataset import Extras, release
from vigold.release.plots import bars, binned
from vigold.scheme import load

__all__ = ["vigold"]

TEXT = "Bà Vũ Thị Lan | <script>alert(1)</script> họp ngày 5/7/2023."
GOLD = Document(
    "a1",
    TEXT,
    "2023-07-06",
    licence="CC-BY-4.0",
    spans=(
        Span("p", 3, 13, "PER"),
        Span("t", 46, 59, "DATE", {"type": "DATE", "value": "2023-07-05"}),
    ),
)
ABOUT = """
title = "Tin thử"
version = "1.0.0"
licence = "CC-BY-4.0"
description = "Một tập tin thử."
authors = [{ family = "Trần", given = "Văn Á", orcid = "https://orcid.org/0000-0002-1825-0097" }, { name = "Nhóm thử" }]
released = "2026-01-02"
homepage = "https://example.org/tin"
limits = "Small."
biases = "Few genres."
personal = "Persons are made up."
evaluation_framework = "vigold"

[datasheet]
motivation = "# For tests\\n\\n<b>bold</b>"
collection = "Written for this test."

[statement]
annotator_demographic = "Nobody."
"""


@pytest.fixture
def about(tmp_path: Path) -> Path:
    (tmp_path / "release.toml").write_text(ABOUT, "utf-8")
    return tmp_path / "release.toml"


def front(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((folder / "README.md").read_text("utf-8").split("---\n")[1])
    return found


def test_the_front_matter_is_complete_and_its_sizes_are_those_of_the_files(tmp_path: Path, about: Path) -> None:
    release([GOLD], load(), tmp_path / "set", extras=Extras(load_about(about)), split="test")
    data = front(tmp_path / "set")
    assert (data["language"], data["license"], data["pretty_name"]) == (["vi"], "cc-by-4.0", "Tin thử")
    for key in ("annotations_creators", "language_creators", "multilinguality", "source_datasets", "task_ids", "tags"):
        assert data[key], key
    listed = {info["config_name"]: info["splits"] for info in data["dataset_info"]}
    assert {name: [split["num_examples"] for split in splits] for name, splits in listed.items()} == {
        "bio": [1], "dates": [1], "default": [1],
    }  # fmt: skip
    for config in data["configs"]:
        assert all((tmp_path / "set" / file["path"]).is_file() for file in config["data_files"])


def test_the_card_has_its_sections_and_nothing_of_the_data_is_markup(tmp_path: Path, about: Path) -> None:
    (tmp_path / "x.toml").write_text('name = "a|b <i>"\nversion = "1"\n[labels.PER]\ndescription = "*x* | `y`"\n')
    release([GOLD], load(), tmp_path / "set", extras=Extras(load_about(about)))
    card = (tmp_path / "set" / "README.md").read_text("utf-8")
    for head in ("Use", "Structure", "Datasheet", "Data statement", "Limits, bias, personal information", "Licence"):
        assert f"\n## {head}\n" in card
    assert "\\# For tests\n\n&lt;b>bold&lt;/b>" in card
    assert card.count("<script>") == card.split("```json")[1].split("```")[0].count("<script>") == 1
    named = [Document("a", "phở", spans=(Span("s", 0, 3, "PER"),))]
    release(named, load(tmp_path / "x.toml"), tmp_path / "other")
    assert "| `PER` | \\*x\\* \\| \\`y\\` | 1 |" in (tmp_path / "other" / "README.md").read_text("utf-8")


@given(st.text())
def test_no_text_opens_markup_or_a_new_line(text: str) -> None:
    assert "\n" not in words(text)
    assert not set("<>") & set(words(text))
    assert "`" not in code(text)
    assert not any(line.lstrip().startswith("#") for line in prose(text).split("\n"))


@settings(max_examples=20)
@given(st.dictionaries(st.integers(0, 3000), st.integers(1, 9), max_size=20))
def test_every_document_is_in_a_bar(sizes: dict[int, int]) -> None:
    found = binned(sizes)
    assert sum(found.values()) == sum(sizes.values())
    assert len(found) <= 12
    assert bars("t", found).count("<rect") == len(found) + 1


def test_croissant_is_valid_and_gives_the_records(tmp_path: Path, about: Path) -> None:
    mlcroissant = pytest.importorskip("mlcroissant", reason="needs the extra hub")
    for extras in (Extras(), Extras(load_about(about))):
        release([GOLD], load(), tmp_path / "set", extras=extras)
        found = mlcroissant.Dataset(tmp_path / "set" / "croissant.json")
        assert not found.metadata.ctx.issues.errors
        (row,) = list(found.records("default-train"))
        assert row["default-train/text"].decode() == TEXT
        assert [span["default-train/spans/start"] for span in row["default-train/spans"]] == [3, 46]
        assert row["default-train/spans"][1]["default-train/spans/attrs/value"].decode() == "2023-07-05"
    raw = msgspec.json.decode((tmp_path / "set" / "croissant.json").read_bytes())
    assert raw["rai:personalSensitiveInformation"] == "Persons are made up."


def test_the_citation_is_valid(tmp_path: Path, about: Path) -> None:
    release([GOLD], load(), tmp_path / "set", extras=Extras(load_about(about)))
    tool = Path(sys.executable).with_name("check-jsonschema")
    line = [str(tool), "--builtin-schema", "vendor.citation-file-format", str(tmp_path / "set" / "CITATION.cff")]
    assert subprocess.run(line, capture_output=True).returncode == 0


def test_eval_yaml_names_the_test_split_of_a_benchmark(tmp_path: Path, about: Path) -> None:
    release([GOLD], load(), tmp_path / "set", extras=Extras(load_about(about)), split="train")
    assert not (tmp_path / "set" / "eval.yaml").exists()
    release([GOLD], load(), tmp_path / "other", extras=Extras(load_about(about)), split="test")
    found = yaml.safe_load((tmp_path / "other" / "eval.yaml").read_text("utf-8"))
    assert found["tasks"] == [{"id": "strict_f1", "config": "default", "split": "test"}]
    assert found["evaluation_framework"] == "vigold"


def test_checksums_are_those_that_sha256sum_makes(tmp_path: Path) -> None:
    release([GOLD], load(), tmp_path / "set")
    done = subprocess.run(["sha256sum", "-c", "--strict", "SHA256SUMS"], cwd=tmp_path / "set", capture_output=True)
    assert done.returncode == 0
    files = {str(path.relative_to(tmp_path / "set")) for path in (tmp_path / "set").rglob("*") if path.is_file()}
    lines = (tmp_path / "set" / "SHA256SUMS").read_text().splitlines()
    assert {line.split("  ")[1] for line in lines} == files - {"SHA256SUMS"}


def test_the_changelog_tells_releases_apart(tmp_path: Path, about: Path) -> None:
    first = load_about(about)
    second = msgspec.structs.replace(first, version="1.1.0", released="2026-03-04")
    other = msgspec.structs.replace(GOLD, id="a2")
    release([GOLD, other], load(), tmp_path / "set", extras=Extras(first))
    release([GOLD, other], load(), tmp_path / "apart", extras=Extras(first))
    changed = msgspec.structs.replace(GOLD, spans=GOLD.spans[:1])
    new = msgspec.structs.replace(GOLD, id="a3")
    release([GOLD], load(), tmp_path / "set", extras=Extras(second))  # made again before it goes out
    release([changed, new], load(), tmp_path / "set", extras=Extras(second))
    text = (tmp_path / "set" / "CHANGELOG.md").read_text("utf-8")
    assert text == (
        "# Changes of the data\n\n## 1.1.0 (2026-03-04)\n\n- Compared with 1.0.0: 2 documents, 3 spans.\n"
        "- 1 document added: `a3`.\n- 1 document removed: `a2`.\n- 1 document annotated anew: `a1`.\n"
        "- `DATE`: 2 → 1 span.\n\n## 1.0.0 (2026-01-02)\n\n- First release.\n- 2 documents, 4 spans.\n"
    )
    release([changed, new], load(), tmp_path / "new", extras=Extras(second, previous=tmp_path / "apart"))
    assert (tmp_path / "new" / "CHANGELOG.md").read_text("utf-8") == text
    with pytest.raises(VigoldError, match=r"empty: has no manifest\.json"):
        release([GOLD], load(), tmp_path / "none", extras=Extras(second, previous=tmp_path / "empty"))


def test_the_changelog_of_a_version_is_not_lost(tmp_path: Path, about: Path) -> None:
    release([GOLD], load(), tmp_path / "set", extras=Extras(load_about(about)))
    with pytest.raises(VigoldError, match=r"set: is version 1\.0\.0, whose changelog goes on only with --about"):
        release([GOLD], load(), tmp_path / "set")
    assert (tmp_path / "set" / "CHANGELOG.md").is_file()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (('title = "Tin thử"', ""), "the key title is missing"),
        (('version = "1.0.0"', 'version = "one"'), "the key version is 'one'; expected a version such as 1.0.0"),
        (('licence = "CC-BY-4.0"', "licence = 4"), "key licence: expected text"),
        (('released = "2026-01-02"', 'realeased = "2026-01-02"'), "realeased"),
        (('{ name = "Nhóm thử" }', "{ }"), "author number 2: give family and given, or name"),
        (("title =", "title"), "not TOML"),
        (("2026-01-02", "2026-02-30"), "the key released is '2026-02-30', a day that no calendar has"),
        (("Nhóm thử", " "), "author number 2: give family and given, or name"),
        (("title =", 'keywords = ["a\\nb"]\ntitle ='), "the key keywords holds 'a\\nb'"),
        (
            ("title =", 'annotations_creators = ["robots"]\ntitle ='),
            "annotations_creators holds 'robots'; expected no-ann",
        ),
    ],
)
def test_facts_that_are_missing_or_wrong_are_one_line(
    vigold: Vigold, about: Path, change: tuple[str, str], said: str
) -> None:
    jsonl.write("gold.jsonl", [GOLD])
    about.write_text(ABOUT.replace(*change), "utf-8")
    line = refused(vigold("release", "gold.jsonl", "-o", "set", "--about", "release.toml"))
    assert line.startswith("vigold: error: release.toml: ")
    assert said in line
    assert not Path("set").exists()


def test_measurements_of_the_other_commands_stand_in_the_card(vigold: Vigold, tmp_path: Path) -> None:
    jsonl.write("gold.jsonl", [GOLD])
    jsonl.write("other.jsonl", [msgspec.structs.replace(GOLD, spans=GOLD.spans[:1])])
    vigold("score", "gold.jsonl", "other.jsonl", "--json", "scores.json", "--resamples", "50")
    vigold("agree", "gold.jsonl", "other.jsonl", "--json", "agree.json", "--resamples", "50")
    line = ("release", "gold.jsonl", "-o", "set", "--scores", "scores.json", "--agreement", "agree.json")
    assert vigold(*line)[0] == 0
    card = Path("set/README.md").read_text("utf-8")
    assert "| `other` | 100.0 | 50.0 | 66.7" in card
    assert "| `all` | 2, 1 | 66.7 | 66.7 |" in card
    Path("scores.json").write_text('{"systems": []}')
    assert "scores.json: not what `vigold score --json` writes" in refused(vigold(*line))


def test_what_should_be_looked_at_is_said(vigold: Vigold) -> None:
    odd = Document("a2", "Huế họp.", licence="MIT", spans=(Span("d", 0, 3, "DATE", {"type": "DATE", "value": "5/7"}),))
    bare = Document("a3", "Không có gì.")
    jsonl.write("gold.jsonl", [GOLD, odd, bare])
    status, _, err = vigold("release", "gold.jsonl", "-o", "set")
    assert status == 0
    assert "1 doubt, such as document a2: span d: value '5/7' is not well formed; `vigold lint`" in err
    assert "1 document has no span" in err
    assert "1 document has no licence" in err
    assert "documents of 2 licences: CC-BY-4.0, MIT" in err
    jsonl.write("bare.jsonl", [bare])
    assert "no document has a span" in vigold("release", "bare.jsonl", "-o", "bare")[2]


def test_gold_that_the_scheme_forbids_names_file_document_and_span(vigold: Vigold) -> None:
    jsonl.write("gold.jsonl", [Document("a", "abcd", spans=(Span("s", 0, 3, "PER"), Span("t", 2, 4, "ORG")))])
    line = refused(vigold("release", "gold.jsonl", "-o", "set"))
    assert "gold.jsonl: document a: span t: crosses span s" in line
    assert not Path("set").exists()
