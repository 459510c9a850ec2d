"""The project on the server: found by its title, made where it is missing, and its config checked against a scheme."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import resources
from typing import NamedTuple
from xml.etree import ElementTree as Xml

import msgspec

from vigold.errors import VigoldError
from vigold.formats import stamps
from vigold.formats.wording import listed, on_one_line
from vigold.scheme import Scheme
from vigold.studio import guidelines
from vigold.studio.client import Client
from vigold.studio.config import config

_WANTED = "id,title,task_number,maximum_annotations,model_version,label_config"


class Project(NamedTuple):
    """A project: how many tasks it holds, how many annotations each of them shall get, and its labelling config."""

    id: int
    title: str
    tasks: int
    overlap: int
    model: str
    config: str


def find(client: Client, name: str) -> Project | None:
    """The project of this title, else of this number; raises VigoldError when two have the title."""
    projects = list(map(_project, _answers(client)))
    named = [project for project in projects if project.title == name]
    if len(named) > 1:
        numbers = ", ".join(str(project.id) for project in named)
        raise VigoldError(f"{client.url}: several projects are called {name!r}; name one by its number ({numbers})")
    return next(iter(named or [project for project in projects if str(project.id) == name]), None)


def need(client: Client, name: str) -> Project:
    """The project as `find` finds it; raises VigoldError when there is none."""
    project = find(client, name)
    if project is None:
        titles = [on_one_line(one.title) for one in _answers(client)]
        there = f"; --project names one of {listed(titles)}" if titles else ""
        raise VigoldError(f"{client.url}: there is no project {name!r}; `vigold studio push` makes it{there}")
    return project


def check_title(name: str) -> None:
    """Raises VigoldError for what the server takes as no title of a project."""
    if not 3 <= len(name) <= 50 or name != name.strip():
        raise VigoldError(f"project {name!r}: a title has 3 to 50 characters, no blank at its ends; see --project")


def create(
    client: Client, name: str, scheme: Scheme, *, overlap: int, instructions: str | None = None, third: bool = False
) -> Project:
    """Make a project that an annotator can start in: config, instructions (of the third pass with `third`), and
    `overlap` annotations a task.

    Where several are made at the same time, everybody gets the oldest, and of the others those that are empty go: a
    server on SQLite that finds its database locked makes some more that nobody is told of.
    """
    check_title(name)
    wish = {
        "title": name,
        "label_config": config(scheme),
        "expert_instruction": instructions if instructions is not None else guide(scheme, overlap, third),
        "show_instruction": True,
        "maximum_annotations": overlap,
        "sampling": "Sequential sampling",
    }
    made = client.send(_Answer, "/api/projects/", wish)
    oldest, *others = sorted((one for one in _answers(client) if one.title == name), key=lambda one: one.id) or [made]
    for one in others:
        # Not where the server does not say how many tasks there are.
        if one.task_number == 0:
            client.delete(f"/api/projects/{one.id}/")
    return _project(oldest)


def set_overlap(client: Client, project: Project, overlap: int) -> None:
    """Let every task of the project have this many annotations."""
    client.patch(f"/api/projects/{project.id}/", {"maximum_annotations": overlap})


def check(project: Project, scheme: Scheme) -> None:
    """Raise VigoldError when the labelling config of the project offers other choices than the scheme."""
    theirs, ours = _choices(project.config), _choices(config(scheme))
    if theirs != ours:
        differing = sorted(" ".join(choice) for choice in theirs ^ ours)
        listed = ", ".join(differing[:5]) + (", …" if len(differing) > 5 else "")
        raise VigoldError(
            f"project {project.title!r} has a labelling config of another scheme than {scheme.name} {scheme.version} "
            f"(differing: {listed}); name its scheme with --scheme, or push to another project with --project"
        )


def guide(scheme: Scheme, overlap: int, third: bool = False) -> str:
    """What annotators, or with `third` adjudicators, read before they begin, in Vietnamese: how to work, the labels of
    the scheme, and its guidelines where there are some."""
    import jinja2

    page = "third_pass.html.jinja" if third else "instructions.html.jinja"
    source = (resources.files("vigold.studio") / "data" / page).read_text("utf-8")
    values = any(label.attributes for label in scheme.labels.values())
    template = jinja2.Environment(autoescape=True).from_string(source)
    shown = {"labels": scheme.labels, "relations": scheme.relations, "has_values": values}
    return template.render(**shown, overlap=overlap, mark=stamps.MARK) + guidelines.html(scheme)


class _Answer(msgspec.Struct, frozen=True):
    """What a server says of a project, as far as it is needed; what nobody has set may be missing."""

    id: int
    title: str
    task_number: int | None = None
    maximum_annotations: int | None = None
    model_version: str | None = None
    label_config: str | None = None


class _Page(msgspec.Struct, frozen=True):
    results: list[_Answer]
    next: str | None = None


def _answers(client: Client) -> Iterator[_Answer]:
    page, more = 1, True
    while more:
        answer = client.read(_Page, "/api/projects/", {"page": page, "page_size": 100, "include": _WANTED})
        yield from answer.results
        page, more = page + 1, bool(answer.next and answer.results)


def _project(answer: _Answer) -> Project:
    return Project(
        answer.id,
        answer.title,
        answer.task_number or 0,
        answer.maximum_annotations or 1,
        answer.model_version or "",
        answer.label_config or "",
    )


def _choices(text: str) -> set[tuple[str, ...]]:
    """What a config lets annotators say: labels, values and relations, whatever its layout."""
    try:
        view = Xml.fromstring(text)
    except Xml.ParseError:
        return set()
    found: set[tuple[str, ...]] = {("relation", item.get("value", "")) for item in view.iter("Relation")}
    for kind, part in (("Labels", "Label"), ("Choices", "Choice"), ("TextArea", "")):
        for control in view.iter(kind):
            name = control.get("name", "")
            found |= {(name, item.get("value", "")) for item in control.iter(part)} if part else {(name,)}
    return found
