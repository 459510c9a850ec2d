"""The benchmark of push and pull runs, and both ways bring everything over."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

import pytest

from benchmarks.studio import measure, table
from tests.conftest import label_studio
from tests.studio_server import Server

pytestmark = pytest.mark.server


def test_both_ways_are_timed_in_turn(studio: Server, tmp_path: Path) -> None:
    given = Namespace(push=4, pull=2, runs=1, sdk=str(Path(label_studio() or "").with_name("python")))
    found = measure(given, tmp_path, studio.url, studio.folder)
    assert {key: len(times) for key, times in found.items()} == {
        (what, who): 1 for what in ("push", "pull") for who in ("SDK", "vigold")
    }
    assert [line.split()[:3] for line in table(given, found)][1:] == [
        ["push", "4", "SDK"],
        ["push", "4", "vigold"],
        ["pull", "2", "SDK"],
        ["pull", "2", "vigold"],
    ]
