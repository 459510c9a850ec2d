"""What changed between releases: a manifest of every document, and the CHANGELOG.md that is made from two of them."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import NamedTuple

import msgspec

from vigold.document import Document, sha256
from vigold.errors import VigoldError
from vigold.files import decode, read_bytes
from vigold.formats.wording import counted
from vigold.release.about import About

MANIFEST, CHANGELOG = "manifest.json", "CHANGELOG.md"
_HEAD = "# Changes of the data\n"
_SHOWN = 20


class Entry(NamedTuple):
    """A document in a release: its split, the SHA-256 of its text, and that of all else that it holds."""

    split: str
    text: str
    rest: str


class Manifest(msgspec.Struct):
    """The documents of a release and its spans by label; `before` is the manifest of the version before this one."""

    version: str | None
    documents: dict[str, Entry] = {}
    spans: dict[str, int] = {}
    before: Manifest | None = None


def entry(split: str, document: Document) -> Entry:
    """What the manifest keeps of a document."""
    rest = msgspec.json.encode(msgspec.structs.replace(document, text=None), order="sorted")
    return Entry(split, sha256(document.text or ""), hashlib.sha256(rest).hexdigest())


def read(folder: Path) -> tuple[Manifest | None, str]:
    """The manifest and the changelog of the release in this folder, None and nothing where there are none.

    Raises VigoldError for damaged ones.
    """
    place, log = folder / MANIFEST, folder / CHANGELOG
    history = decode(read_bytes(log), str(log)) if log.is_file() else ""
    if not place.is_file():
        return None, history
    try:
        return msgspec.json.decode(read_bytes(place), type=Manifest), history
    except msgspec.MsgspecError as error:
        raise VigoldError(f"{place}: not the manifest of a release: {error}") from None


def base(manifest: Manifest | None, version: str | None) -> Manifest | None:
    """What a release of this version is compared with: the last one of another version."""
    found = manifest.before if manifest is not None and manifest.version == version else manifest
    return None if found is None else msgspec.structs.replace(found, before=None)


def changelog(now: Manifest, about: About, older: str) -> str:
    """CHANGELOG.md: a section for this version over those of `older` that are of other versions."""
    kept = [part for part in re.split(r"(?m)^(?=## )", older)[1:] if _version(part) != about.version]
    head = f"## {about.version}" + (f" ({about.released})" if about.released else "")
    lines = ["First release.", _sum(now)] if now.before is None else list(_differences(now.before, now))
    section = "\n".join([head, "", *(f"- {line}" for line in lines), ""])
    return "\n".join([_HEAD, section, *(part.strip() + "\n" for part in kept)])


def _version(section: str) -> str:
    return section.removeprefix("## ").split("\n", 1)[0].split(" ")[0]


def _sum(manifest: Manifest) -> str:
    return f"{counted(len(manifest.documents), 'document')}, {counted(sum(manifest.spans.values()), 'span')}."


def _differences(before: Manifest, now: Manifest) -> list[str]:
    old, new = before.documents, now.documents
    both = [key for key in new if key in old]
    found = {
        "added": [key for key in new if key not in old],
        "removed": [key for key in old if key not in new],
        "with another text": [key for key in both if old[key].text != new[key].text],
        "annotated anew": [key for key in both if old[key].text == new[key].text and old[key].rest != new[key].rest],
        "moved to another split": [key for key in both if old[key].split != new[key].split],
    }
    lines = [f"{counted(len(keys), 'document')} {what}: {_listed(keys)}" for what, keys in found.items() if keys]
    for label in dict.fromkeys([*before.spans, *now.spans]):
        one, other = before.spans.get(label, 0), now.spans.get(label, 0)
        if one != other:
            lines.append(f"`{label}`: {one:,} → {counted(other, 'span')}.")
    return [f"Compared with {before.version or 'a release without a version'}: {_sum(now)}", *(lines or ["No change."])]


def _listed(keys: list[str]) -> str:
    names = ", ".join("`" + " ".join(key.replace("`", "'").split()) + "`" for key in sorted(keys)[:_SHOWN])
    return names + (", …" if len(keys) > _SHOWN else ".")
