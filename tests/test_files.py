"""A folder that takes the place of another one, whatever happens to those who write it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from vigold.errors import VigoldError
from vigold.files import writing_folder

WRITER = """
import sys
from vigold.files import writing_folder
with writing_folder("set") as folder:
    (folder / "data").write_text("theirs")
    print(folder.name, flush=True)
    sys.stdin.read()
"""


def write(folder: Path) -> None:
    with writing_folder(folder) as new:
        (new / "data").write_text("ours")


def test_what_a_killed_run_has_left_goes_and_what_is_in_use_stays(tmp_path: Path) -> None:
    line, pipe = [sys.executable, "-c", WRITER], subprocess.PIPE
    with subprocess.Popen(line, cwd=tmp_path, text=True, stdin=pipe, stdout=pipe) as other:
        assert other.stdout is not None
        beside = tmp_path / other.stdout.readline().strip()
        write(tmp_path / "set")
        assert (beside / "data").read_text() == "theirs"
        other.kill()
    assert sorted(tmp_path.iterdir()) == sorted([beside, tmp_path / "set"])
    write(tmp_path / "other")
    assert beside.exists(), "that of another place"
    write(tmp_path / "set")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["other", "set"]
    assert (tmp_path / "set" / "data").read_text() == "ours"


def test_two_that_write_to_one_place_end_well(tmp_path: Path) -> None:
    with writing_folder(tmp_path / "set") as one:
        write(tmp_path / "set")
        (one / "data").write_text("later")
    assert (tmp_path / "set" / "data").read_text() == "later"
    assert [path.name for path in tmp_path.iterdir()] == ["set"]


def test_folders_that_only_look_like_ours_stay(tmp_path: Path) -> None:
    names = [".set.v2.part", ".set.12345678.old", ".set.v2.12345678.part", "set.12345678.part"]
    for name in names:
        (tmp_path / name).mkdir()
    (tmp_path / ".set.abcdefgh.part").write_text("a file")
    (tmp_path / "set").mkdir()
    write(tmp_path / "set")
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([*names, ".set.abcdefgh.part", "set"])


def test_what_a_run_killed_between_two_renames_has_put_aside_is_named(tmp_path: Path) -> None:
    (tmp_path / ".set.12345678.old").mkdir()
    (tmp_path / ".set.12345678.part").mkdir()
    with pytest.raises(VigoldError, match=r"\.set\.12345678\.old is what stood here: rename it back, or remove it"):
        write(tmp_path / "set")
    assert sorted(path.name for path in tmp_path.iterdir()) == [".set.12345678.old", ".set.12345678.part"]
