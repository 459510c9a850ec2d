"""The JSON of a result: every key and type that is relied on from outside."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from vigold.document import Document, Relation, Span
from vigold.formats import jsonl
from vigold.scoring import files

SCHEMATA = ("strict", "exact", "partial", "type")
SHARE, COUNT = (float, type(None)), int
INTERVAL = ([float, float], type(None))
SCORE = {"p": SHARE, "r": SHARE, "f1": SHARE, "tp": COUNT, "fp": COUNT, "fn": COUNT, "gold": COUNT, "pred": COUNT}
SCORE |= {"ci": INTERVAL, "ci_p": INTERVAL, "ci_r": INTERVAL}
HALVES = SCORE | {"tp": float, "fp": float, "fn": float}
FOUR = {schema: HALVES if schema == "partial" else SCORE for schema in SCHEMATA}
MUC = dict.fromkeys(("cor", "par", "inc", "mis", "spu"), COUNT)
VALUES = {"accuracy": SHARE, "f1": SHARE, "type_accuracy": SHARE, "matched": COUNT, "unparsable": COUNT}
SYSTEM = {
    "micro": FOUR,
    "macro": {schema: {"f1": SHARE} for schema in SCHEMATA},
    "labels": {"PER": FOUR, "DATE": FOUR, "DOC": FOUR},
    "muc": MUC,
    "values": {"DATE": VALUES, "DOC": VALUES},
    "relations": {"strict": SCORE, "boundaries": SCORE},
}
COMPARISON = {"a": str, "b": str, "metric": str, "delta": float, "ci": INTERVAL, "p": SHARE}
COMPARISON |= {"p_bootstrap": SHARE, "p_holm": SHARE}
RESULT = {"signature": str, "systems": {"one": SYSTEM, "other": SYSTEM}, "comparisons": [COMPARISON] * 4}
CLOSED = ("systems", "micro", "labels", "muc", "relations")
"""Objects with these keys alone; others may say more."""


def misfits(found: Any, shape: Any, place: str = "") -> list[str]:
    """Where JSON is not of a shape: objects and lists of shapes, types, or one of several."""
    if isinstance(shape, tuple):
        return [] if any(not misfits(found, one) for one in shape) else [f"{place}: {found!r}"]
    if isinstance(shape, type):
        return [] if type(found) is shape else [f"{place}: {found!r} is no {shape.__name__}"]
    if type(found) is not type(shape) or (isinstance(shape, list) and len(found) != len(shape)):
        return [f"{place}: {found!r}"]
    keys = range(len(shape)) if isinstance(shape, list) else [key for key in shape if key in found]
    lacking = [f"{place}.{key}: lacks" for key in shape if key not in found] if isinstance(shape, dict) else []
    if place.rpartition(".")[2] in CLOSED:
        lacking += [f"{place}.{key}: not agreed" for key in found if key not in shape]
    return lacking + [fault for key in keys for fault in misfits(found[key], shape[key], f"{place}.{key}")]


@pytest.mark.parametrize("resamples", [0, 50])
def test_the_json_has_the_agreed_shape(tmp_path: Path, resamples: int) -> None:
    spans = (
        Span("s", 0, 4, "PER"),
        Span("t", 5, 9, "DATE", {"type": "DATE", "value": "2023"}),
        Span("u", 10, 14, "DOC", {"doc_type": "Luật", "name": "Luật"}),
    )
    gold = [Document(f"d{n}", spans=spans, relations=(Relation("issued_on", "u", "t"),)) for n in range(3)]
    one = [Document(d.id, spans=(Span("s", n, 4, "PER"), *spans[1:])) for n, d in enumerate(gold)]
    for name, side in (("gold", gold), ("one", one), ("other", gold)):
        jsonl.write(tmp_path / f"{name}.jsonl", side)
    paths = [str(tmp_path / f"{name}.jsonl") for name in ("one", "other")]
    files.write(tmp_path / "s.json", files.score(tmp_path / "gold.jsonl", paths, resamples=resamples))
    record = json.loads((tmp_path / "s.json").read_text())
    assert misfits(record, RESULT) == []
    assert [one["metric"] for one in record["comparisons"]] == list(SCHEMATA)
    system = record["systems"]["one"]
    parts = [system["micro"], *system["labels"].values(), system["relations"], record["systems"]["other"]["micro"]]
    for score in (part[schema] for part in parts for schema in part):
        assert (score["fp"], score["fn"]) == (score["pred"] - score["tp"], score["gold"] - score["tp"])
        assert (score["ci"] is None) == (resamples == 0)
    assert system["micro"]["strict"]["f1"] == 7 / 9
    assert system["muc"] == {"cor": 7, "par": 2, "inc": 0, "mis": 0, "spu": 0}
    assert system["label_units"]["PER"] == 3
    assert record["comparisons"][0]["delta"] == pytest.approx(2 / 9)
