"""People at the labelling page of a real browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import chromium
from tests.studio_server import Server

FLAGS = "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
FLAGS += " --disable-component-update --disable-sync"

# Where the words stand on the screen: the middle of the left edge of the first line and of the right edge of the last.
PLACE = """words => {
  const walk = document.createTreeWalker(document.querySelector(".lsf-htx-richtext"), NodeFilter.SHOW_TEXT);
  const nodes = []; let all = "";
  while (walk.nextNode()) { nodes.push([walk.currentNode, all.length]); all += walk.currentNode.data; }
  const start = all.indexOf(words), end = start + words.length, range = document.createRange();
  range.setStart(...nodes.filter(([n, at]) => at <= start).map(([n, at]) => [n, start - at]).at(-1));
  range.setEnd(...nodes.filter(([n, at]) => at < end).map(([n, at]) => [n, end - at]).at(-1));
  const lines = [...range.getClientRects()], [a, b] = [lines[0], lines.at(-1)];
  return [a.left, (a.top + a.bottom) / 2, b.right, (b.top + b.bottom) / 2];
}"""


class Annotator:
    """Somebody who has logged in; `strangers` are the addresses of other places that the pages asked for something."""

    def __init__(self, page: Any, studio: Server, number: int) -> None:
        self.page, self.url = page, studio.url
        self.strangers: list[str] = []
        page.set_default_timeout(30_000)
        page.on("request", self._look)
        page.goto(f"{studio.url}/user/login/")
        page.fill("input[name=email]", studio.people[number].email)
        page.fill("input[name=password]", studio.people[number].password)
        page.click("button[type=submit]")
        page.wait_for_url(lambda url: "/login" not in url)

    def open(self, project: int) -> None:
        """The project, “Label All Tasks”, the instructions closed; the text of the task is there afterwards."""
        self.page.goto(f"{self.url}/projects/{project}/data")
        self.page.get_by_text("Label All Tasks").click()
        self.text.wait_for()
        instructions = self.page.get_by_text("Hướng dẫn gán nhãn")
        instructions.wait_for()
        self.press("Escape")
        instructions.wait_for(state="hidden")

    @property
    def text(self) -> Any:
        return self.page.locator(".lsf-htx-richtext").first

    @property
    def regions(self) -> list[str]:
        """Label and words of every region, as the list beside the text shows them."""
        self.page.locator(".lsf-tree__node").first.wait_for()
        return [" ".join(one.inner_text().split()[1:]) for one in self.page.locator(".lsf-tree__node").all()]

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)
        self.page.wait_for_timeout(150)

    def mark(self, hotkey: str, words: str) -> None:
        """Choose a label, drag the mouse over the words."""
        self.press("Escape")
        self.press(hotkey)
        left, top, right, bottom = self.page.evaluate(PLACE, words)
        self.page.mouse.move(left + 1, top)
        self.page.mouse.down()
        self.page.mouse.move((left + right) / 2, (top + bottom) / 2, steps=3)
        self.page.mouse.move(right - 1, bottom, steps=3)
        self.page.mouse.up()
        self.page.wait_for_timeout(150)
        self.press("Escape")

    def select(self, words: str) -> None:
        left, top, right, bottom = self.page.evaluate(PLACE, words)
        self.page.mouse.click((left + right) / 2, (top + bottom) / 2)
        self.page.wait_for_timeout(150)

    def type(self, control: str, value: str) -> None:
        """A value for the selected region."""
        box = self.page.locator(f"input[name={control}]")
        box.fill(value)
        box.press("Enter")
        self.page.mouse.click(300, 700)

    def relate(self, head: str, tail: str, kind: str) -> None:
        self.select(head)
        self.press("Alt+r")
        self.select(tail)
        self.page.get_by_text("Relations", exact=True).locator("visible=true").first.click()
        self.page.locator(".lsf-relations__item").first.hover()
        self.page.get_by_label("Show Relation Labels").click()
        self.page.get_by_text("Select labels").click()
        self.page.get_by_text(kind, exact=True).locator("visible=true").last.click()
        self.page.keyboard.press("Escape")

    def submit(self) -> None:
        def posted(answer: Any) -> bool:
            return "/annotations" in answer.url and answer.request.method == "POST"

        with self.page.expect_response(posted):
            self.page.get_by_test_id("bottombar-submit-button").click()

    def _look(self, request: Any) -> None:
        if not request.url.startswith((self.url, "data:", "blob:")):
            self.strangers.append(request.url)


@pytest.fixture
def annotator(studio: Server, tmp_path: Path) -> Iterator[Callable[[int], Annotator]]:
    """Annotators by number, each in a browser of their own."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        contexts = []

        def come(number: int) -> Annotator:
            context = play.chromium.launch_persistent_context(
                str(tmp_path / f"profile-{number}"),
                executable_path=chromium(),
                headless=True,
                viewport={"width": 1440, "height": 1000},
                args=FLAGS.split(),
            )
            contexts.append(context)
            return Annotator(context.pages[0], studio, number)

        yield come
        for context in contexts:
            context.close()


@pytest.fixture
def page(annotator: Callable[[int], Annotator]) -> Any:
    """A page of somebody who has logged in."""
    return annotator(1).page
