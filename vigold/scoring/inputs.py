"""Gold and predictions from files of any format, brought onto the same text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from vigold.document import Document
from vigold.errors import VigoldError
from vigold.files import Source
from vigold.formats import conll, jsonl, parquet, registry
from vigold.formats.registry import Reading
from vigold.formats.tags import check_decoding
from vigold.scheme import Scheme
from vigold.scoring.arrow import from_arrow
from vigold.scoring.corpus import Corpus, from_documents
from vigold.scoring.reading import read_jsonl

Texts = Mapping[str, str]


class Inputs(NamedTuple):
    """What was read: gold, the predictions of each system, and what a reader of the scores should know of it."""

    gold: Corpus
    systems: dict[str, Corpus]
    remarks: list[str]


class _Raw(NamedTuple):
    """One side as it was read: columns, or documents where tokens may have to be laid onto a text."""

    path: Source
    corpus: Corpus | None
    documents: list[Document]


def read_all(gold: Source, predictions: Mapping[str, Source], how: Reading, strays: bool = False) -> Inputs:
    """Read gold and the predictions of each system.

    CoNLL files take the text of gold, or of the first system, that is in another format; where there is none, their
    tokens must agree in number with those of gold. `strays` keeps fields of gold that documents do not have. Raises
    VigoldError as the readers do and where tokens do not fit.
    """
    check_decoding(how.decoding)
    sides = {"": _read(gold, how, strays), **{name: _read(path, how, False) for name, path in predictions.items()}}
    texts = next((found for side in sides.values() if side.corpus and (found := _texts(side.corpus))), {})
    remarks: list[str] = []
    corpora = {name: side.corpus or _tokens(side, texts, sides[""], how, remarks) for name, side in sides.items()}
    truth = corpora.pop("")
    notes = {key: corpus.notes[key] for corpus in corpora.values() for key in ("decoding",) if key in corpus.notes}
    notes |= {"split": how.split} if how.split else {}
    truth = truth._replace(notes={**truth.notes, **notes})
    return Inputs(truth, corpora, remarks)


def read(path: Source, how: Reading, strays: bool = False) -> Corpus:
    """The corpus of one file or dataset; raises VigoldError as the readers do."""
    side = _read(path, how, strays)
    return side.corpus or from_documents(side.documents, _notes(how))


def check(corpus: Corpus, scheme: Scheme, path: Source, how: Reading) -> None:
    """Raise VigoldError for the first label, attribute or relation type that the scheme does not have."""
    attributes = {name for label in scheme.labels.values() for name in label.attributes}
    names = set(corpus.labels) <= scheme.labels.keys() and set(corpus.types) <= scheme.relations.keys()
    if names and not any(values.keys() - attributes for values in corpus.values):
        return
    for document in registry.read(path, how):
        for problem in scheme.unknown(document):
            raise VigoldError(f"{path}: {jsonl.tell(document, problem)}")


def _read(path: Source, how: Reading, strays: bool) -> _Raw:
    format = registry.told(path)
    if format == "conll":
        return _Raw(path, None, list(registry.read(path, how, format)))
    if how.collapse or format in ("brat", "labelstudio"):
        documents: Any = registry.read(path, how, format)
        return _Raw(path, from_documents(documents, {"format": format}), [])
    if format == "parquet":
        return _Raw(path, from_arrow(parquet.table(path, how.config, how.split), str(path)), [])
    return _Raw(path, read_jsonl(path, max_record=how.max_record, strays=strays), [])


def _texts(corpus: Corpus) -> Texts:
    return {document.id: document.text for document in corpus.documents if document.text is not None}


def _notes(how: Reading) -> dict[str, str]:
    return {"format": "conll", "decoding": how.decoding}


def _tokens(side: _Raw, texts: Texts, gold: _Raw, how: Reading, remarks: list[str]) -> Corpus:
    """The corpus of a CoNLL file on the texts, or on the tokens of gold where that is CoNLL too."""
    theirs = {} if gold.corpus or gold is side else {document.id: document for document in gold.documents}
    found, differing = [], 0
    for document in side.documents:
        text, other = texts.get(document.id), theirs.get(document.id)
        if text is not None:
            document = conll.onto(document, text, str(side.path))
        elif other is not None and other.text != document.text:
            document, count = conll.beside(document, other, str(side.path))
            differing += count
        found.append(document)
    if differing:
        remarks.append(f"{side.path}: {differing:,} tokens are not those of gold")
    return from_documents(found, _notes(how))
