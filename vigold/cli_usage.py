"""What is wrong with a command line, on one line and in vigold's words, whatever version of typer reads it."""

from __future__ import annotations

import inspect
import types
from collections.abc import Callable
from enum import Enum
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import typer

from vigold.errors import VigoldError

# Typer brought its own click in its later versions; this class is that of either, and of every fault of usage.
USAGE: type[Exception] = next(one for one in typer.BadParameter.__mro__ if one.__name__ == "UsageError")


def told(error: Exception) -> str:
    """The fault of a command line as words; empty where all that was asked for is help, which is shown already."""
    context: Any = getattr(error, "ctx", None)
    parameter: Any = getattr(error, "param", None)
    message = str(getattr(error, "format_message", error.__str__)()).strip()
    if not message:
        return ""
    command = context.command_path if context else "vigold"
    if isinstance(error, typer.BadParameter) and parameter is not None and error.message:
        wanted = expected(context.command.callback, parameter.name)
        message = f"{'/'.join(parameter.opts)}: {wanted}" if wanted else message
    first = message.splitlines()[0].rstrip(".")
    return f"{first[0].lower()}{first[1:]}; see `{command} --help`"


def expected(command: Callable[..., Any], name: str) -> str:
    """What a parameter of a command takes, where its type leaves a choice or is a number; else nothing."""
    hint, *options = get_args(get_type_hints(inspect.unwrap(command), include_extras=True).get(name)) or (None,)
    plain = next(iter(_without_none(hint)), None)
    if choices := _choices(plain):
        return f"expected one of {', '.join(choices)}"
    if plain not in _NUMBERS:
        return ""
    low, high = (getattr(options[0], bound, None) for bound in ("min", "max"))
    bounds = [f"{sign} {value}" for sign, value in ((">=", low), ("<=", high)) if value is not None]
    return f"expected {_NUMBERS[plain]} {' and '.join(bounds)}".rstrip()


def run(app: typer.Typer) -> int:
    """Run the command line and return its exit status; raises VigoldError for one that asks for what there is not."""
    try:
        status = app(standalone_mode=False)
    except USAGE as error:
        if message := told(error):
            raise VigoldError(message) from None
        return 2
    except typer.Abort:
        return 130
    return status if isinstance(status, int) else 0


def _choices(hint: Any) -> list[str]:
    if isinstance(hint, type) and issubclass(hint, Enum):
        return [str(one.value) for one in hint]
    return [str(one) for one in get_args(hint)] if get_origin(hint) is Literal else []


_NUMBERS: dict[Any, str] = {int: "a whole number", float: "a number"}


def _without_none(hint: Any) -> tuple[Any, ...]:
    """The types of a union but None, or the one that is none."""
    if get_origin(hint) in (Union, types.UnionType):
        return tuple(one for one in get_args(hint) if one is not type(None))
    return (hint,)
