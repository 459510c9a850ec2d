"""agree, adjudicate, lint and gold after them, as a user runs them."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tests.command_line import Vigold
from tests.review.made import DATE, GOLD, HOLDS, LOC, PER, ROLE, TEXT, export, exported, span, version, write
from vigold.document import Document, Span
from vigold.formats import jsonl

WILD = Document(
    "<b>x</b>",
    "Gặp “Hà Nội</mark><script>alert(1)</script>” \x1b[31mđỏ {{ 7 * 7 }}",
    spans=(Span("<i>", 4, 44, "LOC"), Span("s", 45, 53, "ORG")),
)


@pytest.fixture(autouse=True)
def _wide(monkeypatch: pytest.MonkeyPatch) -> None:
    """A terminal on which no table is cut."""
    monkeypatch.setenv("COLUMNS", "160")


def files(**named: Document) -> None:
    for name, document in named.items():
        jsonl.write(f"{name}.jsonl", [document])


def page(path: str) -> str:
    """The text of a page, which must not ask for anything from outside nor hold what it shows as markup."""
    html = Path(path).read_text("utf-8")
    assert "http" not in html.replace("http-equiv", "")
    assert "<script>alert" not in html
    assert "<b>x</b>" not in html
    assert "{{ 7 * 7 }}" in html or "7 * 7" not in html
    return html


def test_agree_shows_figures_and_the_worst_documents(vigold: Vigold) -> None:
    write(Path("e.json"), export({"1": GOLD, "2": version(ROLE, PER, span("Lào Cai", "LOC"))}))
    status, out, _ = vigold("agree", "e.json", "--json", "a.json", "--html", "a.html", "--resamples", "50")
    assert status == 0
    assert all(word in out for word in ("1 – 2", "exact F1", "uα", "DOC", "boundary", "tỉnh Lào Cai", "nothing"))
    record = json.loads(Path("a.json").read_text())
    assert record["overall"]["spans"]["exact_f1"] == 0.5
    assert {d["kind"] for d in record["documents"][0]["disputes"]} == {"boundary", "missed", "relation"}
    assert "tỉnh Lào Cai" in page("a.html")


def test_agree_takes_a_file_for_each_annotator(vigold: Vigold) -> None:
    files(lan=GOLD, minh=version(PER), hoa=WILD)
    status, out, err = vigold("agree", "lan.jsonl", "minh.jsonl", "hoa.jsonl", "--resamples", "0")
    assert (status, "lan – minh" in out, "1 document has one annotator only" in err) == (0, True, True)
    files(tu=msgspec.structs.replace(WILD, spans=()))
    status, out, _ = vigold("agree", "hoa.jsonl", "tu.jsonl", "--html", "a.html")
    assert (status, "\x1b" in out) == (0, False)
    page("a.html")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("agree", "none.json"), "none.json: cannot read"),
        (("agree", "a.jsonl"), "no document has two annotators"),
        (("agree", "a.jsonl", "x/a.jsonl"), "two files are called 'a'"),
        (("agree", "a.jsonl", "other.jsonl"), "other.jsonl: document a1 has another text than in a.jsonl"),
        (("agree", "a.jsonl", "e.json"), "exports and JSONL files together"),
        (("agree", "a.jsonl", "b.jsonl", "--annotator", "c"), "no annotator is called 'c'; there are a, b"),
        (("agree", "a.jsonl", "b.jsonl", "--html", "no/a.html"), "no/a.html: cannot write"),
        (("agree", "broken.json"), "broken.json: not JSON"),
        (("adjudicate", "a.jsonl", "-o", "t.json"), "a.jsonl: expected a list of tasks"),
        (("adjudicate", "e.json", "-o", "t.json", "--annotator", "99"), "e.json: annotator 99 has annotated nothing"),
        (("adjudicate", "idle.json", "-o", "t.json"), "idle.json: no submitted annotation in 1 task"),
        (("agree", "idle.json"), "idle.json: no submitted annotation in 1 task"),
        (("agree", "e.json", "--annotator", "99"), "e.json: annotator 99 has annotated nothing; there are 1"),
        (("gold", "a.jsonl", "-o", "g.jsonl"), "a.jsonl: expected a list of tasks, found one record or JSONL"),
        (
            ("gold", "e.json", "-o", "g.jsonl", "--annotator", "9"),
            "e.json: annotator 9 has annotated nothing; there are 1",
        ),
        (("adjudicate", "e.json", "-o", "e.json"), "e.json: is read and would be overwritten"),
        (("adjudicate", "e.json", "-o", "no/t.json"), "no/t.json: cannot write"),
        (("lint", "none.jsonl"), "none.jsonl: cannot read"),
        (("lint", "e.json"), "e.json: line 1: expected a JSON object"),
        (("lint", "bare.jsonl"), "document a1 has no text"),
        (("lint", "a.jsonl", "--rules", "a.jsonl"), "a.jsonl: not a table of rules"),
        (("lint", "a.jsonl", "--fix", "no/b.jsonl"), "no/b.jsonl: cannot write"),
    ],
)
def test_bad_input_is_one_line(vigold: Vigold, words: tuple[str, ...], told: str) -> None:
    files(a=GOLD, b=GOLD, other=Document("a1", TEXT + "!", spans=()), bare=Document("a1", spans=(PER,)))
    write(Path("e.json"), export({"1": GOLD}))
    Path("broken.json").write_text("[{")
    write(Path("idle.json"), [export({"1": GOLD})[0] | {"annotations": []}])
    Path("x").mkdir()
    jsonl.write("x/a.jsonl", [GOLD])
    before = sorted(os.listdir())
    status, _, err = vigold(*words)
    (line,) = [line for line in err.splitlines() if "error" in line]
    assert (status, told in line) == (2, True), err
    assert sorted(os.listdir()) == before


def test_the_third_pass_ends_in_gold(vigold: Vigold) -> None:
    same = Document("a2", TEXT, spans=(PER, LOC))
    other = version(
        msgspec.structs.replace(DATE, attrs={"type": "DATE", "value": "2023-07-06"}),
        *GOLD.spans[1:],
        relations=(HOLDS,),
    )
    write(Path("e.json"), export({"1": GOLD, "2": other}, {"1": same, "2": same}))
    status, out, err = vigold("adjudicate", "e.json", "-o", "tasks.json")
    assert (status, "1 to adjudicate, 1 agreed" in err) == (0, True)
    assert "a1: [0, 13) “Ngày 5/7/2023” value: value = 2023-07-05 (1); value = 2023-07-06 (2)" in out

    made = exported(json.loads(Path("tasks.json").read_text()), submit=True)
    write(Path("third.json"), made)
    status, _, err = vigold("gold", "third.json", "-o", "gold.jsonl")
    assert (status, "still disputed: document a1, region t: ⚑1 giá trị" in err) == (1, True)
    assert [d.id for d in jsonl.read("gold.jsonl")] == ["a2"]

    result: list[dict[str, Any]] = made[0]["annotations"][0]["result"]
    result[0]["meta"]["text"] = ["xong\n"]
    result.append({"id": "t", "from_name": "DATE_value", "type": "textarea", "value": {"text": ["2023-07-05"]}})
    write(Path("third.json"), made)
    assert vigold("gold", "third.json", "-o", "gold.jsonl")[0] == 0
    assert [len(d.spans) for d in jsonl.read("gold.jsonl")] == [5, 2]


def test_gold_lists_what_a_third_pass_has_not_decided(vigold: Vigold) -> None:
    alone = Document("alone", TEXT, spans=(PER,))
    write(Path("e.json"), export({"1": GOLD, "2": version(PER)}, {"1": alone}))
    assert vigold("adjudicate", "e.json", "-o", "tasks.json")[0] == 0
    write(Path("third.json"), exported(json.loads(Path("tasks.json").read_text())))
    status, _, err = vigold("gold", "third.json", "-o", "gold.jsonl")
    assert (status, "2 not decided" in err, Path("gold.jsonl").exists()) == (2, True, False)
    assert "not decided: document a1 (task 1): disputed" in err
    assert "not decided: document alone (task 2): single" in err
    status, _, err = vigold("gold", "third.json", "-o", "gold.jsonl", "--single")
    assert (status, "1 gold document," in err, "1 document left out until somebody decides" in err) == (1, True, True)


def test_lint_tells_mends_and_ends_with_1_for_errors(vigold: Vigold) -> None:
    files(good=GOLD, blank=version(Span("l", 72, 85, "LOC")), wild=WILD)
    assert vigold("lint", "good.jsonl")[:2] == (0, "")
    status, out, err = vigold("lint", "blank.jsonl")
    assert (status, len(out.splitlines()), "1 document: 1 error, 0 warnings, 0 info" in err) == (1, 1, True)
    assert out.startswith("a1:72-85 l LOC: error blank-edge: begins or ends with a blank (leave the blank out: --fix)")
    status, out, err = vigold("lint", "blank.jsonl", "--fix", "fixed.jsonl")
    assert (status, out, "mended: a1:72-85 l LOC" in err) == (0, "", True)
    assert [d.spans[0].key for d in jsonl.read("fixed.jsonl")] == [(73, 85, "LOC")]
    status, out, _ = vigold("lint", "wild.jsonl", "--html", "l.html")
    assert (status, "\x1b" in out) == (1, False)
    assert "quote-edge" in page("l.html")


def test_a_made_up_scheme_goes_through(vigold: Vigold) -> None:
    scheme = ("--scheme", str(Path(__file__).parent.parent / "recipes.toml"))
    spans = (Span("m", 0, 6, "MÓN"), Span("n", 4, 7, "NGUYÊN_LIỆU", {"lượng": "nhiều"}))
    files(a=Document("r", "phở bò ngon", spans=spans))
    status, out, _ = vigold("lint", "a.jsonl", *scheme)
    rules = [line.split(": ")[1] for line in out.splitlines()]
    assert (status, rules) == (1, ["error scheme", "error ill-formed-value", "error blank-edge"])
