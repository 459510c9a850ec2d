"""Words of others - articles, annotators, servers - as they may stand on a terminal."""

from __future__ import annotations

import re

# Control characters steer a terminal, separators break the line, and marks of direction show words in another order.
_HARMFUL = re.compile("[\\x00-\\x1f\\x7f-\\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")


def plain(text: str) -> str:
    r"""A text as it may be shown: on one line, with an escape such as `\u202e` for what would steer the terminal."""
    return _HARMFUL.sub(lambda found: found[0].encode("unicode_escape").decode(), text)
