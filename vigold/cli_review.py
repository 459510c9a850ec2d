"""The commands on the quality of annotation: agree, adjudicate, lint."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from vigold.cli_options import Input, MaxRecord, Output, SchemeFile, console, remark
from vigold.errors import VigoldError
from vigold.files import apart
from vigold.formats.jsonl import MAX_RECORD
from vigold.terminal import plain

if TYPE_CHECKING:
    from vigold.document import Document
    from vigold.review.annotators import Reading

Annotators = Annotated[list[str] | None, typer.Option("--annotator", help="Only this one (id or e-mail); repeatable.")]
Lenient = Annotated[bool, typer.Option("--lenient", help="Drop bad regions and report each.")]
Html = Annotated[Path | None, typer.Option(help="Write a page that shows everything in context.")]


def agree(
    files: Annotated[list[Path], typer.Argument(help="Raw JSON exports, or a JSONL file for each annotator.")],
    json: Annotated[Path | None, typer.Option(help="Write all figures and disputes as JSON.")] = None,
    html: Html = None,
    documents: Annotated[int, typer.Option(min=0, help="How many documents to show, the worst first.")] = 5,
    resamples: Annotated[int, typer.Option(min=0, help="Resamples for the intervals; 0 for none.")] = 1000,
    seed: Annotated[int, typer.Option(min=0, help="Seed of the resamples.")] = 12345,
    annotator: Annotators = None,
    lenient: Lenient = False,
    scheme: SchemeFile = None,
    max_record: MaxRecord = MAX_RECORD,
) -> None:
    """Agreement of annotators: spans, labels, values, relations; the documents that differ most, in context."""
    from vigold.formats.wording import counted, listed
    from vigold.review import agreement, annotators, report

    versions = _versions(files, annotator or [], lenient, scheme, max_record)
    alone = list(annotators.unshared(versions))
    if alone:
        many = counted(len(alone), "document has", "documents have")
        remark(f"{many} one annotator only, left out: {listed(alone)}")
    found = agreement.agreement(versions, resamples=resamples, seed=seed)
    if json is not None:
        report.write_json(json, found, versions)
    if html is not None:
        report.write_html(html, found, versions)
    screen = console()
    for part in report.tables(found):
        screen.print(part)
    for line in report.worst(found, versions, documents):
        screen.print(line, highlight=False, soft_wrap=True)


def _versions(
    files: list[Path], chosen: list[str], lenient: bool, scheme: Path | None, max_record: int
) -> dict[str, dict[str, Document]]:
    from vigold.review import annotators
    from vigold.scheme import load

    kinds = {annotators.is_export(path) for path in files}
    if len(kinds) > 1:
        raise VigoldError("exports and JSONL files together; give exports alone, or a JSONL file for each annotator")
    if kinds == {True}:
        reading = annotators.read(files, load(scheme), annotators=chosen, lenient=lenient)
        _tell(reading)
        return reading.versions
    versions = annotators.files(files, max_record=max_record)
    if strange := set(chosen) - versions.keys():
        raise VigoldError(f"no annotator is called {min(strange)!r}; there are {', '.join(versions)}")
    return {name: versions[name] for name in chosen} if chosen else versions


def _tell(reading: Reading) -> None:
    for fault in reading.dropped:
        remark(f"dropped: {fault}")
    for double in reading.doubles:
        remark(f"drawn twice: {double}")


def adjudicate(
    exports: Annotated[list[Path], typer.Argument(help="Raw JSON exports of Label Studio.")],
    output: Output,
    annotator: Annotators = None,
    lenient: Lenient = False,
    scheme: SchemeFile = None,
) -> None:
    """Write what annotators dispute as tasks for a third pass, what they agree on pre-annotated; list each dispute."""
    from collections import Counter

    from vigold.formats.wording import counted
    from vigold.review import adjudication, annotators
    from vigold.scheme import load
    from vigold.studio import tasks

    apart(output, *exports)
    rules = load(scheme)
    reading = annotators.read(exports, rules, annotators=annotator or [], lenient=lenient)
    _tell(reading)
    made = list(adjudication.adjudicate(reading, rules))
    tasks.write(output, (item.task for item in made))
    for item in made:
        for dispute in item.disputes:
            sys.stdout.write(f"{plain(f'{item.id}: {dispute}')}\n")
    states = Counter(item.state for item in made)
    kinds = Counter(dispute.kind for item in made for dispute in item.disputes)
    told = ", ".join(f"{count} {kind}" for kind, count in kinds.most_common()) or "none"
    remark(f"disputes: {told}")
    kept = ", ".join(f"{states[state]} {words}" for state, words in _STATES.items())
    remark(f"{counted(len(made), 'task')}: {kept}; {len(reading.left)} without a submitted annotation → {output}")


_STATES = {
    "disputed": "to adjudicate",
    "agreed": "agreed",
    "decided": "decided before",
    "single": "with one annotation only",
}


def lint(
    gold: Input,
    html: Html = None,
    fix: Annotated[Path | None, typer.Option(help="Write the documents with what can be mended mended.")] = None,
    scheme: SchemeFile = None,
    rules: Annotated[Path | None, typer.Option(help="A table of rules in place of vigold's own.")] = None,
    max_record: MaxRecord = MAX_RECORD,
) -> None:
    """Find what is probably wrong in annotations; exit 1 when an error is among it."""
    from vigold.formats import jsonl
    from vigold.review import findings
    from vigold.review import rules as table
    from vigold.review.lint import lint as find
    from vigold.review.lint import mend
    from vigold.scheme import load

    known, ready = load(scheme), table.load(rules)
    documents = list(jsonl.read(gold, max_record=max_record))
    if (bare := next((d.id for d in documents if d.text is None), None)) is not None:
        raise VigoldError(f"{gold}: document {bare} has no text; lint looks at the words of spans")
    texts = findings.texts(documents)
    left = find(documents, ready, known) if fix is None else []
    if fix is not None:
        mended = mend(documents, ready, known)
        left = mended.left
        for finding in mended.done:
            remark(f"mended: {findings.line(finding, texts[finding.document])}")
        remark(f"{len(mended.done)} findings mended → {fix}")
        jsonl.write(fix, mended.documents)
        documents = mended.documents
    if html is not None:
        findings.write_html(html, left, documents, ready)
    for finding in left:
        sys.stdout.write(f"{findings.line(finding, texts[finding.document])}\n")
    remark(findings.summary(left, len(documents)))
    if any(finding.rule.severity == "error" for finding in left):
        raise typer.Exit(1)
