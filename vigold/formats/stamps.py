"""What a task of the third pass says of itself: how far its document was settled, and of which annotations.

Without it a task made when one person had annotated looks like the one made when two people dispute.
"""

from __future__ import annotations

import hashlib
from typing import Any, NamedTuple

import msgspec

from vigold.formats.labelstudio import Json

AGREED, SINGLE, DISPUTED, DECIDED = "agreed", "single", "disputed", "decided"
MARK = "⚑"
"""What a line of a region's note begins with while the dispute that it tells of is open."""


class Stamp(NamedTuple):
    """The state of the document when the task was made, a hash of the annotations that were compared, and a hash of
    the annotation that the task carries; all empty in a task of the first pass."""

    state: str = ""
    compared: str = ""
    carried: str = ""

    def same(self, other: Stamp) -> bool:
        """Whether both were made of the same annotations in the same state."""
        return self[:2] == other[:2]


def of(data: Json) -> Stamp:
    """The stamp in the data of a task; empty strings for what is not there."""
    return Stamp(*(value if isinstance(value := data.get(key), str) else "" for key in Stamp._fields))


def put(data: Json, stamp: Stamp) -> Json:
    """The data with this stamp."""
    return {**data, **{key: value for key, value in stamp._asdict().items() if value}}


def bare(data: Json) -> Json:
    """The data without a stamp and without the disputes that stood there."""
    return {key: value for key, value in data.items() if key not in (*Stamp._fields, "disputes")}


def digest(value: Any) -> str:
    """A hash of plain data in which the order of keys does not count."""
    return hashlib.sha256(msgspec.json.encode(value, order="sorted")).hexdigest()[:16]


def carried(annotation: Json) -> str:
    """The hash of an annotation as far as whoever changes it changes that."""
    return digest([annotation.get("result") or [], bool(annotation.get("ground_truth"))])


def undecided(data: Json, chosen: Json | None) -> str | None:
    """The state of a document of the third pass while it is no gold, for the annotation that would be chosen as such:
    disputed, and nobody has submitted a decision, or annotated by one person alone and made no ground truth."""
    state = of(data).state
    waits = state == DISPUTED and chosen is None
    alone = state == SINGLE and not (chosen or {}).get("ground_truth")
    return state if waits or alone else None
