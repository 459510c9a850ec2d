"""Damaged files end in one clear line, whatever was cut, doubled or overwritten."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.formats import test_corpora, test_enamex, test_webanno
from vigold.document import Document, problems
from vigold.errors import VigoldError
from vigold.formats import registry

SOUND = {
    "conll": test_corpora.PHONER_CONLL,
    "conll-layers": test_corpora.LAYERS,
    "hf-tokens": test_corpora.PHONER,
    "wikiann": test_corpora.WIKIANN,
    "enamex": test_enamex.TEXT,
    "webanno": test_webanno.HEAD + test_webanno.FIRST + test_webanno.SECOND,
    "gliner": '[{"id":"a:0","document":"a","tokenized_text":["Lê","Bảy"],"ner":[[0,1,"PER"]]},\n'
    '{"document":"a","tokenized_text":["ở"],"ner":[]}]',
}
PIECES = st.one_of(
    st.binary(max_size=3), st.sampled_from([b"\n", b"\t", b"|", b"[", b'"', b"\\", b"0", b"9" * 12, b"-", b"\r", b"_"])
)


def outcome(path: Path, format: str | None) -> tuple[list[Document], str | None]:
    """What was read, and what was said where it was refused."""
    try:
        return list(registry.read(path, format=format)), None
    except VigoldError as error:
        return [], str(error)


@pytest.mark.parametrize("format", SOUND)
def test_damage_is_refused_or_read(format: str, tmp_path: Path) -> None:
    sound = SOUND[format].encode()
    path = tmp_path / "in"

    @given(st.integers(0, len(sound)), st.integers(0, 12), PIECES, st.booleans())
    @settings(max_examples=150)
    def check(at: int, length: int, piece: bytes, named: bool) -> None:
        path.write_bytes(sound[:at] + piece + sound[at + length :])
        found, refusal = outcome(path, format if named else None)
        assert refusal is None or refusal.startswith(str(path))
        assert len((refusal or "").splitlines()) <= 1
        assert not any(next(problems(document), None) for document in found)

    check()
