"""The commands on Label Studio: a server of one's own, and tasks, annotations and figures of any."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from vigold.cli_options import Output, SchemeFile, console, remark
from vigold.cli_progress import bar, spinner
from vigold.terminal import plain

if TYPE_CHECKING:
    from vigold.formats.labelstudio import Json
    from vigold.scheme import Scheme
    from vigold.studio.client import Client
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
    count = tally(_exported(client, data, found.id))
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
        int | None, typer.Option(min=1, help="How many annotators do each task: 2 in a new project.")
    ] = None,
    scheme: SchemeFile = None,
) -> None:
    """Bring tasks into the project; only what is new there is sent, so it may be run again at any time."""
    from vigold.scheme import load
    from vigold.studio import items
    from vigold.studio import project as projects
    from vigold.studio import push as studio

    rules = load(scheme)
    todo = items.read(tasks, rules)
    client = _client(data)
    found = _project(client, project, rules, overlap)
    projects.check(found, rules)
    try:
        with bar("tasks") as (begin, advance):
            done = studio.push(client, found, todo, batch=batch, begin=begin, advance=advance)
    except KeyboardInterrupt:
        remark("interrupted; the same command goes on where it stopped")
        raise typer.Exit(1) from None
    for line in (*done.changed, *done.doubled):
        remark(f"look again: {line}")
    if done.removed:
        remark(f"{done.removed} doubles of a push that broke were taken away")
    for version in done.renamed:
        remark(f"predictions of {version} go as {done.shown}: Label Studio shows one version a project")
    parts = [f"{done.new} new tasks", f"{done.same} there already", f"{len(done.changed)} differ and were not sent"]
    parts += [f"{done.completed} got their predictions"] if done.completed else []
    remark(f"{', '.join(parts)} → {client.url}, project {found.title} ({found.id})")
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
    from vigold.scheme import load
    from vigold.studio import adapt
    from vigold.studio import project as projects
    from vigold.studio import pull as studio

    rules = load(scheme)
    names = adapt.load_map(label_map) if label_map else None
    documents = {document.id: document for document in jsonl.read(retext)} if retext else None
    client = _client(data)
    found = projects.need(client, project or rules.name)
    tasks = _exported(client, data, found.id)
    done = studio.write(output, tasks, rules, names=names, documents=documents)
    for line in (*done.lost, *map(str, done.faults)):
        remark(f"look again: {line}")
    if done.previous:
        gone = f", {done.vanished} of its annotations are no longer on the server" if done.vanished else ""
        remark(f"the export before is kept as {done.previous}{gone}")
    if done.untouched:
        remark(f"the export as it came is kept as {done.untouched}")
    count = done.tally
    remark(
        f"{count.annotations} annotations of {count.annotated} tasks; {count.skipped} tasks only skipped, "
        f"{count.begun} only begun, {count.untouched} untouched → {output}"
    )
    if done.lost:
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
        found = studio.stats(_exported(client, data, number))
    if json is not None:
        studio.write(json, found)
    screen = console()
    for table in tables.fates(found, screen.width):
        screen.print(table)


def _client(data: Path) -> Client:
    from vigold.studio import server
    from vigold.studio.client import from_environment

    return from_environment() or server.client(data)


def _exported(client: Client, data: Path, project: int) -> Iterator[Json]:
    from vigold.studio import export, server
    from vigold.studio.client import from_environment

    found = export.download(client, project)
    if from_environment() is None:
        server.forget(data, project, found.copy)
    return export.tasks(found.raws)


def _project(client: Client, name: str | None, scheme: Scheme, overlap: int | None, text: str | None = None) -> Project:
    from vigold.studio import project as projects

    title = name or scheme.name
    found = projects.find(client, title)
    if found is None:
        found = projects.create(client, title, scheme, overlap=overlap or 2, instructions=text)
        remark(f"made project {title} ({found.id}), {found.overlap} annotations a task")
    elif overlap is not None and overlap != found.overlap:
        projects.set_overlap(client, found, overlap)
        remark(f"project {title} ({found.id}): now {overlap} annotations a task, was {found.overlap}")
    return found
