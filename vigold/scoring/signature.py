"""One line that makes a number reproducible, as sacrebleu prints one with every BLEU (Post 2018, W18-6319)."""

from __future__ import annotations

import hashlib
from importlib import metadata
from typing import TYPE_CHECKING

import msgspec

from vigold.formats.wording import visible
from vigold.scheme import Scheme
from vigold.scoring.corpus import Corpus
from vigold.version import __version__

if TYPE_CHECKING:
    from vigold.scoring.evaluate import Options


def signature(gold: Corpus, corpus: str, scheme: Scheme, options: Options) -> str:
    """`key:value` pairs with `|` between them: what was scored, how, and by which version.

    `corpus` is the name and hash of gold as it was read; what was read and how stands in the notes of `gold`.
    """
    parts = {
        "corpus": corpus,
        "documents": len(gold.documents),
        **gold.notes,
        # A scheme none of whose labels occurs decides no figure.
        **({} if scheme.labels.keys().isdisjoint(gold.labels) else {"scheme": _scheme(scheme)}),
        "labels": "+".join(sorted(options.labels)) if options.labels else "all",
        "map": _map(options.map),
        "layer": options.layer,
        "match": "optimal",
        "missing": options.missing,
        "unknown": options.unknown,
        **({"bio": f"seqeval@{metadata.version('seqeval')}"} if options.bio else {}),
        "unit": options.cluster or "document",
        "resamples": options.resamples,
        "seed": options.seed,
        "version": __version__,
    }
    return "|".join(f"{key}:{visible(str(value)).replace('|', '/')}" for key, value in parts.items())


def _scheme(scheme: Scheme) -> str:
    return f"{scheme.name}@{scheme.version}#{scheme.hash[:12]}"


def _map(chosen: str | dict[str, str] | None) -> str:
    from vigold.scoring.views import load_map

    if chosen is None:
        return "none"
    labels = load_map(chosen) if isinstance(chosen, str) else chosen
    digest = hashlib.sha256(msgspec.json.encode(labels, order="sorted")).hexdigest()[:8]
    return f"{chosen if isinstance(chosen, str) else 'given'}#{digest}"
