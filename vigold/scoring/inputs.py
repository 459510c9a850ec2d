"""Gold and predictions from files of any format, or as documents, brought onto the same text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

import msgspec

from vigold.document import Document, problems
from vigold.errors import VigoldError
from vigold.files import Source
from vigold.formats import conll, jsonl, parquet, registry
from vigold.formats.arrow_types import checked
from vigold.formats.given import is_path
from vigold.formats.registry import Reading
from vigold.formats.tags import check_decoding
from vigold.scheme import Scheme
from vigold.scoring.arrow import from_arrow
from vigold.scoring.corpus import Corpus, from_documents
from vigold.scoring.joining import Input, as_corpus
from vigold.scoring.reading import read_jsonl

Texts = Mapping[str, str]
Given = Source | Input


class Inputs(NamedTuple):
    """What was read: gold, the predictions of each system, and what a reader of the scores should know of it."""

    gold: Corpus
    systems: dict[str, Corpus]
    remarks: list[str]


class _Raw(NamedTuple):
    """One side as it was read: columns, or documents where tokens may have to be laid onto a text."""

    place: str
    corpus: Corpus | None
    documents: list[Document]
    format: str = "conll"


def read_all(gold: Given, predictions: Mapping[str, Given], how: Reading, strays: bool = False) -> Inputs:
    """Gold and the predictions of each system, read where they are paths.

    Files of tokens (CoNLL and its like) take the text of gold, or of the first system, that is in another format;
    where there is none, their tokens must agree in number with those of gold. `strays` keeps fields of gold that
    documents do not have. Raises VigoldError as the readers do, where tokens do not fit, and for a split or
    configuration that nothing has.
    """
    check_decoding(how.decoding)
    _refuse_split((gold, *predictions.values()), how)
    remarks: list[str] = []
    how = how._replace(remarks=remarks)
    sides = {"": _read(gold, "gold", how, strays, True)}
    guesses = how._replace(predicted=True)
    sides |= {name: _read(given, f"system {name}", guesses) for name, given in predictions.items()}
    whole = [side.corpus for side in sides.values() if side.corpus]
    texts = next((found for one in whole if (found := _texts(one))), {}) if len(whole) < len(sides) else {}
    corpora = {name: side.corpus or _tokens(side, texts, sides[""], how, remarks) for name, side in sides.items()}
    truth = corpora.pop("")
    notes = {key: corpus.notes[key] for corpus in corpora.values() for key in ("decoding",) if key in corpus.notes}
    notes |= {"from": told} if (told := how.corpus or how.format) else {}
    notes |= {"split": how.split} if how.split else {}
    notes |= {"duplicates": "collapse"} if how.collapse else {}
    truth = truth._replace(notes={**truth.notes, **notes})
    systems = {name: _filed(corpus, predictions[name]) for name, corpus in corpora.items()}
    return Inputs(truth, systems, list(dict.fromkeys(remarks)))


def read(path: Source, how: Reading, strays: bool = False) -> Corpus:
    """The corpus of one file or dataset; raises VigoldError as the readers do."""
    side = _read(path, str(path), how, strays)
    return side.corpus or from_documents(side.documents, _notes(how, side.format), f"{path}: ")


def check(corpus: Corpus, scheme: Scheme, path: Source, how: Reading, is_gold: bool = False) -> None:
    """Raise VigoldError for the first label, attribute or relation type that the scheme does not have."""
    attributes = {name for label in scheme.labels.values() for name in label.attributes}
    names = set(corpus.labels) <= scheme.labels.keys() and set(corpus.types) <= scheme.relations.keys()
    if names and not any(values.keys() - attributes for values in corpus.values):
        return
    for document in registry.read(path, how, _format(path, how, is_gold)):
        for problem in scheme.unknown(document):
            raise VigoldError(f"{path}: {jsonl.tell(document, problem)}")


def _refuse_split(sides: Iterable[Given], how: Reading) -> None:
    """A split or configuration that is asked for must be one of some dataset; else another set would be scored."""
    if how.split is None and how.config is None:
        return
    paths = [side for side in sides if is_path(side)]
    if not any(registry.told(path) == "parquet" and not Path(path).is_file() for path in paths):
        names = ", ".join(dict.fromkeys(map(str, paths))) or "the documents that were given"
        raise VigoldError(f"--split and --config choose a part of a folder or Hub dataset of Parquet, not of {names}")


def _format(given: Source, how: Reading, is_gold: bool) -> str:
    """The format of a file by its content; or that of `how`, which is of gold or, if of tokens, of files of tokens."""
    told = registry.told(given)
    if how.format is None:
        return told
    fits = told in registry.OF_TOKENS if how.format in registry.OF_TOKENS else is_gold
    return how.format if fits else told


def _read(given: Given, name: str, how: Reading, strays: bool = False, is_gold: bool = False) -> _Raw:
    if not is_path(given):
        return _Raw(name, as_corpus(given, name, strays), [])
    place, format = str(given), _format(given, how, is_gold)
    if format in registry.OF_TOKENS:
        plain = how._replace(collapse=False, raw=True)
        return _Raw(place, None, [_sound(one, place) for one in registry.read(given, plain, format)], format)
    if format == "parquet":
        return _arrow(given, place, how, strays)
    if how.collapse or format != "jsonl":
        documents = registry.read(given, how, format)
        return _Raw(place, from_documents(documents, {"format": format}, f"{place}: "), [])
    return _Raw(place, read_jsonl(given, max_record=how.max_record, strays=strays), [])


def _arrow(given: Source, place: str, how: Reading, strays: bool) -> _Raw:
    """Documents with their spans, or tokens with tags: what the columns say; with `strays` also those of no field."""
    found = parquet.loaded(given, how.config, how.split)
    rows = registry.token_table(found, given, how._replace(collapse=False, raw=True))
    if rows is not None:
        return _Raw(place, None, [_sound(one, place) for one in rows], "hf-tokens")
    if how.collapse or strays:
        documents = registry.read(given, how, "parquet")
        return _Raw(place, from_documents(documents, {"format": "parquet"}, f"{place}: "), [])
    return _Raw(place, from_arrow(checked(found, place), place), [])


def _sound(document: Document, place: str) -> Document:
    """A document of tokens, whose text is made of them and need not be canonical; raises VigoldError for the rest."""
    if problem := next(problems(msgspec.structs.replace(document, text=None)), None):
        raise VigoldError(f"{place}: {jsonl.tell(document, problem)}")
    return document


def _filed(corpus: Corpus, given: Given) -> Corpus:
    """The corpus with the file that it is of, for messages."""
    return corpus._replace(notes={**corpus.notes, "file": str(given)}) if is_path(given) else corpus


def _texts(corpus: Corpus) -> Texts:
    return {document.id: document.text for document in corpus.documents if document.text is not None}


def _notes(how: Reading, format: str) -> dict[str, str]:
    return {"format": format, "decoding": how.decoding}


def _tokens(side: _Raw, texts: Texts, gold: _Raw, how: Reading, remarks: list[str]) -> Corpus:
    """The corpus of a file of tokens on the texts, or on the tokens of gold where that is made of tokens too."""
    theirs = {} if gold.corpus or gold is side else {document.id: document for document in gold.documents}
    found, differing = [], 0
    for document in side.documents:
        text, other = texts.get(document.id), theirs.get(document.id)
        if text is not None:
            document = conll.onto(document, text, side.place)
        elif other is not None and other.text != document.text:
            document, count = _beside(document, other, side.place, side.format != gold.format)
            differing += count
        found.append(document)
    if differing:
        remarks.append(f"{side.place}: {differing:,} tokens are not those of gold")
    return from_documents(found, _notes(how, side.format), f"{side.place}: ")


def _beside(document: Document, other: Document, place: str, foreign: bool) -> tuple[Document, int]:
    """The document on the tokens of gold; or on its text, where one joins syllables by `_` or is in another format."""
    joined = foreign or "_" in f"{document.text}{other.text}"
    if joined and other.text is not None and conll.alike(document, other.text):
        return conll.onto(document, other.text, place), 0
    return conll.beside(document, other, place)
