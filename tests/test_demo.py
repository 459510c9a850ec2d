"""The whole way on the bundled sample, here and from an installed wheel somewhere else."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ASKED, ROOT
from vigold import demo, ingestion
from vigold.document import Document
from vigold.formats import jsonl
from vigold.scheme import load
from vigold.studio import gold
from vigold.studio.config import config

SAMPLE = ROOT / "vigold" / "sample"


def test_the_demo_goes_the_whole_way(tmp_path: Path) -> None:
    stages = [stage.name for stage in demo.run(tmp_path / "demo")]
    assert stages == ["ingest", "pre-annotate", "tasks", "gold", "dataset", "extract", "extract", "score"]
    scores = json.loads((tmp_path / "demo" / "scores.json").read_text())["systems"]
    rules, simple = (scores[name]["micro"]["strict"]["f1"] for name in ("rules", "simple"))
    assert 0.8 < rules < 1
    assert simple < rules / 2
    assert list(demo.run(tmp_path / "demo"))[-1].name == "score", "a second run replaces the first"


def test_the_sample_agrees_with_itself(sample_gold: list[Document]) -> None:
    assert gold.gold([SAMPLE / "export.json"], load()).documents == sample_gold
    items = ingestion.ingest([SAMPLE / "articles"], published=demo.PUBLISHED, licence=demo.LICENCE)
    raw = {item.document.id: item.document for item in items}
    assert raw.keys() == {document.id for document in sample_gold}
    for document in sample_gold:
        article = raw[document.id]
        assert (article.text, article.zones, article.published) == (document.text, document.zones, document.published)


def test_the_config_for_annotators_is_the_one_of_the_scheme() -> None:
    assert (ROOT / "annotation" / "config.xml").read_text("utf-8") == config(load())


@pytest.mark.skipif(not ASKED, reason="set VIGOLD_TEST to install the wheel into an empty environment")
def test_the_installed_wheel_runs_the_demo_elsewhere(tmp_path: Path) -> None:
    def run(*words: str | Path) -> None:
        clean = {key: value for key, value in os.environ.items() if key not in ("PYTHONPATH", "VIRTUAL_ENV")}
        done = subprocess.run(words, cwd=tmp_path, env=clean, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr

    python = tmp_path / "empty" / "bin" / "python"
    run(sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", tmp_path / "dist", ROOT)
    (wheel,) = (tmp_path / "dist").glob("vigold-*.whl")
    run(sys.executable, "-m", "venv", tmp_path / "empty")
    for extra in ("", "[html]"):
        run(python, "-m", "pip", "install", "--quiet", f"{wheel}{extra}")
        run(tmp_path / "empty" / "bin" / "vigold", "demo", "-o", "out")
        page = next(d for d in jsonl.read(tmp_path / "out" / "articles.jsonl") if d.id == "tinh-huong-khan-cap-lu-quet")
        assert ("related" in page.meta) == bool(extra), "only a page that is read has teasers to cut off"
    assert len(list(jsonl.read(tmp_path / "out" / "rules.jsonl"))) == 10
    run(python, "-c", f"import vigold; assert {str(ROOT)!r} not in vigold.__file__")
