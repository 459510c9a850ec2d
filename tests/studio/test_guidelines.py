"""The guidelines that are installed are those of the repository, and a project of their scheme shows them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.command_line import Vigold
from tests.conftest import ROOT
from vigold.scheme import load
from vigold.studio import guidelines, project


def test_the_command_prints_what_the_repository_shows(vigold: Vigold) -> None:
    shown = (ROOT / "annotation" / "guidelines.md").read_text("utf-8")
    assert vigold("guidelines")[:2] == (0, shown), "run `vigold guidelines`, or copy the file to vigold/studio/data"


def test_a_project_shows_them_with_its_instructions() -> None:
    page = project.guide(load(), 2)
    assert page.index("Label All Tasks") < page.index("Sổ tay gán nhãn") < page.index("☐ Đọc lại cả bài")
    assert "<i>Ông {<b>PER</b> Lò Văn Sáu} đến sớm.</i>" in page
    assert not any(sign in page for sign in ("<img", "pictures/", "`", "|---", "<code"))


@pytest.mark.parametrize("name", ["recipes.toml"])
def test_another_scheme_has_none(name: str) -> None:
    scheme = load(Path(__file__).parent.parent / name)
    assert guidelines.html(scheme) == ""
    assert "Sổ tay" not in project.guide(scheme, 1)
