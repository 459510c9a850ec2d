"""Fixtures of the tests of publishing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from huggingface_hub import constants

from tests.command_line import Vigold
from tests.release.hub_server import serving
from tests.release.hub_state import TOKEN, Hub
from tests.release.published import GOLD, REPO, Publish
from vigold.release import hub as publishing
from vigold.release.dataset import release
from vigold.release.hub import Plan
from vigold.scheme import load


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Hub]:
    """A running stand-in that huggingface_hub takes for the Hub, which does not wait between its attempts."""
    with serving() as found:
        monkeypatch.setenv("HF_ENDPOINT", found.url)
        monkeypatch.setenv("HF_TOKEN", TOKEN)
        monkeypatch.setattr(constants, "HF_HUB_OFFLINE", False)
        monkeypatch.setattr(constants, "HF_HUB_DISABLE_XET", True)
        monkeypatch.setattr("huggingface_hub.utils._http.time.sleep", lambda seconds: None)
        yield found


@pytest.fixture
def publish(vigold: Vigold, hub: Hub) -> Publish:
    """Runs `vigold publish out lab/news --tag 1.0` with more words; the release is in `out`."""
    release([GOLD], load(), "out")
    return lambda *words: vigold("publish", "out", REPO, *(words if "--tag" in words else ("--tag", "1.0", *words)))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Plan:
    """What `vigold publish` does first: the release, checked."""
    folder = tmp_path_factory.mktemp("release") / "out"
    release([GOLD], load(), folder)
    return publishing.plan(folder, REPO, "1.0")
