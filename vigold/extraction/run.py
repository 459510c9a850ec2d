"""A run of one extractor over a file: predictions in another file, a manifest beside it."""

from __future__ import annotations

import os
import platform
import resource
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec

from vigold.document import Document
from vigold.errors import VigoldError
from vigold.extraction.journal import Journal, journal
from vigold.extraction.registry import Extractor, declared, extract, get, parse, state
from vigold.extraction.registry import versions as others
from vigold.files import Source, writing
from vigold.formats import jsonl, registry
from vigold.scheme import load
from vigold.version import __version__

Progress = Callable[[], None]


class Manifest(msgspec.Struct):
    """What was run on how much, under which versions, and what it took.

    `code` is the hash of the extractor's code and tables, see `vigold.extraction.code`: the same one on the same texts,
    under the same versions (a trained model is one of them) and with the same options, gives the same predictions.
    `resumed` counts the documents that an earlier, interrupted run had done; seconds and memory are those of the
    last run: `seconds` with the `loading_seconds` that making the extractor took, memory that of this process and of
    the largest that it started. `failed` names lost documents and why.
    """

    extractor: str
    options: dict[str, str]
    labels: list[str]
    versions: dict[str, str]
    scheme: dict[str, str]
    code: str = ""
    documents: int = 0
    resumed: int = 0
    characters: int = 0
    spans: int = 0
    seconds: float = 0.0
    loading_seconds: float = 0.0
    peak_memory_mb: float = 0.0
    failed: list[str] = []

    @property
    def in_vain(self) -> bool:
        """Whether there were documents and the extractor failed on every one."""
        return 0 < self.documents == len(self.failed)


def run(
    source: Source,
    spec: str,
    output: Source,
    *,
    format: str | None = None,
    config: str | None = None,
    split: str | None = None,
    max_record: int = jsonl.MAX_RECORD,
    progress: Progress = lambda: None,
    remarks: list[str] | None = None,
) -> Manifest:
    """Write the predictions to `output` and the manifest to `output` + `.manifest.json`, and return the manifest.

    `source` is in the `format` or corpus that is named, else in any that `vigold.formats.registry` reads, `config` and
    `split` say which part of a dataset is meant; its spans are not looked at. `progress` is called after each document,
    and `remarks` takes what the reader has to say. A document on which the extractor fails is left out and named; the
    others are kept. Where it fails on every one nothing is written, and what stood there stays. After an interruption
    the same call on the same file goes on where it stopped. Raises VigoldError for bad input, unknown extractors and
    those that cannot start.
    """
    name, options = parse(spec)
    begin = time.perf_counter()
    extractor = get(spec)
    loading = round(time.perf_counter() - begin, 3)
    versions = {"vigold": __version__, "python": platform.python_version()} | others(extractor)
    labels, code = list(declared(spec, extractor)), state(spec)
    manifest = Manifest(name, options, labels, versions, load().stamp, code, loading_seconds=loading)
    how = registry.Reading(max_record, config=config, split=split, remarks=remarks)
    with journal(output, _key(source, spec, code, versions, (format, config, split))) as book:
        _fill(book, _documents(source, format, how), extractor, manifest, progress)
    manifest.seconds = round(time.perf_counter() - begin, 3)
    del extractor  # which ends its processes: those that still run are not counted
    manifest.peak_memory_mb = _peak()
    if not manifest.in_vain:
        with writing(Path(f"{output}.manifest.json")) as file:
            file.write(msgspec.json.format(msgspec.json.encode(manifest), indent=1) + b"\n")
    return manifest


def _peak() -> float:
    """Megabytes of this process and of the largest that has ended; Linux counts in KiB, macOS in bytes."""
    used = sum(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return round(used / (1024 if sys.platform != "darwin" else 1024**2), 1)


def _key(source: Source, spec: str, code: str, versions: dict[str, str], part: tuple[str | None, ...]) -> str:
    """What makes a run the same as an interrupted one; `part` is the format, configuration and split that are read."""
    try:
        file = Path(source).stat()
    except OSError as error:
        raise VigoldError(f"{source}: cannot read: {error.strerror}") from None
    used = [_stamp(Path(value)) for value in parse(spec)[1].values() if os.path.exists(value)]
    return repr((str(Path(source).absolute()), file.st_size, file.st_mtime_ns, spec, code, versions, used, part))


def _stamp(path: Path) -> tuple[int, int]:
    """What changes when a file or folder that an option names, such as a model, is replaced."""
    found = path.stat()
    return found.st_ino, found.st_mtime_ns


def _documents(source: Source, format: str | None, how: registry.Reading) -> Iterator[Document]:
    """The documents of a file or folder in any format; a pipe, which is read but once, holds JSONL."""
    if format is not None or Path(source).is_file() or Path(source).is_dir():
        return registry.noted(source, how, format)
    return jsonl.read(source, max_record=how.max_record)


def _fill(
    book: Journal, documents: Iterator[Document], extractor: Extractor, manifest: Manifest, progress: Progress
) -> None:
    for document in documents:
        manifest.documents += 1
        manifest.characters += len(document.text or "")
        progress()
        book.order.append(document.id)
        if (done := book.done.get(document.id)) is not None:
            manifest.resumed += 1
            manifest.spans += done.spans
            continue
        try:
            (prediction,) = extract([document], extractor, manifest.labels)
            line = jsonl.dump(prediction) + b"\n"
        except Exception as error:
            # An extractor may be anyone's code; its failure on one text must not lose the work on the others.
            kind = "" if isinstance(error, VigoldError) else f"{type(error).__name__}: "
            manifest.failed.append(f"document {document.id}: {kind}{error}")
            continue
        manifest.spans += len(prediction.spans)
        book.add(document.id, line, len(prediction.spans))
