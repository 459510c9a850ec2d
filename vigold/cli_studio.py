"""The commands on Label Studio: a server of one's own, and tasks, annotations and figures of any."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from vigold.cli_options import Output, SchemeFile, console, remark
from vigold.cli_progress import bar, spinner
from vigold.terminal import plain

if TYPE_CHECKING:
    from vigold.scheme import Scheme
    from vigold.studio.client import Client
    from vigold.studio.export import Export
    from vigold.studio.project import Project

app = typer.Typer(
    help="Annotate in Label Studio: a server of your own, or any that VIGOLD_STUDIO_URL and VIGOLD_STUDIO_TOKEN name.",
    no_args_is_help=True,
)

Data = Annotated[Path, typer.Option("--data", help="The folder of the server that `up` starts.")]
ProjectName = Annotated[
    str | None, typer.Option("--project", help="Title or number of the project; the name of the scheme if not given.")
]
FOLDER = Path("vigold-studio")


@app.command()
def up(
    data: Data = FOLDER,
    port: Annotated[int, typer.Option(min=1, max=65535, help="The port, which is used or refused.")] = 8080,
    host: Annotated[str, typer.Option(help="Where to listen; 0.0.0.0 lets other machines in.")] = "127.0.0.1",
    project: ProjectName = None,
    annotator: Annotated[list[str] | None, typer.Option(help="E-mail of an annotator; repeatable.")] = None,
    overlap: Annotated[
        int | None, typer.Option(min=1, help="How many annotators do each task: 2 in a new project.")
    ] = None,
    instructions: Annotated[Path | None, typer.Option(help="HTML for annotators in place of vigold's own.")] = None,
    scheme: SchemeFile = None,
) -> None:
    """Start a Label Studio that annotators can work in, and make the project and their accounts."""
    from vigold.errors import VigoldError
    from vigold.files import decode, read_bytes
    from vigold.scheme import load
    from vigold.studio import accounts, server
    from vigold.studio import project as projects
    from vigold.studio.access import URL
    from vigold.studio.client import from_environment

    if from_environment() is not None:
        raise VigoldError(f"{URL} names a server that runs already; `push` makes the project there. Or unset it")
    rules = load(scheme)
    text = decode(read_bytes(instructions, "HTML"), str(instructions)) if instructions else None
    people = annotator or list(accounts.ANNOTATORS)
    if project is None or not project.isdecimal():
        projects.check_title(project or rules.name)
    with (
        spinner("starting Label Studio; the first start takes half a minute") as waiting,
        server.up(data, host, port, people, waiting) as there,
    ):
        _project(server.client(data), project, rules, overlap, text)
    typer.echo(f"Label Studio: {there.url}")
    if host == "0.0.0.0":
        typer.echo(f"Elsewhere:    http://ADDRESS-OF-THIS-MACHINE:{port}")
    typer.echo(f"Accounts:     {', '.join([accounts.ADMIN, *people])}")
    typer.echo(f"Passwords:    in {data / accounts.NAME}, which only you can read")
    typer.echo("Annotators:   log in, open the project, press “Label All Tasks”")


@app.command()
def down(data: Data = FOLDER) -> None:
    """Stop the server of a folder; what it keeps stays."""
    from vigold.studio import server

    remark(f"{data}: stopped" if server.stop(data) else f"{data}: no server runs")


@app.command()
def status(project: ProjectName = None, data: Data = FOLDER, scheme: SchemeFile = None) -> None:
    """Show how far the work is: tasks, and what each annotator has submitted, skipped and begun."""
    from vigold.scheme import load
    from vigold.studio import project as projects
    from vigold.studio import tables
    from vigold.studio.accounts import Person
    from vigold.studio.tally import tally

    client = _client(data)
    found = projects.need(client, project or load(scheme).name)
    count = tally(_exported(client, data, found.id).tasks())
    emails = {str(person.id): person.email for person in client.read(list[Person], "/api/users/")}
    screen = console()
    typer.echo(plain(f"{client.url}, project {found.title} ({found.id})"))
    for table in tables.progress(count, found.overlap, emails, screen.width):
        screen.print(table)


@app.command()
def push(
    tasks: Annotated[list[Path], typer.Argument(help="Tasks written by `vigold tasks`.")],
    project: ProjectName = None,
    data: Data = FOLDER,
    batch: Annotated[int, typer.Option(min=1, help="How many tasks to send at once.")] = 250,
    overlap: Annotated[
        int | None, typer.Option(min=1, help="How many annotators do each task: 2 in a new project, 1 in a third pass.")
    ] = None,
    replace: Annotated[bool, typer.Option("--replace", help="Exchange what differs and nobody has touched.")] = False,
    scheme: SchemeFile = None,
) -> None:
    """Bring tasks into the project; only what is new there is sent, so it may be run again at any time."""
    from vigold.scheme import load
    from vigold.studio import items
    from vigold.studio import project as projects
    from vigold.studio import push as studio

    rules = load(scheme)
    todo = items.read(tasks, rules)
    third = items.third(todo)
    client = _client(data)
    found = _project(client, project, rules, overlap, third=third)
    projects.check(found, rules)
    if third and (overlap or found.overlap) > 1:
        remark(f"{overlap or found.overlap} annotators a task: agreed tasks are shown too; --overlap 1 is a third pass")
    try:
        with bar("tasks") as (begin, advance):
            done = studio.push(client, found, todo, batch=batch, replace=replace, begin=begin, advance=advance)
    except KeyboardInterrupt:
        remark("interrupted; the same command goes on where it stopped")
        raise typer.Exit(1) from None
    for line in done.told():
        remark(line)
    remark(f"{done} → {client.url}, project {found.title} ({found.id})")
    if done.changed or done.doubled:
        raise typer.Exit(1)


@app.command()
def pull(
    output: Output,
    project: ProjectName = None,
    data: Data = FOLDER,
    label_map: Annotated[Path | None, typer.Option("--map", help="Labels of another scheme to those of this.")] = None,
    retext: Annotated[Path | None, typer.Option(help="Documents (JSONL) to whose texts the regions are moved.")] = None,
    scheme: SchemeFile = None,
) -> None:
    """Write the raw export; the one before is kept beside, and people stand in it as numbers only."""
    from vigold.formats import jsonl
    from vigold.formats.wording import counted
    from vigold.scheme import load
    from vigold.studio import adapt
    from vigold.studio import project as projects
    from vigold.studio import pull as studio

    rules = load(scheme)
    names = adapt.load_map(label_map) if label_map else None
    documents = {document.id: document for document in jsonl.read(retext)} if retext else None
    client = _client(data)
    found = projects.need(client, project or rules.name)
    export = _exported(client, data, found.id)
    done = studio.write(output, export.tasks(), rules, names=names, documents=documents)
    for line in done.told():
        remark(line)
    count = done.tally
    submitted = f"{counted(count.annotations, 'annotation')} of {counted(count.annotated, 'task')}"
    remark(
        f"{submitted}; {count.skipped} only skipped, {count.begun} only begun, {count.untouched} untouched → {output}"
    )
    if export.broken or not done.whole:
        raise typer.Exit(1)


@app.command()
def stats(
    export: Annotated[Path | None, typer.Argument(help="A raw JSON export; the project's if not given.")] = None,
    json: Annotated[Path | None, typer.Option(help="Write the figures as JSON.")] = None,
    project: ProjectName = None,
    data: Data = FOLDER,
    scheme: SchemeFile = None,
) -> None:
    """Show whether pre-annotation helps: the share kept, changed, deleted, added, and the time a task."""
    from vigold.formats import exports
    from vigold.scheme import load
    from vigold.studio import project as projects
    from vigold.studio import stats as studio
    from vigold.studio import tables

    if export is not None:
        found = studio.stats(exports.read(export))
    else:
        client = _client(data)
        number = projects.need(client, project or load(scheme).name).id
        found = studio.stats(_exported(client, data, number).tasks())
    if json is not None:
        studio.write(json, found)
    screen = console()
    for table in tables.fates(found, screen.width):
        screen.print(table)


def _client(data: Path) -> Client:
    from vigold.studio import server
    from vigold.studio.client import from_environment

    return from_environment() or server.client(data)


def _exported(client: Client, data: Path, project: int) -> Export:
    from vigold.studio import export, server
    from vigold.studio.client import from_environment

    found = export.download(client, project)
    if from_environment() is None and found.copy:
        server.forget(data, project, found.copy)
    for line in found.broken:
        remark(f"left out: the server cannot export {line}; mend or delete the broken character in its annotations")
    return found


def _project(
    client: Client,
    name: str | None,
    scheme: Scheme,
    overlap: int | None,
    text: str | None = None,
    *,
    third: bool = False,
) -> Project:
    from vigold.formats.wording import counted
    from vigold.studio import project as projects

    title = name or scheme.name
    found = projects.find(client, title)
    if found is None:
        each = overlap or (1 if third else 2)
        found = projects.create(client, title, scheme, overlap=each, instructions=text, third=third)
        remark(f"made project {title} ({found.id}), {counted(found.overlap, 'annotation')} a task")
    elif overlap is not None and overlap != found.overlap:
        projects.set_overlap(client, found, overlap)
        remark(f"project {title} ({found.id}): now {overlap} annotations a task, was {found.overlap}")
    return found
