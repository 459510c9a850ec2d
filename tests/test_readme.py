"""The README and the pages it leads to tell the truth: examples run, what is shown is what the demo prints."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT
from vigold.document import Document

README = (ROOT / "README.md").read_text("utf-8")
PAGES = {
    path: path.read_text("utf-8")
    for path in (ROOT / "README.md", *sorted(ROOT.glob("[ace]*/README.md")), *sorted(ROOT.glob("vigold/*/README.md")))
}
BLOCKS = [block for page in PAGES.values() for block in re.findall(r"^```(\w*)\n(.*?)^```", page, re.M | re.S)]
PYTHON = [text for language, text in BLOCKS if language == "python"]
LEFT_OUT = "⋮"
SECONDS = re.compile(r"\d+\.\d+ s\b")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("readme")


@pytest.fixture(scope="module")
def printed(folder: Path) -> str:
    """What the demo prints."""
    command = [sys.executable, "-m", "vigold", "demo", "-o", "out/demo"]
    wide = os.environ | {"COLUMNS": "110", "HF_HUB_OFFLINE": "1"}
    return subprocess.run(command, cwd=folder, env=wide, capture_output=True, text=True, check=True).stdout


def test_the_demo_prints_what_the_readme_shows(printed: str) -> None:
    shown = next(text for language, text in BLOCKS if not language and "pre-annotate" in text)

    def plain(text: str) -> str:
        return "\n".join(SECONDS.sub("# s", line).rstrip() for line in text.strip().splitlines())

    parts = [re.escape(part.strip()) for part in plain(shown).split(LEFT_OUT)]
    told = "put what `COLUMNS=110 vigold demo -o out/demo` prints into README.md"
    assert re.fullmatch("\n(?:.*\n)*".join(parts), plain(printed)), told


@pytest.mark.usefixtures("printed")
def test_the_python_example_runs(folder: Path) -> None:
    example = next(text for text in PYTHON if "vigold.read" in text)
    done = subprocess.run([sys.executable, "-c", example], cwd=folder, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "micro" in done.stdout
    assert (folder / "out" / "rules.jsonl").is_file()


def test_the_extractor_example_runs() -> None:
    names: dict[str, Any] = {}
    exec(next(text for text in PYTHON if "money.py" in text), names)
    text = "Thu 300 triệu đồng và 2,5 triệu USD."
    spans = names["MONEY"].make()(Document("a", text)).spans
    assert [text[span.start : span.end] for span in spans] == ["300 triệu đồng"]


def cells(text: str) -> dict[tuple[str, str], str]:
    """The cells of all tables of extractors by extractor and column, of equal ones the first."""
    found: dict[tuple[str, str], str] = {}
    header: list[str] = []
    for line in text.splitlines():
        first, *rest = [cell.strip() for cell in line.strip("|").split("|")]
        header = rest if first == "extractor" else header
        if name := re.match(r"`\w+`", first):
            for column, cell in zip(header, rest, strict=False):
                found.setdefault((name[0], column), cell)
    return found


def test_the_figures_are_those_of_the_leaderboard() -> None:
    board = cells((ROOT / "eval" / "board.md").read_text("utf-8").partition("## unseen")[2].partition("\n## ")[0])
    shown = cells(README.partition("## How good are the extractors?")[2].partition("\n## ")[0])
    assert len(shown) > 20
    assert shown == {key: board.get(key, "–") for key in shown}, "put the figures of eval/board.md into README.md"


def test_links_lead_somewhere() -> None:
    for path, page in PAGES.items():
        for target, anchor in re.findall(r"\]\((?!https?:)([^)#]*)(#[^)]*)?\)", page):
            assert (path.parent / target).exists(), f"{path}: {target}"
            headings = re.findall(r"^#+ (.*)", page, re.M)
            assert not anchor or target or anchor[1:] in {h.lower().replace(" ", "-") for h in headings}, anchor


def test_every_command_that_the_readme_names_is_there() -> None:
    from vigold.cli import app

    def names(where: Any) -> set[str]:
        return {command.name or command.callback.__name__ for command in where.registered_commands if command.callback}

    groups = {group.name: names(group.typer_instance) for group in app.registered_groups}
    shell = "\n".join(text for kind, text in BLOCKS if kind == "sh")
    assert set(re.findall(r"\bvigold ([a-z]+)\b", shell)) <= names(app) | set(groups)
    for group, known in groups.items():
        assert set(re.findall(rf"\bvigold {group} ([a-z]+)\b", shell)) <= known
