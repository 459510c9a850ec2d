"""Predictions against gold: joined by id, counted on columns, one result."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Literal

import msgspec
import numpy as np

from vigold.document import Document
from vigold.errors import VigoldError
from vigold.scoring.columns import columns, fingerprint, found
from vigold.scoring.metrics import Score, macro_f1, score
from vigold.version import __version__


class System(msgspec.Struct, frozen=True):
    """The strict scores of one system: over all spans, over labels, and for each label."""

    micro: Score
    macro_f1: float | None
    labels: dict[str, Score]


class Result(msgspec.Struct, frozen=True):
    """The scores of all systems on one gold corpus, with the signature that makes them reproducible."""

    signature: str
    systems: dict[str, System]

    def to_dict(self) -> dict[str, Any]:
        """What `vigold score --json` writes; numbers are unrounded."""
        return {
            "signature": self.signature,
            "systems": {
                name: {
                    "micro": {"strict": msgspec.to_builtins(system.micro)},
                    "macro": {"strict": {"f1": system.macro_f1}},
                    "labels": {label: {"strict": msgspec.to_builtins(s)} for label, s in system.labels.items()},
                }
                for name, system in self.systems.items()
            },
        }

    def to_pandas(self) -> Any:
        """A pandas DataFrame, one row a system and label, with micro under the label `micro`."""
        import pandas as pd

        return pd.DataFrame(
            {"system": name, "label": label, **msgspec.to_builtins(value)}
            for name, system in self.systems.items()
            for label, value in (*system.labels.items(), ("micro", system.micro))
        )

    def __str__(self) -> str:
        from vigold.scoring.table import as_text

        return as_text(self)

    def _repr_html_(self) -> str:
        from vigold.scoring.table import as_html

        return as_html(self)


def evaluate(
    gold: Iterable[Document],
    predictions: Mapping[str, Iterable[Document]],
    *,
    corpus: str = "gold",
    missing: Literal["error", "empty"] = "error",
    unknown: Literal["error", "drop"] = "error",
) -> Result:
    """Strict span precision, recall and F1 of every system: micro, macro and for each label.

    Documents are joined by id. `missing="empty"` counts a document without prediction as all missed,
    `unknown="drop"` leaves out predictions for documents that gold does not have; else both raise VigoldError,
    as do ids that stand twice and texts that differ.
    """
    truth = _by_id(gold, "gold")
    codes: dict[str, int] = {}
    gold_columns = columns(list(truth.values()), codes)
    systems = {}
    for name, documents in predictions.items():
        joined = _join(truth, _by_id(documents, name), name, missing, unknown)
        predicted = columns(joined, codes)
        hits = found(gold_columns, predicted)
        size = len(codes)
        tallies = (gold_columns.label[hits], gold_columns.label, predicted.label)
        tp, support, given = (np.bincount(tally, minlength=size).tolist() for tally in tallies)
        labels = {label: score(tp[code], support[code], given[code]) for label, code in codes.items()}
        micro = score(sum(tp), sum(support), sum(given))
        systems[name] = System(micro, macro_f1(list(labels.values())), labels)
    ordered = {name: _with_all(system, gold_columns.label, codes) for name, system in systems.items()}
    options = {"corpus": f"{corpus}#{fingerprint(truth.values())}", "documents": len(truth), "labels": "all"}
    options |= {"layer": "all", "match": "strict", "missing": missing, "version": __version__}
    return Result("|".join(f"{key}:{value}" for key, value in options.items()), ordered)


def _by_id(documents: Iterable[Document], name: str) -> dict[str, Document]:
    found: dict[str, Document] = {}
    for document in documents:
        if found.setdefault(document.id, document) is not document:
            raise VigoldError(f"{name}: document {document.id} stands twice")
    return found


def _join(
    gold: dict[str, Document], predictions: dict[str, Document], name: str, missing: str, unknown: str
) -> list[Document]:
    """The predictions in the order of gold, with an empty one where there is none."""
    if unknown == "error" and (strange := predictions.keys() - gold.keys()):
        raise VigoldError(f"{name}: document {min(strange)} is not in gold (--unknown drop leaves such ones out)")
    if missing == "error" and (absent := gold.keys() - predictions.keys()):
        raise VigoldError(f"{name}: no prediction for document {min(absent)} (--missing empty counts it as all missed)")
    for key, document in predictions.items():
        text = gold[key].text if key in gold else None
        if text is not None and document.text is not None and text != document.text:
            raise VigoldError(f"{name}: document {key} was predicted on another text than gold has")
    return [predictions.get(key) or Document(key) for key in gold]


def _with_all(system: System, gold_labels: Any, codes: dict[str, int]) -> System:
    """The system with every label of the corpus or of any system, sorted by support and then by name."""
    support = np.bincount(gold_labels, minlength=len(codes)).tolist()
    order = sorted(codes, key=lambda label: (-support[codes[label]], label))
    labels = {label: system.labels.get(label) or score(0, support[codes[label]], 0) for label in order}
    return msgspec.structs.replace(system, labels=labels)
