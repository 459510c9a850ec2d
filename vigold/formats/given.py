"""What callers in Python hand over, checked: paths, and documents that may come one by one."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

import msgspec

from vigold.document import Document
from vigold.errors import VigoldError
from vigold.files import Source
from vigold.formats.wording import mismatch

if TYPE_CHECKING:
    from typing_extensions import TypeIs  # in typing from Python 3.13 on


def is_path(given: object) -> TypeIs[Source]:
    """Whether this is a path, as text or as an object; a path in bytes is none."""
    return isinstance(given, str | os.PathLike)


def path(given: object, call: str) -> Source:
    """The path; raises VigoldError that shows the `call` as it should be."""
    if not is_path(given):
        raise VigoldError(f"{call}: expected the path of a file, found {kind(given)}")
    return given


def documents(given: object, what: str) -> Iterator[Document]:
    """The documents as they come, each once; raises VigoldError, which begins with `what`, for what is none."""
    if isinstance(given, Document):
        raise VigoldError(f"{what}: one Document; put it in a list")
    if is_path(given) or isinstance(given, Mapping | bytes) or not isinstance(given, Iterable):
        raise VigoldError(f"{what}: expected documents, found {kind(given)}; `vigold.read` gives those of a file")
    for number, document in enumerate(given):
        if not isinstance(document, Document):
            hint = "`vigold.read` gives those of a file"
            raise VigoldError(f"{what}: item {number} is {kind(document)}, not a Document; {hint}")
        yield document


def sound(given: object, what: str) -> Iterator[Document]:
    """The documents as `documents` gives them, each with every field of its type."""
    for document in documents(given, what):
        validated(document, what)
        yield document


def validated(document: Document, what: str) -> None:
    """Raises VigoldError, which begins with `what`, where a field of a document is not of its type."""
    record: dict[str, Any] = {name: getattr(document, name) for name in document.__struct_fields__}
    record = {name: msgspec.to_builtins(value) for name, value in record.items()}
    try:
        msgspec.convert(record, Document)
    except msgspec.ValidationError as error:
        raise VigoldError(f"{what}: document {document.id}: {mismatch(error, record)}") from None


def kind(given: object) -> str:
    """What a value is, in words for a message."""
    name = type(given).__name__
    return "nothing" if given is None else f"{'an' if name[0].lower() in 'aeio' else 'a'} {name}"
