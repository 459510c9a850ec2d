"""Parquet of any column types is read, or refused in one line that says what was found and what is expected."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import datasets
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import vigold
from tests.command_line import Vigold, refused
from tests.formats.test_formats import told
from vigold.errors import VigoldError
from vigold.formats import jsonl
from vigold.formats.registry import Reading
from vigold.scoring import inputs
from vigold.scoring.corpus import from_documents

PLAIN = pa.list_(pa.struct({"start": pa.int32(), "end": pa.int32(), "label": pa.string()}))
SPAN = {"start": 0, "end": 2, "label": "X"}


def spans(**types: Any) -> pa.DataType:
    fields = {"start": pa.int32(), "end": pa.int32(), "label": pa.string(), **types}
    return pa.list_(pa.struct({name: kind for name, kind in fields.items() if kind is not None}))


def written(path: Path, rows: list[dict[str, Any]], **types: pa.DataType) -> Path:
    schema = {"id": pa.string(), "spans": PLAIN, **types}
    pq.write_table(
        pa.table({key: pa.array([row.get(key) for row in rows], kind) for key, kind in schema.items()}), path
    )
    return path


@pytest.mark.parametrize(
    ("types", "row", "words"),
    [
        ({"id": pa.int64()}, {"id": 7}, "column id is int64; expected text"),
        ({}, {"id": None}, "row 0: the record has no id; give each one an `id` of its own"),
        ({"text": pa.int32()}, {"text": 5}, "column text is int32; expected text"),
        ({"published": pa.date32()}, {}, r"column published is date32\[day\]; expected text"),
        ({"spans": pa.string()}, {"spans": "[]"}, "column spans is string; expected a list of structs with start, end"),
        ({"spans": pa.list_(pa.string())}, {"spans": ["x"]}, "column spans is list<.*; expected a list of structs"),
        ({"spans": spans(start=pa.float64())}, {}, "column spans, key start is double; expected whole numbers"),
        ({"spans": spans(label=pa.int64())}, {}, "column spans, key label is int64; expected text, or codes"),
        ({"spans": spans(label=None)}, {}, "column spans has no key 'label'; there are start, end"),
        (
            {"spans": spans(attrs=pa.struct({"year": pa.int32()}))},
            {},
            "column spans, key attrs is struct<year: int32>; expected texts by their names",
        ),
        ({}, {"spans": [SPAN, None]}, "row 0: document a: span number 2 is null"),
        ({}, {"spans": [{**SPAN, "start": None}]}, "document a: span number 1 .*: the key start is missing"),
        ({"spans": spans(end=pa.uint64())}, {"spans": [{**SPAN, "end": 1 << 63}]}, "over 2..31; no text is so long"),
        ({}, {"spans": [{**SPAN, "start": -1}]}, r"span s1: \[-1, 2\) is outside the text"),
        ({}, {"spans": [{**SPAN, "label": ""}]}, "span s1: the label of the span .* is empty"),
        (
            {"zones": pa.list_(pa.struct({"kind": pa.string(), "start": pa.int32(), "end": pa.int32()}))},
            {"zones": [{"kind": "a\nb", "start": 2, "end": 1}]},
            r"document a: zone a\\nb: start 2 is not before end 1",
        ),
        ({"meta": pa.string()}, {"meta": "{"}, "row 0: document a: meta is not JSON"),
        ({"meta": pa.string()}, {"meta": "[]"}, "row 0: document a: meta must be an object"),
    ],
)
def test_odd_columns_are_refused_in_one_line(
    tmp_path: Path, types: dict[str, pa.DataType], row: dict[str, Any], words: str
) -> None:
    path = written(tmp_path / "odd.parquet", [{"id": "a", **row}], **types)
    for read in (vigold.read, lambda place: inputs.read(place, Reading())):
        if read is vigold.read and "2..31" in words:
            continue  # a matter of scoring
        with pytest.raises(VigoldError, match=words) as found:
            read(path)
        assert str(found.value).startswith(str(path))
        assert "\n" not in str(found.value)


@pytest.mark.parametrize(
    "types",
    [
        {"id": pa.large_string(), "text": pa.dictionary(pa.int8(), pa.string())},
        {"spans": spans(start=pa.uint64(), end=pa.int8(), label=pa.dictionary(pa.int32(), pa.string()))},
        {"spans": pa.large_list(PLAIN.value_type)},
        {"spans": pa.list_(PLAIN.value_type, 1)},
        {"spans": spans(id=pa.null(), attrs=pa.map_(pa.string(), pa.string()))},
        {"meta": pa.struct({"topic": pa.string()}), "title": pa.null()},
    ],
)
def test_types_that_say_the_same_are_read_alike(tmp_path: Path, types: dict[str, pa.DataType]) -> None:
    row = {"id": "a", "text": "Huế", "spans": [SPAN]}
    path = written(tmp_path / "a.parquet", [row], **{"text": pa.string(), **types})
    (document,) = vigold.read(path)
    assert [(document.surface(span), span.label) for span in document.spans] == [("Hu", "X")]
    assert told(inputs.read(path, Reading())) == told(from_documents([document]))


def test_what_is_no_field_of_a_document_goes_to_meta(tmp_path: Path, vigold: Vigold) -> None:
    types = {"topic": pa.string(), "read": pa.timestamp("ns"), "raw": pa.binary(), "spans": spans(note=pa.string())}
    rows: list[dict[str, Any]] = [
        {"id": "a", "topic": "luật", "read": 1, "raw": b"\xff", "spans": [{**SPAN, "note": "?"}]},
        {"id": "b", "spans": [SPAN]},
    ]
    path = written(tmp_path / "a.parquet", rows, **types)
    assert vigold("convert", str(path), "a.jsonl")[0] == 0
    first, second = (document.meta for document in jsonl.read("a.jsonl"))
    assert first.pop("read").startswith("1970-01-01")
    assert first == {"topic": "luật", "raw": "/w==", "spans_keys": {"s1": {"note": "?"}}}
    assert second == {}
    code, out, _ = vigold("score", str(path), f"x={path}", "--by", "topic", "--resamples", "0")
    assert (code, "luật" in out) == (0, True)


def test_numbers_that_json_lacks_are_kept_as_words(tmp_path: Path) -> None:
    rows: list[dict[str, Any]] = [{"id": "a", "x": float("nan"), "spans": []}, {"id": "b", "x": float("inf")}]
    found = vigold.read(written(tmp_path / "a.parquet", rows, x=pa.float64()))
    assert [document.meta for document in found] == [{"x": "nan"}, {"x": "inf"}]


def test_a_key_that_would_hide_another_is_refused(tmp_path: Path) -> None:
    row = {"id": "a", "spans_keys": "kept", "spans": [{**SPAN, "note": "?"}]}
    path = written(tmp_path / "a.parquet", [row], spans_keys=pa.string(), spans=spans(note=pa.string()))
    with pytest.raises(VigoldError, match="the key 'spans_keys' is needed for unknown keys of spans; rename it"):
        vigold.read(path)


def test_a_time_zone_that_there_is_not_is_one_line(tmp_path: Path) -> None:
    path = written(tmp_path / "a.parquet", [{"id": "a", "seen": 1}], seen=pa.timestamp("us", tz="Nowhere/Odd"))
    with pytest.raises(
        VigoldError, match=r"a value that cannot be read: .*; drop the column seen, or write it as text"
    ):
        vigold.read(path)


def test_a_column_that_no_calendar_holds_is_one_line(tmp_path: Path) -> None:
    path = written(tmp_path / "a.parquet", [{"id": "a", "seen": 2**50}], seen=pa.timestamp("s"))
    with pytest.raises(VigoldError, match=r"a value that cannot be read: .*; drop the column"):
        vigold.read(path)


def test_dictionaries_within_lists_go_on_over_row_groups(tmp_path: Path) -> None:
    kind = spans(label=pa.dictionary(pa.int32(), pa.string()))
    rows = [{"id": f"d{n}", "spans": [{**SPAN, "label": "XYZ"[n % 3]}]} for n in range(9)]
    table = pq.read_table(written(tmp_path / "whole.parquet", rows, spans=kind))
    pq.write_table(table, tmp_path / "a.parquet", row_group_size=2)
    found = inputs.read(tmp_path / "a.parquet", Reading())
    assert (found.labels, found.spans.label.tolist()) == (["X", "Y", "Z"], [0, 1, 2] * 3)


def test_a_column_of_no_spans_at_all(tmp_path: Path) -> None:
    for kind in (pa.null(), pa.list_(pa.null())):
        path = written(tmp_path / "a.parquet", [{"id": "a"}], spans=kind)
        assert [document.spans for document in vigold.read(path)] == [()]
        assert inputs.read(path, Reading()).ids == ["a"]


@pytest.mark.parametrize("coded", [False, True])
def test_a_struct_of_lists_is_a_list_of_structs(tmp_path: Path, coded: bool) -> None:
    """As the Sequence features of `datasets` write it, with codes and names."""
    label = datasets.ClassLabel(names=["LOC", "PER"]) if coded else datasets.Value("string")
    feature = datasets.Sequence({"start": datasets.Value("int32"), "end": datasets.Value("int32"), "label": label})
    features = datasets.Features({"id": datasets.Value("string"), "spans": feature})
    rows = {"start": [0, 4], "end": [2, 8], "label": ["PER", "LOC"]}
    data = {"id": ["a", "b"], "spans": [rows, {"start": [], "end": [], "label": []}]}
    made = datasets.Dataset.from_dict(data, features=features)
    path = tmp_path / "a.parquet"
    made.to_parquet(str(path))
    first, second = vigold.read(path)
    assert ([span.key for span in first.spans], second.spans) == ([(0, 2, "PER"), (4, 8, "LOC")], ())
    assert told(inputs.read(path, Reading())) == told(from_documents([first, second]))
    assert vigold.score(made, {"x": made}, resamples=0).systems["x"].micro["strict"].tp == 2


def test_lists_of_a_struct_must_be_equally_long(tmp_path: Path) -> None:
    kind = pa.struct({"start": pa.list_(pa.int32()), "end": pa.list_(pa.int32()), "label": pa.list_(pa.string())})
    row = {"id": "b", "spans": {"start": [0, 1], "end": [2], "label": ["X", "X"]}}
    path = written(tmp_path / "a.parquet", [{"id": "a"}, row], spans=kind)
    with pytest.raises(VigoldError, match=r"column spans, row 1: .* not equally long: 2 of start, 1 of end"):
        vigold.read(path)


def test_a_doubled_id_names_both_rows(tmp_path: Path) -> None:
    path = written(tmp_path / "a.parquet", [{"id": "a"}, {"id": "b"}, {"id": "a"}])
    for read in (vigold.read, lambda place: inputs.read(place, Reading())):
        with pytest.raises(VigoldError, match="row 2: document a already stands in row 0"):
            read(path)


def test_codes_need_a_name(tmp_path: Path) -> None:
    features = datasets.Features(
        {"id": datasets.Value("string"), "spans": datasets.List({"label": datasets.ClassLabel(names=["X"])})}
    )
    for code in (-1, 1):
        table = pa.table({"id": ["a"], "spans": pa.array([[{**SPAN, "label": code}]], spans(label=pa.int64()))})
        path = tmp_path / "a.parquet"
        pq.write_table(table.replace_schema_metadata(features.arrow_schema.metadata), path)
        with pytest.raises(VigoldError, match=f"span number 1: the code {code} has no name"):
            inputs.read(path, Reading())


def test_files_of_a_folder_that_do_not_fit(tmp_path: Path) -> None:
    written(tmp_path / "train-0.parquet", [{"id": "a"}])
    written(tmp_path / "train-1.parquet", [{"id": 5}], id=pa.int64())
    with pytest.raises(VigoldError, match="its Parquet files have different columns"):
        vigold.read(tmp_path)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of two splits, `set`, with a document each that has the name of its split."""
    (tmp_path / "set").mkdir()
    for split in ("train", "test"):
        row: dict[str, Any] = {"id": split, "text": "Hà Nội", "spans": []}
        written(tmp_path / "set" / f"{split}.parquet", [row], text=pa.string())
    return tmp_path / "set"


def test_a_split_of_a_folder_is_read(folder: Path) -> None:
    assert [document.id for document in vigold.read(folder, split="test")] == ["test"]


def test_the_split_to_extract_from_is_named(folder: Path, vigold: Vigold) -> None:
    assert "name one with --split" in refused(vigold("extract", str(folder), "-o", "x.jsonl"))
    assert vigold("extract", str(folder), "--split", "test", "-o", "x.jsonl")[0] == 0
    assert [document.id for document in jsonl.read("x.jsonl")] == ["test"]
