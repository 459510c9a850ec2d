"""Extractors on gold files: their predictions, the manifests of their runs, their scores.

Those that are trained learn from the bundled sample. On the sample itself each article is predicted by a model of the
others, so that none is scored on what it was trained on.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import vigold
from vigold.document import Document
from vigold.extraction.registry import declared, extract, trainer
from vigold.version import __version__

ROOT = Path(__file__).parent.parent
EVAL = ROOT / "eval"
MODELS = Path("out") / "eval"
TRAINED = ("crf", "hybrid")
NAMES = ("PER", "ORG", "LOC")


class Corpus(NamedTuple):
    """A gold file, and where the predictions and the scores of it are kept; `page` says whether with a report."""

    gold: Path
    folder: Path
    page: bool = False


SAMPLE = Corpus(ROOT / "vigold" / "sample" / "gold.jsonl", EVAL / "sample")
UNSEEN = Corpus(ROOT / "corpus" / "gold" / "unseen.jsonl", EVAL / "unseen", page=True)


class System(NamedTuple):
    """An extractor on a gold file: the manifest of its run, its scores in both views, and the labels it values."""

    name: str
    manifest: dict[str, Any]
    scores: dict[str, Any]
    as_vlsp: dict[str, Any]
    valued: set[str]

    @property
    def labels(self) -> list[str]:
        labels: list[str] = self.manifest["labels"]
        return labels


def spec(name: str) -> str:
    """What `extract -x` takes for an extractor, with the model of those that are trained."""
    return f"{name}:model={MODELS / name}" if name in TRAINED else name


def train(name: str) -> str:
    """Train an extractor on the sample; the reason why it cannot be, or an empty text."""
    (ROOT / MODELS).mkdir(parents=True, exist_ok=True)
    return vigold_does("train", "-x", name, SAMPLE.gold.relative_to(ROOT), "-o", MODELS / name)


def predict(name: str, corpus: Corpus) -> str:
    """The predictions and the manifest of an extractor; the reason why there are none, or an empty text."""
    corpus.folder.mkdir(parents=True, exist_ok=True)
    output = corpus.folder / f"{name}.jsonl"
    if name in TRAINED and corpus.gold.samefile(SAMPLE.gold):
        _held_out(name, output)
        return ""
    gold = corpus.gold.relative_to(ROOT) if corpus.gold.is_relative_to(ROOT) else corpus.gold
    return vigold_does("extract", "-x", spec(name), gold, "-o", output)


def systems(corpus: Corpus, names: list[str]) -> list[System]:
    """The extractors that have predicted a gold file, with their scores, which are written beside the predictions."""
    folder = corpus.folder
    manifests = {name: json.loads((folder / f"{name}.jsonl.manifest.json").read_text("utf-8")) for name in names}
    taggers = [name for name in names if set(NAMES) <= set(manifests[name]["labels"])]
    page: list[str | Path] = ["--html", folder / "report.html"] if corpus.page else []
    vlsp = ("--map", "vlsp", "--layer", "outermost", "--markdown", folder / "vlsp.md")
    with tempfile.TemporaryDirectory() as away:
        kept = folder if page else Path(away)
        scores = _score(corpus, names, kept / "scores.json", "--markdown", folder / "scores.md", *page)
        as_vlsp = _score(corpus, taggers, Path(away) / "vlsp.json", *vlsp) if taggers else {}
    return [
        System(name, manifests[name], scores[name], as_vlsp.get(name, {}), _valued(folder / f"{name}.jsonl"))
        for name in names
    ]


def vigold_does(*words: str | Path) -> str:
    """Run a vigold command; what went wrong, or an empty text."""
    done = subprocess.run([sys.executable, "-m", "vigold", *words], cwd=ROOT, capture_output=True, text=True)
    return done.stderr.strip() if done.returncode else ""


def _held_out(name: str, output: Path) -> None:
    """Predict each article of the sample by a model of the others."""
    documents = vigold.read(SAMPLE.gold)
    predicted: list[Document] = []
    labels: dict[str, None] = {}
    for one in documents:
        model = trainer(name)([other for other in documents if other is not one])
        predicted += extract([one], model)
        labels |= dict.fromkeys(declared(name, model))
    vigold.write(output, predicted)
    manifest = {
        "extractor": name,
        "labels": list(labels),
        "training": "each document was predicted by a model of all others",
        "versions": {"vigold": __version__},
        "documents": len(predicted),
        "spans": sum(len(document.spans) for document in predicted),
    }
    text = json.dumps(manifest, ensure_ascii=False, indent=1)
    Path(f"{output}.manifest.json").write_text(text + "\n", "utf-8")


def _score(corpus: Corpus, names: Sequence[str], scores: Path, *options: str | Path) -> dict[str, Any]:
    """The scores of some systems by name. Raises SystemExit when they cannot be scored, which they should."""
    files: Iterable[Path] = (corpus.folder / f"{name}.jsonl" for name in names)
    if wrong := vigold_does("score", corpus.gold, *files, "--json", scores, *options):
        sys.exit(wrong)
    found: dict[str, Any] = json.loads(scores.read_text("utf-8"))["systems"]
    return found


def _valued(predictions: Path) -> set[str]:
    return {span.label for document in vigold.read(predictions) for span in document.spans if span.attrs}
