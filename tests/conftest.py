"""Which parts of the tests run here: those that need a server or a browser skip with their reason, or fail where
VIGOLD_TEST names them and something is missing."""

from __future__ import annotations

import importlib.util
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

from vigold.document import Document

pytest_plugins = ["tests.studio_server", "tests.command_line"]
# How long an example takes says more of what else runs on the machine than of the code.
settings.register_profile("vigold", deadline=None)
settings.load_profile("vigold")

ROOT = Path(__file__).parent.parent
ASKED = set(filter(None, os.environ.get("VIGOLD_TEST", "").split(",")))


def label_studio() -> str | None:
    """The Label Studio command: of the environment beside this one, or on the path."""
    beside = ROOT / ".venv-server" / "bin" / "label-studio"
    return str(beside) if beside.exists() else shutil.which("label-studio")


def chromium() -> str | None:
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


def _missing_server() -> str | None:
    return None if label_studio() else "label-studio is not installed (VIGOLD_TEST=server make test installs it)"


def _missing_browser() -> str | None:
    if importlib.util.find_spec("playwright") is None:
        return "playwright is not installed (VIGOLD_TEST=server,browser make test installs it)"
    return None if chromium() else "no Chromium on the path"


PARTS: dict[str, Callable[[], str | None]] = {"server": _missing_server, "browser": _missing_browser}


def pytest_runtest_setup(item: pytest.Item) -> None:
    for part, missing in PARTS.items():
        if item.get_closest_marker(part) is None:
            continue
        reason = missing()
        if reason and part in ASKED:
            pytest.fail(f"VIGOLD_TEST asks for {part}, but {reason}")
        if reason or part not in ASKED:
            pytest.skip(reason or f"set VIGOLD_TEST={part} to run it")


@pytest.fixture(autouse=True)
def _offline(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reaches for the Hub."""
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")


@pytest.fixture(scope="session")
def sample_gold() -> list[Document]:
    """The gold of the bundled sample."""
    from vigold.formats import jsonl

    return list(jsonl.read(ROOT / "vigold" / "sample" / "gold.jsonl"))
