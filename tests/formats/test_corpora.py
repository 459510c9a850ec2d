"""Vietnamese corpora as they are given out, in made-up samples of the same shape."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import datasets
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import vigold
from vigold.document import Document
from vigold.errors import VigoldError
from vigold.formats import registry

Found = list[tuple[str, str | None, list[tuple[str, str]]]]

PHONER = (
    '{"words": ["Bác_sĩ", "Lê_Bảy", "ở", "Hội_An", "."], "tags": ["O", "B-NAME", "O", "B-LOCATION", "O"]}\n'
    '{"words": ["Gửi", "a_b@x.vn", "_"], "tags": ["O", "O", "O"]}\n'
)
PHONER_CONLL = "Bác_sĩ O\nLê_Bảy B-NAME\nở O\nHội_An B-LOCATION\n. O\n\nGửi O\na_b@x.vn O\n_ O\n"
WIKIANN = "vi:Sông\tB-LOC\nvi:#\tO\nvi:a:b\tI-LOC\n\nvi:Lê\tB-PER\nvi:Bảy\tI-PER\n"
LAYERS = "Khoa B-ORG O\nToán I-ORG O\nHuế I-ORG B-LOC\n. O O\n"


def told(documents: list[Document]) -> Found:
    return [(one.id, one.text, [(one.surface(s), s.label) for s in one.spans]) for one in documents]


def read(tmp_path: Path, content: str, format: str | None = None) -> Found:
    path = tmp_path / "in"
    path.write_text(content)
    return told(list(registry.read(path, format=format)))


@pytest.mark.parametrize("content", [PHONER, PHONER_CONLL])
def test_phoner_by_words_as_json_and_as_conll(tmp_path: Path, content: str) -> None:
    first, second = read(tmp_path, content, "phoner")
    assert first == ("0", "Bác sĩ Lê Bảy ở Hội An .", [("Lê Bảy", "NAME"), ("Hội An", "LOCATION")])
    assert second == ("1", "Gửi a_b@x.vn _", [])
    assert read(tmp_path, content)[0][1] == "Bác_sĩ Lê_Bảy ở Hội_An ."


def test_vlsp_2016_has_nested_names_and_words(tmp_path: Path) -> None:
    rows = "UBND\tNy\tB-NP\tB-ORG\tO\ntỉnh\tN\tI-NP\tI-ORG\tB-LOC\nLào_Cai\tNp\tI-NP\tI-ORG\tI-LOC\n"
    (document,) = read(tmp_path, f"<s>\n{rows}</s>\n", "vlsp2016")
    assert document == ("0", "UBND tỉnh Lào Cai", [("UBND tỉnh Lào Cai", "ORG"), ("tỉnh Lào Cai", "LOC")])


def test_vlsp_2021_is_a_folder_of_articles_whose_lines_end_early(tmp_path: Path) -> None:
    (tmp_path / "in" / "a").mkdir(parents=True)
    rows = "\ufeffSở\tN\tB-NP\tB-ORGANIZATION\nY_tế\tN\tI-NP\tI-ORGANIZATION\n"
    rows += "X\tNp\tI-NP\tI-ORGANIZATION\tB-LOCATION-GPE\n"
    (tmp_path / "in" / "a" / "1.conll").write_text(rows + "họp\tV\tB-VP\n\nMưa\tV\n")
    (tmp_path / "in" / "2.conll").write_text("Huế\tB-LOCATION\n")
    assert registry.told(tmp_path / "in") == "conll"
    second, first = told(vigold.read(tmp_path / "in", "vlsp2021"))
    assert first == ("a/1", "Sở Y tế X họp Mưa", [("Sở Y tế X", "ORGANIZATION"), ("X", "LOCATION-GPE")])
    assert second == ("2", "Huế", [("Huế", "LOCATION")])
    (tmp_path / "in" / "2.conll").write_text("a\tO\nHuế\tLOCATION\n")
    with pytest.raises(VigoldError, match=r"2\.conll: line 2: 'LOCATION' is no tag"):
        vigold.read(tmp_path / "in", "vlsp2021")
    (tmp_path / "in" / "2.conll").write_text("# id = q\na O\n\n# id = a/1\na O\n")
    with pytest.raises(VigoldError, match=r"1\.conll: line 1: document a/1 already stands in .*2\.conll, line 4"):
        vigold.read(tmp_path / "in", "vlsp2021")


def test_lines_of_uneven_width_are_told(tmp_path: Path) -> None:
    (tmp_path / "in").write_text("Sở N B-NP B-ORG\nX Np I-NP I-ORG B-LOC\n")
    remarks: list[str] = []
    list(registry.read(tmp_path / "in", registry.Reading(remarks=remarks)))
    assert remarks == [f"{tmp_path / 'in'}: lines with 4 to 5 columns; the last one of each is read as its tag"]


def test_wikiann_has_the_language_before_each_token(tmp_path: Path) -> None:
    assert read(tmp_path, WIKIANN) == [
        ("0", "Sông # a:b", [("Sông", "LOC"), ("a:b", "LOC")]),
        ("1", "Lê Bảy", [("Lê Bảy", "PER")]),
    ]
    with pytest.raises(VigoldError, match=r"in: line 2: expected a language and a token, as vi:Huế, found 'Lê'"):
        read(tmp_path, "vi:Ô O\nLê B-PER\n", "wikiann")


def test_wikiann_is_told_with_blanks_for_tabs_too(tmp_path: Path) -> None:
    assert read(tmp_path, WIKIANN.replace("\t", " ")) == read(tmp_path, WIKIANN)
    assert read(tmp_path, "vi:Ô O\nLê B-PER\n") == [("0", "vi:Ô Lê", [("Lê", "PER")])]


def test_every_column_is_a_layer_where_that_is_said(tmp_path: Path) -> None:
    assert read(tmp_path, LAYERS, "conll-layers") == [
        ("0", "Khoa Toán Huế .", [("Khoa Toán Huế", "ORG"), ("Huế", "LOC")])
    ]
    with pytest.raises(VigoldError, match=r"line 2: 'Np' is no tag; expected tags in every column after the first"):
        read(tmp_path, "a O O\nb Np O\n", "conll-layers")
    with pytest.raises(VigoldError, match="lines with 2 and with 3 columns"):
        read(tmp_path, "a O O\nb O\n", "conll-layers")


def test_datasets_of_the_hub_have_codes_with_names(tmp_path: Path) -> None:
    tags = datasets.ClassLabel(names=["O", "B-PER", "I-PER"])
    features = datasets.Features(
        {
            "tokens": datasets.List(datasets.Value("string")),
            "ner_tags": datasets.List(tags),
            "spans": datasets.List(datasets.Value("string")),
        }
    )
    rows = {"tokens": [["Lê", "Bảy", "ở"], ["Mưa"]], "ner_tags": [[1, 2, 0], [0]], "spans": [["PER: Lê Bảy"], []]}
    made = datasets.Dataset.from_dict(rows, features)
    made.to_parquet(str(tmp_path / "a.parquet"))
    found = vigold.read(tmp_path / "a.parquet")
    assert told(found) == [("0", "Lê Bảy ở", [("Lê Bảy", "PER")]), ("1", "Mưa", [])]
    assert vigold.score(tmp_path / "a.parquet", {"x": found}, resamples=0).systems["x"].micro["strict"].f1 == 1.0
    assert vigold.score(made, {"x": found}, resamples=0).systems["x"].micro["strict"].tp == 1
    made.cast_column("ner_tags", datasets.List(datasets.Value("int64"))).to_parquet(str(tmp_path / "b.parquet"))
    with pytest.raises(
        VigoldError, match=r"b.parquet: row 0: ner_tags: number 0 is the code 1, without names; `vigold convert"
    ):
        vigold.read(tmp_path / "b.parquet")
    how = registry.Reading(names=["O", "B-PER", "I-PER"])
    assert told(list(registry.read(tmp_path / "b.parquet", how))) == told(found)


@pytest.mark.parametrize(
    ("names", "columns", "words"),
    [
        (["tokens", "tags"], [[[1]], [["O"]]], "row 0: tokens: number 0 is 1, not a text"),
        (["tokens", "tags"], [[["a"], None], [["O"], ["O"]]], "row 1: tokens must be a list of texts, found None"),
        (["words", "tags"], [[["a"]], [[None]]], "row 0: tags: number 0: None is no tag"),
        (["words", "tags", "tags"], [[["a"]], [["O"]], [["O"]]], "the column 'tags' stands twice"),
        (["words", "tags"], [[], []], "holds no row"),
    ],
)
def test_columns_of_the_wrong_kind_are_named(tmp_path: Path, names: list[str], columns: list[Any], words: str) -> None:
    pq.write_table(pa.Table.from_arrays([pa.array(column) for column in columns], names), tmp_path / "a.parquet")
    for read_it in (vigold.read, lambda path: vigold.score(path, {"x": path}, resamples=0)):
        with pytest.raises(VigoldError, match=words):
            read_it(tmp_path / "a.parquet")


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ('{"tokens": ["a", "b"], "ner_tags": ["O"]}', "line 1: 2 tokens, but 1 ner_tags; each token has one"),
        ('{"tokens": ["a"], "ner_tags": ["PER"]}', "line 1: ner_tags: number 0: 'PER' is no tag"),
        ('{"tokens": ["a", 7], "ner_tags": ["O", "O"]}', "line 1: tokens: number 1 is 7, not a text"),
        ('{"tokens": ["a"], "ner_tags": "O"}', "line 1: ner_tags must be a list of tags, found 'O'"),
        ('{"tokens": ["a"], "ner_tags": ["O"], "id": [1]}', r"line 1: id is \[1\]; write it as text"),
        ('{"tokens": ["a"]}', "line 1: no key ner_tags or tags or labels; there are 'tokens'"),
        ('{"tokens": ["a"], "ner_tags": ["O"]', "line 1: not JSON"),
        ("[]", "line 1: expected an object with tokens and ner_tags"),
        ('{"id":"q","tokens":[],"tags":[]}\n{"id":"q","tokens":[],"tags":[]}', "document q already stands in line 1"),
        ("\n", "holds no row"),
    ],
)
def test_rows_that_cannot_be_read_are_named(tmp_path: Path, line: str, words: str) -> None:
    with pytest.raises(VigoldError, match=words):
        read(tmp_path, line, "hf-tokens")


def test_a_file_of_another_kind_is_none_of_the_corpus(tmp_path: Path) -> None:
    with pytest.raises(VigoldError, match="looks like conll, but vlsp2018 is given out as enamex"):
        read(tmp_path, LAYERS, "vlsp2018")


def test_words_meet_syllables_and_texts(tmp_path: Path) -> None:
    """Gold by words as JSON, one system by syllables as CoNLL, one on a text of its own as JSONL."""
    gold, syllables, texts = tmp_path / "gold.json", tmp_path / "s.conll", tmp_path / "t.jsonl"
    gold.write_text(PHONER.splitlines()[0])
    syllables.write_text("Bác O\nsĩ O\nLê B-NAME\nBảy I-NAME\nở O\nHội B-LOCATION\nAn I-LOCATION\n. O\n")
    text = "Bác sĩ Lê Bảy ở Hội An."
    texts.write_text(f'{{"id":"0","text":"{text}","spans":[{{"start":7,"end":13,"label":"NAME"}}]}}')
    found = vigold.score(gold, {"syllables": syllables}, resamples=0)
    assert found.systems["syllables"].micro["strict"].f1 == 1.0
    found = vigold.score(gold, {"syllables": syllables, "texts": texts}, resamples=0, map="phoner")
    assert [one.micro["strict"].tp for one in found.systems.values()] == [2, 1]
    assert set(found.systems["texts"].labels) == {"PER", "LOC"}


def test_a_file_that_is_in_no_format_is_said_to_be_none(tmp_path: Path) -> None:
    (tmp_path / "a.muc").write_text("Huế</ENAMEX>", "utf-8")
    with pytest.raises(VigoldError, match="is in no format that tells itself, but vlsp2018 is given out as enamex"):
        list(registry.read(tmp_path / "a.muc", registry.Reading(), "vlsp2018"))
