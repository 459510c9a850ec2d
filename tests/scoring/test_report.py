"""The report holds all it needs and lets nothing of the data out of its place."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec

import vigold
from vigold.document import Document, Span
from vigold.formats import jsonl
from vigold.scoring import files
from vigold.scoring.report import page
from vigold.scoring.table import as_markdown

HOSTILE = "</script><script>alert(1)</script> & \u2028 <b>Hà Nội</b>"


def hostile(folder: Path) -> files.Scored:
    spans = (Span("s", 0, 9, "<i>"), Span("t", 9, 17, "<i>", {"value": "</script>"}))
    jsonl.write(folder / "g.jsonl", [Document("<u>", HOSTILE, title="<h1>", spans=spans), Document("b", "x")])
    jsonl.write(folder / "p.jsonl", [Document("<u>", spans=spans[:1]), Document("b")])
    return files.scored(folder / "g.jsonl", [f"<s>|`x`={folder / 'p.jsonl'}"], by=["all"], resamples=50)


def test_nothing_leaves_the_page_and_nothing_breaks_out(tmp_path: Path) -> None:
    result, work = hostile(tmp_path)
    text = page.page(result, work)
    assert not re.search(r"(?:src|href)=[\"'](?!#|data:)|@import|url\(", text)
    assert text.count("<script") == text.count("</script>") == 2
    for raw in ("<b>Hà", "<u>", "<i>", "<h1><", "<s>"):
        assert raw not in text
    assert "\\u003cb\\u003eHà Nội" in text


def test_a_readme_shows_names_as_they_are(tmp_path: Path) -> None:
    text = as_markdown(hostile(tmp_path).result)
    assert "\\<s\\>\\|\\`x\\` F1" in text
    lines = [line for line in text.splitlines() if line.startswith("|")]
    widths = [len(re.split(r"(?<!\\)\|", line)) for line in lines]
    assert len(set(widths[:5])) == 1


def test_marks_and_breaks_in_names_do_not_change_a_table() -> None:
    label = "a\n|`b` [c](javascript:d)\x1b[2J &amp; ~e~"
    gold = [Document("x", spans=(Span("s", 0, 1, label),))]
    result = vigold.score(gold, {"one": gold}, resamples=0)
    assert "\x1b" not in str(result)
    row = next(line for line in as_markdown(result).splitlines() if line.startswith("| a"))
    assert row == "| a␊\\|\\`b\\` [c]\\(javascript:d)␛[2J \\&amp; \\~e\\~ | 1 | 100.0 | 100.0 | 100.0 |"
    odd = msgspec.structs.replace(result, signature="corpus:a`b")
    assert as_markdown(odd).endswith("\n`` corpus:a`b ``\n")
