"""The process of a Label Studio: found, started on exactly one port, waited for, and ended."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from vigold.errors import VigoldError
from vigold.studio import private
from vigold.studio.access import TOKEN, URL
from vigold.studio.accounts import Account
from vigold.studio.client import Client

DATABASE = "label_studio.sqlite3"
RELEASE = "label-studio==1.23.2"
"""What the extra `server` asks for; it is named, since its environment need not hold vigold."""
_LOG = "server.log"
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
_STOP = 20.0
Process = subprocess.Popen[bytes]


def program() -> str:
    """The Label Studio command, beside this Python or on the PATH; raises VigoldError that says how to get it."""
    beside = Path(sys.executable).with_name("label-studio")
    found = str(beside) if beside.exists() else shutil.which("label-studio")
    if found is None:
        raise VigoldError(
            "`vigold studio up` needs Label Studio: `make studio` sets it up; or in an environment of its own "
            f"pip install {RELEASE}, and put its bin on the PATH"
        )
    return found


def need_port(host: str, port: int) -> None:
    """Raises VigoldError unless a server can listen there."""
    # Label Studio moves to another port without a word when it can reach this one on localhost, so ask as it does.
    with socket.socket() as probe:
        probe.settimeout(2)
        taken = probe.connect_ex(("localhost", port)) == 0
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except (OSError, OverflowError, UnicodeError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            raise VigoldError(f"{host}:{port}: cannot listen there ({reason}); {_ANOTHER}") from None
    if taken:
        raise VigoldError(f"{host}:{port}: this port is taken; {_ANOTHER}")


_ANOTHER = "choose another: `vigold studio up --port N`, or `make studio PORT=N`"


def spawn(folder: Path, host: str, port: int, administrator: Account, lock: int) -> Process:
    """Start it; it holds the open lock as long as it lives, whatever becomes of this process.

    Raises VigoldError when the command cannot be started or the log not be written.
    """
    command = [program(), "start", "--no-browser", "--internal-host", host]
    command += ["--port", str(port), "--data-dir", str(folder.absolute())]
    with private.create(folder / _LOG) as log:
        try:
            return subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=_environment(folder, administrator),
                start_new_session=True,
                umask=0o077,  # The database holds tokens and hashes of passwords.
                pass_fds=[lock],
            )
        except OSError as error:
            raise VigoldError(f"{command[0]}: cannot be started: {error.strerror}; install it anew") from None


def wait(folder: Path, url: str, alive: Callable[[], bool], patience: float, waiting: Callable[[], None]) -> None:
    """Wait until it is healthy, calling `waiting`; raises VigoldError with the end of its log when it never is."""
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline and alive():
        waiting()
        try:
            Client(url).get("/health")
        except VigoldError:
            time.sleep(0.3)
            continue
        return
    last = (folder / _LOG).read_text("utf-8", "replace").strip().splitlines()[-1:]
    state = f"was not healthy after {patience:.0f} s" if alive() else "ended"
    raise VigoldError(f"{url}: the server {state}: {' '.join(last)}; see {folder / _LOG}")


def end(pid: int, gone: Callable[[], bool]) -> bool:
    """Ask a process to end, then make it; whether it is gone. Raises VigoldError when it belongs to somebody else."""
    for number in (signal.SIGTERM, signal.SIGKILL):
        _kill(pid, number)
        deadline = time.monotonic() + _STOP
        while time.monotonic() < deadline:
            if gone():
                return True
            time.sleep(0.1)
    return False


def _environment(folder: Path, administrator: Account) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in (TOKEN, URL)}
    own = {
        "LABEL_STUDIO_BASE_DATA_DIR": str(folder.absolute()),
        # Without its prefix too it takes these from the environment, where they may be meant for something else.
        "LABEL_STUDIO_DJANGO_DB": "sqlite",
        "LABEL_STUDIO_DATABASE_NAME": str(folder.absolute() / DATABASE),
        "LABEL_STUDIO_USERNAME": administrator.email,
        "LABEL_STUDIO_PASSWORD": administrator.password,
    }
    return {**kept, **_QUIET, **own}


def _kill(pid: int, number: int) -> None:
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        pass
    except PermissionError:
        raise VigoldError(f"process {pid} belongs to another user, who must stop it") from None
