"""Runs that are interrupted go on where they stopped, and never pass off old work as new."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from vigold.document import Document, Span
from vigold.errors import VigoldError
from vigold.extraction import Entry, Found, registry, run


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The ids of the documents that the extractor `slow` has worked on; at `stop` it is interrupted once."""
    seen: list[str] = []

    def make(stop: str = "", model: str = "") -> registry.Extractor:
        def find(document: Document) -> Found:
            if document.id == stop and stop not in seen:
                seen.append(stop)
                raise KeyboardInterrupt
            seen.append(document.id)
            return Found(())

        return find

    monkeypatch.setattr(registry, "_ENTRIES", {"slow": Entry(make, (), "")})
    return seen


def _write(path: Path, ids: str) -> Path:
    path.write_text("".join(json.dumps({"id": key, "text": "x"}) + "\n" for key in ids))
    return path


def _ids(path: Path) -> str:
    return "".join(json.loads(line)["id"] for line in path.read_text().splitlines())


def test_an_interrupted_run_goes_on(seen: list[str], tmp_path: Path) -> None:
    source, out = _write(tmp_path / "in.jsonl", "abcd"), tmp_path / "out.jsonl"
    with pytest.raises(KeyboardInterrupt):
        run.run(source, "slow:stop=c", out)
    assert not out.exists()
    (journal,) = tmp_path.glob(".out.jsonl.*.part")
    journal.write_bytes(journal.read_bytes() + b'{"id":"c","te')  # cut off in the middle of a write
    seen.remove("c")
    seen.append("c")
    manifest = run.run(source, "slow:stop=c", out)
    assert (manifest.documents, manifest.resumed, _ids(out)) == (4, 2, "abcd")
    assert "".join(seen) == "abccd"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.jsonl", "out.jsonl", "out.jsonl.manifest.json"]


def test_another_input_begins_anew(seen: list[str], tmp_path: Path) -> None:
    source, out = _write(tmp_path / "in.jsonl", "abcd"), tmp_path / "out.jsonl"
    with pytest.raises(KeyboardInterrupt):
        run.run(source, "slow:stop=c", out)
    manifest = run.run(_write(source, "abcde"), "slow:stop=x", out)
    assert (manifest.resumed, _ids(out)) == (0, "abcde")


def test_two_runs_do_not_write_one_file(seen: list[str], tmp_path: Path) -> None:
    source, out = _write(tmp_path / "in.jsonl", "ab"), tmp_path / "out.jsonl"

    def begin_another() -> None:
        with pytest.raises(VigoldError, match="another run is writing it"):
            run.run(source, "slow", out)

    run.run(source, "slow", out, progress=begin_another)
    assert _ids(out) == "ab"


def test_what_is_no_prediction_is_a_failure_of_its_document(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    given: dict[str, Any] = {
        "a": Found((Span("s", 0, 9, "X"),)),
        "b": Found((Span("s", 0, 1, "Y"),)),
        "c": [],
        "d": Found(()),
    }
    entry = Entry(lambda: lambda document: given[document.id], ("X",), "")
    monkeypatch.setattr(registry, "_ENTRIES", {"wild": entry})
    manifest = run.run(_write(tmp_path / "in.jsonl", "abcd"), "wild", tmp_path / "out.jsonl")
    assert _ids(tmp_path / "out.jsonl") == "d"
    for words, line in zip(("outside the text", "'Y'", "Found"), manifest.failed, strict=True):
        assert words in line


def test_documents_keep_the_order_of_the_input_after_a_failure(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    tries: list[str] = []

    def find(document: Document) -> Found:
        tries.append(document.id)
        if document.id == "b" and tries.count("b") == 1:
            raise VigoldError("not today")
        if document.id == "d" and tries.count("d") == 1:
            raise KeyboardInterrupt
        return Found(())

    monkeypatch.setattr(registry, "_ENTRIES", {"moody": Entry(lambda: find, (), "")})
    source, out = _write(tmp_path / "in.jsonl", "abcde"), tmp_path / "out.jsonl"
    with pytest.raises(KeyboardInterrupt):
        run.run(source, "moody", out)
    manifest = run.run(source, "moody", out)
    assert (manifest.resumed, manifest.failed, _ids(out)) == (2, [], "abcde")


def test_only_journals_of_the_same_output_are_removed(seen: list[str], tmp_path: Path) -> None:
    others = [
        tmp_path / name for name in (".out.rules.jsonl.0123456789ab.part", ".out.x.part", ".out.0123456789ab.old")
    ]
    for path in others:
        path.touch()
    (tmp_path / ".out.0123456789ab.part").touch()
    run.run(_write(tmp_path / "in.jsonl", "a"), "slow", tmp_path / "out")
    assert all(path.exists() for path in others)
    assert not (tmp_path / ".out.0123456789ab.part").exists()


def test_another_model_begins_anew(seen: list[str], tmp_path: Path) -> None:
    source, out, model = _write(tmp_path / "in.jsonl", "abcd"), tmp_path / "out.jsonl", tmp_path / "c"
    model.mkdir()
    with pytest.raises(KeyboardInterrupt):
        run.run(source, f"slow:stop=c,model={model}", out)
    model.rename(tmp_path / "old")
    model.mkdir()
    assert run.run(source, f"slow:stop=c,model={model}", out).resumed == 0
