"""The report in a real browser: filters, the document browser, dark mode, links, and no request."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import chromium
from vigold.document import Document, Span
from vigold.formats import jsonl
from vigold.scoring import files
from vigold.scoring.report import page

pytestmark = pytest.mark.browser

TEXT = "<script>document.title = 'no'</script> 😀 Ông Minh ở Hà Nội"
MINH, HANOI = TEXT.index("Minh"), TEXT.index("Hà Nội")


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        yield found
        found.close()


def report(folder: Path, count: int, names: Sequence[str] = ("one", "other")) -> Path:
    both = (Span("s", MINH, MINH + 4, "PER"), Span("t", HANOI, HANOI + 6, "LOC"))
    wide = Span("s", MINH - 4, MINH + 4, "PER")
    gold = [Document(f"bài {n:04d}", TEXT, spans=both) for n in range(count)]
    one = [Document(d.id, spans=both[:1] if n % 2 else both) for n, d in enumerate(gold)]
    other = [Document(d.id, spans=(wide, Span("t", HANOI, HANOI + 6, "ORG"))) for d in gold]
    for name, side in (("gold", gold), ("one", one), ("other", other)):
        jsonl.write(folder / f"{name}.jsonl", side)
    files_of = [folder / f"{name}.jsonl" for name in ("one", "other")]
    paths = [f"{name}={files_of[n % 2]}" for n, name in enumerate(names)]
    result, work = files.scored(folder / "gold.jsonl", paths, resamples=100)
    page.write(folder / "report.html", result, work)
    return folder / "report.html"


def opened(browser: Any, path: Path, anchor: str = "", **how: Any) -> tuple[Any, list[str]]:
    tab = browser.new_page(**how)
    seen: list[str] = []
    tab.on("request", lambda request: seen.append(request.url))
    tab.on("pageerror", lambda error: seen.append(str(error)))
    tab.on("console", lambda message: seen.append(message.text))
    tab.goto(f"file://{path}{anchor}")
    return tab, seen


def test_documents_filters_keys_and_links(browser: Any, tmp_path: Path) -> None:
    path = report(tmp_path, 6)
    tab, seen = opened(browser, path, "#doc-b%C3%A0i%200003")
    sides = tab.locator(".side")
    assert tab.title() == "vigold: one, other"
    assert tab.locator("#title").inner_text() == "bài 0003"
    assert [side.get_attribute("aria-label") for side in sides.all()] == ["gold", "one", "other"]
    assert "<script>document.title" in sides.first.inner_text()
    marks = sides.nth(2).locator("mark")
    assert [(m.inner_text(), m.get_attribute("data-kind")) for m in marks.all()] == [
        ("Ông Minh", "boundary"),
        ("Hà Nội", "label"),
    ]
    assert sides.first.locator("mark[data-kind=missed]").inner_text() == "Hà Nội"
    tab.keyboard.press("k")
    assert tab.locator("#title").inner_text() == "bài 0002"
    assert tab.url.endswith("#doc-b%C3%A0i%200002")
    tab.select_option("#system", "0")
    tab.select_option("#kind", "missed")
    assert tab.locator("#count").inner_text() == "3 of 6 documents"
    tab.fill("#find", "0005")
    assert tab.locator("#list a").count() == 1
    tab.locator("#list a").click()
    assert tab.locator("#title").inner_text() == "bài 0005"
    assert [url for url in seen if not url.startswith("file://")] == []
    assert len(seen) == 1


def test_a_link_that_was_cut_short_opens_the_page(browser: Any, tmp_path: Path) -> None:
    tab, seen = opened(browser, report(tmp_path, 2), "#doc-b%C3")
    assert tab.locator("#title").inner_text() == "bài 0000"
    assert len(seen) == 1


@pytest.mark.parametrize("width", [1300, 700, 360])
def test_narrow_windows_cut_nothing(browser: Any, tmp_path: Path, width: int) -> None:
    """The page never scrolls sideways, its parts wrap, and a wide window shows the tables whole."""
    names = ["one", "two", "three", "a-run-" + "of-somebody-" * 9 + "2026"]
    tab, _ = opened(browser, report(tmp_path, 3, names), viewport={"width": width, "height": 800})
    assert tab.evaluate("document.documentElement.scrollWidth") <= width
    for link in tab.locator("nav a").all():
        box = link.bounding_box()
        assert box["x"] + box["width"] <= width
    wide = "e => e.filter(one => one.scrollWidth > one.clientWidth + 1).map(one => one.ariaLabel)"
    cut = tab.locator(".scroll").evaluate_all(wide)
    assert (cut == []) == (width == 1300)


def test_keys_reach_tables_and_documents(browser: Any, tmp_path: Path) -> None:
    tab, _ = opened(browser, report(tmp_path, 3))
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.className") == "skip"
    tab.keyboard.press("/")
    assert tab.evaluate("document.activeElement.id") == "find"
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.parentElement.id") == "list"


def test_paper_is_white_and_shows_no_controls(browser: Any, tmp_path: Path) -> None:
    tab, _ = opened(browser, report(tmp_path, 2), color_scheme="dark")
    tab.emulate_media(media="print", color_scheme="dark")
    assert tab.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert not tab.locator("nav").is_visible()
    assert not tab.locator("#list").is_visible()


def test_dark_mode_changes_the_page(browser: Any, tmp_path: Path) -> None:
    path = report(tmp_path, 2)
    shades = []
    for scheme in ("light", "dark"):
        tab, _ = opened(browser, path, color_scheme=scheme)
        shades.append(tab.evaluate("getComputedStyle(document.body).backgroundColor"))
    assert shades == ["rgb(255, 255, 255)", "rgb(15, 20, 25)"]


def test_a_thousand_documents_open_at_once(browser: Any, tmp_path: Path) -> None:
    path = report(tmp_path, 1000)
    begin = time.perf_counter()
    tab, _ = opened(browser, path)
    tab.locator(".side mark").first.wait_for()
    assert time.perf_counter() - begin < 4
    assert tab.locator("#list a").count() == 1000
