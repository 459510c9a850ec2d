"""ViNLP's names of persons, organisations and places. Its pins need an environment of its own: one warm process."""

from __future__ import annotations

import os
import shutil
from importlib import resources
from typing import IO

import msgspec

from vigold.document import Document
from vigold.errors import VigoldError, shown
from vigold.extraction.adapters.process import Program
from vigold.extraction.adapters.words import Tagged, spans
from vigold.extraction.registry import Extractor, Found
from vigold.extraction.tables import table
from vigold.text import sentences

_LABELS: dict[str, str] = table("adapters")["names"]
LABELS = tuple(_LABELS.values())
PYTHON = "VIGOLD_VINLP"
NEEDS = (
    "python -m venv FOLDER && FOLDER/bin/pip install sklearn-crfsuite && "
    "FOLDER/bin/pip install --no-deps ViNLP==1.2.106; "
    f"then vinlp:python=FOLDER/bin/python or {PYTHON}=FOLDER/bin/python; its models are no pickles"
)


class _Answer(msgspec.Struct):
    words: list[list[Tagged]] = []
    error: str = ""


def make(python: str = "") -> Extractor:
    """The extractor; `python` is the interpreter that has ViNLP, else the environment variable VIGOLD_VINLP names it.

    Raises VigoldError when there is none, or when it has no ViNLP.
    """
    given = python or os.environ.get(PYTHON, "")
    interpreter = shutil.which(given) if given else None
    if interpreter is None:
        raise VigoldError(f"vinlp needs {NEEDS}")
    return _ViNLP(os.path.abspath(interpreter))  # not resolved: an environment is known by its link


class _ViNLP:
    def __init__(self, interpreter: str) -> None:
        worker = (resources.files("vigold.extraction.adapters") / "vinlp_worker.py").read_bytes()
        # Isolated: neither the folder of the worker nor PYTHONPATH may stand before the packages of that environment.
        command = [interpreter, "-I", "worker.py"]
        self._program = Program("vinlp", command, {"worker.py": worker}, _line, NEEDS)
        self.versions = self._program.decoded(self._program.greeting, dict[str, str])

    def __call__(self, document: Document) -> Found:
        text = document.text or ""
        pieces = sentences(text)
        question = msgspec.json.encode([text[slice(*piece)] for piece in pieces]) + b"\n"
        answer = self._program.decoded(self._program.ask(question), _Answer)
        if answer.error:
            raise VigoldError(f"vinlp: {shown(answer.error, 200)}")
        if len(answer.words) != len(pieces):
            raise VigoldError(f"vinlp: answers {len(answer.words)} sentences of {len(pieces)}")
        return Found(spans(document, zip(pieces, answer.words, strict=True), _LABELS))


def _line(answers: IO[bytes]) -> bytes:
    line = answers.readline()
    if not line.endswith(b"\n"):
        raise EOFError
    return line
