"""Agreement as tables on the screen, as JSON and as a page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import msgspec

from vigold.document import Document
from vigold.files import Source, writing
from vigold.review.agreement import F1, Agreement, Alpha, DocumentAgreement, Figures
from vigold.review.disputes import Dispute, compare
from vigold.review.excerpt import Excerpt, excerpt
from vigold.review.units import Versions
from vigold.terminal import plain

if TYPE_CHECKING:
    from rich.table import Table
    from rich.text import Text

HEADS = {
    "pairs": ("annotators", "documents", "spans", "exact F1", "relaxed F1", "uα", "label κ", "relations F1"),
    "labels": ("label", "spans", "exact F1", "relaxed F1", "uα"),
    "values": ("value", "spans", "same", "share", "κ"),
}


def rows(found: Agreement) -> dict[str, list[tuple[str, ...]]]:
    """The tables as text: every pair and all together, the labels, the values."""
    each = [_pair(figures) for figures in found.pairs]
    if len(found.pairs) > 1:
        each.append(("all", *_pair(found.overall)[1:]))
    overall = found.overall
    labels: list[tuple[str, ...]] = [
        (label, _sizes(f1), percent(f1.exact_f1), percent(f1.relaxed_f1), _alpha(overall.alphas[label]))
        for label, f1 in sorted(overall.labels.items(), key=lambda item: (-item[1].one - item[1].other, item[0]))
    ]
    values: list[tuple[str, ...]] = [
        (name, str(v.count), str(v.same), percent(v.share), decimal(v.kappa)) for name, v in overall.values.items()
    ]
    return {"pairs": each, "labels": labels, "values": values}


def _pair(figures: Figures) -> tuple[str, ...]:
    spans, kappa, relations = figures.spans, figures.kappa, figures.relations
    arrows = f"{percent(relations.f1)} ({relations.one}, {relations.other})" if relations.f1 is not None else "–"
    return (
        " – ".join(figures.annotators),
        str(figures.documents),
        _sizes(spans),
        percent(spans.exact_f1),
        percent(spans.relaxed_f1),
        _alpha(figures.alpha),
        f"{decimal(kappa.value)} ({kappa.count})",
        arrows,
    )


def _sizes(f1: F1) -> str:
    return f"{f1.one}, {f1.other}"


def _alpha(alpha: Alpha) -> str:
    interval = f" [{alpha.ci[0]:.3f}, {alpha.ci[1]:.3f}]" if alpha.ci else ""
    return decimal(alpha.value) + interval


def percent(value: float | None) -> str:
    """A share in percent; a dash where it is not defined."""
    return "–" if value is None else f"{100 * value:.1f}"


def decimal(value: float | None) -> str:
    """A coefficient to three places; a dash where it is not defined."""
    return "–" if value is None else f"{value:.3f}"


TITLES = {"pairs": "agreement", "labels": "by label", "values": "values of spans that both marked"}


def tables(found: Agreement) -> Iterator[Table]:
    """The tables for a terminal; empty ones are left out."""
    from rich.table import Table
    from rich.text import Text

    for name, body in rows(found).items():
        if not body:
            continue
        table = Table(title=TITLES[name], title_justify="left", title_style="bold", box=None, pad_edge=False)
        for n, head in enumerate(HEADS[name]):
            # No word of a head is cut, however narrow the terminal is.
            table.add_column(
                head.replace(" ", "\n"), justify="left" if n == 0 else "right", min_width=max(map(len, head.split()))
            )
        for row in body:
            table.add_row(*map(Text, map(plain, row)))
        yield table


def of(versions: Versions, key: str) -> dict[str, Document]:
    """The versions of one document by annotator."""
    return {name: documents[key] for name, documents in versions.items() if key in documents}


def worst(found: Agreement, versions: Versions, count: int) -> Iterator[Text]:
    """The documents that annotators agree on least, with what they dispute in context; those without are left out."""
    from rich.text import Text

    for row in found.documents[:count]:
        disputes = compare(of(versions, row.id)).disputes
        if not disputes:
            continue
        yield Text(f"\n{plain(row.id)}", style="bold").append(f"  exact F1 {percent(row.exact_f1)}", style="not bold")
        for dispute in disputes:
            yield _line(dispute, of(versions, row.id))


def _line(dispute: Dispute, named: Mapping[str, Document]) -> Text:
    from rich.text import Text

    shown = _shown(dispute, named)
    line = Text(f"  {dispute.kind:<9}{shown.before}").append(shown.words, style="bold").append(shown.after)
    for option in dispute.options:
        names = plain(", ".join(option.annotators))
        line.append(f"\n           {names}: ", style="dim").append(plain(option.said))
    return line


def _shown(dispute: Dispute, named: Mapping[str, Document]) -> Excerpt:
    text = next((document.text for document in named.values() if document.text is not None), None)
    return excerpt(text, dispute.start, dispute.end)


def write_json(path: Source, found: Agreement, versions: Versions) -> None:
    """Write all figures, unrounded, and the disputes of every document."""
    record = msgspec.to_builtins(found)
    for row in record["documents"]:
        row["disputes"] = [_record(dispute) for dispute in compare(of(versions, row["id"])).disputes]
    with writing(path) as file:
        file.write(msgspec.json.format(msgspec.json.encode(record), indent=1) + b"\n")


def _record(dispute: Dispute) -> dict[str, Any]:
    said = [{"said": option.said, "annotators": option.annotators} for option in dispute.options]
    return {"kind": dispute.kind, "start": dispute.start, "end": dispute.end, "words": dispute.words, "options": said}


def write_html(path: Source, found: Agreement, versions: Versions) -> None:
    """Write the page: the tables, and every document, the worst first, with its disputes in context."""
    from vigold.review.pages import page

    with writing(path) as file:
        file.write(
            page(
                "agree.html.jinja",
                found=found,
                rows=rows(found),
                heads=HEADS,
                titles=TITLES,
                documents=[_shown_document(row, versions) for row in found.documents],
                percent=percent,
            ).encode()
        )


def _shown_document(row: DocumentAgreement, versions: Versions) -> dict[str, Any]:
    named = of(versions, row.id)
    disputes = [
        {"kind": dispute.kind, "excerpt": _shown(dispute, named), "options": dispute.options}
        for dispute in compare(named).disputes
    ]
    return {"row": row, "disputes": disputes}
