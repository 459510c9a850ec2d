"""Extractors of this package and of other packages, behind one protocol."""

from __future__ import annotations

from importlib.metadata import EntryPoint

import pytest

from vigold import VigoldError, extract
from vigold.document import Document, Span
from vigold.extraction import Entry, Found, entries, get, registry

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
