"""How far a command is, on standard error and only where that is a terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def spinner(text: str) -> Iterator[Callable[[], None]]:
    """A wheel on standard error that turns as soon as the function is called, where that is a terminal."""
    from rich.console import Console

    console = Console(stderr=True)
    with console.status(text) as wheel:
        wheel.stop()
        yield wheel.start


@contextmanager
def bar(what: str) -> Iterator[tuple[Callable[[int], None], Callable[[int], None]]]:
    """A bar on standard error, none where it is no terminal: functions that set the total and add to what is done."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as shown:
        task = shown.add_task(what, total=None)
        yield (lambda total: shown.update(task, total=total)), (lambda count: shown.advance(task, count))


@contextmanager
def rate(name: str) -> Iterator[Callable[[], None]]:
    """A line on standard error with the documents that are done and how many a second; none where it is no terminal."""
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    speed = TextColumn("{task.completed:.0f} documents, {task.fields[rate]:.0f} a second")
    columns = (SpinnerColumn(), TextColumn("{task.description}"), speed, TimeElapsedColumn())
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task(name, total=None, rate=0)
        current = bar.tasks[0]
        yield lambda: bar.update(task, advance=1, rate=(current.completed + 1) / max(current.elapsed or 0, 0.1))
