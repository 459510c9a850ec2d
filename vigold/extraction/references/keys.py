"""Keys of documents, equal in every article for what the same words cite.

    vn/ISSUER/KIND/YEAR/NUMBER         a number with its year     vn/chinh-phu/nghi-dinh/2020/30
    vn/ISSUER/KIND/SYMBOL[@DATE]       a number without a year    vn/bo-y-te/quyet-dinh/12-qd-byt@2023-05-15
    vn/dang/ISSUER/KIND/SYMBOL[@DATE]  a number of the Party      vn/dang/bo-chinh-tri/ket-luan/57-kl-tw@2023-06-15
    vn/ISSUER/KIND/NAME[/YEAR]         known by a name            vn/quoc-hoi/luat/dat-dai/2024
    vn/dang/_/KIND/NAME                passed by a congress       vn/dang/_/nghi-quyet/dai-hoi-xiii-cua-dang
    int/KIND/NAME[/YEAR]               treaties and foreign acts  int/cong-uoc/lien-hop-quoc-ve-luat-bien/1982

Every part is in small ASCII letters with `-` for what lies between; an issuer that is not known is `_`. The symbol
of a number with a year is left out where the issuer is known (`30/2020/NĐ-CP`), and kept where it is not
(`vn/_/quyet-dinh/2023/12-qd-ubnd`). A bare number that joins no full one is `vn/_/nghi-quyet/18`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from vigold.extraction.references.knowledge import international, law_abbreviations, party
from vigold.extraction.references.normalise import settled
from vigold.extraction.references.spelling import key as spelt

_OF_YEAR = re.compile(r"\s+năm\s+(?=\d{4})")
_CENTRE = re.compile(r"\b(?:tw|t\.\s?ư|tư|t\.w)(?!\w)")
_JOINS = re.compile(r"\s*([,-])\s*")
_GAPS = re.compile(r"[^a-z0-9.]+")
_YEARED = re.compile(r"(?P<head>[\d.]+[a-z]?)[/-](?P<year>(?:19|20)\d\d)(?:[/-](?P<symbol>.+))?\Z", re.IGNORECASE)
_PARTY = re.compile(r"\d+[a-z]?-[^/\d][^/]*/|.*[/-]T[WUƯ]\Z", re.IGNORECASE)
_YEAR = re.compile(r"\s*\(?(?:năm\s+)?((?:19|20)\d\d)\)?\Z")
_ASSEMBLY = frozenset({"Luật", "Bộ luật", "Hiến pháp"})
_STANDING = frozenset({"Pháp lệnh"})
_ZEROS = re.compile(r"^0+(?=\d)")
_UNKNOWN = "_"


def key(attrs: Mapping[str, str]) -> str:
    """The key of a document with these attributes."""
    kind = attrs.get("doc_type", "")
    if number := attrs.get("number"):
        return _numbered(kind, number, attrs)
    return _named(kind, attrs.get("name", ""))


def _numbered(kind: str, number: str, attrs: Mapping[str, str]) -> str:
    issuer = _issuer(kind, number, attrs)
    if match := _YEARED.match(number):
        head = slug(_ZEROS.sub("", match["head"]))
        rest = f"-{slug(match['symbol'])}" if match["symbol"] and issuer == _UNKNOWN else ""
        return "/".join(("vn", issuer, slug(kind), match["year"], head + rest))
    of_party = _PARTY.match(number) or party().match(attrs.get("issuer", ""))
    place = ("vn", "dang") if of_party else ("vn",)
    day = f"@{attrs['date']}" if "date" in attrs else ""
    return "/".join((*place, issuer, slug(kind), slug(_ZEROS.sub("", number)) + day))


def _issuer(kind: str, number: str, attrs: Mapping[str, str]) -> str:
    """What the number settles comes first, since articles name the same issuer in many ways."""
    if issuer := settled(number) or attrs.get("issuer"):
        return slug(issuer)
    return "quoc-hoi" if kind in _ASSEMBLY else _UNKNOWN


def _named(kind: str, name: str) -> str:
    words = without_kind(kind, name)
    first, _, others = words.partition(" ")
    words = f"{law_abbreviations().get(first, first)} {others}".strip()
    year = _YEAR.search(words)
    rest = words[: year.start()] if year else words
    parts = [slug(_CENTRE.sub("trung ương", rest.lower())) if rest else "", year[1] if year else ""]
    place = ["int"] if kind in international() else ["vn", _named_issuer(kind, words)]
    return "/".join([*place, slug(kind), *filter(None, parts)])


def without_kind(kind: str, name: str) -> str:
    """A name without the kind that it begins with; in a list it does not."""
    words = " ".join(name.split())
    return words[len(kind) :].strip() if words.lower().startswith(kind.lower()) else words


def _named_issuer(kind: str, words: str) -> str:
    if kind in _ASSEMBLY:
        return "quoc-hoi"
    if kind in _STANDING:
        return "uy-ban-thuong-vu-quoc-hoi"
    return f"dang/{_UNKNOWN}" if kind in ("Nghị quyết", "Kết luận", "Cương lĩnh") else _UNKNOWN


def slug(words: str) -> str:
    """Words in small ASCII letters: `Bộ Chính trị` → `bo-chinh-tri`."""
    plain = unicodedata.normalize("NFD", words.lower().replace("đ", "d").replace("ð", "d"))
    bare = "".join(char for char in plain if not unicodedata.combining(char))
    return _GAPS.sub("-", bare).strip("-.") or _UNKNOWN


def name_key(name: str) -> str:
    """A name without case, double blanks, tone placement, `năm`, and with `trung ương` for `TW`."""
    words = _CENTRE.sub("trung ương", spelt(name))
    return _JOINS.sub(r"\1 ", _OF_YEAR.sub(" ", words)).strip()
