"""Numbers in digits and in words: `1.500`, `2,5`, `hai mươi lăm`, `mười lăm`."""

from __future__ import annotations

from vigold.extraction.tables import table

DIGITS: dict[str, int] = table("dates")["digits"]
_TENS = {"mươi": 10, "chục": 10, "trăm": 100, "nghìn": 1000, "ngàn": 1000}
_PLAIN = "|".join(sorted(DIGITS, key=len, reverse=True))
_DIGIT = rf"(?:{_PLAIN})(?!\w)"
_SCALE = rf"(?:{'|'.join(_TENS)})(?!\w)(?:_(?:lẻ|linh)(?!\w))?"
WORDS = rf"(?:mười(?!\w)(?:_{_DIGIT})?|{_DIGIT})(?:_{_SCALE}(?:_{_DIGIT})?){{0,4}}"
FIGURES = r"\d{1,3}(?:\.\d{3}){1,3}(?!\d)|\d{1,6}(?:,\d{1,2})?(?!\d)"


def number(words: str) -> float | None:
    """The number that figures or words in lower case stand for; None where they stand for none."""
    if words[:1].isdigit():
        return float(words.replace(".", "").replace(",", "."))
    total = part = 0
    last = 0
    for word in words.split():
        if word in ("lẻ", "linh"):
            last = 10
        elif word == "mười":
            if last and part % 100:
                return None
            part, last = part + 10, 10
        elif word in _TENS:
            scale = _TENS[word]
            if scale >= 1000:
                total, part = (total + (part or 1)) * scale, 0
            elif last == 1:
                part = part - part % 10 + part % 10 * scale if part % 10 else part
            else:
                return None
            last = scale
        else:
            if last == 1:
                return None
            part, last = part + DIGITS[word], 1
    return float(total + part)


def plain(value: float) -> str:
    """The number as TIMEX3 writes it: `2`, `2.5`."""
    return f"{value:.2f}".rstrip("0").rstrip(".")
