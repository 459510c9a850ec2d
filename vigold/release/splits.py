"""Splits frozen in a file: which document stands where, with the hash of its text, so that nothing moves unseen."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from typing import NamedTuple

import msgspec

from vigold.document import Document, sha256
from vigold.errors import VigoldError
from vigold.files import Source, read_bytes, writing
from vigold.formats.wording import counted, listed, on_one_line
from vigold.release.checks import refuse
from vigold.release.folders import refuse_split
from vigold.release.leakage import Traces, groups
from vigold.scheme import Scheme

SHARES = {"train": 0.7, "validation": 0.1, "test": 0.2}
_SMALL = 10
"""Strata with fewer documents are one stratum."""

_FORMAT = 1


class Frozen(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file: its format, the version of the splits, how they were made, and the documents of each with hashes."""

    format: int
    version: str
    seed: int
    by: str
    splits: dict[str, dict[str, str]]


class Splits(NamedTuple):
    """Frozen splits with the place that they were read from."""

    place: str
    frozen: Frozen
    where: dict[str, tuple[str, str]]

    def split_of(self, document: Document) -> str:
        """The split of a document; raises VigoldError where it has none, and where its text is another one."""
        name = on_one_line(document.id)
        if document.id not in self.where:
            raise VigoldError(f"{self.place}: document {name} is in no split; add it with `vigold split --keep`")
        split, sha = self.where[document.id]
        if sha256(document.text or "") != sha:
            raise VigoldError(
                f"{self.place}: the text of document {name} is not the one that was split; mend one of both"
            )
        return split

    def refuse_missing(self, documents: Container[str]) -> None:
        """Raise VigoldError for documents of the file that are not among these."""
        missing = [on_one_line(key) for key in self.where if key not in documents]
        if missing:
            raise VigoldError(
                f"{self.place}: {counted(len(missing), 'document is', 'documents are')} in the splits and not in gold:"
                f" {listed(missing)}"
            )


def read(path: Source) -> Splits:
    """The splits of a file; raises VigoldError for one that is none and for a document in two splits."""
    try:
        frozen = msgspec.json.decode(read_bytes(path, "splits as JSON"), type=Frozen)
    except msgspec.MsgspecError as error:
        raise VigoldError(f"{path}: not splits of `vigold split`: {error}") from None
    if frozen.format != _FORMAT:
        raise VigoldError(f"{path}: format {frozen.format} of splits is not known; this is vigold for format {_FORMAT}")
    where: dict[str, tuple[str, str]] = {}
    for split, documents in frozen.splits.items():
        refuse_split(split, f"{path}: ")
        for key, sha in documents.items():
            if (other := where.setdefault(key, (split, sha))[0]) != split:
                raise VigoldError(f"{path}: document {on_one_line(key)} stands in the splits {other} and {split}")
    return Splits(str(path), frozen, where)


def write(path: Source, frozen: Frozen) -> None:
    """Write the file, one document a line."""
    with writing(path) as file:
        file.write(msgspec.json.format(msgspec.json.encode(frozen), indent=1) + b"\n")


def make(
    documents: Iterable[Document],
    scheme: Scheme,
    *,
    shares: Mapping[str, float] = SHARES,
    by: str = "genre",
    seed: int = 12345,
    version: str = "1.0",
    keep: Frozen | None = None,
) -> Frozen:
    """Split documents so that nothing leaks: by time, later ones to the later splits, within each stratum.

    Near-duplicates and articles on one event (see `vigold.release.leakage`) stay together. Strata are the values of
    `by`, a key of the document or of its `meta`. A document without a day goes to the first split. `keep` holds splits
    whose documents stay where they are. `seed` decides among articles of one day. Raises VigoldError as `refuse` does,
    and for shares that are none.
    """
    if not shares or min(shares.values()) < 0 or abs(sum(shares.values()) - 1) > 1e-6:
        raise VigoldError(f"the shares are {', '.join(f'{k} {v:g}' for k, v in shares.items())}; they must sum to 1")
    traces, rows = Traces(scheme), list[_Row]()
    for document in documents:
        refuse(document, scheme)
        traces.add("", document)
        rows.append(_Row(document.id, document.published or "", stratum(document, by), sha256(document.text or "")))
    kept = {key: split for split, held in (keep.splits if keep else {}).items() for key in held}
    found = _assigned(rows, groups(traces), shares, seed, kept)
    parts: dict[str, dict[str, str]] = {split: {} for split in dict.fromkeys([*shares, *kept.values()])}
    for row, split in zip(rows, found, strict=True):
        parts[split][row.id] = row.sha
    return Frozen(_FORMAT, version, seed, by, {split: held for split, held in parts.items() if held})


class _Row(NamedTuple):
    id: str
    published: str
    stratum: str
    sha: str


def stratum(document: Document, by: str) -> str:
    """What a document has of the key `by`, in itself or in its meta; empty where it has no text there."""
    value = getattr(document, by, None) if by in Document.__struct_fields__ else document.meta.get(by)
    return value if isinstance(value, str) else ""


def _assigned(
    rows: Sequence[_Row], together: Sequence[list[int]], shares: Mapping[str, float], seed: int, kept: Mapping[str, str]
) -> list[str]:
    """The split of each row: in each stratum the latest groups fill the last split, those before them the next."""
    first, *later = shares
    found = [first] * len(rows)
    strata = Counter(row.stratum for row in rows)
    waiting: dict[str, list[list[int]]] = defaultdict(list)
    for group in together:
        old = Counter(kept[rows[n].id] for n in group if rows[n].id in kept)
        for n in group:
            found[n] = kept.get(rows[n].id, old.most_common(1)[0][0] if old else first)
        if not old:
            stratum = Counter(rows[n].stratum for n in group).most_common(1)[0][0]
            waiting[stratum if strata[stratum] >= _SMALL else ""].append(group)
    carried = dict.fromkeys(later, 0.0)
    for _, groups_of in sorted(waiting.items()):
        left = sorted(groups_of, key=lambda group: _age(rows, group, seed))
        size = sum(map(len, left))
        for split in reversed(later):
            wanted = shares[split] * size + carried[split]
            taken = 0
            while left and taken + len(left[-1]) / 2 <= wanted and any(rows[n].published for n in left[-1]):
                for n in (group := left.pop()):
                    found[n] = split
                taken += len(group)
            carried[split] = wanted - taken
    return found


def _age(rows: Sequence[_Row], group: Sequence[int], seed: int) -> tuple[str, bytes]:
    last = max(rows[n].published for n in group)
    return last, hashlib.sha256(f"{seed}:{rows[group[0]].id}".encode()).digest()
