"""One line that makes a number reproducible, as sacrebleu prints one with every BLEU (Post 2018, W18-6319)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vigold.scheme import Scheme
from vigold.scoring.corpus import Corpus, fingerprint
from vigold.version import __version__

if TYPE_CHECKING:
    from vigold.scoring.evaluate import Options


def signature(gold: Corpus, corpus: str, scheme: Scheme, options: Options) -> str:
    """`key:value` pairs with `|` between them: what was scored, how, and by which version."""
    parts = {
        "corpus": f"{corpus}#{fingerprint(gold)}",
        "documents": len(gold.documents),
        "scheme": f"{scheme.name}@{scheme.version}#{scheme.hash[:12]}",
        "labels": "all",
        "layer": "all",
        "match": "optimal",
        **gold.notes,
        "missing": options.missing,
        "unknown": options.unknown,
        "resamples": options.resamples,
        "seed": options.seed,
        "version": __version__,
    }
    return "|".join(f"{key}:{value}" for key, value in parts.items())
