"""The lines of a CoNLL file: tokens and tags between blank lines, and which columns hold tags.

Lines end with `\\n` and columns are parted by blanks and tabs, by nothing else: a no-break space or a line separator
is part of its token. Where a line has tabs, these alone part its columns, so that a word may be several syllables.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from vigold.errors import VigoldError, shown
from vigold.files import Source
from vigold.formats.tags import Chunk, decoded, is_tag
from vigold.formats.token_rows import syllables

_WHITE = " \t\r"
_BLANKS = re.compile("[ \t\r]+")
# `# sent_id = 3`, `# text = nhóm máu O`: never a token, whatever its last word is.
_KEY = re.compile(r"#[ \t]+\w[\w.]*(?:[ \t]\w+)?[ \t]*=")
# `vi:Huế`, `zh-classical:…`: the language that stands before every token of WikiANN.
_LANGUAGE = re.compile(r"[a-z]+(?:-[a-z]+)*:")
_MARKUP = re.compile(r"</?\w+>")
# `B-PER/0.992465`: CRF++ may say how sure it is of its tags (`crf_test -v1`).
_CERTAINTY = re.compile(r"/[01]\.\d+$")
_WIDTH = 5


class Shape(NamedTuple):
    """What is special about the lines of a corpus.

    `language`: a language stands before each token. `words`: `_` joins the syllables of words. `layers`: every column
    after the first has tags, from outer names to inner ones. `vlsp`: the lines are word, part of speech, chunk, name,
    inner name; columns at the end may be missing where they say nothing. `column`: the tags are in this one alone,
    counted from the end, where a tagger has put its own beside those of gold.
    """

    language: bool = False
    words: bool = False
    layers: bool = False
    vlsp: bool = False
    column: int = 0


PLAIN = Shape()


class Row(NamedTuple):
    """A token and its columns, of which it is the first, and whether tabs part them."""

    tabs: bool
    columns: list[str]


class Block(NamedTuple):
    """What stands between two blank lines: line number, id or None, whether a document opens here, tokens.

    One that opens a document and has no tokens is an empty document.
    """

    line: int
    id: str | None
    opens: bool
    rows: list[Row]

    @property
    def tokens(self) -> list[str]:
        """The words, which hold blanks where they are several syllables parted by tabs."""
        return [row.columns[0] for row in self.rows]

    def tags(self, column: int) -> list[str]:
        """The tags of a column, counted from the end."""
        return [row.columns[-column] for row in self.rows]


def blocks(text: str, path: Source, shape: Shape = PLAIN) -> Iterator[Block]:
    """The blocks of a file; raises VigoldError naming file and line for one that is no token with its tag.

    A line that begins with `#` is a comment when it gives the value of a key (`# text = …`) or does not end in a tag;
    a lone `<s>` or `</s>` parts blocks as a blank line does.
    """
    block = Block(0, None, False, [])
    for number, line in enumerate([*text.split("\n"), ""], 1):
        name = document_id(line)
        if name is None and is_token(line):
            block.rows.append(_row(line, f"{path}: line {number}", shape))
            block = block if block.line else block._replace(line=number)
            continue
        if name is None and _comment(line):
            continue
        docstart = line.startswith("-DOCSTART-")
        # `# id` beside -DOCSTART- opens the same document; a second of either opens another one.
        empty = block.opens and (block.id is not None if name else docstart and block.id is None)
        if block.rows or empty:
            yield block
            block = Block(0, None, False, [])
        if name or docstart:
            block = block._replace(line=block.line or number, id=name or block.id, opens=True)
    if block.opens:
        yield block


def is_wide(text: str) -> bool:
    """Whether some line has a fourth column, so that its names can stand there."""
    return any(len(line.split("\t" if "\t" in line else None)) > 3 for line in text.split("\n"))


def lines(key: str, tokens: Sequence[str], tags: Sequence[str], first: Sequence[bool]) -> str:
    """The lines of a document; a blank one stands before a token that is the `first` of a sentence, but in no chunk."""
    rows = [f"# id = {key}\n"]
    for number, (token, tag, begins) in enumerate(zip(tokens, tags, first, strict=True)):
        rows.append("\n" if begins and number and not tag.startswith("I-") else "")
        rows.append(f"{token}\t{tag}\n")
    return "".join(rows)


def document_id(line: str) -> str | None:
    """The id that `# id = X` or `# newdoc id = X` opens a document with; None for any other line."""
    if line.startswith("#"):
        word, equals, name = line[1:].partition("=")
        if equals and word.strip(_WHITE) in ("id", "newdoc id") and name.strip(_WHITE):
            return name.strip(_WHITE)
    return None


def is_token(line: str) -> bool:
    """Whether this line should hold a token and its tag."""
    words = line.strip(_WHITE)
    return bool(words) and not line.startswith("-DOCSTART-") and not _comment(line) and not _MARKUP.fullmatch(words)


def nested(found: Sequence[Block]) -> bool:
    """Whether the last column holds names within those of the column before it, as VLSP 2016 has them.

    So it is where every line is word, part of speech, chunk, name, nested name, and each chunk of the last column
    lies within a longer one of the fourth. A fifth column of a system's tags has, sooner or later, one that is equal.
    Where the fifth is empty, it must be parted by tabs to count as VLSP's: else a system that found nothing would be
    given the names of the fourth.
    """
    rows = [row for block in found for row in block.rows]
    if not rows or any(len(row.columns) != _WIDTH or not all(map(is_tag, row.columns[2:])) for row in rows):
        return False
    inner = [(chunk, decoded(block.tags(2))) for block in found for chunk in decoded(block.tags(1))]
    if not inner:
        return all(row.tabs for row in rows) and any(row.columns[-2] != "O" for row in rows)
    return all(any(_within(chunk, one) for one in around) for chunk, around in inner)


def with_gold(found: Sequence[Block]) -> bool:
    """Whether the column before the last one has tags in every line, and some of the same labels."""
    rows = [row.columns for block in found for row in block.rows]
    if not rows or any(len(columns) < 3 or not is_tag(columns[-2]) for columns in rows):
        return False
    last, before = ({columns[-n][2:] for columns in rows} - {""} for n in (1, 2))
    return bool(last & before)


def _within(chunk: Chunk, other: Chunk) -> bool:
    return other.start <= chunk.start and chunk.end <= other.end and chunk[:2] != other[:2]


def _comment(line: str) -> bool:
    return line.startswith("#") and (_KEY.match(line) is not None or not is_tag(_BLANKS.split(line.strip(_WHITE))[-1]))


def _row(line: str, place: str, shape: Shape) -> Row:
    words = line.strip(_WHITE)
    tabs = "\t" in words
    parts = [" ".join(filter(None, part.split(" "))) for part in words.split("\t")] if tabs else _BLANKS.split(words)
    if len(parts) < 2:
        raise VigoldError(f"{place}: expected a token and its tag, found {shown(line)}")
    if shape.column:
        parts = [parts[0], _judged(parts, place, shape.column)]
    if shape.vlsp:
        parts = [parts[0], *(*parts[3:5], "O", "O")[:2]]
    tags = parts[1:] if shape.layers or shape.vlsp else parts[-1:]
    if (wrong := next((tag for tag in tags if not is_tag(tag)), None)) is not None:
        hint = "; expected tags in every column after the first" if shape.layers else " such as O, B-PER or I-PER"
        raise VigoldError(f"{place}: {shown(wrong)} is no tag{hint}")
    if shape.language:
        parts[0] = _without_language(parts[0], place)
    if shape.words:
        parts[0] = syllables(parts[0])
    return Row(tabs, parts)


def _judged(parts: list[str], place: str, column: int) -> str:
    """The tag in this column of a line that ends with the tag of gold and that of a system."""
    if len(parts) <= column:
        raise VigoldError(f"{place}: expected a token, the tag of gold and that of the system, found {shown(parts)}")
    return _CERTAINTY.sub("", parts[-1]) if column == 1 else parts[-column]


def _without_language(token: str, place: str) -> str:
    language = _LANGUAGE.match(token)
    if language is None or language.end() == len(token):
        raise VigoldError(f"{place}: expected a language and a token, as vi:Huế, found {shown(token)}")
    return token[language.end() :]
