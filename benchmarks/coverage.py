"""Do 95 % intervals hold the truth 95 times in 100 when the errors of a document go together?

    python benchmarks/coverage.py [--runs 2000] [--documents 100 5 10 15 20 30 50] [--resamples 1000]

Draws corpora from a population whose F1 is known, with an intra-document correlation of errors of 0.1, and counts how
often the interval holds it: for micro and macro F1, for a rare label, and for the difference of two systems.
Resampling spans in place of documents is shown beside it, and how corpora of fewer documents fare. Writes what it
prints to benchmarks/results/coverage.txt.
"""

from __future__ import annotations

import argparse
import platform
from pathlib import Path

import numpy as np

from vigold.scoring.resampling import bootstrap_sums, interval

RHO = 0.1
RECALL = (0.85, 0.7, 0.6)
SPURIOUS = (0.15, 0.25, 0.35)
"""Of three labels, the last one rare: how many gold spans are found, and spurious ones for each gold span."""
SIZES = (12.0, 6.0, 1.0)
RESULT = Path(__file__).parent / "results" / "coverage.txt"


def corpus(rng: np.random.Generator, documents: int, shift: float = 0.0) -> np.ndarray:
    """Right, gold and predicted spans of each document and label: (documents, 3 labels, 3)."""
    gold = rng.poisson(rng.gamma(4.0, np.array(SIZES) / 4.0, (documents, 3)))
    share = (1 - RHO) / RHO
    table = np.empty((documents, 3, 3))
    for label, (recall, spurious) in enumerate(zip(RECALL, SPURIOUS, strict=True)):
        mean = recall + shift
        found = rng.binomial(gold[:, label], rng.beta(mean * share, (1 - mean) * share, documents))
        wrong = rng.poisson(gold[:, label] * spurious * rng.gamma(2.0, 0.5, documents))
        table[:, label] = np.stack((found, gold[:, label], found + wrong), axis=1)
    return table


def truth(shift: float = 0.0) -> np.ndarray:
    """Expected right, gold and predicted spans of a document: (3 labels, 3)."""
    gold = np.array(SIZES)
    found = gold * (np.array(RECALL) + shift)
    return np.stack((found, gold, found + gold * np.array(SPURIOUS)), axis=1)


def figures(sums: np.ndarray) -> dict[str, np.ndarray]:
    """Micro, macro and rare-label F1 from sums of shape (..., 3 labels, 3)."""
    right, gold, predicted = np.moveaxis(sums, -1, 0)
    each = 2 * right / np.maximum(gold + predicted, 1e-9)
    micro = 2 * right.sum(-1) / np.maximum((gold + predicted).sum(-1), 1e-9)
    return {"micro F1": micro, "macro F1": each.mean(-1), "F1 of a rare label": each[..., 2]}


def run(seed: int, documents: int, resamples: int) -> dict[str, bool]:
    """Whether each interval of one drawn corpus holds the truth."""
    rng = np.random.default_rng(seed)
    one, other = corpus(rng, documents), corpus(rng, documents, 0.03)
    other[:, :, 1] = one[:, :, 1]
    sums = bootstrap_sums(np.concatenate((one, other), axis=1).reshape(documents, -1), resamples, seed)
    drawn = [part.reshape(resamples, 3, 3) for part in np.split(sums, 2, axis=1)]
    known, better = figures(truth()), figures(truth(0.03))
    found = {name: _holds(figure, float(known[name])) for name, figure in figures(drawn[0]).items()}
    difference = figures(drawn[1])["micro F1"] - figures(drawn[0])["micro F1"]
    found["difference of two systems"] = _holds(difference, float(better["micro F1"] - known["micro F1"]))
    found["micro F1, spans resampled"] = _holds(_by_span(rng, one, resamples), float(known["micro F1"]))
    return found


def _by_span(rng: np.random.Generator, one: np.ndarray, resamples: int) -> np.ndarray:
    """What resampling single spans would say: the counts are multinomial and forget their documents."""
    right, gold, predicted = one.sum(axis=(0, 1))
    kinds = np.array([right, gold - right, predicted - right])
    drawn = rng.multinomial(int(kinds.sum()), kinds / kinds.sum(), resamples)
    return 2 * drawn[:, 0] / (2 * drawn[:, 0] + drawn[:, 1] + drawn[:, 2])


def _holds(figure: np.ndarray, known: float) -> bool:
    limits = interval(figure)
    return limits is not None and limits[0] <= known <= limits[1]


def shares(runs: int, documents: int, resamples: int) -> dict[str, float]:
    """How often the intervals of each figure hold the truth, over `runs` drawn corpora."""
    held = [run(seed, documents, resamples) for seed in range(runs)]
    return {name: sum(one[name] for one in held) / runs for name in held[0]}


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--runs", type=int, default=2000)
    options.add_argument("--documents", type=int, nargs="+", default=[100, 5, 10, 15, 20, 30, 50])
    options.add_argument("--resamples", type=int, default=1000)
    given = options.parse_args()
    whole = given.documents[0]
    found = {count: shares(given.runs, count, given.resamples) for count in given.documents}
    lines = [
        f"{given.runs:,} corpora of {whole} documents, {given.resamples:,} resamples, errors of a document",
        f"correlated by {RHO}; seeds 0 to {given.runs - 1}; numpy {np.__version__}, Python {platform.python_version()}",
    ]
    for name, share in found[whole].items():
        lines.append(f"{name:<30}{100 * share:5.1f} % of the 95 % intervals hold the truth")
    lines += ["", f"{'documents':<12}{'micro F1':>10}{'macro F1':>10}{'difference':>12}"]
    for count, held in sorted(found.items()):
        figures = (100 * held[name] for name in ("micro F1", "macro F1", "difference of two systems"))
        lines.append("{:<12}{:>10.1f}{:>10.1f}{:>12.1f}".format(count, *figures))
    print("\n".join(lines))
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
