"""Documents as a DocBin of spaCy, to train its `ner` and `spancat` on.

All spans stand in `doc.spans["sc"]`, the outermost ones in `doc.ents`, the id in `doc.user_data["id"]`. The tokens are
vigold's own, so that no Vietnamese tokenizer is needed; a stretch of white space that is no single blank is a token,
as spaCy has it, and `doc.text` is the text.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from vigold.document import Document
from vigold.errors import MissingExtra
from vigold.files import Source, writing
from vigold.formats.flat import chunks, note_values, text_of
from vigold.formats.loss import NESTED, Loss
from vigold.formats.tags import outermost
from vigold.formats.wording import on_one_line
from vigold.text import Piece, tokens

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

MARK = b"x\x9c"
"""How a DocBin begins, since zlib does; no text can."""
KEY = "sc"
"""The name of the group of all spans: what spaCy's span categorizer reads unless it is told otherwise."""


def write(path: Source, documents: Iterable[Document], loss: Loss) -> int:
    """Write a DocBin and return how many documents there were.

    A span that ends within a token is left out. Raises VigoldError for a document without a text, and MissingExtra
    where spaCy is not installed.
    """
    try:
        from spacy.tokens import DocBin
        from spacy.vocab import Vocab
    except ImportError:
        raise MissingExtra("writing files of spaCy", "spacy") from None

    vocab, packed = Vocab(), DocBin(attrs=["ENT_IOB", "ENT_TYPE"], store_user_data=True)
    for document in documents:
        place = f"{path}: document {on_one_line(document.id)}"
        packed.add(_doc(document, text_of(document, place, "a DocBin"), vocab, loss))
    with writing(path) as file:
        file.write(packed.to_bytes())
    return len(packed)


def _doc(document: Document, text: str, vocab: Vocab, loss: Loss) -> Doc:
    from spacy.tokens import Doc, Span

    pieces, blanks = pieced(text)
    doc = Doc(vocab, [text[piece.start : piece.end] for piece in pieces], blanks, user_data={"id": document.id})
    found = [Span(doc, c.start, c.end, c.label) for c in chunks(document.spans, pieces, loss)]
    doc.spans[KEY] = found
    outer = {span.key for span in outermost(document.spans)}
    named = [span for span in found if (span.start_char, span.end_char, span.label_) in outer]
    doc.set_ents(named, default="outside")
    for span in found:
        if span not in named:
            loss.note(f"{NESTED} from doc.ents alone", span.label_)
    note_values(document, loss)
    return doc


def pieced(text: str) -> tuple[list[Piece], list[bool]]:
    """The tokens, of white space too, and whether a single blank follows each that is part of none."""
    pieces: list[Piece] = []
    blanks: list[bool] = []
    at = 0
    for piece in [*tokens(text), Piece(len(text), len(text))]:
        if pieces and text[at : at + 1] == " " and at < piece.start:
            blanks[-1] = True
            at += 1
        for stretch in (Piece(at, piece.start), piece):
            if stretch.start < stretch.end:
                pieces.append(stretch)
                blanks.append(False)
        at = piece.end
    return pieces, blanks
