"""How the dataset is cited: CITATION.cff (Citation File Format 1.2.0) and BibTeX."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from vigold.release.about import About, Author

_SPECIAL = re.compile(r"[\\{}$&%#_~^]")


def cff(about: About) -> str:
    """The CITATION.cff of a dataset."""
    import yaml

    record: dict[str, Any] = {
        "cff-version": "1.2.0",
        "type": "dataset",
        "message": "If you use this dataset, please cite it as below.",
        "title": about.title,
        "version": about.version,
        "authors": [_author(one) for one in about.authors],
        "abstract": " ".join(about.description.split()),
        "license": about.licence,
        "keywords": list(about.keywords),
        "date-released": about.released,
        "url": about.homepage,
        "repository": about.repository,
        "doi": about.doi,
    }
    kept = {key: value for key, value in record.items() if value}
    text: str = yaml.safe_dump(kept, allow_unicode=True, sort_keys=False, width=120)
    return text


def bibtex(about: About) -> str:
    """A BibTeX entry; what TeX takes for a command is escaped."""
    names = " and ".join(f"{{{_tex(a.name)}}}" if a.name else _tex(f"{a.family}, {a.given}") for a in about.authors)
    fields = {
        "author": names,
        "title": f"{{{_tex(about.title)}}}",
        "year": (about.released or "")[:4],
        "version": about.version,
        "doi": about.doi or "",
        "url": about.homepage or about.repository or "",
    }
    lines = [f"  {key} = {{{value}}}" for key, value in fields.items() if value]
    return f"@misc{{{_key(about)},\n" + ",\n".join(lines) + "\n}"


def _author(author: Author) -> dict[str, str]:
    names = {"name": author.name} if author.name else {"family-names": author.family, "given-names": author.given}
    found = {**names, "affiliation": author.affiliation, "orcid": author.orcid}
    return {key: value for key, value in found.items() if value}


def _key(about: About) -> str:
    plain = unicodedata.normalize("NFD", about.title.lower().replace("đ", "d"))
    return re.sub(r"[^a-z0-9]+", "-", "".join(c for c in plain if not unicodedata.combining(c))).strip("-") or "dataset"


def _tex(text: str) -> str:
    return _SPECIAL.sub(lambda match: "\\" + match[0] if match[0] in "{}$&%#_" else " ", text)
