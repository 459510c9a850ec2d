"""What is still wrong: kinds of mistakes by label, examples from the sample, made-up sentences for the rules."""

from __future__ import annotations

import json
import re
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.systems import Corpus, vigold_does
from vigold.document import Document
from vigold.extraction import get

HARD = Path(__file__).parent / "hard.txt"
KINDS = {
    "boundary": "boundary",
    "label": "label",
    "label-and-boundary": "both",
    "missed": "missed",
    "spurious": "made up",
}
"""The kinds of mistakes of `vigold score --errors` in the order of the tables, and what the tables call them."""

_MARK = re.compile(r"\{([A-Z]+) |\}")

Mistake = dict[str, Any]


class Hard(NamedTuple):
    """A made-up sentence with what is right in it, and what makes it hard."""

    about: str
    text: str
    right: frozenset[tuple[int, int, str]]


def mistakes(corpus: Corpus, name: str) -> list[Mistake]:
    """The wrong spans of an extractor, as `vigold score --errors` tells them. Raises RuntimeError where it does not."""
    with tempfile.TemporaryDirectory() as folder:
        errors = Path(folder) / "errors.jsonl"
        predictions = corpus.folder / f"{name}.jsonl"
        if wrong := vigold_does("score", corpus.gold, predictions, "--resamples", "0", "--errors", errors):
            raise RuntimeError(wrong)
        told = [json.loads(line) for line in errors.read_text("utf-8").splitlines()]
    return [mistake for mistake in told if mistake["kind"] in KINDS]


def label(mistake: Mistake) -> str:
    """The label in gold, or that of a span that is made up."""
    found: str = (mistake["gold"] or mistake["predicted"])["label"]
    return found


def counts(gold: Iterable[Document], told: Iterable[Mistake]) -> Iterator[tuple[str, list[int]]]:
    """For each label the spans of gold and the mistakes of each kind."""
    spans = Counter(span.label for document in gold for span in document.spans)
    found = Counter((label(mistake), mistake["kind"]) for mistake in told)
    for name, number in spans.most_common():
        yield name, [number, *(found[name, kind] for kind in KINDS)]


def examples(told: Iterable[Mistake]) -> Iterator[str]:
    """The first mistake of each label and kind, in its words."""
    firsts: dict[tuple[str, str], Mistake] = {}
    for mistake in told:
        firsts.setdefault((label(mistake), mistake["kind"]), mistake)
    for (name, kind), mistake in sorted(firsts.items()):
        words = _plain(f"{mistake['before']}[{(mistake['gold'] or mistake['predicted'])['text']}]{mistake['after']}")
        found = mistake["predicted"]
        instead = f", found as {found['label']} `{_plain(found['text'])}`" if found and mistake["gold"] else ""
        yield f"- {name}, {KINDS[kind]}: `…{words}…`{instead}"


def hard(lines: Iterable[str]) -> Iterator[Hard]:
    """The sentences of a file like hard.txt: a paragraph each kind, its first line says what is hard."""
    about = ""
    for line in map(str.strip, lines):
        if not line:
            about = ""
        elif not about and not line.startswith("#"):
            about = line
        elif not line.startswith("#"):
            yield _marked(about, line)


def wrong(sentences: Iterable[Hard], extractor: str) -> Iterator[str]:
    """The sentences on which an extractor is wrong, with what it found."""
    find = get(extractor)
    about = ""
    for sentence in sentences:
        found = find(Document("made-up", sentence.text)).spans
        if {span.key for span in found} == sentence.right:
            continue
        if sentence.about != about:
            about = sentence.about
            yield from ("", f"{about}:", "")
        missed = sentence.right - {span.key for span in found}
        extra = [span for span in found if span.key not in sentence.right]
        told = [("not found", _surfaces(sentence.text, sorted(missed)))]
        told.append(("found", _surfaces(sentence.text, (span.key for span in extra))))
        yield f"- `{sentence.text}` " + "; ".join(f"{what}: {words}" for what, words in told if words)


def _surfaces(text: str, keys: Iterable[tuple[int, int, str]]) -> str:
    return ", ".join(f"{label} `{text[start:end]}`" for start, end, label in keys)


def _marked(about: str, line: str) -> Hard:
    """A line with its marks taken out; they nest."""
    text, place = "", 0
    right: set[tuple[int, int, str]] = set()
    opened: list[tuple[int, str]] = []
    for mark in _MARK.finditer(line):
        text += line[place : mark.start()]
        place = mark.end()
        if mark[1]:
            opened.append((len(text), mark[1]))
        else:
            start, name = opened.pop()
            right.add((start, len(text), name))
    return Hard(about, text + line[place:], frozenset(right))


def _plain(words: str) -> str:
    """On one line, without what would end a stretch of code."""
    return " ".join(words.replace("`", "'").split())
