"""A manifest says by which code and tables its predictions were made, and no run goes on with others' work."""

from __future__ import annotations

import ast
import json
from functools import partial
from pathlib import Path

import pytest

from vigold.document import Document
from vigold.extraction import Entry, Found, code, registry, run

ROOT = Path(code.__file__).parents[1]
# What reads and writes, names faults, or goes into manifests by itself; none of it decides about spans.
ASIDE = {"errors", "files", "formats", "formats.jsonl", "formats.registry", "scheme", "shapes", "version"}


def make(option: str = "") -> registry.Extractor:
    return lambda document: Found(())


def test_all_that_decides_about_spans_is_in_the_hash() -> None:
    """Whoever makes an extractor use one more module of vigold has to say here whether it counts."""
    used = set()
    for path in (ROOT / "extraction").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("vigold."):
                used.add(str(node.module).removeprefix("vigold."))
    counted = {name.removesuffix(".py").replace("/", ".") for name in code._BESIDE}
    assert {name for name in used if not name.startswith("extraction")} - ASIDE == counted


def test_the_hash_is_of_names_and_contents(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    files = {"extraction/rules.py": "a", "extraction/data/names.tsv": "b", **dict.fromkeys(code._BESIDE, "c")}
    for name, content in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(content)
    monkeypatch.setattr(code, "_PACKAGE", tmp_path)
    hashes = [code.own.__wrapped__()]
    for name in files:
        (tmp_path / name).write_text(files[name] + "\n")
        hashes.append(code.own.__wrapped__())
        (tmp_path / name).write_bytes(files[name].encode() + b"\r\n")
        assert code.own.__wrapped__() == hashes[-1]
    (tmp_path / "extraction" / "rules.pyc").write_text("x")
    assert code.own.__wrapped__() == hashes[-1]
    assert len(set(hashes)) == len(hashes) == len(files) + 1


def test_extractors_of_others_are_known_by_the_file_that_makes_them() -> None:
    assert code.code(make) == code.code(partial(make, option="x")) != code.own()
    assert code.code(dict) == ""


def test_a_manifest_has_the_hash_and_other_rules_begin_anew(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    stops: list[str] = []

    def find(document: Document) -> Found:
        if document.id in stops:
            stops.remove(document.id)
            raise KeyboardInterrupt
        return Found(())

    monkeypatch.setattr(registry, "_ENTRIES", {"mine": Entry(lambda: find, (), "")})
    source, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text("".join(f'{{"id":"{key}","text":"x"}}\n' for key in "abc"))
    for rules, stop in (("first", "c"), ("other", "b")):  # the first had done `b`; the second comes to it again
        stops.append(stop)
        monkeypatch.setattr(run, "state", lambda spec, rules=rules: rules)
        with pytest.raises(KeyboardInterrupt):
            run.run(source, "mine", out)
    assert run.run(source, "mine", out).resumed == 1
    assert json.loads(Path(f"{out}.manifest.json").read_text())["code"] == "other"
