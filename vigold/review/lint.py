"""What is probably wrong in annotations, found by a table of rules, and mended where that is mechanical."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import msgspec

from vigold.document import Document, Span, crossings
from vigold.review.case import Case, Corpus, Facts, corpus
from vigold.review.rules import Ready, Rule
from vigold.scheme import Scheme


class Finding(NamedTuple):
    """A rule that a document breaks, and where; `edit` are the boundaries that would mend the span."""

    rule: Rule
    document: str
    span: Span | None
    start: int
    end: int
    message: str
    edit: tuple[int, int] | None = None


class Mended(NamedTuple):
    """The documents with what could be mended mended, what was, and what is left."""

    documents: list[Document]
    done: list[Finding]
    left: list[Finding]


def lint(documents: Sequence[Document], rules: Sequence[Ready], scheme: Scheme) -> list[Finding]:
    """Everything that the rules find, by document, place and rule. Documents need a text and hold their invariants
    (`vigold.document.problems`); labels that the scheme does not have are found, not refused."""
    everything = corpus(documents)
    return [finding for document in documents for finding in _document(document, rules, scheme, everything)]


def _document(document: Document, rules: Sequence[Ready], scheme: Scheme, everything: Corpus) -> list[Finding]:
    whole = Case(document, document.text or "", document.spans, scheme, everything, Facts(document))
    found = [finding for ready in rules for finding in _findings(whole, ready, scheme)]
    return sorted(found, key=lambda finding: (finding.start, finding.end))


def _findings(whole: Case, ready: Ready, scheme: Scheme) -> Iterator[Finding]:
    rule = ready.rule
    labels = _labels(rule, scheme)
    case = whole if labels is None else whole._replace(spans=[span for span in whole.spans if span.label in labels])
    for hit in ready.find(case, ready.options):
        message = rule.what.format(detail=hit.detail)
        edit = hit.edit if rule.fix else None
        yield Finding(rule, whole.document.id, hit.span, hit.start, hit.end, message, edit)


def _labels(rule: Rule, scheme: Scheme) -> set[str] | None:
    """The labels that a rule is about; None for all."""
    if rule.named:
        return {
            name
            for name, label in scheme.labels.items()
            if not any(attribute.required for attribute in label.attributes.values())
        }
    return set(rule.labels) if rule.labels else None


def mend(documents: Sequence[Document], rules: Sequence[Ready], scheme: Scheme) -> Mended:
    """Mend what can be, until nothing more can: a mended span may break another rule that can be mended too.

    Only boundaries change. An edit that would cross or double another span is not made, and its finding is left.
    """
    made = list(documents)
    done: list[Finding] = []
    for _ in range(_ROUNDS):
        everything = corpus(made)
        before = len(done)
        for n, document in enumerate(made):
            edits = [f for f in _document(document, rules, scheme, everything) if f.edit is not None]
            made[n], mended = _edited(document, edits)
            done += mended
        if len(done) == before:
            break
    return Mended(made, done, lint(made, rules, scheme))


_ROUNDS = 10
"""More than any span needs; two rules that undo each other's edits end here."""


def _edited(document: Document, findings: Sequence[Finding]) -> tuple[Document, list[Finding]]:
    """The document after one edit a span, and the findings that were followed."""
    done: list[Finding] = []
    touched: set[str] = set()
    for finding in findings:
        if finding.span is None or finding.edit is None or finding.span.id in touched:
            continue
        start, end = finding.edit
        changed = msgspec.structs.replace(finding.span, start=start, end=end)
        spans = tuple(changed if span.id == changed.id else span for span in document.spans)
        if _allowed(document.spans, spans, changed):
            document = msgspec.structs.replace(document, spans=spans)
            touched.add(changed.id)
            done.append(finding)
    return document, done


def _allowed(old: Sequence[Span], new: Sequence[Span], changed: Span) -> bool:
    if sum(span.key == changed.key for span in new) > 1:
        return False
    crossed = {frozenset((a.id, b.id)) for a, b in crossings(old)}
    return all(frozenset((a.id, b.id)) in crossed for a, b in crossings(new))
