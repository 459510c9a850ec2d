"""Published Vietnamese corpora by name: in which formats they are given out, and whether their tokens are words.

Where tokens are words, `_` joins the syllables of one and is read as a blank.
"""

from __future__ import annotations

from typing import NamedTuple

from vigold.errors import VigoldError


class Corpus(NamedTuple):
    """The formats that a corpus is given out or passed on in, whether its tokens are words, and whether its CoNLL files
    have names in the fourth column and inner names in the fifth."""

    formats: tuple[str, ...]
    words: bool = False
    vlsp: bool = False


PLAIN = Corpus(())
"""No certain corpus."""

CORPORA = {
    # What mirrors on the Hub hold is rows of tokens and tags.
    # github.com/VinAIResearch/PhoNER_COVID19: CoNLL and JSON lines, each by syllables and by words.
    "phoner": Corpus(("conll", "hf-tokens", "parquet"), words=True),
    # vlsp.org.vn/vlsp2016/eval/ner: word, part of speech, chunk, name, nested name; `<s>` around sentences.
    "vlsp2016": Corpus(("conll", "hf-tokens", "parquet"), words=True, vlsp=True),
    # vlsp.org.vn/vlsp2018/eval/ner: raw text with nested ENAMEX elements, folders of *.muc files.
    "vlsp2018": Corpus(("enamex",)),
    # vlsp.org.vn/vlsp2021/eval/ner: folders of *.conll files as in 2016, and texts with nested ENAMEX elements.
    "vlsp2021": Corpus(("conll", "enamex", "hf-tokens", "parquet"), words=True, vlsp=True),
}


def format_of(corpus: str, told: str, path: object) -> str:
    """The format of a file of this corpus, as its content tells; raises VigoldError where it is none of the corpus."""
    formats = CORPORA[corpus].formats
    if told not in formats:
        like = "is in no format that tells itself" if told == "jsonl" else f"looks like {told}"
        raise VigoldError(f"{path}: {like}, but {corpus} is given out as {' or '.join(formats)}")
    return told
