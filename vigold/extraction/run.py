"""A run of one extractor over many documents: predictions in a file, a manifest beside it."""

from __future__ import annotations

import platform
import resource
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from vigold.document import Document
from vigold.errors import VigoldError
from vigold.extraction.registry import extract, get
from vigold.files import Source, writing
from vigold.formats import jsonl


class Manifest(msgspec.Struct):
    """What was run on how much, under which versions, and what it took; `failed` names lost documents and why."""

    extractor: str
    options: dict[str, str]
    versions: dict[str, str]
    documents: int = 0
    characters: int = 0
    spans: int = 0
    seconds: float = 0.0
    peak_memory_mb: float = 0.0
    failed: list[str] = []


def run(documents: Iterable[Document], spec: str, output: Source) -> Manifest:
    """Write the predictions to `output` and the manifest to `output` + `.manifest.json`, and return the manifest.

    A document on which the extractor fails is left out and named; the others are kept. Raises VigoldError for
    bad input and unknown extractors, and when no document went through.
    """
    from vigold import __version__

    name, _, tail = spec.partition(":")
    options = dict(option.split("=", 1) for option in tail.split(",") if "=" in option)
    manifest = Manifest(name, options, {"vigold": __version__, "python": platform.python_version()})
    begin = time.perf_counter()
    jsonl.write(output, _predictions(documents, spec, manifest))
    manifest.seconds = round(time.perf_counter() - begin, 3)
    # Linux counts in KiB, macOS in bytes.
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    manifest.peak_memory_mb = round(peak / (1024 if sys.platform != "darwin" else 1024**2), 1)
    with writing(Path(f"{output}.manifest.json")) as file:
        file.write(msgspec.json.format(msgspec.json.encode(manifest), indent=1) + b"\n")
    return manifest


def _predictions(documents: Iterable[Document], spec: str, manifest: Manifest) -> Iterator[Document]:
    extractor = get(spec)
    for document in documents:
        manifest.documents += 1
        manifest.characters += len(document.text or "")
        try:
            (prediction,) = extract([document], extractor)
        except VigoldError:
            raise
        except Exception as error:
            # An extractor may be anyone's code; its failure on one text must not lose the work on the others.
            manifest.failed.append(f"document {document.id}: {type(error).__name__}: {error}")
            continue
        manifest.spans += len(prediction.spans)
        yield prediction
