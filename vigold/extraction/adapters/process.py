"""A program of others as one warm process: started once, asked a document at a time, started again when it dies."""

from __future__ import annotations

import os
import re
import subprocess
import tempfile
import weakref
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, Any, TypeVar

import msgspec

from vigold.errors import VigoldError, shown

T = TypeVar("T")
Read = Callable[[IO[bytes]], bytes]
_FAULT = re.compile(r"error\b|exception\b|no module|cannot|killed", re.IGNORECASE)


class Program:
    """The process, and what it needs to be started again.

    It runs in a folder of its own that holds `files`. It first gives a `greeting`, then an answer to each question;
    `read` reads one of them and raises EOFError where there is no whole one. `cure` is what to do when it does not
    start. Raises VigoldError then.
    """

    def __init__(
        self,
        name: str,
        command: Sequence[str],
        files: Mapping[str, bytes],
        read: Read,
        cure: str,
    ) -> None:
        self._name, self._command, self._read = name, command, read
        self._folder = tempfile.TemporaryDirectory(prefix=f"vigold-{name}-")
        for file, content in files.items():
            (Path(self._folder.name) / file).write_bytes(content)
        # Written at its end by whoever writes, so that it can be emptied before each question.
        self._log = (Path(self._folder.name) / "log").open("a+b")
        weakref.finalize(self, _clear, self._log, self._folder)
        self._stop: Callable[[], Any] = lambda: None
        self._process: subprocess.Popen[bytes] | None = None
        try:
            self.greeting = self._start()
        except VigoldError as error:
            raise VigoldError(f"{error}; {name} needs {cure}") from None

    def ask(self, question: bytes) -> bytes:
        """The answer; raises VigoldError with the first error of the process when it ends without one."""
        if self._process is None:
            self._start()
        self._log.truncate(0)
        return self._answer(question)

    def decoded(self, answer: bytes, kind: type[T]) -> T:
        """An answer in JSON; raises VigoldError when it is none, and ends the process, which may be anywhere."""
        try:
            return msgspec.json.decode(answer, type=kind)
        except (msgspec.MsgspecError, UnicodeDecodeError) as error:
            raise self.nonsense(str(error)) from None

    def nonsense(self, why: str) -> VigoldError:
        """The error to raise for an answer that is none. The process is ended: what it says next may belong to it."""
        self._end()
        return VigoldError(f"{self._name}: the process answers nonsense: {shown(why, 200)}")

    def _start(self) -> bytes:
        # Tokens of ours are none of its business.
        environment = {key: value for key, value in os.environ.items() if not key.startswith("VIGOLD_")}
        try:
            self._process = subprocess.Popen(
                self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._log,
                cwd=self._folder.name, env=environment,
            )  # fmt: skip
        except OSError as error:
            raise VigoldError(f"{self._name}: cannot start {self._command[0]}: {error.strerror}") from None
        self._stop = weakref.finalize(self, _stop, self._process)
        return self._answer(b"")

    def _answer(self, question: bytes) -> bytes:
        process = self._process
        assert process is not None
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            process.stdin.write(question)
            process.stdin.flush()
            return self._read(process.stdout)
        except (BrokenPipeError, EOFError):
            reason = self._reason(process)
            self._end()
            raise VigoldError(f"{self._name}: the process has ended: {reason}") from None
        except BaseException:
            self._end()  # interrupted between question and answer
            raise

    def _reason(self, process: subprocess.Popen[bytes]) -> str:
        """The first line of the log that tells of an error, else the last one, else the exit status."""
        with suppress(subprocess.TimeoutExpired):  # it closes its pipe before it ends
            process.wait(5)
        self._log.seek(0)
        lines = [line.strip() for line in self._log.read().decode(errors="replace").splitlines() if line.strip()]
        told = next(filter(_FAULT.search, lines), lines[-1] if lines else "")
        return shown(told, 200) if told else f"exit status {process.returncode}"

    def _end(self) -> None:
        self._stop()
        self._process = None


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    process.wait()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            with suppress(BrokenPipeError):
                pipe.close()


def _clear(log: IO[Any], folder: tempfile.TemporaryDirectory[str]) -> None:
    log.close()
    folder.cleanup()
