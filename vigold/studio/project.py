"""The project on the server: found by its title, made where it is missing, and its config checked against a scheme."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import resources
from typing import Any, NamedTuple
from xml.etree import ElementTree as Xml

from vigold.errors import VigoldError
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
    projects = list(_projects(client))
    named = [project for project in projects if project.title == name]
    if len(named) > 1:
        numbers = ", ".join(str(project.id) for project in named)
        raise VigoldError(f"{client.url}: several projects are called {name!r}; name one by its number ({numbers})")
    return next(iter(named or [project for project in projects if str(project.id) == name]), None)


def need(client: Client, name: str) -> Project:
    """The project as `find` finds it; raises VigoldError when there is none."""
    project = find(client, name)
    if project is None:
        raise VigoldError(f"{client.url}: there is no project {name!r}; `vigold studio push` makes it")
    return project


def create(client: Client, name: str, scheme: Scheme, *, overlap: int, instructions: str | None = None) -> Project:
    """Make a project that an annotator can start in: config, instructions, and `overlap` annotations a task."""
    if len(name) < 3 or len(name) > 50:
        raise VigoldError(f"project {name!r}: a title has 3 to 50 characters; name it with --project")
    wish = {
        "title": name,
        "label_config": config(scheme),
        "expert_instruction": instructions if instructions is not None else guide(scheme, overlap),
        "show_instruction": True,
        "maximum_annotations": overlap,
        "sampling": "Sequential sampling",
    }
    return _project(client.post("/api/projects/", wish))


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


def guide(scheme: Scheme, overlap: int) -> str:
    """What annotators read before they begin, in Vietnamese: how to work, the labels of the scheme, and its guidelines
    where there are some."""
    import jinja2

    source = (resources.files("vigold.studio") / "data" / "instructions.html.jinja").read_text("utf-8")
    values = any(label.attributes for label in scheme.labels.values())
    template = jinja2.Environment(autoescape=True).from_string(source)
    short = template.render(labels=scheme.labels, relations=scheme.relations, has_values=values, overlap=overlap)
    return short + guidelines.html(scheme)


def _projects(client: Client) -> Iterator[Project]:
    page, more = 1, True
    while more:
        answer = client.get("/api/projects/", {"page": page, "page_size": 100, "include": _WANTED})
        yield from map(_project, answer["results"])
        page, more = page + 1, bool(answer.get("next"))


def _project(answer: dict[str, Any]) -> Project:
    return Project(
        answer["id"],
        answer["title"],
        answer.get("task_number") or 0,
        answer.get("maximum_annotations") or 1,
        answer.get("model_version") or "",
        answer.get("label_config") or "",
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
