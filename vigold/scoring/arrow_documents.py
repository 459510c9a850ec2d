"""The documents of an Arrow table, checked column by column, their texts left where they are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from vigold.document import Document, Zone, is_canonical, is_day
from vigold.formats import parquet
from vigold.formats.arrow_types import PLAIN, class_names
from vigold.scoring.arrow_parts import Amiss, filled, holds, items, named, spelt, whole
from vigold.scoring.columns import Ints
from vigold.scoring.reading import clean_ids
from vigold.scoring.shelf import Shelf

_WORDS = ("title", "source", "url", "licence")
UNCHANGED = r"\x01-\x0c\x0e-\x{02ff}\x{1e00}-\x{1eff}\x{2002}-\x{2027}\x{2030}-\x{205e}\x{20a0}-\x{20bf}"
"""Latin letters with and without marks, punctuation, signs of money, as a class of RE2: NFC leaves them as they are,
whatever stands beside them. Neither NUL nor CR is among them."""
_PLAIN = rf"\A[{UNCHANGED}]*\z"


def shelf(found: Any, texts: Any) -> Shelf:
    """The documents without spans and relations, with these texts; ids may stand twice.

    Raises what Arrow raises, and ValueError, where one is not sound by itself (`vigold.document.problems`), texts
    aside; VigoldError where its meta is none.
    """
    lengths = _lengths(texts)
    plain = {name: found[name].to_pylist() for name in PLAIN if name != "text" and holds(found, name)}
    nothing = [None] * found.num_rows
    ids, days, *words, meta = (plain.get(name, nothing) for name in ("id", "published", *_WORDS, "meta"))
    if None in ids or not clean_ids(ids) or not all(day is None or is_day(day) for day in set(days)):
        raise Amiss
    if any("\0" in word for column in words for word in {*column} - {None}):
        raise Amiss
    rows = zip(ids, days, *words, _zones(found, lengths), _meta(meta), strict=True)
    bare = [
        Document(id, None, day, title, source, url, licence, zones, meta=meta)
        for id, day, title, source, url, licence, zones, meta in rows
    ]
    return Shelf(bare, texts, lengths)


def texts(found: Any) -> Any:
    """The texts as Arrow chunks of strings, for `canonical` to look at; raises Amiss for another type."""
    import pyarrow

    if not holds(found, "text"):
        return pyarrow.chunked_array([pyarrow.nulls(found.num_rows, "string")])
    return spelt(found["text"])


def canonical(texts: Any) -> bool:
    """Whether these texts are in NFC, with LF line ends and without NUL; raises UnicodeDecodeError for no UTF-8."""
    import pyarrow.compute as compute

    # RE2 matches characters alone, so that what matches is UTF-8 too. Nulls give null, and pass.
    fits = compute.match_substring_regex(texts, _PLAIN)
    if compute.all(fits).as_py() is not False:
        return True
    rare = texts.filter(compute.invert(fits)).to_pylist()
    return all(is_canonical(text) and "\0" not in text for text in rare)


def _lengths(texts: Any) -> Ints:
    """How many characters each text has, -1 for none."""
    import pyarrow.compute as compute

    return filled(compute.utf8_length(texts), -1)


def _meta(column: Sequence[Any]) -> list[dict[str, Any]]:
    """What the meta of each document holds; raises Amiss for a struct, and where a NUL may stand in one."""
    if any(text is not None and (not isinstance(text, str) or "\\u0000" in text) for text in column):
        raise Amiss
    return [parquet.decoded(text, "") for text in column]


def _zones(found: Any, lengths: Ints) -> Iterable[tuple[Zone, ...]]:
    """The zones of each document; raises Amiss for one outside its text."""
    if not holds(found, "zones") or not (held := items(found, "zones")).counts.any():
        return [()] * found.num_rows
    codes, kinds = named(held.parts["kind"], class_names(found.schema, "zones", "kind"))
    start, end = whole(held.parts["start"]), whole(held.parts["end"])
    length = lengths[held.document]
    if any("\0" in kind for kind in kinds) or (start < 0).any() or (start >= end).any():
        raise Amiss
    if ((end > length) & (length >= 0)).any():
        raise Amiss
    made = [Zone(kinds[code], *place) for code, *place in zip(*(x.tolist() for x in (codes, start, end)), strict=True)]
    ends = np.cumsum(held.counts)
    edges = zip((ends - held.counts).tolist(), ends.tolist(), strict=True)
    return [tuple(made[first:last]) for first, last in edges]
