"""`up` leaves a server that is ready, or none; on a stand-in for Label Studio, so in a second."""

from __future__ import annotations

import fcntl
import json
import os
import stat
import subprocess
import sys
import threading
import time
import tomllib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests.command_line import Vigold, refused
from tests.studio import stand_in
from tests.studio_server import free_port
from vigold.scheme import load
from vigold.studio import accounts, launch, locks, project, server
from vigold.studio.accounts import Account

DATA = Path("data")


@pytest.fixture
def up(vigold: Vigold, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[str, ...]]:
    """The words of `vigold studio up` on a free port and a new folder, with a stand-in on the PATH."""
    (tmp_path / "bin").mkdir()
    stand_in.command(tmp_path / "bin")
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    yield "studio", "up", "--data", str(DATA), "--port", str(free_port())
    server.stop(DATA)
    assert not locks.held(DATA / "server.lock")


def started() -> list[int]:
    """The processes of all servers that were started."""
    return [int(pid) for pid in (DATA / "pids").read_text().split()] if (DATA / "pids").exists() else []


def alive(pid: int) -> bool:
    with suppress(ChildProcessError):
        os.waitpid(pid, os.WNOHANG)
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def broken(path: str) -> None:
    DATA.mkdir(exist_ok=True)
    (DATA / "broken").write_text(path)


@pytest.mark.parametrize("path", ["/health", "/user/login/", "/api/users/", "/api/invite", "/api/projects/"])
def test_a_server_that_does_not_get_ready_is_stopped(
    path: str, vigold: Vigold, up: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server, "_START", 1.0)
    broken(path)
    refused(vigold(*up))
    assert len(started()) == 1
    assert not alive(started()[0])
    assert server.running(DATA) is None
    broken("")
    assert vigold(*up)[0] == 0


def test_a_server_that_ran_before_stays(vigold: Vigold, up: tuple[str, ...]) -> None:
    assert vigold(*up)[0] == 0
    broken("/api/projects/")
    refused(vigold(*up))
    broken("")
    assert vigold(*up)[0] == 0
    assert len(started()) == 1
    assert vigold("studio", "down", "--data", str(DATA))[0] == 0


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--annotator", "Lan@example.com"), "'Lan@example.com': not an e-mail address in small letters"),
        (("--annotator", "a@b.vn\x1b[2J"), r"'a@b.vn\x1b[2J': not an e-mail"),
        (("--project", "ab"), "project 'ab': a title has 3 to 50 characters"),
        (("--project", "x" * 51), "a title has 3 to 50 characters"),
        (("--project", "third "), "no blank at its ends"),
        (("--scheme", "none.toml"), "none.toml"),
        (("--instructions", "none.html"), "none.html"),
        (("--host", "a..b"), "a..b:"),
    ],
)
def test_what_can_be_checked_is_checked_first(
    words: tuple[str, ...], told: str, vigold: Vigold, up: tuple[str, ...]
) -> None:
    assert told in refused(vigold(*up, *words))
    assert not DATA.exists()


def test_two_at_once_make_one_server_and_all_accounts(vigold: Vigold, up: tuple[str, ...]) -> None:
    command = [sys.executable, "-m", "vigold", *up, "--annotator"]
    both = [
        subprocess.Popen([*command, f"{name}@example.com"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for name in ("lan", "mai")
    ]
    told = [one.communicate(timeout=60) for one in both]
    assert [one.returncode for one in both] == [0, 0], told
    assert len(started()) == 1
    assert {account.email for account in accounts.load(DATA)} == {accounts.ADMIN, "lan@example.com", "mai@example.com"}
    assert [err.count("made project") for _, err in told].count(1) == 1
    assert project.need(server.client(DATA), load().name).id == 1


@pytest.mark.parametrize("name", ["server.lock", "up.lock", "server.log", "accounts.part", "server.part"])
def test_a_folder_that_cannot_be_used_is_named(name: str, vigold: Vigold, up: tuple[str, ...]) -> None:
    (DATA / name).mkdir(parents=True)
    line = refused(vigold(*up))
    assert f"error: {DATA / name}: cannot use this: " in line
    assert "name another folder with --data" in line
    assert not any(map(alive, started()))


def test_how_to_get_label_studio_is_told(
    vigold: Vigold, up: tuple[str, ...], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    program = tmp_path / "bin" / "label-studio"
    program.write_text("#!/nowhere/python\n")
    assert f"{program}: cannot be started: No such file" in refused(vigold(*up))
    monkeypatch.setenv("PATH", "")
    line = refused(vigold(*up))
    assert "`make studio`" in line
    assert f"in an environment of its own pip install {launch.RELEASE}" in line
    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text())
    assert project["project"]["optional-dependencies"]["server"] == [launch.RELEASE]


def test_a_port_that_is_taken_names_both_ways_out(vigold: Vigold, up: tuple[str, ...]) -> None:
    with stand_in.standing_in() as other:
        line = refused(vigold(*up[:-1], str(other.server_port)))
    assert "`vigold studio up --port N`, or `make studio PORT=N`" in line
    assert not DATA.exists()


def test_up_again_leaves_the_project_as_it_is(vigold: Vigold, up: tuple[str, ...]) -> None:
    assert vigold(*up, "--overlap", "3")[0] == 0
    status, out, _ = vigold(*up, "--annotator", "third@example.com")
    assert (status, "third@example.com" in out) == (0, True)
    assert project.need(server.client(DATA), load().name).overlap == 3


def test_no_password_is_made_up_for_an_account_that_is_there(vigold: Vigold, up: tuple[str, ...]) -> None:
    assert vigold(*up)[0] == 0
    kept = json.loads((DATA / "accounts.json").read_text())
    (DATA / "accounts.json").write_text(json.dumps(kept[:-1]))
    assert vigold(*up)[0] == 0
    assert json.loads((DATA / "accounts.json").read_text()) == kept[:-1]


def test_files_of_the_folder_are_for_its_owner_alone(vigold: Vigold, up: tuple[str, ...]) -> None:
    DATA.mkdir(mode=0o755)
    (DATA / "server.log").touch(0o644)
    assert vigold(*up)[0] == 0
    for name in ("accounts.json", "server.json", "server.log", "server.lock", "up.lock"):
        assert stat.S_IMODE((DATA / name).stat().st_mode) == 0o600, name


def test_two_that_ask_at_once_do_not_take_each_other_for_a_server(vigold: Vigold) -> None:
    DATA.mkdir()
    assert "no server runs" in vigold("studio", "down", "--data", str(DATA))[2]
    assert not list(DATA.iterdir())
    (DATA / "server.json").write_text(f'[{os.getpid()}, "http://127.0.0.1:1"]')
    with (DATA / "server.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_SH)
        assert server.running(DATA) is None
        fcntl.flock(file, fcntl.LOCK_EX)
        assert server.running(DATA) == server.Running(os.getpid(), "http://127.0.0.1:1")
        (DATA / "server.json").unlink()
        assert "try again in a minute" in refused(vigold("studio", "status", "--data", str(DATA)))


def test_a_process_that_does_not_heed_is_killed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(launch, "_STOP", 0.5)
    code = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print(flush=True); time.sleep(60)"
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        assert launch.end(process.pid, lambda: process.poll() is not None)


def test_an_account_does_not_show_its_password() -> None:
    assert "hidden" not in repr(Account("lan@example.com", "hidden"))


def test_up_waits_for_a_server_whose_starter_was_killed(vigold: Vigold, up: tuple[str, ...]) -> None:
    broken("/health")
    with subprocess.Popen([sys.executable, "-m", "vigold", *up], stderr=subprocess.DEVNULL) as first:
        while not started():
            time.sleep(0.05)
        first.kill()
    threading.Timer(1.0, broken, [""]).start()
    assert vigold(*up)[0] == 0
    assert len(started()) == 1
