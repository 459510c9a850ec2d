"""What other commands have measured, for the card: `vigold agree --json` and `vigold score --json`."""

from __future__ import annotations

from typing import NamedTuple, TypeVar

import msgspec

from vigold.errors import VigoldError, shown
from vigold.files import Source, read_bytes

Interval = tuple[float, float] | None
_Read = TypeVar("_Read")


class _F1(msgspec.Struct):
    one: int
    other: int
    exact_f1: float | None = None
    relaxed_f1: float | None = None


class _Value(msgspec.Struct):
    value: float | None = None
    ci: Interval = None


class _Share(msgspec.Struct):
    count: int
    share: float | None = None


class _Overall(msgspec.Struct):
    annotators: tuple[str, ...]
    documents: int
    spans: _F1
    labels: dict[str, _F1]
    alpha: _Value
    values: dict[str, _Share] = {}


class _Agreement(msgspec.Struct):
    overall: _Overall


class _Score(msgspec.Struct):
    pred: int = 0
    p: float | None = None
    r: float | None = None
    f1: float | None = None
    ci: Interval = None


class _System(msgspec.Struct):
    micro: dict[str, _Score]
    labels: dict[str, dict[str, _Score]] = {}


class _Scores(msgspec.Struct):
    signature: str
    systems: dict[str, _System]


class Table(NamedTuple):
    """A table of the card, a sentence before it, and the signature of the figures, if they have one."""

    told: str
    head: tuple[str, ...]
    rows: list[tuple[str, ...]]
    signature: str = ""


def agreement(path: Source) -> Table:
    """The agreement of annotators, label by label; raises VigoldError for a file that `vigold agree` did not write."""
    found = _read(path, _Agreement, "vigold agree --json").overall
    told = f"{len(found.annotators)} annotators on {found.documents:,} documents; exact F1 counts spans with the same "
    told += "edges and label, relaxed F1 those that overlap. "
    told += f"Krippendorff's unitizing alpha over all labels is {_decimal(found.alpha)}."
    rows = [("all", *_f1(found.spans)), *((label, *_f1(one)) for label, one in found.labels.items())]
    rows += [(f"{name} (same value)", f"{v.count:,}", _percent(v.share), "–") for name, v in found.values.items()]
    return Table(told, ("what", "spans", "exact F1", "relaxed F1"), rows)


def baselines(path: Source) -> Table:
    """Strict scores of the systems with intervals; raises VigoldError for a file that `vigold score` did not write."""
    found = _read(path, _Scores, "vigold score --json")
    told = "Edges and label must agree. The row of a system counts all labels, those that it does not give as missed;"
    told += " rows by label are of those that it predicts. Intervals are 95 %, from a bootstrap over documents."
    rows = []
    for name, system in found.systems.items():
        if "strict" not in system.micro:
            raise VigoldError(f"{path}: system {shown(name)} has no strict scores; is it of `vigold score --json`?")
        rows.append((name, *_prf(system.micro["strict"])))
        rows += [(f"{name}, {label}", *_prf(s["strict"])) for label, s in system.labels.items() if _predicted(s)]
    return Table(told, ("system", "precision", "recall", "F1"), rows, found.signature)


def _predicted(scores: dict[str, _Score]) -> bool:
    return "strict" in scores and scores["strict"].pred > 0


def _read(path: Source, kind: type[_Read], command: str) -> _Read:
    try:
        return msgspec.json.decode(read_bytes(path), type=kind)
    except msgspec.MsgspecError as error:
        raise VigoldError(f"{path}: not what `{command}` writes: {error}") from None


def _f1(one: _F1) -> tuple[str, ...]:
    return f"{one.one:,}, {one.other:,}", _percent(one.exact_f1), _percent(one.relaxed_f1)


def _prf(score: _Score) -> tuple[str, ...]:
    ends = f" [{_percent(score.ci[0])}, {_percent(score.ci[1])}]" if score.ci else ""
    return _percent(score.p), _percent(score.r), _percent(score.f1) + ends


def _percent(value: float | None) -> str:
    return "–" if value is None else f"{100 * value:.1f}"


def _decimal(alpha: _Value) -> str:
    ends = f" [{alpha.ci[0]:.3f}, {alpha.ci[1]:.3f}]" if alpha.ci else ""
    return "not defined" if alpha.value is None else f"{alpha.value:.3f}{ends}"
