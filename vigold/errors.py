"""What vigold says of bad input: one line that names the place, the fault and the cure."""


class VigoldError(Exception):
    """Bad input or usage. The command line prints it as one line and exits with status 2."""


class MissingExtra(VigoldError):
    """A part needs packages that are not installed."""

    def __init__(self, what: str, extra: str) -> None:
        super().__init__(f"{what} needs more packages: pip install 'vigold[{extra}]'")


def shown(value: object, limit: int = 60) -> str:
    """A value from outside as it may stand in a message: quoted, on one line, cut at `limit` characters."""
    text = repr(value)
    return text if len(text) <= limit else text[: limit - 1] + "…"
