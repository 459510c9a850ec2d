"""Whether a folder is a release that may go out: its files, its card, its checksums, its spans, nothing secret."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from vigold.errors import VigoldError, shown
from vigold.files import Source, read_bytes
from vigold.formats import parquet
from vigold.formats.jsonl import tell
from vigold.formats.wording import on_one_line
from vigold.release import standoff_records
from vigold.release.sums import SUMS, sha256_of
from vigold.scheme import Scheme

PART = re.compile(
    r"""
    (?:README|CHANGELOG)\.md | CITATION\.cff | LICENSE(?:\.\w+)? | [\w-]+\.(?:json|yaml|bib)
    | (?:checksums|SHA256SUMS)(?:\.\w+)?              # as sha256sum writes them
    | [\w-]+/[\w.-]+\.(?:parquet|svg|png)             # a configuration, figures of the card
    | standoff/[\w.-]+\.jsonl
    """,
    re.VERBOSE,
)
"""What may stand in a release, as paths within it."""

_SUMS = re.compile(r"(?:checksums|SHA256SUMS)(?:\.\w+)?")
_SUM = re.compile(r"([0-9a-f]{64}) [ *](.+)")
_SECRETS = {
    "a token of the Hub": re.compile(r"\bhf_[A-Za-z0-9]{20,}"),
    "a token of GitHub": re.compile(r"\bgh[pousr]_[A-Za-z0-9]{20,}"),
    "a web token": re.compile(r"\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\."),
    "a private key": re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----"),
}
_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+\.\w[\w.-]*")
_VERSION = re.compile(r"^version:[ ]*[\"']?([^\s\"']+)", re.MULTILINE)
_BINARY = frozenset({".parquet", ".png"})
_SHOWN = 10


class File(NamedTuple):
    """A file of a release: its name within it, where it is, and its size in bytes."""

    name: str
    path: Path
    size: int


class Checked(NamedTuple):
    """A release that holds: its files, and the version that its CITATION.cff gives, if any."""

    files: list[File]
    version: str | None


def check(folder: Source) -> Checked:
    """The files of a release that may be published; needs no network.

    Raises VigoldError, a line for each fault: a file that is no part of a release, no card or scheme, a checksum that
    does not hold, a configuration that `load_dataset` does not read, a span that breaks an invariant or the scheme, a
    token anywhere, an e-mail address in the `meta` of a document.
    """
    root = Path(folder)
    if not root.is_dir():
        raise VigoldError(f"{folder}: no such folder; name one that `vigold release` wrote")
    paths = sorted(path for path in root.rglob("*") if path.is_symlink() or not path.is_dir())
    files = [File(path.relative_to(root).as_posix(), path, path.lstat().st_size) for path in paths]
    # Data is read only where the files are what they should be, and loaded only where what is read is right.
    for faults in (_strange, _sums, _data, _loading):
        if found := list(faults(root, files)):
            more = [f"{len(found) - _SHOWN} more"] if len(found) > _SHOWN else []
            raise VigoldError("\n".join(f"{folder}: {fault}" for fault in (*found[:_SHOWN], *more)))
    return Checked(files, _version(root))


def _strange(root: Path, files: list[File]) -> Iterator[str]:
    names = {file.name for file in files}
    for file in files:
        if file.path.is_symlink():
            yield f"{on_one_line(file.name)} is a link; put the file itself there"
        elif not PART.fullmatch(file.name):
            yield f"{on_one_line(file.name)} is no part of a release; move it away"
        elif file.path.suffix not in _BINARY:
            yield from _secrets(file.name, file.path.read_text("utf-8", errors="replace"))
    for name in ("README.md", "scheme.json"):
        if name not in names:
            yield f"has no {name}; `vigold release` writes it"
    if not any(re.fullmatch(r"default/.*\.parquet|standoff/.*\.jsonl", name) for name in names):
        yield "has no default/*.parquet and no standoff/*.jsonl; nothing to publish"


def _sums(root: Path, files: list[File]) -> Iterator[str]:
    """The checksums that do not hold; a release without a file of them is none the worse."""
    known = {file.name: file.path for file in files}
    for file in files:
        if not _SUMS.fullmatch(file.name):
            continue
        covered = set()
        for line in file.path.read_text("utf-8", errors="replace").splitlines():
            match = _SUM.fullmatch(line)
            if match is None:
                yield f"{file.name}: not a line of checksums: {shown(line)}"
                continue
            covered.add(name := match[2].removeprefix("./"))
            if (path := known.get(name)) is None:
                yield f"{file.name}: {on_one_line(match[2])} is missing; release again"
            elif sha256_of(path) != match[1]:
                yield f"{match[2]} is not as its checksum in {file.name} says; release again"
        if file.name == SUMS:
            # Maintainers may add pages to the root; what stands in a folder is data.
            bare = (name for name in known if "/" in name and name not in covered)
            yield from (f"{on_one_line(name)} is not in {SUMS}; release again" for name in bare)


def _data(root: Path, files: list[File]) -> Iterator[str]:
    try:
        scheme = msgspec.json.decode(read_bytes(root / "scheme.json"), type=Scheme)
    except msgspec.MsgspecError as error:
        yield f"scheme.json is no scheme: {error}"
        return
    for file in files:
        try:
            if file.name.startswith("default/"):
                yield from _documents(file, scheme)
        except VigoldError as error:
            yield str(error).removeprefix(f"{root}/")
    if any(file.name.startswith("standoff/") for file in files):
        try:
            yield from (
                fault for _, one in standoff_records.read(root) for fault in _secrets(one.id, one.meta, address=True)
            )
        except VigoldError as error:
            yield str(error).removeprefix(f"{root}/")


def _documents(file: File, scheme: Scheme) -> Iterator[str]:
    for document in parquet.documents(parquet.table(file.path), str(file.path)):
        place = f"{file.name}: document {on_one_line(document.id)}"
        yield from (f"{file.name}: {tell(document, problem)}" for problem in scheme.problems(document))
        yield from _secrets(place, document.text or "")
        yield from _secrets(f"{place}: meta", msgspec.json.encode(document.meta).decode(), address=True)


def _secrets(place: str, text: str, *, address: bool = False) -> Iterator[str]:
    """What nobody means to publish; the words themselves are not repeated."""
    for what, pattern in _SECRETS.items():
        if pattern.search(text):
            yield f"{place} holds {what}; take it out, and revoke it"
    if address and _ADDRESS.search(text):
        yield f"{place} holds an e-mail address; take it out"


def _loading(root: Path, files: list[File]) -> Iterator[str]:
    """Each configuration is loaded as its readers will, into a cache that is thrown away."""
    import datasets
    import pyarrow
    from datasets.exceptions import DatasetsError

    refusals = (DatasetsError, pyarrow.ArrowException, OSError, ValueError, KeyError, TypeError, RuntimeError)
    name = "all"
    try:
        with _silent_loading(), tempfile.TemporaryDirectory() as cache:
            for name in datasets.get_dataset_config_names(str(root)):
                datasets.load_dataset(str(root), name, cache_dir=cache)
    except refusals as error:
        yield f"load_dataset does not read the configuration {name}: {(str(error).splitlines() or ['no reason'])[0]}"


@contextmanager
def _silent_loading() -> Iterator[None]:
    """No bars, and no warnings of the libraries: what fails is told in one line."""
    import datasets
    from huggingface_hub import utils

    logs: list[Any] = [datasets.logging, utils.logging]
    levels, bars = [log.get_verbosity() for log in logs], not datasets.are_progress_bars_disabled()
    datasets.disable_progress_bars()
    for log in logs:
        log.set_verbosity(log.CRITICAL)
    try:
        yield
    finally:
        for log, level in zip(logs, levels, strict=True):
            log.set_verbosity(level)
        if bars:
            datasets.enable_progress_bars()


def _version(root: Path) -> str | None:
    path = root / "CITATION.cff"
    found = _VERSION.search(path.read_text("utf-8", errors="replace")) if path.exists() else None
    return found[1] if found else None
