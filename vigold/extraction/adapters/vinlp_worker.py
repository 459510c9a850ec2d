"""ViNLP as one warm process, in an environment of its own, where vigold is not: this file needs nothing but ViNLP.

First a line of JSON with versions. Then, for a line with an array of sentences, a line with `words`: an array a
sentence of [word, tag]; or with `error`.
"""

from __future__ import annotations

import json
import os
import platform
import sys
from importlib.metadata import version


def main() -> None:
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what a library prints must not mix with the answers
    from ViNLP import ner

    def answer(line: bytes) -> dict[str, object]:
        try:
            return {"words": [[[row[0], row[-1]] for row in ner(sentence)] for sentence in json.loads(line)]}
        except Exception as error:  # of one text; the others are still to come
            return {"error": f"{type(error).__name__}: {error}"}

    versions = {name: version(name) for name in ("ViNLP", "sklearn-crfsuite")}
    print(json.dumps(versions | {"Python of ViNLP": platform.python_version()}), file=answers, flush=True)
    for line in sys.stdin.buffer:
        print(json.dumps(answer(line)), file=answers, flush=True)


if __name__ == "__main__":
    main()
