"""The sentences that training is timed on are new ones with whole spans, the same in every run."""

from __future__ import annotations

import vigold
from benchmarks.systems import SAMPLE
from benchmarks.training import made_up
from vigold.text import Edges


def test_sentences_are_made_up_and_keep_their_spans_whole() -> None:
    made = made_up(60)
    assert made == made_up(60)
    spans = [(document, span) for document in made for span in document.spans]
    assert len(spans) > 100
    assert all(Edges(document.text or "").hold(span.start, span.end) for document, span in spans)
    known = "".join(document.text or "" for document in vigold.read(SAMPLE.gold))
    paragraphs = [line for document in made for line in (document.text or "").split("\n")]
    assert sum(line in known for line in paragraphs) < len(paragraphs) / 4
