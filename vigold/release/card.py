"""The dataset card: the metadata that the Hub reads, and a page with what is in the data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources
from typing import Any

from vigold.document import Document
from vigold.release.bio import loss
from vigold.scheme import Scheme
from vigold.version import __version__

_SIZES = ((1_000, "n<1K"), (10_000, "1K<n<10K"), (100_000, "10K<n<100K"), (1_000_000, "100K<n<1M"))


def card(splits: Mapping[str, Sequence[Document]], scheme: Scheme, sentences: int) -> str:
    """README.md of a dataset folder: YAML front matter and Markdown, the same for the same documents."""
    documents = [document for part in splits.values() for document in part]
    losses = [loss(document) for document in documents]
    text: str = _template().render(
        scheme=scheme,
        version=__version__,
        splits={split: len(part) for split, part in splits.items()},
        size=next((name for limit, name in _SIZES if len(documents) < limit), "n>1M"),
        licences=sorted({document.licence or "unknown" for document in documents}),
        documents=len(documents),
        characters=sum(len(document.text or "") for document in documents),
        sentences=sentences,
        published=sorted(document.published for document in documents if document.published),
        spans=Counter(span.label for document in documents for span in document.spans),
        relations=Counter(relation.type for document in documents for relation in document.relations),
        nested=sum(part.nested for part in losses),
        inside_token=sum(part.inside_token for part in losses),
    )
    return text


@cache
def _template() -> Any:
    from jinja2 import Environment, StrictUndefined

    # Markdown, not HTML: a cell is kept on its line by the filter, nothing is executed.
    environment = Environment(autoescape=False, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    environment.filters["cell"] = lambda text: " ".join(str(text).split()).replace("|", "\\|").replace("<", "&lt;")
    text = (resources.files("vigold.release") / "card.md.jinja").read_text("utf-8")
    return environment.from_string(text)
