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
from vigold.scoring.report.browser import KINDS, browser
from vigold.scoring.report.verdicts import verdicts
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
    odd = msgspec.structs.replace(result, signature="corpus:a`b", remarks=["\x1b[2J"])
    assert "\x1b" not in str(odd)
    assert as_markdown(odd).endswith("\n`` corpus:a`b ``\n")


def test_the_first_screen_says_who_is_ahead_and_whether_that_is_chance() -> None:
    def document(n: int, *labels: str) -> Document:
        return Document(str(n), spans=tuple(Span(f"s{k}", k, k + 1, label) for k, label in enumerate(labels)))

    gold = [document(n, "X", "Y", "Y") for n in range(30)]
    good = [document(n, "X", "Y") for n in range(30)]
    poor = [document(n, "X" if n % 3 else "Z", "Y") for n in range(30)]
    dates = [document(n, "X") for n in range(30)]
    systems = {"good": good, "poor": poor, "same": good, "dates": dates}

    def said(*names: str, **options: object) -> list[tuple[list[str], str, str]]:
        result = vigold.score(gold, {name: systems[name] for name in names}, **{"resamples": 999, **options})
        return [(one.labels, one.pill, one.words) for one in verdicts(result)]

    ((labels, pill, words),) = said("poor", "good")
    assert (labels, pill) == ([], "beyond chance")
    assert re.fullmatch(r"13\.3 points \[\d+\.\d, \d+\.\d\] ahead of poor, p Holm \d\.\d{3}\.", words)
    ((_, pill, words),) = said("good", "same")
    assert pill == "not told apart"
    assert words == "Level with same, which may be chance (p Holm 1.000)."
    assert said("good", "poor", resamples=0)[0][1] == "not tested"
    assert [(labels, pill) for labels, pill, _ in said("good", "dates")] == [
        (["X"], "not told apart"),
        (["X", "Y"], "alone"),
    ]
    assert said("good")[0][1] == "alone"


def test_what_a_system_does_not_give_is_no_error_of_it(tmp_path: Path) -> None:
    both = (Span("s", 0, 1, "X"), Span("t", 2, 3, "Y"))
    jsonl.write(tmp_path / "g.jsonl", [Document("a", "1 2", spans=both)])
    jsonl.write(tmp_path / "p.jsonl", [Document("a", spans=both[:1])])
    result, work = files.scored(tmp_path / "g.jsonl", [str(tmp_path / "p.jsonl")], resamples=0)
    assert [KINDS[span[4][0]] for span in browser(result, work)["documents"][0]["gold"]] == ["right", "not-given"]
