"""`import vigold` and `vigold --help` stay light."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = ("datasets", "pandas", "scipy", "sklearn", "pyarrow", "matplotlib", "trafilatura", "numpy")


@pytest.mark.parametrize(
    "line", ["import vigold", "import sys; sys.argv = ['vigold', '--help']; import vigold.__main__"]
)
def test_nothing_heavy_is_loaded(line: str) -> None:
    probe = f"try:\n exec({line!r})\nfinally:\n import sys; sys.stderr.write(' '.join(set(sys.modules) & set({HEAVY})))"
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)
    assert done.stderr.strip() == ""
