"""`vigold score` as a user runs it."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest

from vigold import cli
from vigold.document import Document, Span
from vigold.formats import jsonl

TEXT = "Ông Minh ở Hà Nội"
BOTH = (Span("s", 4, 8, "PER"), Span("t", 11, 17, "LOC"))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    gold = [Document(f"d{n}", TEXT, spans=BOTH, meta={"n": n % 2}) for n in range(6)]
    jsonl.write("gold.jsonl", gold)
    jsonl.write("one.jsonl", [Document(one.id, spans=BOTH[: 1 + n % 2]) for n, one in enumerate(gold)])
    words = "Ông O\nMinh B-PER\nở O\nHà B-LOC\nNội I-LOC\n\n"
    Path("two.conll").write_text("".join(f"# id = d{n}\n{words}" for n in range(6)))
    return tmp_path


def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    monkeypatch.setattr(sys, "argv", ["vigold", "score", *words])
    capsys.readouterr()
    try:
        cli.main()
        status = 0
    except SystemExit as stop:
        status = int(stop.code or 0)
    return status, *capsys.readouterr()


def test_everything_at_once(folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    outputs = ("--json", "s.json", "--html", "s.html", "--markdown", "s.md", "--errors", "e.jsonl")
    options = ("--by", "n,length", "--bio", "--resamples", "100", "--cluster", "n")
    status, out, err = run(monkeypatch, capsys, "gold.jsonl", "one.jsonl", "B=two.conll", *outputs, *options)
    assert (status, err) == (0, "vigold: 3 errors → e.jsonl\n")
    assert "unit:n|resamples:100|seed:12345" in out.replace("\n", "")
    assert "|decoding:lenient|" in out.replace("\n", "")
    record = json.loads(Path("s.json").read_text())
    assert record["systems"]["B"]["micro"]["strict"]["f1"] == 1.0
    assert record["systems"]["one"]["slices"]["n"]["0"]["strict"]["r"] == 0.5
    assert record["systems"]["one"]["bio"]["lost_gold"] == 0
    assert [one["kind"] for one in map(json.loads, Path("e.jsonl").read_text().splitlines())] == ["missed"] * 3
    assert "| micro | 12 |" in Path("s.md").read_text()
    assert Path("s.html").read_text().startswith("<!doctype html>")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("none.jsonl",), "none.jsonl: cannot read"),
        (
            ("one.jsonl", "a=one.jsonl", "a=two.conll"),
            "two systems are called 'a' (one.jsonl and two.conll); name them",
        ),
        (("=one.jsonl",), "'=one.jsonl': no name of a system; write FILE or NAME=FILE"),
        (("",), "'': no name of a system"),
        (("a=",), "'a=': no file of a system"),
        (("one.jsonl", "--labels", "LOC, PRE"), "no side has a label 'PRE'; is it PER? there are LOC, PER"),
        (("one.jsonl", "--labels", "loc"), "no side has a label 'loc'; is it LOC? there are LOC, PER"),
        (("one.jsonl", "--labels", " , "), "--labels: ' , ' names nothing"),
        (("one.jsonl", "--labels", ""), "--labels: '' names nothing"),
        (("one.jsonl", "--by", ""), "--by: '' names nothing"),
        (
            ("one.jsonl", "--by", "seen"),
            "--by seen: needs the data that the system was trained on; name them by --train",
        ),
        (("one.jsonl", "--by", "genre"), "no document has a field 'genre'"),
        (("one.jsonl", "--map", "none.toml"), "none.toml: cannot read"),
        (("one.jsonl", "--decoding", "IOB2"), "no decoding 'IOB2'; there are lenient, strict:IOB1"),
        (("one.jsonl", "--json", "none/s.json"), "cannot write"),
        (("one.jsonl", "--scheme", "own.toml"), "document d0: span s: label 'PER' is not in scheme own 1"),
    ],
)
def test_bad_usage_is_one_line(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], told: str
) -> None:
    Path("own.toml").write_text('name = "own"\nversion = "1"\n[labels.LOC]\n')
    status, _, err = run(monkeypatch, capsys, "gold.jsonl", *words, "--resamples", "0")
    assert status == 2
    (line,) = err.splitlines()
    assert line.startswith("vigold: error: ")
    assert told in line


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--json", "s", "--html", "s"), "s: named for --json and for --html; name a file for each"),
        (("--errors", "./s", "--markdown", "s"), "s: named for --markdown and for --errors"),
        (("--json", "gold.jsonl"), "gold.jsonl: is read and would be overwritten"),
        (("--errors", "one.jsonl"), "one.jsonl: is read and would be overwritten"),
        (("--html", "t.jsonl", "--train", "t.jsonl"), "t.jsonl: is read and would be overwritten"),
        (("--html", "none/s.html"), "none/s.html: cannot write: there is no folder none"),
    ],
)
def test_outputs_are_looked_at_before_any_work(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], told: str
) -> None:
    """Gold is not even read: that it is broken is not what is told."""
    Path("gold.jsonl").write_text("no JSON")
    Path("t.jsonl").write_text("no JSON")
    status, _, err = run(monkeypatch, capsys, "gold.jsonl", "one=one.jsonl", *words)
    assert (status, err.count("\n")) == (2, 1)
    assert told in err
    assert Path("gold.jsonl").read_text() == "no JSON"


def test_pipes_are_neither_read_nor_written(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What tells the format of a file is gone from a pipe when it is read again."""
    os.mkfifo("pipe")
    reading, writing = os.pipe()
    for words, told in (
        (("pipe",), "pipe: a pipe can be read only once; write it to a file first"),
        (("one.jsonl", "--json", f"/dev/fd/{writing}"), f"/dev/fd/{writing}: is not a file; name one"),
    ):
        status, out, err = run(monkeypatch, capsys, "gold.jsonl", *words)
        assert (status, out, err.count("\n")) == (2, "", 1)
        assert told in err
    os.close(reading)
    os.close(writing)


def test_blanks_around_labels_do_not_matter(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    outputs = ("--bio", "--json", "s.json", "--labels", " PER , LOC,", "--resamples", "0")
    assert run(monkeypatch, capsys, "gold.jsonl", "one.jsonl", *outputs)[0] == 0
    signature = json.loads(Path("s.json").read_text())["signature"]
    assert "|labels:LOC+PER|" in signature
    assert "|bio:seqeval@" in signature


def test_a_narrow_terminal_breaks_no_figure(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    dates = tuple(Span(key, n, n + 1, "DATE", {"type": "DATE", "value": "2023"}) for n, key in enumerate("abcd"))
    jsonl.write("gold.jsonl", [Document(f"d{n}", TEXT, spans=(*BOTH, *dates)) for n in range(30)])
    jsonl.write("half.jsonl", [Document(f"d{n}", spans=dates[: 1 + n % 4]) for n in range(30)])
    monkeypatch.setenv("COLUMNS", "80")
    name = "a-name-that-is-longer-than-a-terminal-has-room-for-" * 2
    _, out, _ = run(monkeypatch, capsys, "gold.jsonl", "half.jsonl", f"{name}=gold.jsonl", "--resamples", "100")
    *tables, signature = out.splitlines()
    assert max(map(len, tables)) <= 80
    assert signature.endswith("|version:" + signature.rpartition(":")[2])
    assert "100.0 [100.0, 100.0]" in out
    assert [line for line in tables if line.count("[") != line.count("]")] == []
