"""Shapes of words that the names of several kinds share."""

from __future__ import annotations

from vigold.extraction.names.words import LOC, ORG, PER, ROLE, Behind, Phrases, Shape, either, phrases, words

_UPPER = "".join(filter(str.isupper, map(chr, range(0x1F00))))
_FUNCTION = rf"{either(word.upper() for word in words(ORG, 'function_words'))}(?!\w)"
_CAPITALISED = rf"(?!{_FUNCTION})[{_UPPER}]\w*(?:['’]\w+)*"  # `Cư M'gar`

NUMBER = r"(?:\d+|[IVXLC]+)(?!\w)"
CAPITALISED = Shape(_CAPITALISED)
CODE = Shape(rf"(?!{_FUNCTION})[{_UPPER}]{{2,}}(?:[&.,-][{_UPPER}]+)*(?!\w)")
MIXED = Shape(rf"[{_UPPER}][\w&.-]*[{_UPPER}\d]\w*(?!\w)")  # `EVNGENCO3`, `HoREA`
NAME_WORD = rf"(?:{_CAPITALISED}(?:[-'’]\w+)*)"
CAPITALS = rf"{_CAPITALISED}(?: {_CAPITALISED}){{1,3}}"
CAPITAL_RUN = Shape(rf"{_CAPITALISED}(?: {_CAPITALISED}){{0,3}}")
UPPER = rf"[{_UPPER}]"
TERM = Shape(r"(?:,? +[Kk]hóa +[IVXL]+)(?!\w)")
BLANKS = Shape(" +")
SYLLABLE = Shape(r" ([^\W\d_A-Z]\w{1,6})(?!\w)")

HEADS = phrases(ORG, "heads")
BODIES = phrases(ORG, "bodies")
FIRM_WORDS = phrases(ORG, "firm_words", caseless=False)
LETTERS = phrases(ORG, "letters", caseless=False)
STANDING = Phrases(name for name in words(ORG, "heads") if name.startswith("Thường trực "))
NO_NAMES = phrases(ORG, "no_names", caseless=False)
FIELDS = phrases(ORG, "fields")
POSTS = phrases(ROLE, "posts")
OTHERS = Phrases([*words(ORG, "bodies", "heads"), *words(ROLE, "posts")])  # where a person's or a place's name ends
ADDRESS = Behind(["ông", "bà", "anh", "chị", "em", "cô", "chú", "bác", "cháu", "cụ", "bầu"])
TITLES = Shape(
    rf"(?:(?i:{either(words(PER, 'titles'))})(?!\w) *|{either(words(PER, 'abbreviated_titles'))}(?!\w)[. ] *)+",
    words(PER, "titles", "abbreviated_titles"),
)
UNIT_LETTERS = Shape(rf"{either(words(LOC, 'abbreviated_units'))}(?: ?\. ?\n?| +)", words(LOC, "abbreviated_units"))
CREDITS = Shape(rf"(?:{either(words(PER, 'credits'))}) *: *", words(PER, "credits"))
