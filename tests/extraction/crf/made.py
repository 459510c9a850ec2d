"""Made-up annotated documents: sentences of a template, with invented names."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator

from vigold.document import Document, Span

_PERSONS = ("Lò", "Kim", "Phong", "Giáp", "Tạ", "Mẫn", "Đào", "Sầm", "Lục", "Ngà")
_PLACES = ("Lũng", "Cẩm", "Trà", "Vàng", "Nậm", "Khe", "Rừng", "Sương", "Đá", "Mây")
_TEMPLATES = (
    "Bệnh nhân [NAME P P] trú tại [PLACE huyện L L] , khỏe lại .",
    "Hôm qua [TEAM Đội cứu hộ [PLACE huyện L L]] đến thăm bà [NAME P P P] .",
    "Trời mưa to , đường về [PLACE xã L] bị ngập .",
    "[TEAM Đội cứu hộ [PLACE xã L L]] gọi cho [NAME P P] ở nhà .",
)
_PIECE = re.compile(r"\[(\w+) |\]|[^\[\]]+")


def documents(count: int, seed: int = 1) -> list[Document]:
    """Documents of one sentence each, already tokenised; a team holds a place."""
    draw = random.Random(seed)
    return [_document(f"d{n}", _TEMPLATES[n % len(_TEMPLATES)], draw) for n in range(count)]


def _document(key: str, template: str, draw: random.Random) -> Document:
    template = re.sub(r"\b[PL]\b", lambda m: draw.choice(_PERSONS if m[0] == "P" else _PLACES), template)
    text, left, spans = "", [], []
    for piece in _PIECE.finditer(template):
        if piece[1]:
            left.append((len(text), piece[1]))
        elif piece[0] == "]":
            start, label = left.pop()
            spans.append((start, len(text), label))
        else:
            text += piece[0]
    return Document(key, text, spans=tuple(Span(f"s{n}", *key) for n, key in enumerate(sorted(spans))))


def conll(made: list[Document]) -> str:
    """The outermost spans as IOB2, a blank line between documents, a second column as in published files."""
    return "\n".join("".join(f"{word} X {tag}\n" for word, tag in _tagged(document)) for document in made)


def _tagged(document: Document) -> Iterator[tuple[str, str]]:
    for word in re.finditer(r"\S+", document.text or ""):
        over = [s for s in document.spans if s.start <= word.start() < s.end]
        outer = max(over, key=lambda s: s.end - s.start, default=None)
        yield word[0], "O" if outer is None else f"{'B' if outer.start == word.start() else 'I'}-{outer.label}"
