"""The accounts of a local server: made up once and kept in a file that only its owner can read."""

from __future__ import annotations

import re
import secrets
from pathlib import Path

import msgspec

from vigold.errors import VigoldError, shown
from vigold.shapes import reason
from vigold.studio import private
from vigold.studio.client import Client, Refused

NAME = "accounts.json"
ADMIN = "admin@vigold.example"
ANNOTATORS = ("annotator-1@vigold.example", "annotator-2@vigold.example")
_EMAIL = re.compile(r"[^@\s,A-Z]+@[^@\s,A-Z]+\.[a-z]+")
_READABLE = "abcdefghjkmnpqrstuvwxyzACDEFGHJKLMNPQRTUVWXY34679"


class Account(msgspec.Struct, frozen=True):
    """Who may log in, and with what password; the first of a file is the administrator."""

    email: str
    password: str

    def __repr__(self) -> str:
        return f"Account({self.email!r}, ***)"


class Person(msgspec.Struct, frozen=True):
    """Whom the server knows, by number."""

    id: int
    email: str


class _Invitation(msgspec.Struct, frozen=True):
    token: str


def load(folder: Path) -> list[Account]:
    """The accounts kept in a data folder, none where there is no file yet; raises VigoldError for a broken one."""
    path = folder / NAME
    try:
        return msgspec.json.decode(path.read_bytes(), type=list[Account])
    except FileNotFoundError:
        return []
    except (OSError, UnicodeDecodeError, msgspec.MsgspecError) as error:
        raise VigoldError(f"{path}: cannot read the accounts: {reason(error)}") from None


def check(emails: list[str]) -> None:
    """Raises VigoldError for what is no e-mail address as Label Studio keeps it."""
    for email in emails:
        # Label Studio keeps addresses in small letters, and so would not know others again.
        if not _EMAIL.fullmatch(email) or email != email.lower():
            raise VigoldError(f"{shown(email)}: not an e-mail address in small letters")


def add(folder: Path, emails: list[str]) -> list[Account]:
    """All accounts of the folder, with a new one for each e-mail that has none; raises VigoldError for what is none."""
    check(emails)
    known = load(folder)
    held = {account.email for account in known}
    new = [Account(email, password()) for email in dict.fromkeys(emails) if email not in held]
    if new:
        accounts = [*known, *new]
        private.write(folder / NAME, msgspec.json.format(msgspec.json.encode(accounts), indent=1) + b"\n")
    return [*known, *new]


def invite(folder: Path, url: str, emails: list[str]) -> None:
    """Make sure that each of these people has an account; its password stands in the file before it is made.

    One that somebody has on the server without us is left as it is: nobody but its owner knows the password.
    """
    boss = administrator(folder, url)
    known = {user.email for user in boss.read(list[Person], "/api/users/")}
    missing = [email for email in emails if email not in known]
    for account in add(folder, missing):
        if account.email in missing:
            token = boss.read(_Invitation, "/api/invite").token
            Client(url).sign_up(account.email, account.password, token)


def administrator(folder: Path, url: str) -> Client:
    """A client of the server as the administrator of the file; raises VigoldError when it does not let that one in."""
    kept = load(folder)
    if not kept:
        raise VigoldError(f"{folder / NAME}: not there, so nobody can log in; put it back from a copy")
    client = Client(url)
    try:
        client.login(kept[0].email, kept[0].password)
    except Refused as error:
        raise VigoldError(f"{error}; is it the server of {folder}? Its passwords stand in {NAME}") from None
    return client


def password() -> str:
    """A password of over 80 random bits, without letters that look alike."""
    return "-".join("".join(secrets.choice(_READABLE) for _ in range(5)) for _ in range(3))
