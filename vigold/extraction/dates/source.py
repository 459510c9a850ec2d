"""A text made ready for matching, and what stands around a place in it."""

from __future__ import annotations

import re
from datetime import date

from vigold.extraction.dates.calendar import parsed
from vigold.extraction.dates.patterns import ending, opening
from vigold.extraction.views import view

_LOWER = "aàáảãạăằắẳẵặâầấẩẫậbcdđeèéẻẽẹêềếểễệfghiìíỉĩịjklmnoòóỏõọôồốổỗộơờớởỡợpqrstuùúủũụưừứửữựvwxyỳýỷỹỵz"
# A line that goes on in small letters, or a unit and its number, is one line that was wrapped.
_WRAPPED = re.compile(rf"\n(?:(?<=[\w,]\n)(?=[{_LOWER}])|(?<=(?:ngày|háng|.năm)\n)(?=\d))")
_NEAR = 28
_SENTENCE_END = re.compile(r"[.!?…]\s|\n")


class Source:
    """A text in the form in which it is matched: as long as the text, folded, in lower case, not wrapped.

    `today` is the day of publication, `off` the families of rules that are switched off. Before `barren` no list of
    days needs to be looked for any more.
    """

    def __init__(self, text: str, published: str | None, off: frozenset[str]) -> None:
        self.text = text
        self.view = view(text)
        self.low = _lower(_WRAPPED.sub(" ", self.view.folded.replace("\t", " ")))
        self.today: date | None = parsed(published)
        self.off = off
        self.barren = 0

    def after(self, at: int, key: str) -> bool:
        """Whether one of the words of that list of false friends stands just before `at`."""
        return ending(key).search(self.low[max(0, at - _NEAR) : at]) is not None

    def before(self, at: int, key: str) -> bool:
        """Whether one of the words of that list of false friends follows at `at`."""
        return opening(key).match(self.low, at) is not None

    def capital(self, at: int) -> bool:
        """Whether a capital letter stands at `at`."""
        return self.text[at : at + 1].isupper()

    def opens(self, at: int) -> bool:
        """Whether a sentence, a line or a bracket begins at `at`."""
        left = self.low[max(0, at - 4) : at].rstrip(" ")
        return not left.strip() or left[-1] in "\n.!?:;…“\"‘'([-"

    def one_sentence(self, start: int, end: int) -> bool:
        """Whether no sentence ends between two places that are not far from each other."""
        return end - start < 400 and _SENTENCE_END.search(self.low, start, end) is None


def _lower(text: str) -> str:
    low = text.lower()
    # A few letters, such as İ, become longer; they stay as they are.
    return low if len(low) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
