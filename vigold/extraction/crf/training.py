"""From documents with spans to a model: L-BFGS with an elastic net (Okazaki's CRFsuite)."""

from __future__ import annotations

import hashlib
import tempfile
from collections import Counter
from collections.abc import Iterable, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, Any, NamedTuple

import msgspec

from vigold.document import Document
from vigold.errors import VigoldError
from vigold.extraction.crf import layers, reading
from vigold.extraction.crf.features import VERSION
from vigold.extraction.crf.layers import Laid
from vigold.extraction.crf.model import FORMAT, INNER, OUTER, Manifest, Model, Training, crfsuite, described
from vigold.extraction.crf.reading import Setting
from vigold.extraction.crf.windows import Tokens, Window, kind_of, windows
from vigold.scheme import load
from vigold.shapes import reason
from vigold.version import __version__

_MOST = 1_000_000_000
"""Of any option; CRFsuite keeps whole numbers in 32 bits."""


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How to train: `c1` and `c2` weigh the L1 and L2 penalties; features seen less than `minfreq` times are left out.

    `rules` and `gazetteers` say whether opinions of rules and lists of names are features.
    """

    c1: Annotated[float, msgspec.Meta(ge=0, le=_MOST)] = 0.1
    c2: Annotated[float, msgspec.Meta(ge=0, le=_MOST)] = 0.1
    iterations: Annotated[int, msgspec.Meta(ge=1, le=_MOST)] = 120
    minfreq: Annotated[int, msgspec.Meta(ge=1, le=_MOST)] = 1
    rules: bool = True
    gazetteers: bool = True


class _Laid(NamedTuple):
    """A document, its windows, and its spans on them."""

    document: Document
    windows: list[Window]
    spans: Laid


def train(documents: Iterable[Document], **options: str) -> Model:
    """A model of the labels that the documents have; the same documents and options give the same bytes.

    Options as in `Options`, as text; `yes` and `no` for those that are on or off. Raises VigoldError for an option
    that there is not, a document without text, and where there is no span to learn from; MissingExtra without
    python-crfsuite.
    """
    chosen = _chosen(options)
    crfsuite()
    given = list(documents)
    _refuse_textless(given)
    kind = kind_of(document.text or "" for document in given)
    read = [_lay(document, kind) for document in given]
    facts = _facts(read)
    trees = [nodes for one in read for nodes in one.spans.windows]
    labels = tuple(sorted({node.label for nodes in trees for node in layers.walk(nodes)}))
    setting = Setting(kind, chosen.gazetteers, reading.known(labels) if chosen.rules else ())
    nested = max(map(layers.depth, trees))
    files = _fitted(read, setting, nested > 1, chosen)
    scheme = load()
    manifest = Manifest(
        FORMAT,
        VERSION,
        labels,
        nested,
        setting,
        {"c1": chosen.c1, "c2": chosen.c2, "iterations": chosen.iterations, "minfreq": chosen.minfreq},
        facts,
        scheme.stamp if scheme.labels.keys() >= set(labels) else {},
        {"vigold": __version__, "python-crfsuite": version("python-crfsuite")},
        described(files),
    )
    return Model(manifest, files)


def _chosen(options: dict[str, str]) -> Options:
    words = {"yes": "true", "no": "false"}
    try:
        return msgspec.convert({key: words.get(value, value) for key, value in options.items()}, Options, strict=False)
    except msgspec.ValidationError as error:
        raise VigoldError(f"options of training ({', '.join(Options.__struct_fields__)}): {reason(error)}") from None


def _refuse_textless(documents: Iterable[Document]) -> None:
    for document in documents:
        if document.text is None:
            raise VigoldError(f"document {document.id} has no text; training needs one")


def _lay(document: Document, kind: Tokens) -> _Laid:
    found = list(windows(document.text or "", kind))
    return _Laid(document, found, layers.laid(document.spans, *reading.places(found)))


def _facts(read: Sequence[_Laid]) -> Training:
    """What there is to learn from; raises VigoldError where that is nothing."""
    lost = Counter(why for one in read for _, why in one.spans.lost)
    spans = sum(len(one.document.spans) for one in read)
    if spans == lost.total():
        told = ", ".join(f"{count} with {why}" for why, count in sorted(lost.items()))
        raise VigoldError(f"no span can be learnt from ({told or 'no spans'}); train on documents with gold spans")
    found = [window for one in read for window in one.windows]
    sentences, tokens = sum(sum(window.opens) for window in found), sum(len(window.words) for window in found)
    digest = _hash(one.document for one in read)
    return Training(digest, len(read), sentences, tokens, spans, dict(sorted(lost.items())))


def _fitted(read: Iterable[_Laid], setting: Setting, nested: bool, options: Options) -> dict[str, bytes]:
    """CRFsuite's files. Features go to it a document at a time: those of all would fill the memory."""
    trainers = {name: _trainer(options) for name in (OUTER, INNER)[: 1 + nested]}
    for one in read:
        for each, nodes in zip(reading.read(one.document, setting), one.spans.windows, strict=True):
            trainers[OUTER].append(reading.outermost(each), layers.tags(nodes, 0, len(each.window.words)))
            for node in layers.walk(nodes) if nested else ():
                trainers[INNER].append(reading.inside(each, node), layers.tags(node.inner, node.start, node.end))
    return {name: _trained(trainer) for name, trainer in trainers.items()}


def _trainer(options: Options) -> Any:
    trainer = crfsuite().Trainer(verbose=False)
    trainer.select("lbfgs")
    trainer.set_params(
        {
            "c1": options.c1,
            "c2": options.c2,
            "max_iterations": options.iterations,
            "feature.minfreq": options.minfreq,
            "feature.possible_transitions": True,
        }
    )
    return trainer


def _trained(trainer: Any) -> bytes:
    with tempfile.TemporaryDirectory(prefix="vigold-crf-") as folder:
        path = Path(folder) / "model"
        trainer.train(str(path))
        return path.read_bytes()


def _hash(documents: Iterable[Document]) -> str:
    """The SHA-256 of the texts and spans, in their order."""
    digest = hashlib.sha256()
    for document in documents:
        digest.update(msgspec.json.encode([document.text, sorted(span.key for span in document.spans)]))
    return digest.hexdigest()
