"""The gazetteers are sound: no entry twice, one spelling, sane years, a source, and parents that exist."""

from __future__ import annotations

import unicodedata
from importlib import resources

import pytest

from vigold.extraction.tables import gazetteer, table

FILES = sorted(
    path.name.removesuffix(".tsv")
    for path in (resources.files("vigold.extraction") / "data").iterdir()
    if path.name.endswith(".tsv")
)
FIRST, LAST = 1870, 2030


def test_every_gazetteer_is_used() -> None:
    used = {file for lists in table("names")["gazetteers"].values() for files in lists.values() for file in files}
    assert used == set(FILES)


@pytest.mark.parametrize("file", FILES)
def test_a_gazetteer_tells_its_source_and_its_columns(file: str) -> None:
    lines = (resources.files("vigold.extraction") / "data" / f"{file}.tsv").read_text("utf-8").splitlines()
    remarks = [line for line in lines if line.startswith("#")]
    assert any(line.startswith("# Source: ") for line in remarks)
    assert lines[len(remarks)] == "name\tkind\tparent\tfrom\tuntil"


@pytest.mark.parametrize("file", FILES)
def test_entries_are_single_and_clean(file: str) -> None:
    entries = gazetteer(file)
    keys = [(entry.name, entry.kind, entry.parent) for entry in entries]
    assert len(keys) == len(set(keys)) > 10
    for entry in entries:
        assert entry.kind
        for text in (entry.name, entry.kind, entry.parent):
            assert text == unicodedata.normalize("NFC", " ".join(text.split()))


@pytest.mark.parametrize("file", FILES)
def test_years_are_sane(file: str) -> None:
    for entry in gazetteer(file):
        years = [int(year) for year in (entry.since, entry.until) if year]
        assert years == sorted(years)
        assert all(FIRST <= year <= LAST for year in years)


def test_sixty_three_provinces_became_thirty_four() -> None:
    entries = [entry for entry in gazetteer("provinces") if entry.kind != "cách viết"]
    now = {entry.name for entry in entries if not entry.until}
    assert len(now) == 34
    assert sum(entry.kind == "thành phố" for entry in entries if entry.name in now) == 6
    merged = {entry.name for entry in entries if entry.until == "2025"}
    before = now | merged  # Huế, a city since 2025, stood among the sixty-three as Thừa Thiên Huế.
    assert len(before) == 63
    for entry in (*entries, *gazetteer("provinces_before")):
        parents = set(filter(None, entry.parent.split(", ")))
        assert parents <= now
        assert bool(parents) == bool(entry.until)


def test_districts_lie_in_a_province_of_their_time() -> None:
    provinces = {entry.name for entry in gazetteer("provinces")}
    assert {entry.parent for entry in gazetteer("districts")} <= provinces
    assert {entry.until for entry in gazetteer("districts")} == {"2025"}


def test_ministries_of_the_merger_are_followed_by_another() -> None:
    ministries = {entry.name: entry for entry in gazetteer("ministries")}
    assert ministries["Giao thông vận tải"].parent == "Xây dựng"
    ended = [entry for entry in ministries.values() if entry.kind == "bộ" and entry.until]
    assert {entry.parent for entry in ended} <= set(ministries)


@pytest.mark.parametrize("file", [file for files in table("names")["tables"].values() for file in files])
def test_lists_name_nothing_twice(file: str) -> None:
    for entries in table(file).values():
        assert len(entries) == len(set(entries))
        assert entries == [unicodedata.normalize("NFC", entry) for entry in entries]
