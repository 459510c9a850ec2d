"""What does each family of rules bring, and each gazetteer of names, on each gold file?

    python benchmarks/ablation.py [GOLD.jsonl …]

Prints the strict F1 of references, dates and names in percent, and what it loses when one family, one gazetteer or one
way of knowing a name again is left out. The files are the bundled sample and the corpus by default.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from functools import cache
from importlib import import_module
from pathlib import Path

import msgspec

import vigold
from vigold.document import Document
from vigold.extraction import tables

ROOT = Path(__file__).parent.parent
FILES = [ROOT / "vigold" / "sample" / "gold.jsonl", ROOT / "corpus" / "gold" / "unseen.jsonl"]
EXTRACTORS = ("references", "dates")
# How names are known by the text itself: the function that does it, and what stands in its place.
WAYS = {
    "learnt": ("finding", "learn", None, "names that the text tells with their noun: Công ty A, huyện B"),
    "repeats": ("finding", "repeats", (), "later mentions of persons, places and bodies"),
    "neighbours": ("scan", "known_by", None, "letters in brackets, further persons of a list, posts in lower case"),
}
NOTHING = tables.Entry("Qzx", "", "", "", "")  # A list must have an entry.


def f1(gold: list[Document], found: list[Document], labels: set[str]) -> float:
    """The strict F1 of what an extractor found of some labels, in percent."""
    alone = [
        msgspec.structs.replace(d, spans=tuple(s for s in d.spans if s.label in labels), relations=()) for d in gold
    ]
    score = vigold.score(alone, {"x": found}).to_dict()["systems"]["x"]
    return 100 * (score["micro"]["strict"]["f1"] or 0.0)


def families(corpora: list[list[Document]]) -> None:
    """Print what the families of references and dates bring."""
    for name in EXTRACTORS:
        module = import_module(f"vigold.extraction.{name}")
        labels = {span.label for document in vigold.extract(corpora[0], name) for span in document.spans}
        whole = [f1(gold, vigold.extract(gold, name), labels) for gold in corpora]
        row(f"\n{name:<24}", whole)
        for family, what in module.FAMILIES.items():
            found = [vigold.extract(gold, f"{name}:without={family}") for gold in corpora]
            values = [f1(gold, documents, labels) for gold, documents in zip(corpora, found, strict=True)]
            row(f"  - {family:<20}", values, whole, what)


def names(files: list[Path]) -> None:
    """Print what the gazetteers of names and the ways to know a name again bring."""
    whole = names_without("", files)
    row("\n" + "names".ljust(24), whole)
    for lists in tables.table("names")["gazetteers"].values():
        for gazetteer in (file for sources in lists.values() for file in sources):
            what = f"{len(tables.gazetteer(gazetteer)):,} entries"
            row(f"  - {gazetteer:<20}", names_without(gazetteer, files), whole, what)
    for way, (*_, what) in WAYS.items():
        row(f"  - {way:<20}", names_without(way, files), whole, what)


def names_without(what: str, files: list[Path]) -> list[float]:
    """The F1 of names without a gazetteer or a way; in a process of its own, since tables are read once."""
    command = [sys.executable, __file__, "--names-without", what, *map(str, files)]
    found: list[float] = json.loads(subprocess.run(command, capture_output=True, check=True, text=True).stdout)
    return found


def leave_out(what: str) -> None:
    """Leave out a gazetteer, and let the rules of names read their tables again; or leave out a way."""
    if what in WAYS:
        module, function, value, _ = WAYS[what]
        setattr(import_module(f"vigold.extraction.names.{module}"), function, lambda *_: value)
    elif what:
        read = tables.gazetteer
        tables.gazetteer = cache(lambda name: (NOTHING,) if name == what else read(name))
        for module in [name for name in sys.modules if name.startswith("vigold.extraction.names")]:
            del sys.modules[module]


def found_names(gold: list[Document]) -> list[Document]:
    """The documents with the names that are found now."""
    find = import_module("vigold.extraction.names").make()
    return [msgspec.structs.replace(document, spans=find(document).spans, relations=()) for document in gold]


def row(head: str, values: list[float], whole: list[float] | None = None, what: str = "") -> None:
    """Print a line of figures, or of what they are below the whole."""
    cells = values if whole is None else [value - full for value, full in zip(values, whole, strict=True)]
    print(head + "".join(f"{cell:16.1f}" if whole is None else f"{cell:+16.1f}" for cell in cells) + f"   {what}")


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("gold", nargs="*", type=Path, default=FILES)
    options.add_argument("--names-without", help=argparse.SUPPRESS)
    arguments = options.parse_args()
    if arguments.names_without is not None:
        leave_out(arguments.names_without)
        labels = set(import_module("vigold.extraction.names").LABELS)
        corpora = [vigold.read(path) for path in arguments.gold]
        print(json.dumps([f1(gold, found_names(gold), labels) for gold in corpora]))
        return
    print(f"{'strict F1':<24}" + "".join(f"{path.parent.name}/{path.stem:<16}" for path in arguments.gold))
    families([vigold.read(path) for path in arguments.gold])
    names(arguments.gold)


if __name__ == "__main__":
    main()
