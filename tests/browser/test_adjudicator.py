"""An adjudicator in a real browser: sees who said what, decides, and only then is the document gold."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.review.made import GOLD, LOC, PER, SCHEME, export, span, version, write
from tests.studio_server import Server
from vigold.document import Document
from vigold.review import annotators
from vigold.review.adjudication import adjudicate, settled
from vigold.studio import gold
from vigold.studio.config import config

pytestmark = [pytest.mark.browser, pytest.mark.server]


def test_a_dispute_is_decided(studio: Server, page: Any, tmp_path: Path) -> None:
    agreed = Document("a2", GOLD.text, spans=(PER,))
    shorter = span("Lào Cai", "LOC", key="m")
    made = export({"1": version(PER, LOC), "2": version(PER, shorter)}, {"1": agreed, "2": agreed})
    reading = annotators.read([write(tmp_path / "export.json", made)], SCHEME)
    tasks = [item.task for item in adjudicate(reading, SCHEME)]
    project = studio.project("third pass", config(SCHEME), tasks)
    page.goto(f"{studio.url}/projects/{project}/data?labeling=1")
    page.locator(".lsf-htx-richtext").first.wait_for()
    rows = page.locator(".lsf-outliner-item")

    rows.filter(has_text="tỉnh Lào Cai").click()
    page.get_by_text("1: LOC [73, 85) “tỉnh Lào Cai” · 2: LOC [78, 85) “Lào Cai”").wait_for()
    page.screenshot(path=str(tmp_path / "page.png"))
    page.get_by_label("Edit region's meta").click()
    page.locator("textarea.lsf-detailed-region__meta-text").fill("xong")
    page.keyboard.press("Enter")
    rows.filter(has_text="Lào Cai").filter(has_not_text="tỉnh").click()
    page.get_by_label("Delete selected region").click()
    with page.expect_response(lambda answer: "/annotations" in answer.url and answer.request.method == "POST"):
        page.get_by_test_id("bottombar-submit-button").click()

    found = gold.gold([studio.export(project, tmp_path / "third.json")], SCHEME)
    kept, left = settled(found.documents)
    assert left == []
    assert {document.id: {s.key for s in document.spans} for document in kept} == {
        "a1": {PER.key, LOC.key},
        "a2": {PER.key},
    }
