"""A Label Studio of one's own: one process on SQLite, everything it keeps in one folder."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import msgspec

from vigold.errors import MissingExtra, VigoldError
from vigold.studio import accounts
from vigold.studio.access import TOKEN, URL
from vigold.studio.accounts import Account
from vigold.studio.client import Client

_STATE, _LOCK, _LOG, _DATABASE = "server.json", "server.lock", "server.log", "label_studio.sqlite3"
_QUIET = {
    "LABEL_STUDIO_COLLECT_ANALYTICS": "false",
    "LABEL_STUDIO_LATEST_VERSION_CHECK": "false",
    "LABEL_STUDIO_SENTRY_DSN": "",
    "LABEL_STUDIO_FRONTEND_SENTRY_DSN": "",
    "SENTRY_DSN": "",
    "FRONTEND_SENTRY_DSN": "",
    # Every page has the server fetch tips from the web, and no setting stops it; a proxy that is not there does.
    "HTTPS_PROXY": "http://127.0.0.1:9",
    "https_proxy": "http://127.0.0.1:9",
    # Who knows the address alone may not make an account.
    "LABEL_STUDIO_DISABLE_SIGNUP_WITHOUT_LINK": "true",
}
_START, _STOP = 300.0, 20.0


class Running(NamedTuple):
    """A server that runs: its process and the address for browsers."""

    pid: int
    url: str


def start(folder: Path, host: str, port: int, emails: list[str], waiting: Callable[[], None]) -> Running:
    """Start a server on exactly this port and wait until it is healthy; the one that runs already is kept.

    The accounts of `emails` are made on it. `waiting` is called while the server comes up. Raises VigoldError when
    Label Studio is not installed, the port is taken, the folder cannot be used, or the server does not come up.
    """
    there = running(folder)
    if there is None:
        there = _start(folder, host, port, waiting)
    elif there.url != _url(host, port):
        raise VigoldError(f"{folder}: its server runs at {there.url} already; `vigold studio down` stops it")
    accounts.invite(folder, there.url, emails)
    return there


def stop(folder: Path) -> bool:
    """Stop the server of this folder and wait for its end; whether there was one."""
    there = running(folder)
    if there is None:
        return False
    for number, patience in ((signal.SIGTERM, _STOP), (signal.SIGKILL, _STOP)):
        _kill(there.pid, number)
        deadline = time.monotonic() + patience
        while time.monotonic() < deadline:
            if running(folder) is None:
                (folder / _STATE).unlink(missing_ok=True)
                return True
            time.sleep(0.1)
    raise VigoldError(f"{folder}: process {there.pid} does not end; stop it by hand")


def running(folder: Path) -> Running | None:
    """The server of this folder, None when none runs."""
    if not folder.is_dir():
        return None
    with _lock(folder) as free:
        if free is not None:
            return None
    try:
        return msgspec.json.decode((folder / _STATE).read_bytes(), type=Running)
    except (OSError, msgspec.MsgspecError) as error:
        raise VigoldError(f"{folder}: a server runs or starts, but {_STATE} does not tell where ({error})") from None


def client(folder: Path) -> Client:
    """A client of the running server as its administrator; raises VigoldError when none runs."""
    there = running(folder)
    if there is None:
        raise VigoldError(
            f"{folder}: no server runs on this folder; `vigold studio up` starts one, {URL} and {TOKEN} name another"
        )
    return accounts.administrator(folder, there.url)


def forget(folder: Path, project: int, md5: str) -> None:
    """Delete the server's copy of an export, which it keeps for ever; each `status` would leave one."""
    for copy in (folder / "media" / "export" / str(project)).glob(f"project-{project}-at-*-{md5[:8]}.json"):
        copy.unlink(missing_ok=True)


def _prepare(folder: Path) -> None:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise VigoldError(f"{folder}: cannot make the folder: {error.strerror}") from None
    if (folder / _DATABASE).exists() and not accounts.load(folder):
        raise VigoldError(f"{folder}: holds a Label Studio that vigold did not set up; name another folder with --data")


def _start(folder: Path, host: str, port: int, waiting: Callable[[], None]) -> Running:
    command = [_program(), "start", "--no-browser", "--internal-host", host]
    command += ["--port", str(port), "--data-dir", str(folder.absolute())]
    _need_port(host, port)
    _prepare(folder)
    administrator = accounts.add(folder, [accounts.ADMIN])[0]
    with _lock(folder) as free, (folder / _LOG).open("wb") as log:
        if free is None:
            raise VigoldError(f"{folder}: another `vigold studio up` is at work here")
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            env=_environment(folder, administrator),
            start_new_session=True,
            umask=0o077,  # The database holds tokens and hashes of passwords.
            pass_fds=[free],  # The server holds the lock as long as it lives, whatever becomes of this process.
        )
        there = Running(process.pid, _url(host, port))
        (folder / _STATE).write_bytes(msgspec.json.encode(there))
    try:
        _wait(folder, there, process, waiting)
        accounts.administrator(folder, there.url)
    except BaseException:
        process.kill()
        process.wait()
        raise
    return there


def _environment(folder: Path, administrator: Account) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in (TOKEN, URL)}
    own = {
        "LABEL_STUDIO_BASE_DATA_DIR": str(folder.absolute()),
        "LABEL_STUDIO_USERNAME": administrator.email,
        "LABEL_STUDIO_PASSWORD": administrator.password,
    }
    return {**kept, **_QUIET, **own}


def _program() -> str:
    beside = Path(sys.executable).with_name("label-studio")
    found = str(beside) if beside.exists() else shutil.which("label-studio")
    if found is None:
        raise MissingExtra(
            "`vigold studio up` (label-studio on the PATH, maybe of an environment of its own)", "server"
        )
    return found


def _need_port(host: str, port: int) -> None:
    # Label Studio moves to another port without a word when it can reach this one on localhost, so ask as it does.
    with socket.socket() as probe:
        taken = probe.connect_ex(("localhost", port)) == 0
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except (OSError, OverflowError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            raise VigoldError(f"{host}:{port}: cannot listen there ({reason}); choose another with --port") from None
    if taken:
        raise VigoldError(f"{host}:{port}: this port is taken; choose another with --port")


def _wait(folder: Path, there: Running, process: subprocess.Popen[bytes], waiting: Callable[[], None]) -> None:
    deadline = time.monotonic() + _START
    while time.monotonic() < deadline:
        if process.poll() is not None:
            break
        waiting()
        try:
            Client(there.url).get("/health")
        except VigoldError:
            time.sleep(0.3)
            continue
        return
    last = (folder / _LOG).read_text("utf-8", "replace").strip().splitlines()[-1:]
    state = "ended" if process.poll() is not None else f"was not healthy after {_START:.0f} s"
    raise VigoldError(f"{there.url}: the server {state}: {' '.join(last)}; see {folder / _LOG}")


def _url(host: str, port: int) -> str:
    # A server that listens everywhere is found here by its loopback address.
    name = "127.0.0.1" if host in ("0.0.0.0", "") else host
    return f"http://{name}:{port}"


def _kill(pid: int, number: int) -> None:
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        pass
    except PermissionError:
        raise VigoldError(f"process {pid} belongs to another user, who must stop it") from None


@contextmanager
def _lock(folder: Path) -> Iterator[int | None]:
    """The open lock of the folder, None when a server holds it: unlike the number of a process it is never stale."""
    try:
        import fcntl
    except ImportError:
        raise VigoldError(
            f"a server of one's own needs Linux or macOS; start one as you like and name it by {URL}"
        ) from None
    handle = os.open(folder / _LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        yield handle if _locked(fcntl.flock, handle, fcntl.LOCK_EX | fcntl.LOCK_NB) else None
    finally:
        os.close(handle)


def _locked(flock: Callable[[int, int], None], handle: int, how: int) -> bool:
    try:
        flock(handle, how)
    except BlockingIOError:
        return False
    return True
