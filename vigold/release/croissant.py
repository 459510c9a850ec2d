"""croissant.json: the release described for machines (Croissant 1.0 with its responsible-AI fields)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec

from vigold.release.about import About
from vigold.release.figures import Figures
from vigold.release.parts import Parts
from vigold.release.sums import sha256_of
from vigold.scheme import Scheme

_TERMS = (
    "citeAs column conformsTo:dct extract field fileProperty fileObject fileSet format includes isLiveDataset jsonPath "
    "key md5 parentField path recordSet regex repeated replace samplingRate separator source subField transform "
    "equivalentProperty references"
)
"""The terms of the context of Croissant 1.0, in the `cr` vocabulary where no other one is named."""

_TYPED = {"data": {"@id": "cr:data", "@type": "@json"}, "examples": {"@id": "cr:examples", "@type": "@json"}}


def croissant(figures: Figures, parts: Parts, scheme: Scheme, about: About | None) -> bytes:
    """The JSON-LD of a release whose Parquet files are written."""
    record: dict[str, Any] = {"@context": _context(), "@type": "sc:Dataset"}
    record |= {"name": about.title if about else scheme.name, "conformsTo": "http://mlcommons.org/croissant/1.0"}
    record |= _told(figures, about) | _responsible(scheme, about)
    pairs = [(one, split) for one, splits in parts.held.items() for split in splits]
    record["distribution"] = [_file(parts.folder, f"{one.name}/{split}.parquet") for one, split in pairs]
    record["recordSet"] = [
        {
            "@type": "cr:RecordSet",
            "@id": f"{one.name}-{split}",
            "name": f"{one.name}-{split}",
            "description": f"One row {one.what}, split {split}.",
            "field": [_field(f"{one.name}-{split}", f"{one.name}/{split}.parquet", f) for f in one.schema],
        }
        for one, split in pairs
    ]
    return msgspec.json.format(msgspec.json.encode(record), indent=1) + b"\n"


def _context() -> dict[str, Any]:
    spaces = {"cr": "http://mlcommons.org/croissant/", "rai": "http://mlcommons.org/croissant/RAI/"}
    spaces |= {"dct": "http://purl.org/dc/terms/", "sc": "https://schema.org/"}
    names = (term.partition(":") for term in _TERMS.split())
    found = {name: f"{space or 'cr'}:{name}" for name, _, space in names}
    kind = {"dataType": {"@id": "cr:dataType", "@type": "@vocab"}}
    return {"@language": "en", "@vocab": "https://schema.org/", **spaces, **found, **_TYPED, **kind}


def _told(figures: Figures, about: About | None) -> dict[str, Any]:
    if about is None:
        return {"description": f"{figures.total} annotated documents.", "license": sorted(figures.licences)}
    people = [{"@type": "sc:Organization" if a.name else "sc:Person", "name": a.whole} for a in about.authors]
    found: dict[str, Any] = {"description": about.description.strip(), "creator": people, "inLanguage": "vi"}
    found |= {"license": f"https://spdx.org/licenses/{about.licence}", "version": about.version}
    found |= {"url": about.homepage or about.repository, "datePublished": about.released}
    found |= {"keywords": list(about.keywords), "citeAs": _citation(about)}
    return {key: value for key, value in found.items() if value}


def _citation(about: About) -> str:
    names = "; ".join(one.whole for one in about.authors)
    return f"{names}. {about.title}, version {about.version}." + (f" https://doi.org/{about.doi}" if about.doi else "")


def _responsible(scheme: Scheme, about: About | None) -> dict[str, Any]:
    protocol = f"Spans, values and relations under scheme {scheme.name} {scheme.version} (scheme.json)."
    if about is None:
        return {"rai:dataAnnotationProtocol": protocol}
    found = {
        "rai:dataAnnotationProtocol": f"{protocol} {about.datasheet.preprocessing}".strip(),
        "rai:dataCollection": about.datasheet.collection,
        "rai:annotatorDemographics": about.statement.annotator_demographic,
        "rai:dataUseCases": about.datasheet.uses,
        "rai:dataLimitations": about.limits,
        "rai:dataBiases": about.biases,
        "rai:personalSensitiveInformation": about.personal,
        "rai:dataReleaseMaintenancePlan": about.datasheet.maintenance,
    }
    return {key: value for key, value in found.items() if value}


def _file(folder: Path, name: str) -> dict[str, Any]:
    size = (folder / name).stat().st_size
    found = {"@type": "cr:FileObject", "@id": name, "name": name, "contentUrl": name, "contentSize": f"{size} B"}
    return found | {"encodingFormat": "application/x-parquet", "sha256": sha256_of(folder / name)}


def _field(parent: str, file: str, field: Any, column: str = "", path: str = "") -> dict[str, Any]:
    """A field and those within it, which are read from its column by their path."""
    from pyarrow import types

    key, kind = f"{parent}/{field.name}", field.type
    found: dict[str, Any] = {"@type": "cr:Field", "@id": key, "name": field.name}
    found["source"] = {"fileObject": {"@id": file}, "extract": {"column": column or field.name}}
    here = f"{path}.{field.name}".strip(".") if column else ""
    if here:
        found["source"]["transform"] = {"jsonPath": here}
    if types.is_list(kind):
        found["repeated"], kind = True, kind.value_type
    if types.is_struct(kind):
        inner = [_field(key, file, one, column or field.name, here) for one in kind]
        # Readers know fields within fields, but none within those: what is deeper stands one level higher.
        return found | {"subField": [leaf for one in inner for leaf in one.get("subField", [one])]}
    return found | {"dataType": "sc:Integer" if types.is_integer(kind) else "sc:Text"}
