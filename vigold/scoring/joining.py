"""Predictions laid beside gold: joined by id, never by position, with labels numbered alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Literal, NamedTuple

import numpy as np

from vigold.document import Document, problems
from vigold.errors import VigoldError
from vigold.formats import given
from vigold.formats.jsonl import tell
from vigold.formats.wording import on_one_line
from vigold.scoring.corpus import Corpus, Relations, from_documents, relabelled
from vigold.scoring.reading import clean_ids, sound
from vigold.scoring.shelf import differing, lengths

Missing = Literal["error", "empty"]
Unknown = Literal["error", "drop"]
Input = Corpus | Iterable[Document]


class Sides(NamedTuple):
    """Gold and the predictions of each system, over the same documents, with the same labels and relation types."""

    gold: Corpus
    systems: dict[str, Corpus]


def as_corpus(documents: Input, name: str, strays: bool = False) -> Corpus:
    """The corpus of one side: documents, a `datasets.Dataset`, or a corpus as it is.

    `strays` keeps the columns of a dataset that are no field of a document, as `meta`.
    Raises VigoldError, which begins with `name`, for what is no document, for an id that stands twice and for what
    breaks an invariant (`vigold.document.problems`).
    """
    if isinstance(documents, Corpus):
        return documents
    if hasattr(documents, "with_format"):
        from vigold.scoring.arrow import of_dataset

        return of_dataset(documents, name, strays)
    listed = list(given.documents(documents, name))
    try:
        return _of_documents(listed, name)
    except (TypeError, ValueError, AttributeError):
        for document in listed:
            given.validated(document, name)
        raise


def _of_documents(listed: list[Document], name: str) -> Corpus:
    seen: set[str] = set()
    for document in listed:
        if document.id in seen:
            raise VigoldError(f"{name}: document {on_one_line(document.id)} stands twice")
        seen.add(document.id)
        ids = [span.id for span in document.spans]
        if document.relations or len(set(ids)) < len(ids) or not clean_ids(ids):
            _refuse(document, name)
    corpus = from_documents(listed, place=f"{name}: ")
    values = (items.items() for items in corpus.values)
    amiss = any(next(problems(document), None) for document in corpus.documents)
    if amiss or (listed and not sound(corpus.documents, corpus.spans, corpus.labels, values)):
        for document in listed:
            _refuse(document, name)
    return corpus


def _refuse(document: Document, name: str) -> None:
    if problem := next(problems(document), None):
        raise VigoldError(f"{name}: {tell(document, problem)}")


def join(
    gold: Corpus,
    predictions: Mapping[str, Corpus],
    missing: Missing,
    unknown: Unknown,
    remarks: list[str] | None = None,
) -> Sides:
    """Every system on the documents of gold.

    `missing="empty"` counts a document without prediction as all missed, `unknown="drop"` leaves out predictions for
    documents that gold does not have; else both raise VigoldError, as do texts that differ and spans past the text.
    `remarks` is told how many there were.
    """
    for name, corpus in {"gold": gold, **predictions}.items():
        if len(set(corpus.ids)) < len(corpus.ids):
            doubled = next(one for one, count in Counter(corpus.ids).items() if count > 1)
            raise VigoldError(f"{name}: document {on_one_line(doubled)} stands twice")
    notes: list[str] = [] if remarks is None else remarks
    beside = {
        name: _beside(gold, corpus, _place(name, corpus), missing, unknown, notes)
        for name, corpus in predictions.items()
    }
    everyone = [gold, *beside.values()]
    labels = sorted({label for corpus in everyone for label in corpus.labels})
    types = sorted({kind for corpus in everyone for kind in corpus.types})
    systems = {name: relabelled(corpus, labels, types) for name, corpus in beside.items()}
    return Sides(relabelled(gold, labels, types), systems)


def _place(name: str, corpus: Corpus) -> str:
    """A system in a message, with its file where it was read from one."""
    return f"system {name}" + (f" ({corpus.notes['file']})" if "file" in corpus.notes else "")


def _beside(
    gold: Corpus, predicted: Corpus, name: str, missing: Missing, unknown: Unknown, remarks: list[str]
) -> Corpus:
    ids, own = gold.ids, predicted.ids
    if ids != own:
        predicted = _rearranged(gold, predicted, name, missing, unknown)
        absent, strange = len(set(ids) - set(own)), len(set(own) - set(ids))
        remarks += [f"{name}: {absent:,} of {len(ids):,} documents without a prediction count as empty"] * bool(absent)
        remarks += [f"{name}: {strange:,} documents that gold does not have left out"] * bool(strange)
    if (place := differing(gold.documents, predicted.documents)) is not None:
        raise VigoldError(f"{name}: document {on_one_line(ids[place])} was predicted on another text than gold has")
    _inside(gold, predicted, name)
    return predicted


def _rearranged(gold: Corpus, predicted: Corpus, name: str, missing: Missing, unknown: Unknown) -> Corpus:
    place = {key: n for n, key in enumerate(gold.ids)}
    own = predicted.ids
    if unknown == "error" and (strange := set(own) - place.keys()):
        raise VigoldError(
            f"{name}: document {on_one_line(min(strange))} is not in gold (--unknown drop leaves such ones out)"
        )
    if missing == "error" and (absent := place.keys() - set(own)):
        raise VigoldError(
            f"{name}: no prediction for document {on_one_line(min(absent))} (--missing empty counts it as all missed)"
        )
    target = np.array([place.get(key, -1) for key in own], dtype=np.int64)
    documents = [Document(key) for key in place]
    for n, at in enumerate(target.tolist()):
        if at >= 0:
            documents[at] = predicted.documents[n]
    document = target[predicted.spans.document]
    rows = np.flatnonzero(document >= 0)
    # Both sides are sorted by id, so the spans that stay keep their order.
    new = np.full(len(document), -1, np.int64)
    new[rows] = np.arange(len(rows))
    relations = predicted.relations
    kept = target[relations.document] >= 0
    related = Relations(
        target[relations.document[kept]], relations.type[kept], new[relations.head[kept]], new[relations.tail[kept]]
    )
    spans = predicted.spans._replace(document=document).take(rows)
    return predicted._replace(documents=documents, spans=spans, attrs=predicted.attrs[rows], relations=related)


def _inside(gold: Corpus, predicted: Corpus, name: str) -> None:
    """Where only gold has the text, its length is what predicted spans must keep to."""
    length = lengths(gold.documents, np.iinfo(np.int64).max)
    spans = predicted.spans
    past = np.flatnonzero(spans.end > length[spans.document]) if len(length) else np.empty(0, np.int64)
    if len(past):
        row = past[0]
        document = gold.documents[spans.document[row]]
        place = f"[{spans.start[row]}, {spans.end[row]})"
        size = len(document.text or "")
        raise VigoldError(
            f"{name}: document {on_one_line(document.id)}: span {place} is outside the text of {size} characters"
        )
