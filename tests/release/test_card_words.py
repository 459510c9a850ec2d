"""The words of the card: those of its maintainers end where they should, and what is cut says so."""

from __future__ import annotations

import json
from pathlib import Path

from vigold.document import Document, Span
from vigold.release.card import prose
from vigold.release.dataset import release
from vigold.scheme import load


def test_a_fence_of_the_maintainers_ends_with_their_words() -> None:
    assert prose("Use:\n\n~~~~sh\nmake") == "Use:\n\n~~~~sh\nmake\n~~~~"
    assert prose("```\nx\n```") == "```\nx\n```"


def test_only_a_text_that_is_cut_ends_with_dots(tmp_path: Path) -> None:
    for number, text in enumerate(("Hà Nội.", "Hà Nội. " * 100)):
        release([Document("a", text, spans=(Span("s", 0, 6, "LOC"),))], load(), tmp_path / str(number))
        shown = json.loads(
            (tmp_path / str(number) / "README.md").read_text("utf-8").split("```json")[1].split("```")[0]
        )
        assert shown["text"].endswith("…") == bool(number)
