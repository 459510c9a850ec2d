"""The formats of annotated documents, told apart by content."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

import msgspec

from vigold.document import Document, Relation, problems
from vigold.errors import VigoldError
from vigold.files import Source
from vigold.formats import brat, conll, enamex, exports, gliner, hf_tokens, jsonl, webanno
from vigold.formats.conll_lines import Shape
from vigold.formats.corpora import CORPORA, PLAIN, Corpus, format_of
from vigold.formats.tags import LENIENT
from vigold.formats.telling import told
from vigold.scheme import Scheme, load

__all__ = ["OF_TOKENS", "READERS", "Reading", "noted", "read", "token_table", "told"]


class Reading(NamedTuple):
    """How to read: what each format needs of it, it takes."""

    max_record: int = jsonl.MAX_RECORD
    decoding: str = LENIENT
    scheme: Scheme | None = None
    config: str | None = None
    split: str | None = None
    collapse: bool = False
    """Whether a doubled span is taken once in place of being an error."""
    raw: bool = False
    """Whether broken invariants are let through, for one who mends them."""
    remarks: list[str] | None = None
    """Where a reader says what it left out, collapsed or guessed."""
    corpus: str | None = None
    """The corpus that files of tokens are of, see `vigold.formats.corpora`."""
    names: Sequence[str] | None = None
    """The names of tags that are codes, where the data do not hold them."""
    format: str | None = None
    """For scoring: the format of gold, or of all files of tokens where it is one of those."""
    predicted: bool = False
    """Whether a file that holds both is read for its predictions, not for its gold."""

    @property
    def check(self) -> bool:
        """Whether the reader refuses a broken invariant itself."""
        return not (self.collapse or self.raw)

    @property
    def published(self) -> Corpus:
        """How the corpus is given out; raises VigoldError where there is none of the name."""
        if self.corpus is not None and self.corpus not in CORPORA:
            raise VigoldError(f"no corpus {self.corpus!r}; there are {', '.join(CORPORA)}")
        return CORPORA[self.corpus] if self.corpus is not None else PLAIN


def _jsonl(path: Source, how: Reading) -> Iterator[Document]:
    return jsonl.read(path, max_record=how.max_record, check=how.check)


def _checked(documents: Iterable[Document], path: Source, how: Reading) -> Iterator[Document]:
    for document in documents:
        if how.check and (problem := next(problems(document), None)):
            raise VigoldError(f"{path}: {jsonl.tell(document, problem)}")
        yield document


def _shape(how: Reading) -> Shape:
    return Shape(words=how.published.words, vlsp=how.published.vlsp)


def _conll(path: Source, how: Reading) -> Iterator[Document]:
    return _checked(conll.read(path, how.decoding, how.remarks, _shape(how)), path, how)


def _layers(path: Source, how: Reading) -> Iterator[Document]:
    return _checked(conll.read(path, how.decoding, how.remarks, _shape(how)._replace(layers=True)), path, how)


def _conlleval(path: Source, how: Reading) -> Iterator[Document]:
    shape = _shape(how)._replace(column=1 if how.predicted else 2)
    return _checked(conll.read(path, how.decoding, how.remarks, shape), path, how)


def _wikiann(path: Source, how: Reading) -> Iterator[Document]:
    return _checked(conll.read(path, how.decoding, how.remarks, Shape(language=True)), path, how)


def _tagged(how: Reading) -> hf_tokens.Tagged:
    return hf_tokens.Tagged(how.decoding, how.names, how.published.words)


def _hf_tokens(path: Source, how: Reading) -> Iterator[Document]:
    return _checked(hf_tokens.read(path, _tagged(how), how.max_record), path, how)


def _gliner(path: Source, how: Reading) -> Iterator[Document]:
    return _checked(gliner.read(path), path, how)


def _enamex(path: Source, how: Reading) -> Iterator[Document]:
    return _checked(enamex.read(path, how.remarks), path, how)


def _webanno(path: Source, how: Reading) -> Iterator[Document]:
    return _checked(webanno.read(path, how.remarks), path, how)


def _spacy(path: Source, how: Reading) -> Iterator[Document]:
    from vigold.formats import spacy_bins

    return _checked(spacy_bins.read(path, how.max_record, how.remarks), path, how)


def _brat(path: Source, how: Reading) -> Iterator[Document]:
    return brat.read(path, how.check, how.remarks)


def _labelstudio(path: Source, how: Reading) -> Iterator[Document]:
    return exports.documents(path, how.scheme or load(), how.remarks)


def _parquet(path: Source, how: Reading) -> Iterator[Document]:
    from vigold.formats import parquet
    from vigold.formats.arrow_types import checked

    found = parquet.loaded(path, how.config, how.split)
    if (rows := token_table(found, path, how)) is not None:
        return rows
    return parquet.documents(checked(found, str(path)), str(path), how.check)


def token_table(found: Any, path: Source, how: Reading) -> Iterator[Document] | None:
    """The documents of an Arrow table of tokens with tags, or None where it holds documents with spans."""
    if not hf_tokens.is_row(found.column_names):
        return None
    return _checked(hf_tokens.of_table(found, str(path), _tagged(how)), path, how)


READERS: dict[str, Callable[[Source, Reading], Iterator[Document]]] = {
    "jsonl": _jsonl,
    "conll": _conll,
    "brat": _brat,
    "labelstudio": _labelstudio,
    "parquet": _parquet,
    "conll-layers": _layers,
    "conlleval": _conlleval,
    "hf-tokens": _hf_tokens,
    "gliner": _gliner,
    "spacy": _spacy,
    "wikiann": _wikiann,
    "enamex": _enamex,
    "webanno": _webanno,
}
"""Every format that holds annotated documents, by name."""

OF_TOKENS = ("conll", "conll-layers", "conlleval", "hf-tokens", "gliner", "wikiann")
"""The formats whose texts are made of their tokens, so that they may have to be laid onto another text."""


def read(path: Source, how: Reading | None = None, format: str | None = None) -> Iterator[Document]:
    """The documents of a file or folder, in the format that it is told to be or is found to have.

    `format` may also name a corpus, see `vigold.formats.corpora`. Raises VigoldError for an unknown format and as the
    readers do.
    """
    how = how or Reading()
    name = format or told(path)
    if name in CORPORA:
        how = how._replace(corpus=name)
        name = format_of(name, told(path), path)
    if name not in READERS:
        raise VigoldError(f"no format {name!r}; there are {', '.join((*READERS, *CORPORA))}")
    documents = READERS[name](path, how)
    return _collapsed(documents, path, how) if how.collapse else documents


def noted(path: Source, how: Reading, format: str | None = None) -> Iterator[Document]:
    """As `read`; `how.remarks` is told where `_` seems to join the syllables of words and no `format` was named."""
    documents = read(path, how, format)
    if format is not None or how.remarks is None or told(path) not in ("conll", "hf-tokens"):
        return documents
    return _joined(documents, path, how.remarks)


def _joined(documents: Iterable[Document], path: Source, remarks: list[str]) -> Iterator[Document]:
    count = 0
    for document in documents:
        count += sum("_" in word.strip("_") for word in (document.text or "").split(" "))
        yield document
    if count:
        remarks.append(
            f"{path}: {count:,} tokens with `_`; where it joins syllables, --from phoner or vlsp2016 undoes it"
        )


def _collapsed(documents: Iterable[Document], path: Source, how: Reading) -> Iterator[Document]:
    """The documents with each (start, end, label) once; what else is wrong with them is still an error."""
    left = 0
    for document in documents:
        first: dict[tuple[int, int, str], str] = {}
        kept = tuple(span for span in document.spans if first.setdefault(span.key, span.id) == span.id)
        left += len(document.spans) - len(kept)
        same = {span.id: first[span.key] for span in document.spans}
        relations = dict.fromkeys(
            Relation(one.type, same.get(one.head, one.head), same.get(one.tail, one.tail)) for one in document.relations
        )
        single = msgspec.structs.replace(document, spans=kept, relations=tuple(relations))
        if problem := next(problems(single), None):
            raise VigoldError(f"{path}: {jsonl.tell(single, problem)}")
        yield single
    if left and how.remarks is not None:
        how.remarks.append(f"{path}: {left:,} doubled spans taken once")
