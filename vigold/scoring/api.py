"""Scores as `vigold.score` gives them: of documents, of files, or of both beside each other."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

from vigold.errors import VigoldError, shown
from vigold.formats.given import is_path, kind
from vigold.formats.registry import Reading
from vigold.scheme import Scheme, load
from vigold.scoring import inputs
from vigold.scoring.evaluate import Options, convert, evaluate
from vigold.scoring.inputs import Given
from vigold.scoring.result import Result
from vigold.scoring.slices import KNOWN

_CALL = "vigold.score(gold, {name: predictions})"


def score(
    gold: Given,
    predictions: Mapping[str, Given],
    *,
    scheme: Scheme | str | Path | None = None,
    train: Given | None = None,
    **options: Any,
) -> Result:
    """The result of `vigold.scoring.evaluate.evaluate`, with each side read where it is a path.

    Raises VigoldError for what is no mapping of names to predictions, for what cannot be read, and as `evaluate` does.
    """
    _refuse(predictions)
    named: dict[str, Any] = {name: options.pop(name) for name in ("corpus", "given") if name in options}
    chosen = convert(options)
    how = Reading()
    found = inputs.read_all(gold, predictions, how, strays=strays(chosen))
    if train is not None:
        named["train"] = inputs.read(train, how) if is_path(train) else train
    if is_path(gold):
        named.setdefault("corpus", Path(gold).stem)
    if not (scheme is None or isinstance(scheme, Scheme) or is_path(scheme)):
        raise VigoldError(f"{_CALL}: scheme: expected a Scheme or the path of one, found {kind(scheme)}")
    rules = scheme if isinstance(scheme, Scheme | None) else load(Path(scheme))
    result = evaluate(found.gold, found.systems, scheme=rules, **named, **options)
    return msgspec.structs.replace(result, remarks=[*found.remarks, *result.remarks])


def strays(options: Options) -> bool:
    """Whether fields are asked for that documents do not have, and that their reader would pass over."""
    return bool({*options.by, options.cluster} - {None, "all", *KNOWN})


def _refuse(predictions: object) -> None:
    if not isinstance(predictions, Mapping):
        raise VigoldError(f"{_CALL}: expected predictions by the names of their systems, found {kind(predictions)}")
    if not predictions:
        raise VigoldError(f"{_CALL}: no predictions; there must be those of one system at least")
    for name in predictions:
        if not isinstance(name, str) or not name.strip():
            raise VigoldError(f"{_CALL}: the name of a system must be text, found {shown(name)}")
