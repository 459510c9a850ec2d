"""Keys of documents, equal in every article for what the same words cite.

    vn/ISSUER/KIND/YEAR/NUMBER         a number with its year     vn/chinh-phu/nghi-dinh/2020/30
    vn/ISSUER/KIND/SYMBOL[@DATE]       a number without a year    vn/bo-y-te/quyet-dinh/12-qd-byt@2023-05-15
    vn/dang/ISSUER/KIND/SYMBOL[@DATE]  a number of the Party      vn/dang/ban-bi-thu/ket-luan/80-kl-tw@2023-03-05
    vn/ISSUER/KIND/NAME[/YEAR]         known by a name            vn/quoc-hoi/luat/dat-dai/2024
    vn/dang/_/KIND/NAME                passed by a congress       vn/dang/_/nghi-quyet/dai-hoi-xiii-cua-dang
    int/KIND/NAME[/YEAR]               treaties and foreign acts  int/cong-uoc/lien-hop-quoc-ve-luat-bien/1982
    int/ISSUER/KIND/SYMBOL[@DATE]      the same with a number     int/ilo/cong-uoc/105

Every part is in small ASCII letters with `-` for what lies between; an issuer that is not known is `_`. The symbol
of a number with a year is left out where the issuer is known (`30/2020/NĐ-CP`), and kept where it is not
(`vn/_/quyet-dinh/2023/12-qd-ubnd`). A bare number that joins no full one is `vn/_/nghi-quyet/18`.

What an article leaves out no key can say: where it does not name the issuer, `12/2023/QĐ-UBND` of two provinces has
one key (and is one document where an article cites both, since their numbers are equal), and so have a law of Viet Nam
and a foreign one of the same name whose country is not named. A document that one article cites with its day or its
issuer and another one without has two.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache

from vigold.extraction.references.knowledge import countries, foreign, home, international, law_abbreviations, party
from vigold.extraction.references.normalise import settled
from vigold.extraction.references.numbers import marked

_OF_YEAR = re.compile(r"\s+năm\s+(?=\d{4})")
# `TƯ` may be the end of `ĐẦU TƯ`, unless a number follows.
_CENTRE = re.compile(r"(?<!\w)(?:(?:TW|T\.\s?Ư|T\.W)(?:\.?(?=\d)|(?!\w))|TƯ(?=\s?\d|\sĐảng))")
_WORD = re.compile(r"(?<!\S)\S")
_OF = re.compile(r"(?:(?<!\S)của\s+)?(?:(?<!\S)nước\s+)?\Z", re.IGNORECASE)
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
    return named(kind, attrs.get("name", ""), attrs.get("issuer", ""))


def _numbered(kind: str, number: str, attrs: Mapping[str, str]) -> str:
    issuer = _issuer(kind, number, attrs)
    place = "int" if _abroad(kind, attrs.get("issuer", "")) else "vn"
    if match := _YEARED.match(number):
        head = slug(_ZEROS.sub("", match["head"]))
        rest = f"-{slug(match['symbol'])}" if match["symbol"] and issuer == _UNKNOWN else ""
        return "/".join((place, issuer, slug(kind), match["year"], head + rest))
    of_party = _PARTY.match(number) or party().match(attrs.get("issuer", ""))
    of = ("dang", issuer) if of_party else (issuer,)
    return "/".join((place, *of, slug(kind), slug(_ZEROS.sub("", marked(number))) + day(attrs)))


def day(attrs: Mapping[str, str]) -> str:
    """The end of a key that says the day of issue, where that is known."""
    return f"@{attrs['date']}" if "date" in attrs else ""


def _issuer(kind: str, number: str, attrs: Mapping[str, str]) -> str:
    """What the number settles comes first, since articles name the same issuer in many ways."""
    if issuer := settled(number) or attrs.get("issuer"):
        return slug(issuer)
    return "quoc-hoi" if kind in _ASSEMBLY else _UNKNOWN


@lru_cache(maxsize=4096)
def named(kind: str, name: str, issuer: str = "") -> str:
    """The key of a document known by its name; who is said to have issued it may tell that it is a foreign one."""
    words = _OF_YEAR.sub(" ", without_kind(kind, name))
    first, _, others = words.partition(" ")
    words = f"{law_abbreviations().get(first, first)} {others}".strip()
    year = _YEAR.search(words)
    rest = words[: year.start()] if year else words
    rest, of_country = _country(rest)
    parts = [slug(_CENTRE.sub("trung ương ", rest)) if rest else "", year[1] if year else ""]
    place = ["int"] if of_country or _abroad(kind, issuer) else ["vn", _named_issuer(kind, words)]
    return "/".join([*place, slug(kind), *filter(None, parts)])


def _country(words: str) -> tuple[str, bool]:
    """A name without `của` before its country, and whether that is another than Viet Nam."""
    for first in _WORD.finditer(words):
        at = first.start()
        if countries().end(words, at) == len(words) and home().end(words, at) != len(words):
            return _OF.sub("", words[:at]) + words[at:], True
    return words, False


@lru_cache(maxsize=4096)
def _abroad(kind: str, issuer: str) -> bool:
    """Whether a document is one between states, or one of a body that Viet Nam does not have."""
    return kind in international() or foreign().match(issuer) is not None or _country(issuer)[1]


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


@lru_cache(maxsize=4096)  # The same few bodies and names come again and again.
def slug(words: str) -> str:
    """Words in small ASCII letters: `Bộ Chính trị` → `bo-chinh-tri`."""
    plain = unicodedata.normalize("NFD", words.lower().replace("đ", "d").replace("ð", "d"))
    bare = "".join(char for char in plain if not unicodedata.combining(char))
    return _GAPS.sub("-", bare).strip("-.") or _UNKNOWN
