"""Damaged exports end in a named error or a reported drop; what is read holds its invariants and loses nothing."""

from __future__ import annotations

import copy
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.review.made import GOLD, PER, ROLE, SCHEME, export, version, write
from vigold.document import problems
from vigold.errors import VigoldError
from vigold.review import annotators
from vigold.review.adjudication import adjudicate
from vigold.review.agreement import agreement

EXPORT = export({"1": GOLD, "2": version(ROLE, PER)})
JUNK: list[Any] = [None, 5, -1, 2.5, True, "", "x", "⚑", [], {}, [None], {"text": 3}, ["a", "b"], {"id": [1]}]


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to everything in an export, but for a document's own meta, which may be anything."""
    if path and path[-1] != "meta":
        yield path
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in inner:
        yield from places(part, (*path, key))


PLACES = [path for path in places(EXPORT) if "meta" not in path]


@settings(deadline=None, max_examples=300)
@given(
    st.lists(st.tuples(st.sampled_from(PLACES), st.sampled_from(JUNK), st.booleans()), min_size=1, max_size=3),
    st.booleans(),
)
def test_damage_is_told(damage: list[tuple[tuple[Any, ...], Any, bool]], lenient: bool) -> None:
    made = copy.deepcopy(EXPORT)
    for path, junk, gone in damage:
        _break(made, path, junk, gone)
    with tempfile.TemporaryDirectory() as folder, suppress(VigoldError):
        reading = annotators.read([write(Path(folder) / "e.json", made)], SCHEME, lenient=lenient)
        for documents in reading.versions.values():
            assert not [problem for document in documents.values() for problem in problems(document)]
        for item in adjudicate(reading, SCHEME):
            regions = (item.task.get("predictions") or item.task["annotations"])[0]["result"]
            marked = {s.key for d in reading.tasks[item.id].documents.values() for s in d.spans}
            if item.state == "disputed":
                assert len([r for r in regions if r.get("type") == "labels"]) == len(marked)
        agreement(reading.versions, resamples=5)


def test_what_nests_deeper_than_python_goes_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    deep: Any = []
    for _ in range(5000):
        deep = [deep]
    # How deep a decoder goes differs between versions of Python, and may be deeper than all that reads its answer.
    made = copy.deepcopy(EXPORT)
    made[0]["annotations"][0]["result"].append(deep)
    monkeypatch.setattr("vigold.formats.exports.read", lambda path: made)
    with pytest.raises(VigoldError, match=r"e\.json: task 1: lists or objects are nested too deeply"):
        annotators.read(["e.json"], SCHEME)


def _break(made: Any, path: tuple[Any, ...], junk: Any, gone: bool) -> None:
    for key in path[:-1]:
        try:
            made = made[key]
        except (KeyError, IndexError, TypeError):
            return
    try:
        if gone and isinstance(made, dict):
            del made[path[-1]]
        else:
            made[path[-1]] = copy.deepcopy(junk)
    except (KeyError, IndexError, TypeError):
        return
