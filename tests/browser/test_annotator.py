"""An annotator opens a pre-annotated task in a real browser: what is submitted is what was shown."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import chromium
from tests.studio_server import Server
from vigold.document import Document
from vigold.scheme import load
from vigold.studio import gold, tasks
from vigold.studio.config import config

pytestmark = [pytest.mark.browser, pytest.mark.server]

FLAGS = "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
FLAGS += " --disable-component-update --disable-sync"


@pytest.fixture
def page(studio: Server, tmp_path: Path) -> Iterator[Any]:
    """A page of a logged-in annotator."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        context = play.chromium.launch_persistent_context(
            str(tmp_path / "profile"),
            executable_path=chromium(),
            headless=True,
            viewport={"width": 1440, "height": 1000},
            args=FLAGS.split(),
        )
        page = context.pages[0]
        page.set_default_timeout(60_000)
        page.goto(f"{studio.url}/user/login/")
        page.fill("input[name=email]", studio.people[1].email)
        page.fill("input[name=password]", studio.people[1].password)
        page.click("button[type=submit]")
        page.wait_for_url(lambda url: "/login" not in url)
        yield page
        context.close()


def test_pre_annotations_are_submitted_as_they_are(
    studio: Server, page: Any, tmp_path: Path, sample_gold: list[Document]
) -> None:
    document = sample_gold[0]
    made = list(tasks.tasks([document], load(), predictions={document.id: document}, model="sample"))
    project = studio.project("browser", config(load()), made)
    page.goto(f"{studio.url}/projects/{project}/data?labeling=1")
    text = page.locator(".lsf-htx-richtext").first
    text.wait_for()
    assert text.inner_text().split() == (document.text or "").split()
    page.get_by_text(document.surface(document.spans[0]), exact=False).first.click()
    page.screenshot(path=str(tmp_path / "page.png"))
    with page.expect_response(lambda answer: "/annotations" in answer.url and answer.request.method == "POST"):
        page.get_by_test_id("bottombar-submit-button").click()
    (found,) = gold.gold([studio.export(project, tmp_path / "export.json")], load()).documents
    assert found.text == document.text
    assert set(found.relations) == set(document.relations)
    assert {(span.id, span.key): span.attrs for span in found.spans} == {
        (span.id, span.key): span.attrs for span in document.spans
    }
