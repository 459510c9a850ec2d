"""What a release refuses, and what it only warns of."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from vigold.document import Document, problems
from vigold.errors import VigoldError
from vigold.formats.jsonl import tell
from vigold.formats.wording import counted, listed
from vigold.release.about import About
from vigold.release.figures import Figures
from vigold.scheme import Scheme

_KNOWN = 100_000


def refuse(document: Document, scheme: Scheme, checked: bool = False) -> None:
    """Raise VigoldError for a document without text, one that breaks an invariant, and one that the scheme forbids.

    `checked` says that whoever read the document has looked at the invariants.
    """
    if document.text is None:
        raise VigoldError(f"document {document.id} has no text; a dataset needs it")
    broken = () if checked else problems(document)
    for problem in (*broken, *scheme.problems(document)):
        raise VigoldError(tell(document, problem))


class Doubts:
    """Counts what is allowed but probably wrong, and remembers the first of it; `see` looks at one document.

    The same as `Scheme.doubts`, but values that are met again are not looked at again.
    """

    def __init__(self, scheme: Scheme) -> None:
        self.scheme = scheme
        self.count = 0
        self.first = ""
        self._known: dict[tuple[str, tuple[tuple[str, str], ...]], bool] = {}
        self._checks: dict[tuple[str, str], Callable[[str], bool]] = {}

    def see(self, document: Document) -> None:
        """Count the doubts of this document."""
        if self._suspect(document):
            found = [*self.scheme.doubts(document)]
            self.count += len(found)
            self.first = self.first or next((tell(document, doubt) for doubt in found), "")

    def _suspect(self, document: Document) -> bool:
        text, known = document.text or "", self._known
        for span in document.spans:
            key = span.label, tuple(span.attrs.items())
            bad = known.get(key)
            if bad is None:
                if len(known) >= _KNOWN:
                    known.clear()
                bad = known[key] = self._amiss(span.label, span.attrs)
            if bad or text[span.start].isspace() or text[span.end - 1].isspace():
                return True
        labels = {span.id: span.label for span in document.spans} if document.relations else {}
        kinds = self.scheme.relations
        ends = ((kinds[one.type], labels[one.head], labels[one.tail]) for one in document.relations)
        return any(head not in kind.head or tail not in kind.tail for kind, head, tail in ends)

    def _amiss(self, label: str, attrs: dict[str, str]) -> bool:
        """Whether a value is ill-formed or missing."""
        for name, rule in self.scheme.labels[label].attributes.items():
            if (label, name) not in self._checks:
                self._checks[label, name] = self.scheme.check(label, name)
            if not self._checks[label, name](attrs[name]) if name in attrs else rule.required:
                return True
        return False


def warnings(figures: Figures, doubts: Doubts, about: About | None) -> Iterator[str]:
    """What the maintainer should look at before publishing."""
    if doubts.count:
        yield f"{counted(doubts.count, 'doubt')}, such as {doubts.first}; `vigold lint` lists them and more"
    if not figures.spans.total():
        yield "no document has a span"
    elif figures.sizes[0]:
        yield f"{counted(figures.sizes[0], 'document has', 'documents have')} no span"
    bare = figures.licences["unknown"]
    if bare:
        yield f"{counted(bare, 'document has', 'documents have')} no licence"
    known = sorted(name for name in figures.licences if name != "unknown")
    if len(known) > 1:
        yield f"documents of {len(known)} licences: {listed(known)}"
    if about and known and known != [about.licence]:
        yield f"the release says {about.licence}, documents say {listed(known)}"
