"""DocBins of spaCy are read as spaCy reads them, and whatever is in them is data alone."""

from __future__ import annotations

import zlib
from contextlib import suppress
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import vigold
from tests.formats.test_for_trainers import SOME, named
from vigold.document import Document
from vigold.errors import VigoldError
from vigold.formats import registry
from vigold.formats.registry import Reading
from vigold.formats.spacy_docs import pieced

pytest.importorskip("spacy", reason="the extra `spacy` is not installed")


def keys(document: Document) -> list[tuple[str, str]]:
    return sorted((document.surface(span), span.label) for span in document.spans)


@given(SOME)
@settings(max_examples=40)
def test_what_was_written_comes_back(tmp_path_factory: pytest.TempPathFactory, some: list[Document]) -> None:
    path = tmp_path_factory.mktemp("spacy") / "a.bin"
    vigold.write(path, named(some), "spacy")
    assert registry.told(path) == "spacy"
    for before, after in zip(named(some), vigold.read(path), strict=True):
        assert (after.id, after.text) == (before.id, before.text)
        pieces = pieced(before.text or "")[0]
        starts, ends = {piece.start for piece in pieces}, {piece.end for piece in pieces}
        held = {span.key for span in before.spans if span.start in starts and span.end in ends}
        assert {span.key for span in after.spans} == held


def made(path: Path, *groups: str, ents: bool = True) -> Path:
    """What somebody made with spaCy itself: entities, groups of spans, and data of their own."""
    from spacy.tokens import Doc, DocBin, Span
    from spacy.vocab import Vocab

    doc = Doc(Vocab(), ["UBND", "tỉnh", "Y", ",", "PERSON"], [True, True, False, True, False])
    for name in groups:
        doc.spans[name] = [Span(doc, 0, 3, "ORG"), Span(doc, 1, 3, "LOC")]
    doc.ents = [Span(doc, 0, 3, "ORG"), Span(doc, 4, 5, "PERSON")] if ents else []
    own: dict[Any, Any] = {("._.", "seen", None, None): True, "when": 5}
    doc.user_data = own
    DocBin(["LEMMA", "ENT_IOB", "ENT_TYPE"], store_user_data=True, docs=[doc]).to_disk(path)
    return path


@pytest.mark.parametrize("groups", [("sc",), ("mine",), ("mine", "sc")])
def test_entities_and_nested_spans_are_read(tmp_path: Path, groups: tuple[str, ...]) -> None:
    """Labels and words that spaCy knows by numbers of its own, such as PERSON, too."""
    remarks: list[str] = []
    (found,) = registry.read(made(tmp_path / "a.spacy", *groups), Reading(remarks=remarks))
    assert (found.id, found.text) == ("0", "UBND tỉnh Y, PERSON")
    assert keys(found) == [("PERSON", "PERSON"), ("UBND tỉnh Y", "ORG"), ("tỉnh Y", "LOC")]
    assert [line.partition(": ")[2] for line in remarks] == (
        ["spans of other groups than 'sc' left out: 2 of doc.spans['mine']"] if len(groups) > 1 else []
    )


def test_predictions_of_spacy_are_scored(tmp_path: Path) -> None:
    gold, found = made(tmp_path / "gold.spacy", "sc"), made(tmp_path / "found.spacy", "sc", ents=False)
    result = vigold.score(gold, {"x": found}, resamples=0)
    assert (result.systems["x"].micro["strict"].tp, result.systems["x"].micro["strict"].gold) == (2, 3)


def changed(path: Path, **parts: Any) -> Path:
    """The file with other parts in it."""
    whole = msgspec.msgpack.decode(zlib.decompress(path.read_bytes()))
    path.write_bytes(zlib.compress(msgspec.msgpack.encode(whole | parts)))
    return path


def group(start: int, end: int, label: int = 383) -> bytes:
    """A group of one span; 383 is spaCy's own number for ORG."""
    span = b"".join(n.to_bytes(8) for n in (0, 0, label)) + b"".join(
        n.to_bytes(4, signed=True) for n in (start, end, 0, 0)
    )
    return msgspec.msgpack.encode([msgspec.msgpack.encode({"name": "sc", "attrs": {}, "spans": [span]})])


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ({"lengths": b"\x09\0\0\0"}, "its tokens do not add up"),
        ({"lengths": b"\xff\xff\xff\xff"}, "its tokens do not add up"),
        ({"attrs": []}, "its columns are not of one length"),
        ({"attrs": [1, 2, 3, 4]}, "its tokens do not add up"),
        ({"strings": []}, "document number 0: the code [0-9]+ stands for no string"),
        ({"strings": 5}, "is not a DocBin of spaCy: key strings: expected a list"),
        ({"span_groups": [b"\xc1"]}, "its groups of spans cannot be read"),
        ({"span_groups": [group(0, 6)]}, r"a span of ORG over tokens \[0, 6\) of 5"),
        ({"span_groups": [group(-3, 2)]}, r"a span of ORG over tokens \[-3, 2\) of 5"),
        ({"span_groups": [group(0, 1, 2**60)]}, "the code 1152921504606846976 stands for no string"),
        ({"user_data": [b"\xc1"]}, "its user data cannot be read"),
        ({"tokens": b"", "spaces": b"", "lengths": b""}, "holds no document"),
    ],
)
def test_what_is_broken_is_named(tmp_path: Path, parts: dict[str, Any], words: str) -> None:
    with pytest.raises(VigoldError, match=words) as found:
        vigold.read(changed(made(tmp_path / "a.spacy", "sc"), **parts))
    assert str(found.value).startswith(str(tmp_path))


def test_a_file_that_unpacks_without_end_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.spacy").write_bytes(zlib.compress(b"\0" * 10_000_000))
    with pytest.raises(VigoldError, match="unpacks to over 16,000 bytes; split it or raise --max-record"):
        list(registry.read(tmp_path / "a.spacy", Reading(max_record=1000)))


@given(st.data())
@settings(max_examples=150)
def test_any_damage_is_refused_or_harmless(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    path = made(tmp_path_factory.mktemp("spacy") / "a.spacy", "sc")
    raw = bytearray(zlib.decompress(path.read_bytes()))
    for _ in range(data.draw(st.integers(1, 3))):
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    path.write_bytes(zlib.compress(bytes(raw)))
    with suppress(VigoldError):
        assert vigold.read(path)
