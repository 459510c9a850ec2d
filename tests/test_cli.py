"""The commands as a user runs them: exit status, one clear line, nothing half written."""

from __future__ import annotations

import json
import os
import unicodedata
from pathlib import Path
from typing import get_args

import pytest

from tests.command_line import Vigold, refused
from vigold import cli, cli_convert, cli_options
from vigold.document import Document
from vigold.extraction import Entry, Found, registry
from vigold.formats import registry as formats
from vigold.formats import writers
from vigold.formats.corpora import CORPORA

ARTICLE = (
    "Quốc hội bàn luật mới\n\nNgày 5/7, Quốc hội họp tại Hà Nội bàn Luật Đất đai.\n\nPhiên họp kéo dài hai ngày.\n"
)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.txt", b"", "empty"),
        ("a.txt", b"\x00\x01\x02PNG\xff", "a.txt"),
        ("a.txt", b"abc\xff\xfe", "not UTF-8"),
        ("a.txt", b"ab\x00c", "NUL"),
        ("a.jsonl", b'{"id":"a","text":"x"}\n{"id":\n', "line 2"),
        ("a.jsonl", b'{"id":"a","text":"\\udfff"}\n', "surrogate"),
        ("a.jsonl", b'{"id":"a","text":"x"}\n{"id":"a","text":"y"}\n', "document a"),
        ("a.jsonl", b'{"id":"a","text":"x","spans":[{"start":0,"end":9,"label":"X"}]}\n', "outside the text"),
    ],
)
def test_ingest_refuses_bad_input(vigold: Vigold, name: str, content: bytes, words: str) -> None:
    Path(name).write_bytes(content)
    assert words in refused(vigold("ingest", name, "-o", "out.jsonl"))
    assert os.listdir() == [name]


@pytest.mark.parametrize("command", ["ingest", "extract", "tasks", "release", "gold"])
def test_every_command_refuses_missing_files_and_places(vigold: Vigold, command: str) -> None:
    assert "none.jsonl" in refused(vigold(command, "none.jsonl", "-o", "out.jsonl"))
    assert os.listdir() == []


def test_an_unwritable_output_is_told(vigold: Vigold) -> None:
    Path("a.txt").write_text(ARTICLE)
    assert "cannot write" in refused(vigold("ingest", "a.txt", "-o", "nowhere/out.jsonl"))
    assert "cannot make the folder" in refused(vigold("demo", "-o", "a.txt/demo"))


def test_a_record_over_64_mb_is_refused(vigold: Vigold) -> None:
    Path("a.jsonl").write_text('{"id":"a","text":"' + "x" * (65 << 20) + '"}\n')
    for command in ("ingest", "extract"):
        assert "line 1: over 67,108,864 bytes" in refused(vigold(command, "a.jsonl", "-o", "out.jsonl"))


def test_ingest_repairs_and_reports(vigold: Vigold) -> None:
    raw = "\ufeff" + unicodedata.normalize("NFD", ARTICLE).replace("\n", "\r\n")
    Path("a.txt").write_text(raw, newline="")
    status, _, err = vigold("ingest", "a.txt", "--published", "2024-07-06", "-o", "out.jsonl")
    assert status == 0
    assert all(word in err for word in ("NFD", "CRLF", "BOM"))
    record = json.loads(Path("out.jsonl").read_text())
    assert record["text"] == ARTICLE.strip()
    assert (record["id"], record["published"], record["title"]) == ("a", "2024-07-06", "Quốc hội bàn luật mới")


def test_articles_without_a_day_are_told(vigold: Vigold) -> None:
    Path("a.txt").write_text(ARTICLE)
    assert "1 document without a day of publication; --published gives one" in vigold("ingest", "a.txt", "-o", "x")[2]


def test_records_with_spans_are_not_repaired_behind_ones_back(vigold: Vigold) -> None:
    text = unicodedata.normalize("NFD", "Hà Nội mưa")
    spans = [{"start": 0, "end": 9, "label": "LOC"}]
    Path("a.jsonl").write_text(json.dumps({"id": "a", "text": text, "spans": spans}))
    assert "vigold convert --normalise" in refused(vigold("extract", "a.jsonl", "-o", "out.jsonl"))
    assert vigold("convert", "a.jsonl", "b.jsonl", "--normalise")[0] == 0
    record = json.loads(Path("b.jsonl").read_text())
    assert record["text"][record["spans"][0]["start"] : record["spans"][0]["end"]] == "Hà Nội"


def test_extract_ignores_gold_and_leaves_a_manifest(vigold: Vigold) -> None:
    Path("a.jsonl").write_text(
        json.dumps({"id": "a", "text": ARTICLE, "spans": [{"start": 0, "end": 3, "label": "Q"}]})
    )
    assert vigold("extract", "-x", "rules", "a.jsonl", "-o", "p.jsonl")[0] == 0
    record = json.loads(Path("p.jsonl").read_text())
    assert "Q" not in {span["label"] for span in record["spans"]}
    manifest = json.loads(Path("p.jsonl.manifest.json").read_text())
    assert (manifest["extractor"], manifest["documents"], manifest["spans"]) == ("rules", 1, len(record["spans"]))
    assert "rules" in vigold("extractors")[1]


def test_a_failing_document_does_not_lose_the_others(vigold: Vigold, monkeypatch: pytest.MonkeyPatch) -> None:
    def make() -> registry.Extractor:
        def find(document: Document) -> Found:
            if document.id == "b":
                raise RuntimeError("no idea")
            return Found(())

        return find

    monkeypatch.setattr(registry, "_ENTRIES", {"shaky": Entry(make, (), "")})
    Path("a.jsonl").write_text("".join(json.dumps({"id": key, "text": "x"}) + "\n" for key in "abc"))
    status, _, err = vigold("extract", "-x", "shaky", "a.jsonl", "-o", "p.jsonl")
    assert (status, "document b: RuntimeError: no idea" in err) == (1, True)
    assert [json.loads(line)["id"] for line in Path("p.jsonl").read_text().splitlines()] == ["a", "c"]


def test_extractors_that_are_not_there_are_named(vigold: Vigold) -> None:
    Path("a.jsonl").write_text('{"id":"a","text":"x"}')
    assert "no extractor named 'magic'" in refused(vigold("extract", "-x", "magic", "a.jsonl", "-o", "p.jsonl"))
    assert "does not take" in refused(vigold("extract", "-x", "rules:speed=9", "a.jsonl", "-o", "p.jsonl"))
    assert os.listdir() == ["a.jsonl"]


def test_score_prints_the_table_and_writes_the_json(vigold: Vigold) -> None:
    spans = [{"start": 0, "end": 8, "label": "ORG"}, {"start": 9, "end": 12, "label": "LOC"}]
    Path("gold.jsonl").write_text(json.dumps({"id": "a", "text": ARTICLE, "spans": spans}))
    Path("one.jsonl").write_text(json.dumps({"id": "a", "spans": spans[:1]}))
    status, out, _ = vigold("score", "gold.jsonl", "one.jsonl", "two=gold.jsonl", "--json", "s.json")
    assert status == 0
    assert all(word in out for word in ("one", "two", "micro", "macro", "66.7", "100.0"))
    systems = json.loads(Path("s.json").read_text())["systems"]
    assert systems["one"]["micro"]["strict"]["r"] == 0.5
    assert systems["two"]["macro"]["strict"]["f1"] == 1.0
    assert "two systems are called 'one'" in refused(vigold("score", "gold.jsonl", "one.jsonl", "one=gold.jsonl"))
    Path("three.jsonl").write_text(json.dumps({"id": "a", "spans": [{"start": 0, "end": 1, "label": "HERO"}]}))
    assert vigold("score", "gold.jsonl", "three.jsonl")[0] == 0
    scheme = str(Path(cli.__file__).parent / "scheme.toml")
    assert "'HERO' is not in" in refused(vigold("score", "gold.jsonl", "three.jsonl", "--scheme", scheme))


def test_a_made_up_scheme_goes_the_whole_way(vigold: Vigold) -> None:
    scheme = ("--scheme", str(Path(__file__).parent / "recipes.toml"))
    spans = [{"id": "m", "start": 0, "end": 6, "label": "MÓN"}]
    spans.append({"id": "n", "start": 4, "end": 6, "label": "NGUYÊN_LIỆU", "attrs": {"lượng": "300 g"}})
    record = {
        "id": "r",
        "text": "phở bò ngon",
        "spans": spans,
        "relations": [{"type": "gồm", "head": "m", "tail": "n"}],
    }
    Path("in.jsonl").write_text(json.dumps(record))
    assert "NGUYÊN_LIỆU_lượng" in vigold("config", *scheme)[1]
    assert vigold("tasks", "in.jsonl", "--annotations", "-o", "tasks.json", *scheme)[0] == 0
    exported = json.loads(Path("tasks.json").read_text())
    exported[0] |= {"id": 1}
    exported[0]["annotations"][0] |= {"id": 2, "completed_by": 1, "was_cancelled": False}
    Path("export.json").write_text(json.dumps(exported))
    assert "scheme-changed" in refused(vigold("gold", "export.json", "-o", "gold.jsonl"))
    assert vigold("gold", "export.json", "-o", "gold.jsonl", *scheme)[0] == 0
    assert vigold("release", "gold.jsonl", "-o", "set", *scheme)[0] == 0
    assert vigold("score", "gold.jsonl", "x=in.jsonl", "--json", "s.json", *scheme)[0] == 0
    assert json.loads(Path("s.json").read_text())["systems"]["x"]["micro"]["strict"]["f1"] == 1.0


def test_nothing_is_read_and_overwritten(vigold: Vigold) -> None:
    Path("a.jsonl").write_text('{"id":"a","text":"x"}')
    Path("export.json").write_text("[]")
    for words in (("extract", "a.jsonl", "-o", "./a.jsonl"), ("tasks", "a.jsonl", "-o", "a.jsonl")):
        assert "would be overwritten" in refused(vigold(*words))
    assert "would be overwritten" in refused(vigold("gold", "export.json", "-o", "export.json"))
    assert "no gold document" in refused(vigold("gold", "export.json", "-o", "gold.jsonl"))
    Path("link.jsonl").symlink_to("b.jsonl")
    assert vigold("extract", "a.jsonl", "-o", "link.jsonl")[0] == 0
    assert Path("link.jsonl").is_symlink()
    assert "is not a file" in refused(vigold("extract", "a.jsonl", "-o", "/dev/null"))


def test_the_list_of_extractors_is_told_as_it_is(vigold: Vigold) -> None:
    out = vigold("extractors")[1]
    assert "pip install 'vigold[dateparser]'" in out
    assert "VIGOLD_HEIDELTIME=FOLDER" in out


def test_spans_are_moved_to_a_corrected_text(vigold: Vigold) -> None:
    spans = [{"id": "o", "start": 0, "end": 9, "label": "ORG"}, {"id": "l", "start": 19, "end": 25, "label": "LOC"}]
    Path("old.jsonl").write_text(json.dumps({"id": "a", "text": "Bộ Nội vụ họ tại ở Hà Nội.", "spans": spans}))
    Path("new.jsonl").write_text(json.dumps({"id": "a", "text": "Sáng nay, Bộ Nội vụ họp tại Hà Nội."}))
    assert vigold("convert", "old.jsonl", "out.jsonl", "--retext", "new.jsonl")[0] == 0
    record = json.loads(Path("out.jsonl").read_text())
    assert [record["text"][s["start"] : s["end"]] for s in record["spans"]] == ["Bộ Nội vụ", "Hà Nội"]
    Path("new.jsonl").write_text(json.dumps({"id": "a", "text": "Bộ Nội vụ họp ở Huế."}))
    status, _, err = vigold("convert", "old.jsonl", "out.jsonl", "--retext", "new.jsonl")
    assert (status, "span l: LOC 'Hà Nội'" in err) == (1, True)


def test_other_formats_are_converted(vigold: Vigold) -> None:
    Path("a.conll").write_text("Hà\tB-LOC\nNội\tI-LOC\nmưa\tO\n")
    assert vigold("convert", "a.conll", "a.jsonl") == (0, "", "vigold: 1 document → a.jsonl\n")
    line = refused(vigold("convert", "a.conll", "a.json", "--to", "labelstudio"))
    assert "no documents are written as 'labelstudio'" in line
    assert line.endswith("`vigold tasks --annotations` makes tasks of Label Studio")
    (span,) = json.loads(Path("a.jsonl").read_text())["spans"]
    assert (span["start"], span["end"], span["label"]) == (0, 6, "LOC")


def test_corpora_are_converted_by_name_with_their_labels(vigold: Vigold) -> None:
    Path("a.conll").write_text("Bác_sĩ\tO\nLê_Bảy\tB-NAME\n41\tB-AGE\n")
    status, _, err = vigold("convert", "a.conll", "a.jsonl")
    assert (status, "2 tokens with `_`" in err) == (0, True)
    status, _, err = vigold("convert", "a.conll", "a.jsonl", "--from", "phoner", "--map", "phoner")
    assert (status, "left out: 1 spans of AGE" in err, "`_`" in err) == (0, True, False)
    record = json.loads(Path("a.jsonl").read_text())
    assert (record["text"], [(s["start"], s["end"], s["label"]) for s in record["spans"]]) == (
        "Bác sĩ Lê Bảy 41",
        [(7, 13, "PER")],
    )
    assert "there are phoner, to-phoner" in refused(vigold("convert", "a.conll", "b.jsonl", "--map", "foner"))
    assert "looks like conll, but vlsp2018" in refused(vigold("convert", "a.conll", "b.jsonl", "--from", "vlsp2018"))
    assert sorted(os.listdir()) == ["a.conll", "a.jsonl"]


def test_extract_reads_words_of_a_corpus_as_their_syllables(vigold: Vigold) -> None:
    Path("a.conll").write_text("Họp\tO\nngày_5/7/2023\tO\n")
    status, _, err = vigold("extract", "a.conll", "-o", "plain.jsonl")
    assert (status, "a.conll: 1 tokens with `_`; where it joins syllables, --from phoner" in err) == (0, True)
    status, _, err = vigold("extract", "a.conll", "-o", "words.jsonl", "--from", "phoner")
    assert (status, "`_`" in err) == (0, False)
    found = json.loads(Path("words.jsonl").read_text())
    assert (found["text"], [span["label"] for span in found["spans"]]) == ("Họp ngày 5/7/2023", ["DATE"])
    line = refused(vigold("extract", "a.conll", "-o", "no.jsonl", "--from", "vlsp2018"))
    assert "looks like conll, but vlsp2018" in line


def test_codes_of_tags_are_named_on_the_command_line(vigold: Vigold) -> None:
    Path("a.jsonl").write_text('{"tokens":["Lê","Bảy"],"ner_tags":[1,2]}')
    assert "without names" in refused(vigold("convert", "a.jsonl", "b.jsonl"))
    assert vigold("convert", "a.jsonl", "b.json", "--to", "gliner", "--names", "O,B-PER,I-PER")[0] == 0
    assert json.loads(Path("b.json").read_text())[0]["ner"] == [[0, 1, "PER"]]


def test_convert_offers_every_format_and_corpus() -> None:
    offered = get_args(cli_options.Format), cli_convert.WRITTEN
    assert offered == ((*formats.READERS, *CORPORA), tuple(writers.WRITERS))


def test_score_reads_files_of_tokens_as_a_corpus(vigold: Vigold) -> None:
    Path("a.conll").write_text("Sở\tN\tB-NP\tB-ORG\nX\tN\tI-NP\tI-ORG\tB-LOC\nhọp\tV\n")
    Path("b.jsonl").write_text('{"id":"0","text":"Sở X họp","spans":[{"start":3,"end":4,"label":"LOC"}]}')
    line = refused(vigold("score", "a.conll", "b.jsonl", "--resamples", "0"))
    assert "line 3: 'V' is no tag" in line
    status, out, _ = vigold("score", "a.conll", "b.jsonl", "--resamples", "0", "--from", "vlsp2021", "--json", "s.json")
    assert (status, "|from:vlsp2021|" in out) == (0, True)
    labels = json.loads(Path("s.json").read_text())["systems"]["b"]["labels"]
    assert {label: (one["strict"]["gold"], one["strict"]["tp"]) for label, one in labels.items()} == {
        "ORG": (1, 0),
        "LOC": (1, 1),
    }


def test_score_reads_gold_and_files_of_tokens_in_the_format_that_is_named(vigold: Vigold) -> None:
    Path("a.conll").write_text("Khoa B-ORG O\nHuế I-ORG B-LOC\n")
    Path("b.jsonl").write_text('{"id":"0","text":"Khoa Huế","spans":[{"start":5,"end":8,"label":"LOC"}]}')
    command = ("score", "a.conll", "same=a.conll", "b.jsonl", "--resamples", "0", "--json", "s.json")
    found = []
    for more in ([], ["--from", "conll-layers"]):
        status, out, _ = vigold(*command, *more)
        assert (status, "|from:conll-layers|" in out) == (0, bool(more))
        systems = json.loads(Path("s.json").read_text())["systems"]
        found.append([(one["micro"]["strict"]["gold"], one["micro"]["strict"]["tp"]) for one in systems.values()])
    assert found == [[(1, 1), (1, 1)], [(2, 2), (2, 1)]]
    assert "a.conll: not JSON" in refused(vigold("score", "b.jsonl", "a.conll", "--from", "gliner"))
    assert "b.jsonl: expected a list of tasks" in refused(
        vigold("score", "b.jsonl", "b.jsonl", "--from", "labelstudio")
    )
