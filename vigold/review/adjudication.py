"""Adjudication: what annotators dispute as tasks for a third pass, and which of it that pass has left open."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

import msgspec

from vigold.document import Document, Span, sha256
from vigold.formats import labelstudio, stamps
from vigold.formats.labelstudio import Json
from vigold.formats.stamps import AGREED, DECIDED, DISPUTED, SINGLE, Stamp
from vigold.review.annotators import Annotated, Reading
from vigold.review.disputes import NOTHING, Dispute, Outcome, compare
from vigold.review.values import arrows
from vigold.scheme import Scheme, stamped

MARK = stamps.MARK
"""What a line of a region's note begins with while the dispute that it tells of is open."""

_KINDS = {
    "label": "nhãn",
    "boundary": "ranh giới",
    "missed": "có hay không",
    "value": "giá trị",
    "relation": "quan hệ",
}
_SILENT = {NOTHING: "không có"}
# Label Studio keeps a note that is emptied, but takes one that is overwritten.
_HOW = "Xóa vùng sai; với vùng đúng, thay ghi chú này bằng chữ “xong”."
MODEL = "adjudication"


class Adjudicated(NamedTuple):
    """A task of the third pass: its document, the disputes in it, and why it has none: `agreed`, `decided` (there
    is a ground truth) or `single` (one annotation only, not decided yet); `disputed` when it has some."""

    id: str
    state: str
    task: Json
    disputes: tuple[Dispute, ...]


def adjudicate(reading: Reading, scheme: Scheme) -> Iterator[Adjudicated]:
    """The tasks of the third pass, one for each document that somebody annotated.

    A disputed document gets a prediction with what all agree on, and every alternative of what they do not as a
    region whose note says who said what, in lines that begin with `MARK`; the adjudicator deletes the wrong regions and
    overwrites the notes of the right ones. What needs no third pass is carried over
    as it is, as a submitted annotation: the ground truth, the only annotation, or what all annotators agree on (as
    the ground truth). So `vigold gold` on the export of the third pass gives every document that is decided; the only
    annotation is none, before somebody makes it a ground truth. Each task says in its data in which state it was made,
    and has a hash of the annotations that it was made of.
    """
    for key, annotated in reading.tasks.items():
        carried = _carried(annotated)
        if carried is not None:
            yield _settled(key, annotated, *carried)
            continue
        outcome = compare(annotated.documents)
        document = _document(annotated, outcome, scheme)
        if not outcome.disputes:
            made: Json = {"result": labelstudio.result(document, scheme), "ground_truth": True}
            _note(made["result"], _own_notes(annotated, outcome))
            yield _settled(key, annotated, AGREED, made)
            continue
        notes = _open_notes(annotated, outcome)
        result = labelstudio.result(_disputed_first(document, notes), scheme)
        _note(result, notes)
        told = {**_data(annotated, DISPUTED), "disputes": [str(dispute) for dispute in outcome.disputes]}
        task = {"data": told, "predictions": [{"model_version": MODEL, "result": result}]}
        yield Adjudicated(key, DISPUTED, task, outcome.disputes)


def _carried(annotated: Annotated) -> tuple[str, Json] | None:
    """The annotation that settles a document without comparing: its ground truth, or the only one."""
    truths = [a for a in annotated.annotations if a.get("ground_truth")]
    if truths:
        return DECIDED, {"result": truths[0].get("result") or [], "ground_truth": True}
    if len(annotated.annotations) == 1:
        # Said outright: Label Studio makes what it imports a ground truth where nothing is said.
        return SINGLE, {"result": annotated.annotations[0].get("result") or [], "ground_truth": False}
    return None


def _settled(key: str, annotated: Annotated, state: str, annotation: Json) -> Adjudicated:
    """A task that carries an annotation and needs no third pass."""
    data = _data(annotated, state, stamps.carried(annotation))
    return Adjudicated(key, state, {"data": data, "annotations": [annotation]}, ())


def _data(annotated: Annotated, state: str, carried: str = "") -> Json:
    return stamps.put(stamps.bare(annotated.task["data"]), Stamp(state, _compared(annotated), carried))


def _compared(annotated: Annotated) -> str:
    """A hash of what each annotator said, whatever the ids of regions and the order of anything."""
    truths = {name for name, a in zip(annotated.documents, annotated.annotations, strict=True) if a.get("ground_truth")}
    said = [(name, name in truths, *_content(document)) for name, document in sorted(annotated.documents.items())]
    return stamps.digest(said)


def _content(document: Document) -> tuple[Any, ...]:
    keys = {span.id: span.key for span in document.spans}
    notes = [(keys[region], _lines(meta)) for region, meta in _notes(document).items() if region in keys]
    return sorted((span.key, span.attrs) for span in document.spans), sorted(arrows(document)), sorted(notes)


def _document(annotated: Annotated, outcome: Outcome, scheme: Scheme) -> Document:
    """The agreed spans, every disputed one, and the agreed relations; disputed spans carry the values of whom they
    are from where these do not differ."""
    first = next(iter(annotated.documents.values()))
    disputed = [
        Span(outcome.ids[option.span.key], *option.span.key, _attrs(annotated, option.span))
        for dispute in outcome.disputes
        for option in dispute.options
        if option.span is not None
    ]
    order = {key: n for n, key in enumerate(outcome.ids)}
    spans = sorted((*outcome.agreed, *disputed), key=lambda span: order[span.key])
    meta = {key: value for key, value in first.meta.items() if key != "notes"}
    meta = stamped(scheme, meta, sha256(first.text or ""))
    return Document(first.id, first.text, spans=tuple(spans), relations=outcome.relations, meta=meta)


def _disputed_first(document: Document, notes: Mapping[str, list[str]]) -> Document:
    """With the spans that carry a note first, by place: so they head the list of regions that an adjudicator sees."""
    spans = sorted(document.spans, key=lambda span: (span.id not in notes, span.start, span.end))
    return msgspec.structs.replace(document, spans=tuple(spans))


def _attrs(annotated: Annotated, span: Span) -> dict[str, str]:
    said = [s.attrs for document in annotated.documents.values() for s in document.spans if s.key == span.key]
    return {k: v for k, v in span.attrs.items() if all(other.get(k) == v for other in said)}


def _open_notes(annotated: Annotated, outcome: Outcome) -> dict[str, list[str]]:
    """The lines of every region's note: of each dispute that it is in, and what the annotators noted themselves."""
    notes: dict[str, list[str]] = {}
    for number, dispute in enumerate(outcome.disputes, 1):
        spans = [dispute.about] if dispute.about else [o.span.key for o in dispute.options if o.span is not None]
        for key in spans:
            notes.setdefault(outcome.ids[key], []).append(f"{MARK}{number} {_told(dispute)}. {_HOW}")
    for region, lines in _own_notes(annotated, outcome).items():
        notes.setdefault(region, []).extend(lines)
    return notes


def _told(dispute: Dispute) -> str:
    """A dispute as the adjudicator reads it: in Vietnamese, as the rest of the labelling page."""
    said = [(", ".join(option.annotators), _SILENT.get(option.said, option.said)) for option in dispute.options]
    return f"{_KINDS[dispute.kind]}: " + " · ".join(f"{who}: {what}" for who, what in said)


def _own_notes(annotated: Annotated, outcome: Outcome) -> dict[str, list[str]]:
    """What annotators noted on regions themselves, under their names."""
    notes: dict[str, list[str]] = {}
    for name, document in annotated.documents.items():
        keys = {span.id: span.key for span in document.spans}
        for region, meta in _notes(document).items():
            if region in keys:
                lines = [f"{name}: {line}" for line in _lines(meta)]
                notes.setdefault(outcome.ids[keys[region]], []).extend(lines)
    return notes


def _notes(document: Document) -> dict[str, Any]:
    """The notes on regions; what else a record may carry under that key is none."""
    notes = document.meta.get("notes")
    return notes if isinstance(notes, dict) else {}


def _lines(meta: Any) -> list[str]:
    """The lines of a region's note, as Label Studio keeps it: `{"text": [lines]}` or `{"text": "lines"}`."""
    text = meta.get("text") if isinstance(meta, dict) else None
    blocks = text if isinstance(text, list) else [text or ""]
    return [line for block in blocks for line in str(block).splitlines() if line.strip()]


def _note(result: list[Json], notes: Mapping[str, list[str]]) -> None:
    """Put the notes on the regions, in place."""
    for item in result:
        if item.get("type") == "labels" and notes.get(item["id"]):
            item["meta"] = {"text": ["\n".join(notes[item["id"]])]}


class Open(NamedTuple):
    """A dispute that the third pass has left: its document and region, and the line that tells of it."""

    document: str
    region: str
    line: str

    def __str__(self) -> str:
        return f"document {self.document}, region {self.region}: {self.line}"


def left_open(document: Document) -> list[Open]:
    """The disputes that still stand in the notes of an adjudicated document."""
    notes = _notes(document).items()
    return [Open(document.id, key, line) for key, meta in notes for line in _lines(meta) if line.startswith(MARK)]


def settled(documents: Iterable[Document]) -> tuple[list[Document], list[Open]]:
    """The documents without an open dispute, and the open disputes of the others: these are no gold yet."""
    found = [(document, left_open(document)) for document in documents]
    return [document for document, left in found if not left], [line for _, left in found for line in left]
