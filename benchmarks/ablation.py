"""What does each family of rules bring, on each gold file?

    python benchmarks/ablation.py [GOLD.jsonl …]

Prints the strict F1 of references and dates in percent, and what it loses when one family is left out. The files are
the bundled sample and the corpus by default.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import msgspec

import vigold
from vigold.document import Document
from vigold.extraction import dates, references

ROOT = Path(__file__).parent.parent
FILES = [ROOT / "vigold" / "sample" / "gold.jsonl", ROOT / "corpus" / "gold" / "unseen.jsonl"]
EXTRACTORS = {"references": references, "dates": dates}


def f1(gold: list[Document], extractor: str) -> float:
    """The strict F1 of an extractor of one label, in percent."""
    (label,) = {span.label for document in vigold.extract(gold, extractor.partition(":")[0]) for span in document.spans}
    alone = [
        msgspec.structs.replace(d, spans=tuple(s for s in d.spans if s.label == label), relations=()) for d in gold
    ]
    score = vigold.score(alone, {"x": vigold.extract(gold, extractor)}).to_dict()["systems"]["x"]
    return 100 * (score["micro"]["strict"]["f1"] or 0.0)


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("gold", nargs="*", type=Path, default=FILES)
    files = options.parse_args().gold
    corpora = [vigold.read(path) for path in files]
    print(f"{'strict F1':<24}" + "".join(f"{path.parent.name}/{path.stem:<16}" for path in files))
    for name, module in EXTRACTORS.items():
        whole = [f1(gold, name) for gold in corpora]
        print(f"\n{name:<24}" + "".join(f"{value:16.1f}" for value in whole))
        for family, what in module.FAMILIES.items():
            lost = [f1(gold, f"{name}:without={family}") - full for gold, full in zip(corpora, whole, strict=True)]
            print(f"  - {family:<20}" + "".join(f"{value:+16.1f}" for value in lost) + f"   {what}")


if __name__ == "__main__":
    main()
