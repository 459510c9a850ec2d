"""Tables of rules: a wrong one is refused in one line, and none of vigold's own is slow."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from tests.review.made import SCHEME
from vigold.document import Document, Span
from vigold.errors import VigoldError
from vigold.review import rules
from vigold.review.lint import lint

RULES = rules.load()


def row(check: str, options: str = "", what: str = "") -> str:
    """A table with one rule."""
    return f'[[rules]]\nname = "x"\nseverity = "info"\ncheck = "{check}"\nwhat = "{what}"\noptions = {{ {options} }}\n'


def reading(words: str, more: str = "") -> str:
    """A table with one rule that reads values."""
    parts = ["attribute = 'value'", f"readings = [{{ {words} }}]", more]
    return row("readings", ", ".join(part for part in parts if part))


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ("", "empty"),
        ("rules = 3", "not a table of rules"),
        ('[[rules]]\nname = "x"\nseverity = "bad"\ncheck = "cut"\nwhat = ""', "not a table of rules"),
        (row("magic"), "rule x: no check 'magic'"),
        (row("cut") * 2, "rule x stands twice"),
        (row("cut", what="{word}"), "rule x: '{word}' stands for nothing here"),
        (row("cut", what="{detail.__class__}"), "rule x: '{detail.__class__}' stands for nothing here"),
        (row("cut", what="{detail[0]}"), "rule x: .* stands for nothing here"),
        (row("cut", what="{detail!r}"), "rule x: .* may be padded only"),
        (row("cut", what="{detail:0>99999999}"), "rule x: .* may be padded only"),
        (row("cut", what="{"), "rule x: "),
        (row("cut", what="{\\n\\u001b}"), "rule x: .* stands for nothing here"),
        (row("cut", '"a\\nb" = 3'), "rule x: .*unknown field"),
        (row("edges", 'head = "("'), "rule x: not a regular expression .*: '\\('"),
        (row("edges", "head = 'a{99999999999999}'"), "rule x: not a regular expression"),
        (row("edges", "head = '(?:a+)+b'"), "rule x: a regular expression that takes too long on 'a'"),
        (row("edges", "head = '%nothing%'"), "rule x: no term %nothing%"),
        (row("edges", "tail = '(?i)x'"), "rule x: not a regular expression"),
        (row("edges", 'tial = ""'), "rule x: .*tial"),
        (row("enclosed", 'pairs = ["“”", "«"]'), "rule x: .*length >= 2"),
        (row("enclosed", 'pairs = ["“”x"]'), "rule x: .*length <= 2"),
        (reading("words = 'a', shift = 99999999999"), "rule x: "),
        (reading("words = 'a', shift = 1, near = 2"), "rule x: key .*: one of value, matches, shift and near"),
        (reading("words = '(?P<d>a)', value = '{e}'"), "rule x: key .*: '{e}' stands for nothing here"),
        (reading("words = '(?P<d>a)', value = '{d.real}'"), "rule x: key .*: '{d.real}' stands for nothing here"),
        (reading("words = 'a', value = 'b'", "maps = { e = {} }"), "rule x: no reading has a group 'e'"),
        (reading("words = 'a', value = 'b'", 'numbers = ["e"]'), "rule x: no reading has a group 'e'"),
    ],
)
def test_a_wrong_table_is_refused_in_one_line(tmp_path: Path, table: str, words: str) -> None:
    path = tmp_path / "rules.toml"
    path.write_text(table)
    with pytest.raises(VigoldError, match=f"rules\\.toml: .*{words}") as refusal:
        rules.load(path)
    assert str(refusal.value).isprintable()


@pytest.mark.parametrize("name", ["form", "names", "dates", "documents"])
def test_a_table_of_vigolds_may_be_the_start_of_ones_own(name: str) -> None:
    path = Path(rules.__file__).parent / "tables" / f"{name}.toml"
    assert {ready.rule.name for ready in rules.load(path)} <= {ready.rule.name for ready in RULES}


def test_a_table_of_ones_own_knows_the_terms_and_no_day_is_too_far(tmp_path: Path) -> None:
    path = tmp_path / "rules.toml"
    path.write_text(row("edges", "head = '%blank%'") + reading("words = 'xa', shift = -40000").replace('"x"', '"y"'))
    first, second = rules.load(path)
    spans = (Span("s", 0, 3, "DATE", {"value": "x"}),)
    assert [f.rule.name for f in lint([Document("a", " xa", "0001-01-01", spans=spans)], [first, second], SCHEME)] == [
        "x"
    ]


def test_own_rules_have_names_of_their_own() -> None:
    assert len({ready.rule.name for ready in RULES}) == len(RULES)


def test_long_spans_of_blanks_and_signs_take_no_time() -> None:
    text = "a" + " " * 100_000 + "," * 100_000 + "b"
    spans = tuple(Span(label, 0, len(text), label, {"value": "x"}) for label in SCHEME.labels)
    began = time.process_time()
    lint([Document("a", text, spans=spans)], RULES, SCHEME)
    assert time.process_time() - began < 2
