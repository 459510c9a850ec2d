"""Which format a file or folder is in, told by its content."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec

from vigold.errors import VigoldError
from vigold.files import Source, open_to_read
from vigold.formats import enamex, hf_tokens, spacy_docs, webanno
from vigold.formats.jsonl import MAX_RECORD
from vigold.formats.tags import is_tag

HEAD = 4096
_HUB_ID = re.compile(r"[\w-][\w.-]*/[\w-][\w.-]*", re.ASCII)
# A path with one of these that is not there is a mistyped file, not a dataset.
_ENDINGS = {
    ".jsonl",
    ".json",
    ".ndjson",
    ".conll",
    ".iob",
    ".iob2",
    ".bio",
    ".txt",
    ".tsv",
    ".csv",
    ".parquet",
    ".ann",
    ".muc",
    ".spacy",
    ".gz",
}
# Endings that several formats have, and which of them are read from folders.
_TOLD_WITHIN = {
    "*.conll": ("conll", "webanno"),
    "*.tsv": ("webanno",),
    "*.xml": ("enamex",),
    "*.txt": ("enamex",),
}
_FOLDERS = {"brat": "*.ann", "parquet": "*.parquet", "enamex": "*.muc"}
_BOM = b"\xef\xbb\xbf"
_TOKEN_KEY = re.compile(rb'"(?:tokens|words)"\s*:')
_WIKIANN = re.compile(rb"([a-z]+(?:-[a-z]+)*:)[^\s]+[ \t](?:[^\n]*[ \t])?([^\s]+)\r?")


def told(path: Source) -> str:
    """The format of a file or folder by its content; `NAME/NAME` where no folder NAME is there is a dataset of the Hub.

    Raises VigoldError for a file that cannot be read and a folder without anything that vigold reads.
    """
    place = Path(path)
    if place.is_dir():
        for name, pattern in _FOLDERS.items():
            if next(place.rglob(pattern), None) is not None:
                return name
        return _by_first_file(place)
    if not place.parent.exists() and _HUB_ID.fullmatch(str(path)) and place.suffix not in _ENDINGS:
        return "parquet"
    if place.is_fifo():  # what tells its format would be gone from it
        raise VigoldError(f"{path}: a pipe can be read only once; write it to a file first")
    with open_to_read(path) as file:
        head = file.read(HEAD)
        if not _TOKEN_KEY.search(head) or not head.removeprefix(_BOM).lstrip().startswith(b"{"):
            return _by_head(head)
        file.seek(0)
        return "hf-tokens" if _is_token_row(file.readline(MAX_RECORD)) else "jsonl"


def _by_first_file(folder: Path) -> str:
    """The format of a folder by the first file of some ending that tells it."""
    for ending in _TOLD_WITHIN:
        first = min(folder.rglob(ending), default=None)
        if first is not None and (found := told(first)) in _TOLD_WITHIN[ending]:
            return found
    endings = ", ".join((*_FOLDERS.values(), *_TOLD_WITHIN))
    raise VigoldError(f"{folder}: a folder without {endings} files that vigold reads from folders")


def _by_head(head: bytes) -> str:
    if head.startswith(b"PAR1"):
        return "parquet"
    if head.startswith(spacy_docs.MARK):
        return "spacy"
    start = head.removeprefix(_BOM).lstrip()
    if start.startswith(b"["):
        # A list of tasks; a lone `[1]` or a token `[` is not one.
        if start[1:].lstrip()[:1] in (b"{", b"]"):
            return "gliner" if b'"tokenized_text"' in start else "labelstudio"
    elif start.startswith(webanno.MARK):
        return "webanno"
    return _by_lines(start, len(head) < HEAD)


def _by_lines(start: bytes, whole: bool) -> str:
    line = start.split(b"\n", 1)[0]
    if _is_wikiann(start.split(b"\n") if whole else start.split(b"\n")[:-1]):
        return "wikiann"
    parts = line.decode("utf-8", "replace").split()
    if (len(parts) > 1 and is_tag(parts[-1])) or line.startswith((b"#", b"-DOCSTART-", b"<s>")):
        return "conll"
    return "enamex" if enamex.OPENING.search(start) and not start.startswith(b"{") else "jsonl"


def _is_token_row(line: bytes) -> bool:
    try:
        record = msgspec.json.decode(line.removeprefix(_BOM))
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return False
    if not isinstance(record, dict) or not hf_tokens.is_row(record) or "text" in record:
        return False
    spans = record.get("spans")  # WikiANN on the Hub has texts there.
    return not isinstance(spans, list) or not any(isinstance(span, dict) for span in spans)


def _is_wikiann(lines: list[bytes]) -> bool:
    """Whether all lines have the same language before their token, and a tag at their end."""
    found = [_WIKIANN.fullmatch(line) for line in lines if line.strip()]
    languages = {match[1] for match in found if match and is_tag(match[2].decode("utf-8", "replace"))}
    return bool(found) and all(found) and len(languages) == 1
