"""The stored predictions are those of these rules, so that no figure is older than the code.

What the rules find decides, not the hash of the code in the manifests: rules that are put otherwise and find the same
leave every figure as it is.
"""

from __future__ import annotations

from pathlib import Path

import pytest

import vigold

ROOT = Path(__file__).parents[2]
GOLD = {"unseen": ROOT / "corpus" / "gold" / "unseen.jsonl", "sample": ROOT / "vigold" / "sample" / "gold.jsonl"}


@pytest.mark.parametrize("name", GOLD)
def test_the_figures_of_the_rules_are_of_these_rules(name: str) -> None:
    stored = vigold.read(ROOT / "eval" / name / "rules.jsonl")
    found = vigold.extract(vigold.read(GOLD[name]), "rules")
    same = [(one.id, one.spans, one.relations) for one in stored] == [
        (one.id, one.spans, one.relations) for one in found
    ]
    assert same, "the rules have changed; run `make eval` and put the figures of eval/board.md into README.md"
