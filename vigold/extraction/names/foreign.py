"""Names of persons in foreign letters: by a known given name, by particles, by the look of their words."""

from __future__ import annotations

import re

from vigold.extraction.names.reading import Reading
from vigold.extraction.names.shapes import NAME_WORD
from vigold.extraction.names.words import ORG, PER, Shape, either, words

_VIETNAMESE = "ăđơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ"
_SYLLABLE = (  # of Vietnamese, as far as it can be told without tones
    r"(?i:(?:ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdghklmnprstvx])?"
    r"(?:[aeiouy]|ia|ai|ao|au|ay|eo|iu|ie|ieu|oa|oai|oay|oe|oi|ua|uay|ui|uo|uoi|ue|uy|uya|uye|ye|yeu)"
    r"(?:ch|ng|nh|[cmnpt])?)"
)
_LATIN = "".join(filter(str.isupper, map(chr, range(0x17F))))
_WORD = rf"(?!{either(words(ORG, 'firm_words'))}(?!\w))(?!\w*[{_VIETNAMESE}])[{_LATIN}][\w’'-]+"
_FIRST_WORD = rf"(?!{_SYLLABLE}(?!\w)){_WORD}"
_PARTICLE = r"(?: (?:de|da|dos|du|di|del|la|van|von|der|den|ter|ten|bin|ibn|al|el))"
_PARTICLES = f"{_PARTICLE}*"
NAME = Shape(  # The first word is known to be a given name.
    rf"[{_LATIN}]\w*[a-z]\w*(?:-\w+)?{_PARTICLES} {_FIRST_WORD}(?:{_PARTICLES} {_WORD}){{0,2}}",
    words(PER, "given"),
)
KOREAN = Shape(rf"{either(words(PER, 'korean'))} [A-Z][a-z]+-[a-z]+(?!\w)", words(PER, "korean"))
_GIVEN = NAME.firsts | KOREAN.firsts
_FIRST = re.compile(rf"(?=\w{{5,}} ){_FIRST_WORD}")
_FROM_PARTICLE = re.compile(rf"{_PARTICLE} .+")
WORD = Shape(rf"(?=[A-Za-z]+(?!\w)){_FIRST_WORD}")
TWO = Shape(rf"{_FIRST_WORD} {_WORD}(?! ?{NAME_WORD})")
_GOES_ON = Shape(rf"{_PARTICLE}+ {_WORD}")


def person(reading: Reading, at: int) -> int:
    """The end of a known given name abroad with a further word, or 0."""
    return NAME.end(reading, at) or KOREAN.end(reading, at) if reading.words.get(at) in _GIVEN else 0


def tail(reading: Reading, end: int) -> int:
    """The end of `van Deursen` behind the word of a name that ends at a place, or 0."""
    return _GOES_ON.end(reading, end)


def first(surface: str) -> list[str]:
    """The first word of a name, where it is long and no syllable of Vietnamese: `Khamla`."""
    found = _FIRST.match(surface)
    return [found[0]] if found else []


def tails(surface: str) -> list[str]:
    """The name from its particle on, by which it may be named later: `van Deursen`."""
    found = _FROM_PARTICLE.search(surface)
    return [found[0].strip()] if found else []
