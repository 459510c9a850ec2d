"""The tables of references hold what they promise."""

from __future__ import annotations

from vigold.extraction.references.knowledge import kinds
from vigold.extraction.references.numbers import kind_of
from vigold.extraction.tables import table


def test_laws() -> None:
    laws = table("laws")
    named = [*laws["laws"].items(), *laws["codes"].items(), *laws["ordinances"].items()]
    assert len(named) >= 250
    assert all(years and list(years) == sorted(set(years)) for _, years in named)
    assert all(year == 0 or 1400 < year < 2100 for _, years in named for year in years)


def test_ministries() -> None:
    fields = table("issuers")["ministries"]["fields"]
    assert len(fields) >= 50
    assert all(1900 <= first <= (last or 2100) for first, last in fields.values())


def test_kinds_have_one_code_each() -> None:
    codes = [code for row in table("doc_types")["kinds"].values() for code in row.get("codes", ())]
    assert len(codes) == len(set(codes)) >= 40
    assert all(kind_of((code,)) == kinds().by_code[code] for code in codes if code != "TC")


def test_words_are_not_listed_twice() -> None:
    for name, rows in table("issuers")["names"].items():
        assert len(rows) == len(set(rows)), name
    for kind, names in table("named")["kinds"].items():
        assert len(names) == len({name.lower() for name in names}), kind
