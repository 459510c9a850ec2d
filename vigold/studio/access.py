"""Which server, and with what token: from the environment alone, checked, and kept out of every message."""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

from vigold.errors import VigoldError

URL, TOKEN = "VIGOLD_STUDIO_URL", "VIGOLD_STUDIO_TOKEN"
"""The environment variables that name a server and hold the token for it."""


class Token:
    """A legacy token, sent as it is, or a personal access token (a JWT), exchanged for one that lives for minutes.

    Raises VigoldError when the text can be neither.
    """

    def __init__(self, text: str) -> None:
        self._text = _checked(text)
        self._access: str | None = None
        self.personal = self._text.count(".") == 2

    @property
    def usable(self) -> bool:
        """Whether `authorization` can be sent, or an exchange must come first."""
        return self._access is not None or not self.personal

    @property
    def authorization(self) -> str:
        """The value of the header."""
        return f"Bearer {self._access}" if self.personal else f"Token {self._text}"

    @property
    def exchange(self) -> dict[str, str]:
        """What the server wants to see for a new short-lived token."""
        return {"refresh": self._text}

    def exchanged(self, access: str) -> None:
        """Keep the short-lived token that the server gave."""
        self._access = _checked(access)

    def hide(self, text: str) -> str:
        """The text without any token in it."""
        for secret in filter(None, (self._text, self._access)):
            text = text.replace(secret, "***")
        return text

    def __repr__(self) -> str:
        return "Token(***)"


def address(url: str) -> str:
    """The address in ASCII, without a slash at its end; raises VigoldError for what is none or holds a password."""
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").encode("idna").decode()
        port = "" if parts.port is None else f":{parts.port}"
        known = parts.scheme in ("http", "https") and bool(_HOST.fullmatch(host)) and parts.port != 0
    except ValueError:
        known = False
    if not known:
        raise VigoldError(f"{URL}: expected an address such as http://127.0.0.1:8080")
    if "@" in parts.netloc or parts.query or parts.fragment:
        raise VigoldError(f"{URL}: expected a plain address, without a name, password or query in it")
    host = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{host}{port}{quote(parts.path, safe=_PATH)}".rstrip("/")


def place(url: str) -> str:
    """An address that a server names, without what may be secret in it: name, password and query."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return "another place"
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}" if parts.netloc else parts.path


# What else can stand for a host is no host, and would be refused further on in words of the network library.
_HOST = re.compile(r"[A-Za-z0-9._:%-]+")
_PATH = "/%:@!$&'()*+,;=~"


def _checked(text: str) -> str:
    # As a header it would be refused too, but in words that hold it.
    if not re.fullmatch(r"[!-~]+", text.strip()):
        raise VigoldError(f"{TOKEN}: a token has no blanks and no letters outside ASCII; copy it again")
    return text.strip()
