"""The result of an evaluation: scores of systems and comparisons between them, as data, JSON, table and frame."""

from __future__ import annotations

from typing import Any

import msgspec

from vigold.scoring.bio import Bio
from vigold.scoring.counts import SCHEMATA
from vigold.scoring.metrics import Interval, Mean, Muc, Score

Scores = dict[str, Score]

_ENDS = {"ci": ("f1_low", "f1_high"), "ci_p": ("p_low", "p_high"), "ci_r": ("r_low", "r_high")}


class Label(msgspec.Struct, frozen=True):
    """The scores of one label or slice in every schema, its MUC counts, and how many documents (or clusters) it is in.

    What stands in a single unit has no intervals: resamples show no variation of it.
    """

    strict: Score
    exact: Score
    partial: Score
    type: Score
    muc: Muc
    units: int = 0


class Values(msgspec.Struct, frozen=True):
    """How the values of one label agree, over spans that overlap and are matched within the label (TempEval-3).

    `accuracy` is the share of matched spans with the same value, `f1` accuracy times overlap F1; `attributes` holds
    the accuracy of each attribute over the matched spans where either side has it, and `type_accuracy` that of `type`.
    `unparsable` counts predicted values that the scheme does not allow, `valued` predicted spans with attributes.
    None where gold has no values.
    """

    accuracy: float | None
    f1: float | None
    type_accuracy: float | None
    matched: int
    unparsable: int
    attributes: dict[str, float | None] = {}
    ci_accuracy: Interval = None
    ci_f1: Interval = None
    valued: int = 0


class RelationScore(Score, frozen=True):
    """The score of relations in one schema, with a score for each type."""

    types: Scores = {}


class Comparison(msgspec.Struct, frozen=True):
    """System `b` against system `a` in one schema: the difference of micro F1, its interval, and how sure it is.

    `p` is two-sided by approximate randomisation, `p_bootstrap` by the paired bootstrap, `p_holm` is `p` adjusted for
    all pairs in this schema. `detectable` is the smallest true difference that this corpus would show at the 5 % level
    four times in five. All None without resamples; where the spans stand in a single unit, only `p` and `p_holm` are
    there.
    """

    a: str
    b: str
    metric: str
    delta: float | None
    ci: Interval = None
    p: float | None = None
    p_bootstrap: float | None = None
    p_holm: float | None = None
    detectable: float | None = None


class Record(msgspec.Struct, frozen=True):
    """Against how many systems one is better, worse, or not told apart (Holm-adjusted p < 0.05)."""

    wins: int
    losses: int
    ties: int


class Confusion(msgspec.Struct, frozen=True):
    """How often each gold label (row) was paired with each predicted one (column).

    `counts` has a last column for what was missed and a last row for what is spurious.
    """

    labels: list[str]
    counts: list[list[int]]


class System(msgspec.Struct, frozen=True):
    """All figures of one system; `given` are the labels of gold that it gives, those of others say nothing of it."""

    micro: Scores
    macro: dict[str, Mean]
    muc: Muc
    labels: dict[str, Label]
    values: dict[str, Values] = {}
    relations: dict[str, RelationScore] = {}
    slices: dict[str, dict[str, Label]] = {}
    confusion: Confusion | None = None
    bio: Bio | None = None
    given: list[str] = []

    def gives(self, label: str) -> bool:
        """Whether figures of this label say something of the system."""
        return label in self.given or self.labels[label].strict.pred > 0


class Board(msgspec.Struct, frozen=True):
    """The table of one label group: its labels, and the systems that give all of them, compared on these alone."""

    labels: list[str]
    systems: dict[str, Scores]
    comparisons: list[Comparison] = []
    wins: dict[str, dict[str, Record]] = {}


class Result(msgspec.Struct, frozen=True):
    """The scores of all systems on one gold corpus, with the signature that makes them reproducible.

    `wins` holds, for each schema, the record of each system against the others. `remarks` are what a reader should
    know: collapsed spans, labels that were left out. `boards` has one table a label group where systems do not all
    give the same labels; then only these compare like with like.
    """

    signature: str
    systems: dict[str, System]
    comparisons: list[Comparison] = []
    wins: dict[str, dict[str, Record]] = {}
    remarks: list[str] = []
    boards: list[Board] = []

    def to_dict(self) -> dict[str, Any]:
        """What `vigold score --json` writes; numbers are unrounded.

        `labels` holds the four schemata of each label alone; their MUC counts and units stand beside it, under
        `label_muc` and `label_units`. Over all labels `inc_pred` equals `inc` and is left out.
        """
        found: dict[str, Any] = msgspec.to_builtins(self)
        for system in found["systems"].values():
            del system["muc"]["inc_pred"]
            for key in ("muc", "units"):
                system[f"label_{key}"] = {label: part.pop(key) for label, part in system["labels"].items()}
        return found

    def to_pandas(self) -> Any:
        """A pandas DataFrame: one row a system, label and schema, with every figure; intervals as two columns.

        `given` is False where the system does not give the label, so that its figures say nothing. Behind the labels
        come `micro` and `macro`, of which the latter is F1 alone.
        """
        import pandas as pd

        rows: list[dict[str, Any]] = []
        for name, system in self.systems.items():
            parts = [(label, system.gives(label), msgspec.to_builtins(part)) for label, part in system.labels.items()]
            parts += [(key, True, msgspec.to_builtins(getattr(system, key))) for key in ("micro", "macro")]
            for label, given, part in parts:
                keys = {"system": name, "label": label}
                rows += [keys | {"schema": one, "given": given} | _flat(part[one]) for one in SCHEMATA]
        counts = {"gold": "Int64", "pred": "Int64"} if rows else {}  # whole numbers, though macro rows have none
        return pd.DataFrame(rows).astype(counts)

    def __str__(self) -> str:
        from vigold.scoring.table import as_text

        return as_text(self)

    def _repr_html_(self) -> str:
        from vigold.scoring.table import as_html

        return as_html(self)


def _flat(score: dict[str, Any]) -> dict[str, Any]:
    """A score with each interval as two figures."""
    found = {key: value for key, value in score.items() if key not in _ENDS}
    for key, (low, high) in _ENDS.items():
        if key in score:
            found[low], found[high] = score[key] or (None, None)
    return found
