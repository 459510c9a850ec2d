"""Annotators in a real browser: what is submitted is what was shown and done, and nobody sees another's work."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.browser.conftest import Annotator
from tests.studio_server import Server
from vigold.document import Document, Span
from vigold.scheme import load
from vigold.studio import export, gold, items, project, pull, push, stats, tasks
from vigold.studio.stats import Fate

pytestmark = [pytest.mark.browser, pytest.mark.server]
SCHEME = load()
TEXT = "Sáng  nay 😀 Bộ trưởng Y tế Lò Văn Sáu ký Quyết định số 12/QĐ-BYT ngày 3/4/2024.\n\nBà Đèo Thị Mận dự  họp."


def span(key: str, words: str, label: str) -> Span:
    start = TEXT.index(words)
    return Span(key, start, start + len(words), label)


def open_project(studio: Server, folder: Path, title: str, document: Document, prediction: Document) -> int:
    path = folder / "tasks.json"
    tasks.write(path, tasks.tasks([document], SCHEME, predictions={document.id: prediction}, model="m"))
    found = project.create(studio.client, title, SCHEME, overlap=2)
    push.push(studio.client, found, items.read([path], SCHEME))
    return found.id


def test_two_annotators_work_blind_and_what_they_do_is_gold(
    studio: Server, annotator: Callable[[int], Annotator], tmp_path: Path
) -> None:
    guess = (span("p", "Lò Văn Sáu", "PER"), span("y", "Y tế", "LOC"), span("m", "Đèo Thị Mận", "ORG"))
    article = Document("bài", TEXT)
    number = open_project(studio, tmp_path, "two people", article, Document("bài", TEXT, spans=guess))

    one = annotator(1)
    one.open(number)
    assert one.text.inner_text().split() == TEXT.split()
    assert one.regions == ["PER Lò Văn Sáu", "LOC Y tế", "ORG Đèo Thị Mận"]
    one.select("Y tế")
    one.press("Backspace")
    one.mark("4", "Bộ trưởng Y tế")
    one.mark("2", "Y tế")
    one.mark("6", "ngày 3/4/2024")
    one.select("ngày 3/4/2024")
    one.press("8")
    one.type("DATE_value", "2024-04-03")
    one.select("Đèo Thị Mận")
    one.press("1")
    one.press("Escape")
    one.relate("Lò Văn Sáu", "Bộ trưởng", "holds")
    one.page.screenshot(path=str(tmp_path / "labelling.png"))
    one.submit()

    two = annotator(2)
    two.open(number)
    assert two.regions == ["PER Lò Văn Sáu", "LOC Y tế", "ORG Đèo Thị Mận"]
    two.submit()
    assert one.strangers + two.strangers == []

    made = list(export.tasks(export.download(studio.client, number).raws))
    pull.write(tmp_path / "export.json", made, SCHEME)
    people = {int(user["id"]): user["email"] for user in studio.client.get("/api/users/")}
    first, second = (
        str(key) for account in studio.people[1:] for key, email in people.items() if email == account.email
    )
    (found,) = gold.gold([tmp_path / "export.json"], SCHEME, annotator=first).documents
    assert {(s.key, *s.attrs.values()) for s in found.spans} == {
        (span("", "Lò Văn Sáu", "PER").key,),
        (span("", "Bộ trưởng Y tế", "ROLE").key,),
        (span("", "Y tế", "ORG").key,),
        (span("", "ngày 3/4/2024", "DATE").key, "DATE", "2024-04-03"),
        (span("", "Đèo Thị Mận", "PER").key,),
    }
    words = {s.id: found.surface(s) for s in found.spans}
    assert [(r.type, words[r.head], words[r.tail]) for r in found.relations] == [
        ("holds", "Lò Văn Sáu", "Bộ trưởng Y tế")
    ]
    shares = {share.name: share for share in stats.stats(made).people}
    assert shares[first].fate == Fate(kept=1, changed=1, deleted=1, added=3)
    assert shares[second].fate == Fate(kept=3)
    assert (shares["all"].tasks, shares["all"].alone) == (2, 0)
    assert (shares[first].seconds or 0) > 0
    for annotation in made[0]["annotations"]:
        origins = [item["origin"] for item in annotation["result"] if item.get("from_name") == "label"]
        share = shares[str(annotation["completed_by"])].fate
        assert (origins.count("prediction"), origins.count("prediction-changed")) == (share.kept, share.changed)


def test_pre_annotations_are_submitted_as_they_are(
    studio: Server, annotator: Callable[[int], Annotator], tmp_path: Path, sample_gold: list[Document]
) -> None:
    document = sample_gold[0]
    number = open_project(studio, tmp_path, "unchanged", document, document)
    one = annotator(1)
    one.open(number)
    assert one.text.inner_text().split() == (document.text or "").split()
    one.submit()
    (found,) = gold.gold([studio.export(number, tmp_path / "export.json")], SCHEME).documents
    assert found.text == document.text
    assert set(found.relations) == set(document.relations)
    assert {(s.id, s.key): s.attrs for s in found.spans} == {(s.id, s.key): s.attrs for s in document.spans}


def test_a_required_value_is_asked_for_before_anything_is_submitted(
    studio: Server, annotator: Callable[[int], Annotator], tmp_path: Path
) -> None:
    bare = Document("bài", TEXT, spans=(span("m", "Đèo Thị Mận", "PER"), span("d", "ngày 3/4/2024", "DATE")))
    number = open_project(studio, tmp_path, "required", Document("bài", TEXT), bare)
    one = annotator(1)
    one.open(number)
    asked: dict[str, Callable[[], None]] = {
        "type": lambda: one.press("8"),
        "value": lambda: one.type("DATE_value", "2024-04-03"),
    }
    for name, fill in asked.items():
        one.page.get_by_test_id("bottombar-submit-button").click()
        one.page.get_by_text(f"Vùng DATE này chưa có giá trị {name}.").wait_for()
        one.page.get_by_role("button", name="OK").click()
        one.page.locator(".ant-modal-wrap").last.wait_for(state="hidden")
        # The server has selected the region already; a click would take that back.
        one.press("Escape")
        one.select("ngày 3/4/2024")
        fill()
    one.submit()
    (found,) = gold.gold([studio.export(number, tmp_path / "export.json")], SCHEME).documents
    assert [s.attrs for s in found.spans if s.label == "DATE"] == [{"type": "DATE", "value": "2024-04-03"}]
