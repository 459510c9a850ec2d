"""A command line as a user runs it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from vigold import cli

Vigold = Callable[..., tuple[int, str, str]]


@pytest.fixture
def vigold(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Vigold:
    """Runs a command line in an empty folder; gives exit status, output and remarks."""
    monkeypatch.chdir(tmp_path)

    def run(*words: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["vigold", *words])
        capsys.readouterr()
        try:
            cli.main()
            status = 0
        except SystemExit as stop:
            status = int(stop.code or 0)
        return status, *capsys.readouterr()

    return run


def refused(answer: tuple[int, str, str]) -> str:
    """The one line of a refusal."""
    status, out, err = answer
    assert (status, out) == (2, "")
    assert "Traceback" not in err
    (line,) = err.strip().splitlines()
    assert line.startswith("vigold: error: ")
    return line
