"""A trained model: CRFsuite's files for outermost and for inner spans, a manifest, and the folder that holds them.

CRFsuite reads its files without looking whether they are whole; so what is given to it is first held against the
hashes of the manifest. Whoever makes a model could still make one that breaks the reader: use only models from people
you trust.
"""

from __future__ import annotations

import hashlib
import importlib
import os
import struct
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

import msgspec

from vigold.document import Document, Span
from vigold.errors import MissingExtra, VigoldError
from vigold.extraction.crf import reading
from vigold.extraction.crf.features import VERSION, Features
from vigold.extraction.crf.layers import Node
from vigold.extraction.crf.reading import Setting
from vigold.extraction.registry import Found
from vigold.files import Source, read_bytes, writing_folder
from vigold.formats.tags import decoded
from vigold.shapes import reason

FORMAT = "vigold-crf"
MANIFEST = "manifest.json"
PROGRAM = "python-crfsuite"
OUTER, INNER = "outer.crfsuite", "inner.crfsuite"
_FILES = (OUTER, INNER)
_HEAD = struct.Struct("<4sI")
_MAGIC = b"lCRF"
_LONGEST = 4 * 1024**3
_LONGEST_MANIFEST = 1024**2


class Part(msgspec.Struct, frozen=True):
    """The size and hash of a file of CRFsuite."""

    bytes: int
    sha256: str


class Training(msgspec.Struct, frozen=True):
    """What a model was trained on; `lost` counts the spans that it could not be, by why."""

    sha256: str
    documents: int
    sentences: int
    tokens: int
    spans: int
    lost: dict[str, int]


class Manifest(msgspec.Struct, frozen=True):
    """What a model is: its labels, how deep they nest, what it looks at, how and on what it was trained.

    `trusted` are the labels of which `hybrid` also takes what only the rules find.
    """

    format: str
    features: int
    labels: tuple[str, ...]
    layers: int
    setting: Setting
    options: dict[str, int | float]
    training: Training
    scheme: dict[str, str]
    versions: dict[str, str]
    parts: dict[str, Part]
    trusted: tuple[str, ...] = ()


def crfsuite() -> Any:
    """The package python-crfsuite; raises MissingExtra without it."""
    try:
        return importlib.import_module("pycrfsuite")
    except ImportError:
        raise MissingExtra("the extractor crf", "crf") from None


class Model:
    """An extractor: tags the outermost spans, then within each span those directly inside it.

    `labels` are those that it gives. `files` are CRFsuite's, by name. Raises MissingExtra without python-crfsuite.
    """

    def __init__(self, manifest: Manifest, files: Mapping[str, bytes]) -> None:
        self.manifest, self.files = manifest, files
        self.labels = manifest.labels
        self._outer = _Tagger(files[OUTER])
        self._inner = _Tagger(files[INNER]) if INNER in files else None

    @property
    def versions(self) -> dict[str, str]:
        """The hash of `manifest.json`, which has those of all else, and the version of what reads the model."""
        return {"model": hashlib.sha256(self._written()).hexdigest(), PROGRAM: version(PROGRAM)}

    @property
    def size(self) -> int:
        """Bytes of its files."""
        return sum(map(len, self.files.values()))

    def __call__(self, document: Document) -> Found:
        found: dict[tuple[int, int, str], None] = {}
        for read in reading.read(document, self.manifest.setting):
            pieces = read.window.pieces
            tags = self._outer(reading.outermost(read))
            # Each node with how many hold it: a model may not nest deeper than what it was trained on.
            left = [(Node(*chunk, []), 1) for chunk in decoded(tags)]
            while left:
                node, depth = left.pop()
                found[pieces[node.start].start, pieces[node.end - 1].end, node.label] = None
                if self._inner and depth < self.manifest.layers:
                    inner = decoded(self._inner(reading.inside(read, node)))
                    left += [(Node(node.start + c.start, node.start + c.end, c.label, []), depth + 1) for c in inner]
        order = sorted(found, key=lambda key: (key[0], -key[1], key[2]))
        return Found(tuple(Span(f"s{n}", *key) for n, key in enumerate(order, 1)))

    def save(self, folder: Source) -> None:
        """Write the model in the place of `folder`; raises VigoldError as `refuse_strange` and where it cannot."""
        refuse_strange(folder)
        with writing_folder(folder) as beside:
            for name, data in self.files.items():
                (beside / name).write_bytes(data)
            (beside / MANIFEST).write_bytes(self._written())

    def _written(self) -> bytes:
        return msgspec.json.format(msgspec.json.encode(self.manifest), indent=1) + b"\n"


def load(folder: Source) -> Model:
    """The model in a folder; raises VigoldError naming the file that is missing, damaged or of another version."""
    place = Path(folder) / MANIFEST
    if not place.is_file():
        raise VigoldError(f"{folder}: no model (it has no {MANIFEST}); `vigold train -x crf GOLD -o MODEL` makes one")
    manifest = _manifest(place)
    return Model(manifest, {name: _part(Path(folder) / name, part) for name, part in manifest.parts.items()})


def refuse_strange(folder: Source) -> None:
    """Raise VigoldError where a model would replace a file, or a folder that holds anything but a model.

    So too where there is no folder to put it into.
    """
    target = Path(folder)
    if not target.parent.is_dir():
        raise VigoldError(f"{folder}: there is no folder {target.parent} to put the model into")
    if not os.access(target.parent, os.W_OK):
        raise VigoldError(f"{folder}: cannot write into {target.parent}")
    if target.exists() and not target.is_dir():
        raise VigoldError(f"{folder}: is a file; name a folder for the model")
    for path in sorted(target.iterdir()) if target.is_dir() else ():
        if path.name not in (MANIFEST, *_FILES):
            raise VigoldError(f"{folder}: holds {path.name}, which is no part of a model; name a new folder")


def described(files: Mapping[str, bytes]) -> dict[str, Part]:
    """What the manifest says of the files."""
    return {name: Part(len(data), hashlib.sha256(data).hexdigest()) for name, data in files.items()}


def _manifest(place: Path) -> Manifest:
    try:
        found = msgspec.json.decode(read_bytes(place, "a manifest", _LONGEST_MANIFEST), type=Manifest)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise VigoldError(f"{place}: no manifest of a model: {reason(error)}") from None
    if found.format != FORMAT or OUTER not in found.parts or not found.parts.keys() <= set(_FILES):
        raise VigoldError(f"{place}: no manifest of a model of vigold")
    if found.features != VERSION:
        raise VigoldError(f"{place}: trained for features {found.features}, this vigold has {VERSION}; train it again")
    return found


def _part(path: Path, part: Part) -> bytes:
    data = read_bytes(path, "a model of CRFsuite", _LONGEST)
    head = _HEAD.unpack_from(data) if len(data) >= _HEAD.size else (b"", 0)
    if len(data) != part.bytes or hashlib.sha256(data).hexdigest() != part.sha256 or head != (_MAGIC, len(data)):
        raise VigoldError(f"{path}: damaged: not the file that {MANIFEST} names; copy the model again or train it")
    return data


class _Tagger:
    def __init__(self, data: bytes) -> None:
        self._tagger = crfsuite().Tagger()
        self._data = data  # CRFsuite reads from these bytes as long as it lives.
        self._tagger.open_inmemory(data)

    def __call__(self, features: Features) -> list[str]:
        tags: list[str] = self._tagger.tag(features)
        return tags
