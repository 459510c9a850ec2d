"""What does it take to train `crf` on 5,000 sentences? A part of extract.py.

The sentences are made up from those of the bundled sample: names, numbers and a third of the other words are drawn
anew, words as unevenly as in real texts, so that there are about as many different ones.
"""

from __future__ import annotations

import multiprocessing
import random
import tempfile
import time
from collections.abc import Iterator, Sequence
from itertools import accumulate
from multiprocessing.connection import Connection
from pathlib import Path
from typing import NamedTuple

import vigold
from benchmarks.machine import memory
from benchmarks.systems import SAMPLE
from vigold.document import Document, Span
from vigold.errors import VigoldError
from vigold.extraction.crf.gazetteers import entries
from vigold.extraction.registry import trainer
from vigold.extraction.tables import table
from vigold.text import sentences, tokens

SENTENCES = 5000
PER_DOCUMENT = 10
SEED = 12345
_CHANGED = 0.33
"""The part of the words in lower case that are drawn anew."""


class Cost(NamedTuple):
    """What training took: seconds of the CPU and of the clock, peak megabytes, and what was trained on."""

    cpu: float
    clock: float
    megabytes: float
    told: str

    def __str__(self) -> str:
        took = f"{self.cpu:.0f} s of CPU, {self.clock:.0f} s by the clock, peak {self.megabytes:.0f} MB"
        return f"training crf on {self.told}: {took}"


class _Words:
    """Syllables to draw from, the first ones far more often (Zipf's law)."""

    def __init__(self, words: set[str], rng: random.Random) -> None:
        self._rng, self._words = rng, sorted(words)
        rng.shuffle(self._words)
        self._weights = list(accumulate(1 / (rank + 10) for rank in range(len(self._words))))

    def __call__(self) -> str:
        return self._rng.choices(self._words, cum_weights=self._weights)[0]


def made_up(count: int, seed: int = SEED) -> list[Document]:
    """Documents of `PER_DOCUMENT` sentences, `count` in all."""
    rng = random.Random(seed)
    known = [phrase for entries in _lists() for phrase in entries]
    syllables = {word for phrase in known for word in phrase.split() if word.isalpha()}
    low = _Words({word.lower() for word in syllables}, rng)
    capital = _Words({word.capitalize() for word in syllables}, rng)
    patterns = [pattern for document in vigold.read(SAMPLE.gold) for pattern in _patterns(document)]
    made = [_filled(rng.choice(patterns), rng, low, capital) for _ in range(count)]
    return [_joined(n, made[n : n + PER_DOCUMENT]) for n in range(0, count, PER_DOCUMENT)]


def cost(count: int = SENTENCES) -> Cost | str:
    """What training takes in a process of its own, or why it cannot be done."""
    context = multiprocessing.get_context("spawn")
    pipe, end = context.Pipe()
    context.Process(target=_train, args=(count, end), daemon=True).start()
    told: Cost | str = pipe.recv()
    return told


def _train(count: int, parent: Connection) -> None:
    documents = made_up(count)
    cpu, clock = time.process_time(), time.perf_counter()
    try:
        model = trainer("crf")(documents)
    except VigoldError as error:
        parent.send(f"training left out: {error}")
        return
    cpu, clock = time.process_time() - cpu, time.perf_counter() - clock
    facts = model.manifest.training
    told = f"{count:,} made-up sentences ({facts.tokens:,} tokens, {facts.spans:,} spans)"
    with tempfile.TemporaryDirectory() as folder:
        model.save(Path(folder) / "model")
    parent.send(Cost(cpu, clock, memory(), told))


def _lists() -> Iterator[Sequence[str]]:
    """The lists of names that the features of `crf` know too."""
    for sources in table("crf")["gazetteers"].values():
        yield from map(entries, sources)


def _patterns(document: Document) -> Iterator[Document]:
    """The sentences of a document with the spans in them."""
    for start, end in sentences(document.text or ""):
        inside = (span for span in document.spans if start <= span.start and span.end <= end)
        spans = tuple(Span(span.id, span.start - start, span.end - start, span.label) for span in inside)
        yield Document(document.id, (document.text or "")[start:end], spans=spans)


def _filled(pattern: Document, rng: random.Random, low: _Words, capital: _Words) -> Document:
    """A sentence with other words in the places of those that may change, and the spans moved along."""
    text, place, made = pattern.text or "", 0, ""
    begins: dict[int, int] = {}
    ends: dict[int, int] = {}
    named = [span for span in pattern.spans if span.label != "DATE"]
    for start, end in tokens(text):
        word = text[start:end]
        if word.isdigit():
            word = "".join(rng.choice("123456789") for _ in word)
        elif word.istitle() and word.isalpha() and any(span.start < start < span.end for span in named):
            word = capital()
        elif word.islower() and word.isalpha() and rng.random() < _CHANGED and not _in(start, pattern.spans):
            word = low()
        made += text[place:start]
        begins[start] = len(made)
        made += word
        ends[end], place = len(made), end
    spans = (
        Span(s.id, begins[s.start], ends[s.end], s.label) for s in pattern.spans if s.start in begins and s.end in ends
    )
    return Document(pattern.id, made + text[place:], spans=tuple(spans))


def _in(at: int, spans: Sequence[Span]) -> bool:
    return any(span.start <= at < span.end for span in spans)


def _joined(number: int, parts: Sequence[Document]) -> Document:
    """Sentences as the paragraphs of one document."""
    starts = [0, *accumulate(len(part.text or "") + 1 for part in parts)]
    spans = ((at + s.start, at + s.end, s.label) for at, part in zip(starts, parts, strict=False) for s in part.spans)
    numbered = tuple(Span(f"s{n}", *key) for n, key in enumerate(spans, 1))
    return Document(f"made-up-{number}", "\n".join(part.text or "" for part in parts), spans=numbered)
