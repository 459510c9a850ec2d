"""A Label Studio of one's own: one process on SQLite, everything it keeps in one folder."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import msgspec

from vigold.errors import VigoldError
from vigold.studio import accounts, launch, locks, private
from vigold.studio.access import TOKEN, URL
from vigold.studio.client import Client

_STATE, _LOCK, _UP = "server.json", "server.lock", "up.lock"
_START = 300.0


class Running(NamedTuple):
    """A server that runs: its process and the address for browsers."""

    pid: int
    url: str


@contextmanager
def up(folder: Path, host: str, port: int, emails: list[str], waiting: Callable[[], None]) -> Iterator[Running]:
    """A healthy server on exactly this port, with the accounts of `emails`; the one that runs already is kept.

    It goes on running after the block, unless the block fails and it was started here. Only one process at a time
    is in such a block; another one waits. `waiting` is called meanwhile and while the server comes up. Raises
    VigoldError when an e-mail is none, Label Studio is not installed, the port is taken, the folder cannot be used,
    or the server does not come up.
    """
    accounts.check(emails)
    if not folder.exists():
        launch.program()
        launch.need_port(host, port)
    _prepare(folder)
    with locks.alone(folder / _UP, 2 * _START, waiting):
        there = running(folder)
        if there is not None and there.url != _url(host, port):
            raise VigoldError(f"{folder}: its server runs at {there.url} already; `vigold studio down` stops it")
        if there is None:
            with _started(folder, host, port, waiting) as new:
                accounts.invite(folder, new.url, emails)
                yield new
        else:
            # Who started it may have been stopped before it was ready.
            launch.wait(folder, there.url, lambda: locks.held(folder / _LOCK), _START, waiting)
            accounts.invite(folder, there.url, emails)
            yield there


def stop(folder: Path) -> bool:
    """Stop the server of this folder and wait for its end; whether there was one."""
    there = running(folder)
    if there is None:
        return False
    if not launch.end(there.pid, lambda: not locks.held(folder / _LOCK)):
        raise VigoldError(f"{folder}: process {there.pid} does not end; stop it by hand")
    return True


def running(folder: Path) -> Running | None:
    """The server of this folder, None when none runs; raises VigoldError when one is just being started."""
    if not locks.held(folder / _LOCK):
        return None
    try:
        return msgspec.json.decode((folder / _STATE).read_bytes(), type=Running)
    except (OSError, UnicodeDecodeError, msgspec.MsgspecError) as error:
        why = getattr(error, "strerror", None) or error
        raise VigoldError(
            f"{folder / _STATE}: does not tell where the server of this folder runs ({why}); "
            "if it is just being started, try again in a minute"
        ) from None


def client(folder: Path) -> Client:
    """A client of the running server as its administrator; raises VigoldError when none runs."""
    there = running(folder)
    if there is None:
        raise VigoldError(
            f"{folder}: no server runs on this folder; `vigold studio up` starts one, {URL} and {TOKEN} name another"
        )
    return accounts.administrator(folder, there.url)


def forget(folder: Path, project: int, name: str) -> None:
    """Delete the server's copy of an export, which it keeps for ever; each `status` would leave one.

    `name` is what the server called it; nothing is deleted where it is not such a name.
    """
    if re.fullmatch(rf"project-{project}-at-[\d-]+-[0-9a-f]{{8}}(_\w+)?\.json", name, re.ASCII):
        copy = folder / "media" / "export" / str(project) / name
        with private.usable(copy):
            copy.unlink(missing_ok=True)


def _prepare(folder: Path) -> None:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise VigoldError(f"{folder}: cannot make the folder: {error.strerror}") from None
    if (folder / launch.DATABASE).exists() and not accounts.load(folder):
        raise VigoldError(f"{folder}: holds a Label Studio that vigold did not set up; name another folder with --data")


@contextmanager
def _started(folder: Path, host: str, port: int, waiting: Callable[[], None]) -> Iterator[Running]:
    """A new server; it is ended again when it does not come up or the block fails."""
    launch.need_port(host, port)
    administrator = accounts.add(folder, [accounts.ADMIN])[0]
    state = folder / _STATE
    with locks.alone(folder / _LOCK, 5.0) as lock:
        # Of a server that broke down: whoever asks now must not take it for the new one.
        with private.usable(state):
            state.unlink(missing_ok=True)
        process = launch.spawn(folder, host, port, administrator, lock)
    try:
        there = Running(process.pid, _url(host, port))
        private.write(state, msgspec.json.encode(there))
        launch.wait(folder, there.url, lambda: process.poll() is None, _START, waiting)
        yield there
    except BaseException:
        launch.end(process.pid, lambda: process.poll() is not None)
        raise


def _url(host: str, port: int) -> str:
    # A server that listens everywhere is found here by its loopback address.
    name = "127.0.0.1" if host in ("0.0.0.0", "") else host
    return f"http://{name}:{port}"
