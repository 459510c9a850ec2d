"""Through a real Label Studio server and back: what annotators get is what we wrote, and it comes back the same."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.strategies import documents
from tests.studio_server import Server
from vigold.document import Document
from vigold.formats import jsonl
from vigold.scheme import Scheme, load
from vigold.studio import gold, tasks
from vigold.studio.config import config

pytestmark = pytest.mark.server
RECIPES = load(Path(__file__).parent.parent / "recipes.toml")


@pytest.mark.parametrize("scheme", [load(), RECIPES], ids=lambda scheme: scheme.name)
@settings(max_examples=3, deadline=None, database=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_arbitrary_gold_survives_the_server(
    scheme: Scheme, data: st.DataObject, studio: Server, tmp_path: Path
) -> None:
    corpus = [data.draw(documents(scheme, f"d{n}")) for n in range(8)]
    made = list(tasks.tasks(corpus, scheme, annotations=True))
    project = studio.project("round trip", config(scheme), made)
    found = gold.gold([studio.export(project, tmp_path / "export.json")], scheme)
    assert sorted(found.documents, key=lambda document: document.id) == corpus


def test_the_sample_survives_the_server(studio: Server, tmp_path: Path, sample_gold: list[Document]) -> None:
    made = list(tasks.tasks(sample_gold, load(), annotations=True))
    project = studio.project("sample", config(load()), made)
    found = gold.gold([studio.export(project, tmp_path / "export.json")], load())
    jsonl.write(tmp_path / "gold.jsonl", found.documents)
    assert list(jsonl.read(tmp_path / "gold.jsonl")) == sample_gold
