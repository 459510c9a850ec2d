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
