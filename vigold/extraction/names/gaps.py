"""What may stand between a person and a post that the person holds."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cached_property

from vigold.extraction.names.shapes import TITLES
from vigold.extraction.names.words import ROLE, either, words

_LONGEST = 100  # characters; titles may stand in a row
_FORMER = either(words(ROLE, "former"))


class Gap:
    """A shape of the whole text between two names."""

    def __init__(self, source: str) -> None:
        self._source = source

    @cached_property
    def _match(self) -> Callable[[str], re.Match[str] | None]:
        return re.compile(rf"{self._source}\Z").match

    def fits(self, text: str, start: int, end: int) -> bool:
        return 0 <= end - start <= _LONGEST and self._match(text[start:end]) is not None


_BECOMES = rf"(?i:(?:{either(words(ROLE, 'becomes'))} +)+)"
_AGE = r"(?:(?:\d{1,3} tuổi|SN \d{4}|sinh năm \d{4}), *)?"
BEFORE_PERSON = Gap(rf"(?: *\([^()\n]*\))?(?: *:)? *(?:{TITLES.source})?")
IN_LIST = Gap(rf" *(?:,|và|kiêm|;)? *(?:{_BECOMES})?(?:{_FORMER} +)*")
AFTER_PERSON = Gap(rf"(?: *[,(-] *{_AGE}| +{_BECOMES}| +được [^.,;:\n]+ {_BECOMES})(?:{_FORMER} +)*")
