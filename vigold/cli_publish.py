"""The commands that bring a release to others: back on their copies of the texts, and onto the Hub."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from vigold.cli_options import MaxRecord, Output, remark
from vigold.errors import VigoldError
from vigold.files import apart
from vigold.formats.jsonl import MAX_RECORD

if TYPE_CHECKING:
    from vigold.release.rehydrate import State

_STATES: dict[State, str] = {
    "exact": "on the very text",
    "aligned": "aligned with another copy",
    "refused": "refused",
    "missing": "without a copy",
}


def rehydrate(
    release: Annotated[Path, typer.Argument(help="A folder that `vigold release --standoff` wrote.")],
    texts: Annotated[list[Path], typer.Argument(help="Your articles: text, HTML, JSONL, or folders of them.")],
    output: Output,
    max_record: MaxRecord = MAX_RECORD,
) -> None:
    """Put the spans of a stand-off release on your copies of the articles; exit 1 when some were lost."""
    from vigold.formats import jsonl
    from vigold.formats.wording import counted, on_one_line
    from vigold.release.rehydrate import rehydrate as outcomes

    apart(output, *texts)
    done = list(outcomes(release, texts, max_record=max_record))
    documents = [one.document for one in done if one.document is not None]
    if not documents:
        reason = f"document {on_one_line(done[0].record.id)}: {done[0].lost[0]}"
        raise VigoldError(f"{release}: none of its {len(done)} documents has a copy in the texts given ({reason})")
    for one in done:
        for line in one.lost:
            remark(f"{_word(one.state)}: document {on_one_line(one.record.id)}: {line}")
    jsonl.write(output, documents)
    states = Counter(one.state for one in done)
    counts = ", ".join(f"{states[state]} {words}" for state, words in _STATES.items() if states[state])
    spans = sum(len(document.spans) for document in documents)
    total = sum(len(one.record.spans) for one in done)
    remark(f"{counted(len(done), 'document')}: {counts}; {spans} of {counted(total, 'span')} → {output}")
    if any(one.lost for one in done):
        raise typer.Exit(1)


def publish(
    release: Annotated[Path, typer.Argument(help="A folder that `vigold release` wrote.")],
    repo: Annotated[str, typer.Argument(help="OWNER/NAME of the dataset on the Hub.")],
    public: Annotated[bool, typer.Option("--public", help="For everybody to see; else only for you.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Check, and list what would be sent.")] = False,
    tag: Annotated[str | None, typer.Option(help="The version, where CITATION.cff has none or another.")] = None,
    message: Annotated[str | None, typer.Option(help="What the commit says.")] = None,
    replace: Annotated[bool, typer.Option("--replace", help="In place of what stands there, whatever it is.")] = False,
) -> None:
    """Upload a release to the Hub as one commit with one tag; the token is read from HF_TOKEN."""
    from vigold.formats.wording import counted
    from vigold.release import hub

    plan = hub.plan(release, repo, tag)
    total = sum(file.size for file in plan.files)
    what = f"{counted(len(plan.files), 'file')}, {counted(total, 'byte')}"
    if dry_run:
        for file in plan.files:
            typer.echo(f"{file.size:>15,}  {file.name}")
        kind = "public" if public else "private"
        remark(f"{what}: would be the {kind} dataset {repo}, tagged {plan.tag}; nothing was sent")
        return
    done = hub.publish(plan, public=public, message=message, replace=replace)
    if not (done.sent or done.removed or done.tagged):
        remark(f"nothing to do: {done.url} has this release, tagged {plan.tag}")
        return
    for name in done.removed:
        remark(f"removed, as it is no part of this release: {name}")
    remark(f"{what}, {len(done.sent)} of them sent → {done.url}, tagged {plan.tag}")


def _word(state: str) -> str:
    return state if state in ("refused", "missing") else "lost"
