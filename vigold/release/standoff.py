"""A release without text: spans as offsets, with what it takes to put them back on a reader's own copy."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from importlib import resources
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from vigold.document import Document, Span, problems, sha256
from vigold.errors import VigoldError, shown
from vigold.files import Source, writing_folder
from vigold.formats.jsonl import tell
from vigold.formats.wording import on_one_line
from vigold.release import features, folders
from vigold.release.about import About
from vigold.release.citation import cff
from vigold.release.leakage import Traces, notes
from vigold.release.marks import Hasher, Solid, solid, title_hash
from vigold.release.parts import ordered
from vigold.release.splits import Splits
from vigold.release.standoff_records import FOLDER, Record, SpanRecord, Words, ZoneRecord, read_files
from vigold.release.sums import SUMS, sums
from vigold.release.wording import RUN, found, is_fact, runs
from vigold.scheme import Scheme
from vigold.version import __version__

_OURS = re.compile(r"README\.md|scheme\.json|CITATION\.cff|SHA256SUMS|standoff/[^/]+\.jsonl")
_SPLITS = f"{FOLDER}/*.jsonl"
_CITATION = "CITATION.cff"
# One word of ASCII; no address of a person.
_CODE = re.compile(r"[!-?A-~]{1,80}")


Placed = Sequence[tuple[str, Document]]
"""Documents with the splits that they go to."""


class Written(NamedTuple):
    """How many documents were written into each split, in how many of them each key of `meta` was left out, and which
    splits of before were kept and which are gone."""

    documents: Counter[str]
    omitted: Counter[str]
    kept: list[str]
    gone: list[str]


def standoff(
    documents: Sequence[Document],
    scheme: Scheme,
    folder: Source,
    *,
    split: str = "train",
    splits: Splits | None = None,
    about: About | None = None,
) -> Written:
    """Write the documents into the stand-off release in `folder`: as one split, besides the others that it has, or by
    `splits`; `about` makes its CITATION.cff.

    The folder changes only when all of it is there. Raises VigoldError for a document without text, one that breaks an
    invariant or the scheme, one of which eight words in a row would stand in the release, for no documents, when
    `folder` holds anything else or splits of another scheme, when it has a CITATION.cff and there is no `about`, and
    where `splits` does not fit the documents or lets something leak from one split to another.
    """
    folders.refuse_split(split)
    if not documents:
        raise VigoldError("no gold documents; nothing to release")
    target = Path(folder)
    _refuse_folder(target, about)
    others = {} if splits else folders.others(target, _SPLITS, split, scheme)
    _refuse_twice(documents, others.values())
    placed = [(splits.split_of(document) if splits else split, document) for document in documents]
    if splits:
        _refuse_leaks(placed, splits, scheme)
    done = Counter(name for name, _ in placed)
    gone = [name for name in folders.standing(target, _SPLITS) if name not in {*done, *others}]
    pages = {"README.md": _readme(scheme, ordered({*done, *others}))}
    pages |= {_CITATION: cff(about)} if about else {}
    with writing_folder(folder) as new:
        (new / FOLDER).mkdir()
        omitted = _records(placed, scheme, new / FOLDER, pages)
        for path in others.values():
            shutil.copyfile(path, new / FOLDER / path.name)
        (new / folders.SCHEME).write_bytes(folders.scheme_json(scheme))
        for name, page in pages.items():
            (new / name).write_text(page, "utf-8")
        (new / SUMS).write_text(sums(new), "utf-8")
    return Written(done, omitted, sorted(others), gone)


def _refuse_folder(folder: Path, about: About | None) -> None:
    """Raise VigoldError for a folder that holds anything else, and where its citation would be lost."""
    folders.refuse_strange(folder, _OURS, "a stand-off release")
    if about is None and (folder / _CITATION).is_file():
        raise VigoldError(
            f"{folder}: has a {_CITATION}, which goes on only with --about; give it, or name a new folder"
        )


def _refuse_twice(documents: Iterable[Document], files: Iterable[Path]) -> None:
    """Raise VigoldError for a document that stands in one of these files already."""
    seen = {one.id: place for place, one in read_files(files)}
    if twice := next((document.id for document in documents if document.id in seen), None):
        raise VigoldError(f"document {on_one_line(twice)} already stands in {seen[twice]}")


def _refuse_leaks(placed: Placed, splits: Splits, scheme: Scheme) -> None:
    """Raise VigoldError where something leaks from one split to another, and for documents that are missing."""
    splits.refuse_missing({document.id for _, document in placed})
    traces = Traces(scheme)
    for split, document in placed:
        traces.add(split, document)
    notes(traces, strict=True)


def _records(placed: Placed, scheme: Scheme, folder: Path, pages: Mapping[str, str]) -> Counter[str]:
    """Write a file a split, and give the keys of `meta` that were left out; `pages` go out with the records."""
    omitted: Counter[str] = Counter()
    others = {name: runs(page) for name, page in pages.items()}
    with ExitStack() as stack:
        files = {name: stack.enter_context(open(folder / f"{name}.jsonl", "wb")) for name in dict(placed)}
        for split, document in placed:
            made = record(document, scheme)
            _refuse_text(document, {"the record": runs(" ".join(_strings(msgspec.to_builtins(made)))), **others})
            omitted.update(made.omitted)
            files[split].write(msgspec.json.encode(made) + b"\n")
    return omitted


def record(document: Document, scheme: Scheme) -> Record:
    """A gold document without its words; raises VigoldError where it has no text or breaks an invariant."""
    if document.text is None:
        raise VigoldError(f"document {document.id} has no text; a stand-off release needs it to make its hashes")
    for problem in (*problems(document), *scheme.problems(document)):
        raise VigoldError(tell(document, problem))
    text = document.text
    form, hasher = solid(text), Hasher(sha := sha256(text))
    meta = _codes(document.meta)
    return Record(
        document.id,
        document.url,
        document.source,
        document.published,
        document.licence,
        title_hash(document.title) if document.title is not None else None,
        len(text),
        sha,
        tuple(ZoneRecord(z.kind, z.start, z.end, hasher.mark(form, text, z.start, z.end)) for z in document.zones),
        tuple(_span(span, text, scheme, form, hasher) for span in document.spans),
        document.relations,
        tuple(hasher.anchors(form.text)),
        msgspec.json.encode(meta, order="sorted").decode(),
        tuple(sorted(key for key, value in document.meta.items() if key not in meta or meta[key] != value)),
    )


def _span(span: Span, text: str, scheme: Scheme, form: Solid, hasher: Hasher) -> SpanRecord:
    attrs: dict[str, str | None] = dict.fromkeys(scheme.attributes)
    words = []
    for name, value in span.attrs.items():
        fact = is_fact(scheme, span.label, name, value)
        place = None if fact else found(value, text, span.start, span.end)
        if place is None:
            attrs[name] = value
        else:
            words.append(Words(name, *place, hasher.mark(form, text, place.start, place.end)))
    mark = hasher.mark(form, text, span.start, span.end)
    return SpanRecord(span.id, span.start, span.end, span.label, attrs, tuple(words), mark)


def _codes(meta: Mapping[str, Any]) -> dict[str, Any]:
    """What of `meta` is no text: numbers, switches and codes without a blank, in objects of such."""
    kept: dict[str, Any] = {}
    for key, value in meta.items():
        if not _CODE.fullmatch(key):
            continue
        if isinstance(value, dict):
            if (inner := _codes(value)) == value:
                kept[key] = inner
        elif (
            value is None
            or isinstance(value, bool | int | float)
            or (isinstance(value, str) and _CODE.fullmatch(value))
        ):
            kept[key] = value
    return kept


def _refuse_text(document: Document, pages: Mapping[str, set[tuple[str, ...]]]) -> None:
    """The last look at what goes out: no run of words of the text may stand in it."""
    known = runs(document.text or "")
    for place, words in pages.items():
        if shared := known & words:
            start = shown(" ".join(min(shared)))
            where = f"document {on_one_line(document.id)}: {RUN} words in a row of its text would stand in {place}"
            raise VigoldError(f"{where} ({start}); take them out of its id, its source, its values or its meta")


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _strings(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _strings(inner)


def _readme(scheme: Scheme, splits: list[str]) -> str:
    from jinja2 import Environment, StrictUndefined

    # Markdown, not HTML: a name is kept on its line by the filter, nothing is executed.
    environment = Environment(
        autoescape=False, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True
    )
    environment.filters["cell"] = lambda text: " ".join(str(text).split()).replace("<", "&lt;")
    text = (resources.files("vigold.release") / "standoff.md.jinja").read_text("utf-8")
    return environment.from_string(text).render(
        scheme=scheme, splits=splits, version=__version__, types=_types(features.standoff(scheme))
    )


def _types(found: Any) -> str:
    """The columns as the front matter of a card has them, YAML; nothing where there are none."""
    from datasets import DatasetInfo
    from datasets.info import DatasetInfosDict
    from huggingface_hub import DatasetCardData

    data = DatasetCardData()
    if found is not None:
        DatasetInfosDict({"default": DatasetInfo(features=found)}).to_dataset_card_data(data)
    return data.to_yaml() if found is not None else ""
