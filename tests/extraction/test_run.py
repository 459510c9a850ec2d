"""Runs that are interrupted go on where they stopped, and never pass off old work as new."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from vigold.document import Document
from vigold.extraction import Entry, Found, registry, run


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The ids of the documents that the extractor `slow` has worked on; at `stop` it is interrupted once."""
    seen: list[str] = []

    def make(stop: str = "") -> registry.Extractor:
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
