"""Files that end with the tags of gold and those of a tagger, as conlleval and CRF++ have them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.command_line import Vigold, refused
from vigold.formats import registry
from vigold.formats.registry import Reading

# Gold has 4 names, the tagger 4, of which 2 are right: conlleval says 50.00 for precision, recall and FB1.
TAGGED = (
    "Minh Np B-PER B-PER\nở E O O\nHuế Np B-LOC B-ORG\n\n"
    "Sở N B-ORG B-ORG\nY N I-ORG I-ORG\ntế N I-ORG O\n# V O O\nSa Np B-LOC B-LOC\nPa Np I-LOC I-LOC\n\n"
)


def scores(path: str = "s.json") -> dict[str, tuple[int, int, int]]:
    found = json.loads(Path(path).read_text())["systems"]
    return {name: tuple(one["micro"]["strict"][key] for key in ("gold", "pred", "tp")) for name, one in found.items()}


@pytest.mark.parametrize("content", [TAGGED, TAGGED.replace(" ", "\t")], ids=["blanks", "tabs"])
def test_one_file_holds_gold_and_predictions(vigold: Vigold, content: str) -> None:
    Path("tagged.txt").write_text(content)
    status, out, err = vigold("score", "tagged.txt", "--from", "conlleval", "--resamples", "0", "--json", "s.json")
    assert (status, err, "|from:conlleval|" in out) == (0, "", True)
    assert scores() == {"tagged": (4, 4, 2)}


def test_other_systems_stand_in_files_of_their_own(vigold: Vigold) -> None:
    Path("a.txt").write_text(TAGGED)
    Path("b.txt").write_text(TAGGED.replace("B-LOC B-ORG", "B-LOC B-LOC"))
    lines = [line.split() for line in TAGGED.split("\n")]
    Path("two.conll").write_text("\n".join(f"{line[0]} {line[2]}" if line else "" for line in lines))
    files = ("a.txt", "a.txt", "b.txt", "two.conll")
    assert vigold("score", *files, "--from", "conlleval", "--resamples", "0", "--json", "s.json")[0] == 0
    assert scores() == {"a": (4, 4, 2), "b": (4, 4, 3), "two": (4, 4, 4)}
    assert vigold("convert", "a.txt", "gold.jsonl", "--from", "conlleval")[0] == 0
    assert (
        vigold("score", "gold.jsonl", *files[1:], "--from", "conlleval", "--resamples", "0", "--json", "t.json")[0] == 0
    )
    assert scores("t.json") == scores()


def test_what_a_tagger_is_sure_of_is_no_part_of_its_tag(tmp_path: Path) -> None:
    """With `crf_test -v1`."""
    path = tmp_path / "crf.txt"
    path.write_text("# 0.478113\nMinh Np B-PER B-PER/0.992465\nở E O O/1.000000\n\n")
    (found,) = registry.read(path, Reading(predicted=True), "conlleval")
    assert (found.text, [span.key for span in found.spans]) == ("Minh ở", [(0, 4, "PER")])


def test_a_file_with_both_is_not_read_as_its_predictions_without_a_word(vigold: Vigold) -> None:
    Path("tagged.txt").write_text(TAGGED)
    status, out, _ = vigold("score", "tagged.txt", "tagged.txt", "--resamples", "0")
    assert (status, out.count("--from conlleval takes those as gold")) == (0, 1)
    Path("conll2003.txt").write_text("Minh Np B-NP B-PER\nở E B-PP O\n")  # chunks are no gold
    assert "conlleval" not in vigold("score", "conll2003.txt", "conll2003.txt", "--resamples", "0")[1]


def test_what_is_missing_is_named(vigold: Vigold) -> None:
    Path("a.txt").write_text(TAGGED)
    assert "no predictions; name a file of each system" in refused(vigold("score", "a.txt"))
    Path("a.txt").write_text("Minh B-PER\n")
    line = refused(vigold("score", "a.txt", "--from", "conlleval"))
    assert "a.txt: line 1: expected a token, the tag of gold and that of the system" in line
    Path("a.txt").write_text("Minh Np B-PER\n")
    assert "line 1: 'Np' is no tag" in refused(vigold("score", "a.txt", "--from", "conlleval"))
