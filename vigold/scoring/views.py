"""What of a corpus is scored: labels mapped, labels chosen, one layer of nested spans."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from difflib import get_close_matches
from importlib import resources
from pathlib import Path
from typing import Literal, NamedTuple

import msgspec
import numpy as np

from vigold.errors import VigoldError
from vigold.files import read_bytes
from vigold.formats.wording import counted, listed, on_one_line
from vigold.scoring.columns import Columns, Ints, pack
from vigold.scoring.corpus import Corpus, in_order, take_spans
from vigold.scoring.overlaps import overlaps
from vigold.shapes import reason

_FLAT = frozenset({"conll", "conlleval", "hf-tokens", "wikiann"})
"""Formats of which a system's spans do not nest, if none of them does."""
Layer = Literal["all", "outermost", "innermost"]
MOST_TOLD = 30
"""Labels that a message names at most."""


class LabelMap(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """New names of labels; a label that it does not name is left out."""

    labels: dict[str, str]
    description: str = ""


class View(NamedTuple):
    """What is scored, the same on every side: first the map, then the labels, then the layer."""

    map: Mapping[str, str] | None = None
    labels: Sequence[str] | None = None
    layer: Layer = "all"


def load_map(name: str) -> dict[str, str]:
    """A label map by the name of one that vigold brings (`vlsp`, `phoner`, …) or from a TOML or JSON file.

    Raises VigoldError, which names those that there are, when it is missing, and when it is not a map.
    """
    own = {path.name.removesuffix(".toml"): path for path in (resources.files("vigold") / "scoring" / "maps").iterdir()}
    if name not in own and not Path(name).suffix and not Path(name).exists():
        raise VigoldError(f"{name}: no such file or label map; there are {', '.join(sorted(own))}")
    try:
        if name in own and not Path(name).exists():
            return msgspec.toml.decode(own[name].read_bytes(), type=LabelMap).labels
        data = read_bytes(name, "a label map: a table `labels` of new names")
        decode = msgspec.json.decode if data.lstrip().startswith(b"{") else msgspec.toml.decode
        return decode(data, type=LabelMap).labels
    except (msgspec.MsgspecError, ValueError) as error:
        raise VigoldError(f"{name}: not a label map: {reason(error)}") from None


def seen(corpus: Corpus, view: View) -> tuple[Corpus, list[str]]:
    """The corpus as this view shows it, and remarks on what fell out on the way."""
    remarks: list[str] = []
    if view.map is not None:
        corpus = _mapped(corpus, view.map, remarks)
    if view.labels is not None:
        kept = np.array([label in set(view.labels) for label in corpus.labels], dtype=bool)
        corpus = in_order(take_spans(corpus, np.flatnonzero(kept[corpus.spans.label])))
    if view.layer != "all":
        inside, around = nesting(corpus.spans)
        rows = np.flatnonzero((inside if view.layer == "outermost" else around) == 0)
        corpus = in_order(take_spans(corpus, rows))
    return corpus, remarks


def all_seen(corpora: Mapping[str, Corpus], view: View, remarks: list[str]) -> list[Corpus]:
    """The part of each side that is scored, with remarks under its name.

    Raises VigoldError for a chosen label that no side has, which is most likely mistyped, and for a map that has an
    empty name or leaves nothing.
    """
    if view == View():
        return list(corpora.values())
    found: list[Corpus] = []
    if view.map is not None:
        _refuse_map(view.map, {label for corpus in corpora.values() for label in corpus.labels})
    for name, corpus in corpora.items():
        part, notes = seen(corpus, view._replace(labels=None, layer="all"))
        remarks += [f"{name}: {note}" for note in notes]
        found.append(part)
    known = {label for corpus in found for label in corpus.labels}
    for label in view.labels or ():
        if label not in known:
            near = get_close_matches(label, known) or get_close_matches(label.upper(), known)
            hint = f"is it {' or '.join(near)}? " if near else ""
            raise VigoldError(f"--labels: no side has a label {label!r}; {hint}there are {_told(known)}")
    return [seen(corpus, view._replace(map=None))[0] for corpus in found]


def strangers(gold: Corpus, systems: Mapping[str, Corpus], labels: Collection[str]) -> list[str]:
    """A remark for each system with labels that neither a span of gold nor `labels`, those of the scheme, has: it may
    call them by other names."""
    known = _used(gold)
    remarks = []
    for name, corpus in systems.items():
        used = _used(corpus)
        if known and used and known.isdisjoint(used):
            remarks.append(f"system {name}: none of its labels stands in gold ({_told(used)}); --map renames labels")
        elif known and (strange := used - known - {*labels}):
            remarks.append(f"system {name}: gold has no label {_told(strange)}; --map renames labels")
    return remarks


def flattened(gold: Corpus, systems: Mapping[str, Corpus]) -> list[str]:
    """A remark for each system whose format holds outermost spans alone, where gold has inner ones."""
    flat = [(name, found) for name, one in systems.items() if (found := one.notes.get("format", "")) in _FLAT]
    inner = int(np.count_nonzero(nesting(gold.spans)[0])) if flat else 0
    return [
        f"system {name}: {format} holds outermost spans alone, so the {inner:,} inner ones of gold count as missed; "
        "--layer outermost leaves them out"
        for name, format in flat
        if inner and not nesting(systems[name].spans)[0].any()
    ]


def _used(corpus: Corpus) -> set[str]:
    return {corpus.labels[code] for code in np.flatnonzero(np.bincount(corpus.spans.label))}


def _refuse_map(new: Mapping[str, str], used: Collection[str]) -> None:
    for old, name in new.items():
        if not name.strip():
            raise VigoldError(f"--map: the new name of {on_one_line(old)} is empty; leave out a label to drop it")
    if used and new.keys().isdisjoint(used):
        raise VigoldError(f"--map: names no label that a side has; there are {_told(used)}")


def _told(labels: Collection[str]) -> str:
    return listed([on_one_line(label) for label in sorted(labels)], MOST_TOLD) or "none"


def nesting(spans: Columns) -> tuple[Ints, Ints]:
    """For each span, how many others of its document hold it, and how many it holds; equal offsets do neither."""
    edges = overlaps(spans, spans)
    one, other = spans.take(edges.gold), spans.take(edges.predicted)
    holds = (other.start <= one.start) & (one.end <= other.end) & (other.end - other.start > one.end - one.start)
    size = len(spans.start)
    return np.bincount(edges.gold[holds], minlength=size), np.bincount(edges.predicted[holds], minlength=size)


def _mapped(corpus: Corpus, new: Mapping[str, str], remarks: list[str]) -> Corpus:
    names = sorted(set(new.values()))
    code = np.array([names.index(new[label]) if label in new else -1 for label in corpus.labels], dtype=np.int64)
    label = code[corpus.spans.label]
    for old, count in zip(corpus.labels, np.bincount(corpus.spans.label).tolist(), strict=False):
        if old not in new:
            remarks.append(f"{counted(count, 'span')} of {old} left out: the map does not name it")
    moved = corpus._replace(labels=names, spans=corpus.spans._replace(label=label))
    found = in_order(take_spans(moved, np.flatnonzero(label >= 0)))
    (keys,) = pack(found.spans)
    first = np.unique(keys, return_index=True)[1]
    if len(first) < len(keys):
        remarks.append(f"{counted(len(keys) - len(first), 'span')} fell together under the map")
        found = take_spans(found, np.sort(first))
    return found
