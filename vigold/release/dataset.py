"""Gold documents to a Hugging Face dataset: Parquet, one folder a configuration, and a card with what belongs to it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import msgspec

from vigold.document import Document
from vigold.errors import VigoldError
from vigold.files import Source, writing_folder
from vigold.formats import parquet
from vigold.release import changes, checks, folders
from vigold.release.about import About
from vigold.release.benchmark import EVAL, eval_yaml
from vigold.release.card import Evidence, card
from vigold.release.changes import CHANGELOG, Manifest
from vigold.release.citation import cff
from vigold.release.configurations import configurations
from vigold.release.croissant import croissant
from vigold.release.figures import Figures
from vigold.release.leakage import Traces, notes
from vigold.release.parts import Parts, ordered
from vigold.release.plots import plots
from vigold.release.splits import Splits
from vigold.release.sums import SUMS, sums
from vigold.scheme import Scheme

_OURS = re.compile(
    r"README\.md|scheme\.json|croissant\.json|manifest\.json|CHANGELOG\.md|CITATION\.cff|SHA256SUMS|eval\.yaml"
    r"|figures/[^/]+\.svg|(?:default|bio|references|dates)/[^/]+\.parquet"
)

_SPLITS = "default/*.parquet"


class Extras(NamedTuple):
    """What a release may be given besides gold: the facts of its maintainers, measurements, the release before it."""

    about: About | None = None
    evidence: Evidence = Evidence()
    previous: Path | None = None


NO_EXTRAS = Extras()


class Released(NamedTuple):
    """What was written: documents by split, rows by configuration, and what the maintainer should look at; and which
    splits of before were kept, and which are gone."""

    documents: dict[str, int]
    rows: dict[str, int]
    warnings: list[str]
    kept: list[str]
    gone: list[str]


def release(
    documents: Iterable[Document],
    scheme: Scheme,
    folder: Source,
    *,
    split: str = "train",
    splits: Splits | None = None,
    extras: Extras = NO_EXTRAS,
    checked: bool = False,
) -> Released:
    """Write the documents into the dataset in `folder`: as one split, besides the others that it has, or by `splits`.

    Documents are read once, a batch at a time; `checked` says that their reader has looked at their invariants. The
    folder changes only when all of it is there. Raises VigoldError for no documents, for one without text, one that
    breaks an invariant, one that the scheme forbids and one that stands twice, when `folder` holds anything else, when
    its other splits are of another scheme, when it has a version and there is no `about`, and where `splits` does not
    fit the documents or lets something leak from one split to another.
    """
    folders.refuse_split(split)
    place = Path(folder)
    folders.refuse_strange(place, _OURS, "a release")
    others = {} if splits else folders.others(place, _SPLITS, split, scheme)
    standing = folders.standing(place, _SPLITS)
    before, history = changes.read(extras.previous or place)
    if extras.previous and before is None:
        raise VigoldError(f"{extras.previous}: has no {changes.MANIFEST}; name the folder of the release before")
    if before and before.version and extras.about is None:
        raise VigoldError(
            f"{extras.previous or folder}: is version {before.version}, whose changelog goes on only with --about; "
            "give it, or name a new folder"
        )
    base = changes.base(before, extras.about.version if extras.about else None)
    figures, doubts, manifest = Figures(scheme), checks.Doubts(scheme), Manifest(None, before=base)
    traces = Traces(scheme) if splits or others else None
    with writing_folder(folder) as target, Parts(target, configurations(scheme)) as parts:
        for name, document in _all(documents, split, splits, others):
            checks.refuse(document, scheme, checked)
            if (known := manifest.documents.get(document.id)) is not None:
                raise VigoldError(_twice(document.id, known.split, name))
            manifest.documents[document.id] = changes.entry(name, document)
            doubts.see(document)
            figures.add(name, parts.add(name, document))
            if traces is not None:
                traces.add(name, document)
        if splits:
            splits.refuse_missing(manifest.documents)
        if not figures.total:
            raise VigoldError("no gold documents; nothing to release")
        parts.close()
        found = list(notes(traces, strict=splits is not None)) if traces else []
        manifest.spans = dict(figures.spans)
        _write(target, figures, parts, scheme, extras, manifest, history)
    rows = {one.name: parts.rows[one.name].total() for one in parts.held}
    return Released(
        {one: figures.documents[one] for one in ordered(figures.documents)},
        rows,
        [*found, *checks.warnings(figures, doubts, extras.about)],
        sorted(others),
        [name for name in standing if name not in figures.documents],
    )


def _all(
    documents: Iterable[Document], split: str, splits: Splits | None, others: Mapping[str, Path]
) -> Iterator[tuple[str, Document]]:
    for name, path in others.items():
        for document in parquet.documents(parquet.table(path), str(path)):
            yield name, document
    for document in documents:
        yield (splits.split_of(document) if splits else split), document


def _twice(key: str, one: str, other: str) -> str:
    where = f"in the splits {one} and {other}" if one != other else f"twice in the split {one}"
    return f"document {key} stands {where}"


def _write(
    target: Path,
    figures: Figures,
    parts: Parts,
    scheme: Scheme,
    extras: Extras,
    manifest: Manifest,
    history: str,
) -> None:
    """All that is not Parquet; the checksums come last."""
    about = extras.about
    files = {
        folders.SCHEME: folders.scheme_json(scheme),
        "croissant.json": croissant(figures, parts, scheme, about),
        "README.md": card(figures, parts, scheme, about, extras.evidence).encode(),
    }
    files |= {f"figures/{name}": text.encode() for name, text in plots(figures).items()}
    if about is not None:
        manifest.version = about.version
        files["CITATION.cff"] = cff(about).encode()
        files[CHANGELOG] = changes.changelog(manifest, about, history).encode()
        if text := eval_yaml(about, figures):
            files[EVAL] = text.encode()
    else:
        manifest.before = None  # Without versions there is nothing to tell apart.
    files[changes.MANIFEST] = msgspec.json.encode(manifest) + b"\n"
    (target / "figures").mkdir()
    for name, data in files.items():
        (target / name).write_bytes(data)
    (target / SUMS).write_text(sums(target), "utf-8")
