"""What only the maintainers know of a dataset, read from one TOML file (`vigold release --about release.toml`)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

import msgspec

from vigold.errors import VigoldError, shown
from vigold.files import Source, decode, read_bytes
from vigold.formats.wording import mismatch

_ORCID = r"https://orcid\.org/\d{4}-\d{4}-\d{4}-\d{3}[\dX]"


class Author(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A person by `family` and `given` names, or a group by `name`."""

    family: str = ""
    given: str = ""
    name: str = ""
    affiliation: str = ""
    orcid: str = ""

    @property
    def whole(self) -> str:
        """The name as it is said."""
        return self.name.strip() or f"{self.given} {self.family}".strip()


class Datasheet(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Answers under the headings of Gebru et al., Datasheets for Datasets (CACM 64(12), 2021), as Markdown."""

    motivation: str = ""
    composition: str = ""
    collection: str = ""
    preprocessing: str = ""
    uses: str = ""
    distribution: str = ""
    maintenance: str = ""


class Statement(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Answers under the headings of Bender and Friedman, Data Statements for NLP (TACL 6, 2018), as Markdown."""

    curation_rationale: str = ""
    language_variety: str = ""
    speaker_demographic: str = ""
    annotator_demographic: str = ""
    speech_situation: str = ""
    text_characteristics: str = ""
    recording_quality: str = ""
    other: str = ""
    provenance: str = ""


class About(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The facts of a release; those without a default are required."""

    title: str
    version: str
    licence: str
    description: str
    authors: tuple[Author, ...]
    released: str | None = None
    homepage: str | None = None
    repository: str | None = None
    doi: str | None = None
    contact: str = ""
    funding: str = ""
    legal: str = ""
    personal: str = ""
    limits: str = ""
    biases: str = ""
    keywords: tuple[str, ...] = ()
    annotations_creators: tuple[str, ...] = ("expert-generated",)
    language_creators: tuple[str, ...] = ("found",)
    source_datasets: tuple[str, ...] = ("original",)
    evaluation_framework: str = ""
    datasheet: Datasheet = Datasheet()
    statement: Statement = Statement()


_FORMS = {
    "title": (r"\S.*", "a text on one line"),
    "version": (r"\d+\.\d+\.\d+(?:[-+][0-9A-Za-z.-]+)?", "a version such as 1.0.0"),
    "licence": (r"[A-Za-z0-9][A-Za-z0-9.+-]*", "an SPDX name such as CC-BY-4.0"),
    "description": (r"(?s)\s*\S.*", "a text"),
    "released": (r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])", "a day as YYYY-MM-DD"),
    "homepage": (r"https?://\S+", "an address that begins with https://"),
    "repository": (r"https?://\S+", "an address that begins with https://"),
    "doi": (r"10\.\d{4,9}/\S+", "a DOI such as 10.1234/abc"),
}


_CREATORS = {
    "annotations_creators": (
        "no-annotation",
        "crowdsourced",
        "expert-generated",
        "found",
        "machine-generated",
        "other",
    ),
    "language_creators": ("crowdsourced", "expert-generated", "found", "machine-generated", "other"),
}
"""The values that the Hub knows."""


def load(path: Source) -> About:
    """Read the file; raises VigoldError, on one line, for TOML that is none, a missing, unknown or ill-formed key."""
    data = read_bytes(path, "the facts of a release as TOML")
    decode(data, str(path))
    try:
        raw = msgspec.toml.decode(data)
        about = msgspec.convert(raw, About)
    except msgspec.ValidationError as error:
        raise VigoldError(f"{path}: {mismatch(error, raw)}") from None
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise VigoldError(f"{path}: not TOML: {shown(str(error), 200)[1:-1]}") from None
    for fault in (*_forms(about), *_lists(about), *_authors(about)):
        raise VigoldError(f"{path}: {fault}")
    return about


def _forms(about: About) -> Iterator[str]:
    for key, (form, words) in _FORMS.items():
        value = getattr(about, key)
        if value is not None and not re.fullmatch(form, value):
            yield f"the key {key} is {shown(value)}; expected {words}"
    try:
        date.fromisoformat(about.released or "2000-01-01")
    except ValueError:
        yield f"the key released is {shown(about.released)}, a day that no calendar has"


def _lists(about: About) -> Iterator[str]:
    for key, known in _CREATORS.items():
        odd = (value for value in getattr(about, key) if value not in known)
        yield from (f"the key {key} holds {shown(value)}; expected {', '.join(known)}" for value in odd)
    for word in about.keywords:
        if not word.strip() or not word.isprintable():
            yield f"the key keywords holds {shown(word)}; expected words on one line"


def _authors(about: About) -> Iterator[str]:
    if not about.authors:
        yield "the key authors is empty; name one at least"
    for number, author in enumerate(about.authors, 1):
        if not author.whole or (author.name and author.family):
            yield f"author number {number}: give family and given, or name"
        if author.orcid and not re.fullmatch(_ORCID, author.orcid):
            yield f"author number {number}: the orcid is {shown(author.orcid)}; expected an address"
