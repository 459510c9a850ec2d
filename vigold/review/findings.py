"""What lint found, as lines and as a page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from vigold.document import Document
from vigold.files import Source, writing
from vigold.formats.wording import counted
from vigold.review.excerpt import excerpt
from vigold.review.lint import Finding
from vigold.review.rules import Ready, Severity
from vigold.terminal import plain

SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")
_MANY = {"info": "info"}


def texts(documents: Sequence[Document]) -> dict[str, str | None]:
    """The text of each document by its id."""
    return {document.id: document.text for document in documents}


def line(finding: Finding, text: str | None) -> str:
    """A finding on one line: where, how bad, which rule, the words in context, what is wrong."""
    shown = excerpt(text, finding.start, finding.end, 25)
    span = f" {finding.span.id} {finding.span.label}" if finding.span else ""
    cure = f" ({finding.rule.fix}: --fix)" if finding.edit else ""
    where = f"{finding.document}:{finding.start}-{finding.end}{span}"
    return plain(f"{where}: {finding.rule.severity} {finding.rule.name}: {finding.message}{cure}: {shown}")


def summary(found: Sequence[Finding], documents: int) -> str:
    """How many findings there are of each severity."""
    counts = Counter(finding.rule.severity for finding in found)
    told = ", ".join(counted(counts[severity], severity, _MANY.get(severity)) for severity in SEVERITIES)
    return (
        f"{counted(documents, 'document')}: {told}; {sum(f.edit is not None for f in found)} can be mended with --fix"
    )


def write_html(path: Source, found: Sequence[Finding], documents: Sequence[Document], rules: Sequence[Ready]) -> None:
    """Write the page: the rules with their counts, and every finding in context, by document."""
    from vigold.review.pages import page

    counts = Counter(finding.rule.name for finding in found)
    by_document: dict[str, list[dict[str, Any]]] = {document.id: [] for document in documents}
    known = texts(documents)
    for finding in found:
        by_document[finding.document].append(_shown(finding, known))
    with writing(path) as file:
        file.write(
            page(
                "lint.html.jinja",
                rules=[ready.rule for ready in rules if counts[ready.rule.name]],
                quiet=[ready.rule.name for ready in rules if not counts[ready.rule.name]],
                counts=counts,
                documents={key: shown for key, shown in by_document.items() if shown},
                summary=summary(found, len(documents)),
            ).encode()
        )


def _shown(finding: Finding, known: Mapping[str, str | None]) -> dict[str, Any]:
    text = known[finding.document]
    mended = excerpt(text, *finding.edit, 0).words if finding.edit else None
    return {"finding": finding, "excerpt": excerpt(text, finding.start, finding.end, 70), "mended": mended}
