"""Gold → tasks with annotations → export → gold gives the same documents, under any scheme."""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.strategies import documents
from vigold.document import Document
from vigold.formats import labelstudio
from vigold.scheme import Scheme, load
from vigold.studio import gold, tasks

SCHEMES = [load(), load(Path(__file__).parent.parent / "recipes.toml")]


def exported(made: list[dict[str, Any]]) -> str:
    """What a server exports of imported tasks: ids everywhere, predictions as ids only."""
    for number, task in enumerate(made, 1):
        task["id"] = number
        for annotation in task.get("annotations", []):
            annotation |= {"id": 100 + number, "completed_by": 1, "was_cancelled": False, "ground_truth": False}
        task["predictions"] = [number for _ in task.get("predictions", [])]
    return json.dumps(made)


@pytest.mark.parametrize("scheme", SCHEMES, ids=lambda scheme: scheme.name)
@settings(deadline=None)
@given(data=st.data())
def test_the_loop_is_the_identity(scheme: Scheme, data: st.DataObject) -> None:
    corpus = [data.draw(documents(scheme, f"d{n}")) for n in range(data.draw(st.integers(1, 3)))]
    with TemporaryDirectory() as folder:
        path = Path(folder) / "export.json"
        path.write_text(exported(list(tasks.tasks(corpus, scheme, annotations=True))), "utf-8")
        found = gold.gold([path], scheme)
    assert found.documents == corpus
    assert not found.dropped


@given(documents(load()))
def test_predictions_read_back_as_they_were(document: Document) -> None:
    scheme = load()
    (task,) = tasks.tasks([document], scheme, predictions={document.id: document}, model="m")
    (prediction,) = task["predictions"]
    read, faults = labelstudio.document(task, prediction, scheme)
    assert (read, faults, prediction["model_version"]) == (document, [], "m")
