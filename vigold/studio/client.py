"""A small client of Label Studio's HTTP API.

Only bulk calls are made, so the standard library does: the official SDK would bring 87 packages and 700 MB for them.
"""

from __future__ import annotations

import http.client
import json
import os
import re
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from http.cookiejar import CookieJar
from typing import IO, Any, BinaryIO, TypeVar

import msgspec

from vigold.errors import VigoldError
from vigold.studio import advice
from vigold.studio.access import TOKEN, URL, Token, address

T = TypeVar("T")
_PATIENCE = 60.0
_LONG = 900.0


class ConnectionBroken(VigoldError):
    """The server could not be reached, or the connection to it broke before the answer was whole."""


class Refused(VigoldError):
    """The server answered with an HTTP error; `status` is its number."""

    def __init__(self, message: str, status: int) -> None:
        super().__init__(message)
        self.status = status


class Client:
    """Calls to one server. Without a token it is nobody, until `login`.

    `token` is a legacy token or a personal access token; it goes into headers only, and into no message.
    Every call raises ConnectionBroken or Refused, whose texts name the server, what is wrong and what to do.
    """

    def __init__(self, url: str, token: str | None = None) -> None:
        self.url = address(url)
        self._token = None if token is None else Token(token)
        self._cookies = CookieJar()
        handlers: list[Any] = [_NoRedirect, urllib.request.HTTPCookieProcessor(self._cookies)]
        if urllib.parse.urlsplit(self.url).hostname in ("127.0.0.1", "localhost", "::1"):
            # What runs on this machine is never reached through a proxy.
            handlers.append(urllib.request.ProxyHandler({}))
        self._opener = urllib.request.build_opener(*handlers)

    def read(self, shape: type[T], path: str, query: Mapping[str, object] | None = None) -> T:
        """The answer to a GET, as far as a struct or a list or dict of it says; raises Refused for another shape."""
        return self._shaped(shape, path, self.get(path, query))

    def send(self, shape: type[T], path: str, body: Any, timeout: float = _PATIENCE) -> T:
        """The answer to a POST in the same way."""
        return self._shaped(shape, path, self.post(path, body, timeout))

    def get(self, path: str, query: Mapping[str, object] | None = None) -> Any:
        """The decoded JSON of a GET, whatever it is."""
        where = path if query is None else f"{path}?{urllib.parse.urlencode(query)}"
        return self._json("GET", where, None)

    def post(self, path: str, body: Any, timeout: float = _PATIENCE) -> Any:
        """The decoded answer to a POST; a `body` of bytes is sent as it is, anything else as JSON."""
        return self._json("POST", path, body, timeout)

    def patch(self, path: str, body: Any) -> Any:
        """The decoded answer to a PATCH."""
        return self._json("PATCH", path, body)

    def delete(self, path: str) -> None:
        """A DELETE; what is not there any more, since somebody else was faster, counts as deleted."""
        try:
            self._json("DELETE", path, None)
        except Refused as error:
            if error.status != 404:
                raise

    def download(self, path: str, file: BinaryIO) -> str:
        """Copy the answer to a GET into an open file, piece by piece; what the server calls it, maybe nothing."""
        with self._answer("GET", path, None, _LONG) as answer:
            expected = answer.headers.get("Content-Length", "")
            written = 0
            while piece := self._piece(answer, 1 << 20):
                written += file.write(piece)
            name = str(answer.headers.get("filename", ""))
        if expected.isdecimal() and written != int(expected):
            raise ConnectionBroken(f"{self.url}: the connection broke after {written:,} of {int(expected):,} bytes")
        return name.rpartition("/")[2]

    def login(self, email: str, password: str) -> None:
        """Open a session as a person would; raises Refused when the server does not know the two."""
        self._form("/user/login/", {"email": email, "password": password}, f"does not let {email} log in")

    def sign_up(self, email: str, password: str, invitation: str) -> None:
        """Make an account with an invitation; the client is then that person. Raises Refused when it cannot."""
        path = f"/user/signup/?token={urllib.parse.quote(invitation)}"
        self._form(path, {"email": email, "password": password}, f"makes no account {email}")

    def _form(self, path: str, fields: dict[str, str], failure: str) -> None:
        with self._answer("GET", path, None, _PATIENCE) as page:
            found = re.search(rb'csrfmiddlewaretoken" value="(\w+)', self._piece(page))
        if found is None:
            raise Refused(
                f"{self.url}: {path.partition('?')[0]} is not a page of Label Studio; {advice.ELSEWHERE}", 404
            )
        body = urllib.parse.urlencode({**fields, "csrfmiddlewaretoken": found[1].decode()}).encode()
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Referer": self.url + path}
        try:
            with self._open(urllib.request.Request(self.url + path, body, headers), _PATIENCE):
                # The form is shown again with its faults; one that is accepted sends the browser on.
                raise Refused(f"{self.url}: {failure}", 400)
        except urllib.error.HTTPError as error:
            if error.code != 302:
                raise self._refused(error) from None

    def _shaped(self, shape: type[T], path: str, answer: Any) -> T:
        try:
            return msgspec.convert(answer, shape)
        except msgspec.ValidationError as error:
            raise Refused(
                f"{self.url}: the answer to {path} is of another kind ({error}); {advice.ELSEWHERE}", 200
            ) from None

    def _json(self, method: str, path: str, body: Any, timeout: float = _PATIENCE) -> Any:
        with self._answer(method, path, body, timeout) as answer:
            data, status = self._piece(answer), answer.status
        try:
            return json.loads(data) if data.strip() else None
        except (ValueError, RecursionError):
            # What stands behind the question mark is long, and an invitation may be in it.
            where = path.partition("?")[0]
            raise Refused(f"{self.url}: the answer to {where} is not JSON; {advice.ELSEWHERE}", status) from None

    @contextmanager
    def _answer(self, method: str, path: str, body: Any, timeout: float) -> Iterator[Any]:
        data = body if body is None or isinstance(body, bytes) else json.dumps(body).encode()
        try:
            answer = self._open(self._request(method, path, data), timeout)
        except urllib.error.HTTPError as error:
            if error.code != 401 or not self._renew():
                raise self._refused(error) from None
            try:
                answer = self._open(self._request(method, path, data), timeout)
            except urllib.error.HTTPError as again:
                raise self._refused(again) from None
        with answer:
            yield answer

    def _piece(self, answer: Any, size: int | None = None) -> bytes:
        with self._whole():
            piece: bytes = answer.read(size)
            return piece

    def _request(self, method: str, path: str, data: bytes | None) -> urllib.request.Request:
        headers = {"Content-Type": "application/json", "Accept": "application/json, text/html, */*"}
        for cookie in self._cookies:
            if cookie.name == "csrftoken":
                headers["X-CSRFToken"] = cookie.value or ""
        if self._token is not None:
            if not self._token.usable:
                self._renew()
            headers["Authorization"] = self._token.authorization
        return urllib.request.Request(self.url + path, data, headers, method=method)

    def _renew(self) -> bool:
        """Exchange a personal access token for a short-lived one; False where there is nothing to exchange."""
        if self._token is None or not self._token.personal:
            return False
        body, headers = json.dumps(self._token.exchange).encode(), {"Content-Type": "application/json"}
        request = urllib.request.Request(f"{self.url}/api/token/refresh/", body, headers)
        try:
            with self._open(request, _PATIENCE) as answer:
                self._token.exchanged(json.loads(self._piece(answer))["access"])
        except urllib.error.HTTPError as error:
            raise self._refused(error) from None
        except (ValueError, KeyError, TypeError, RecursionError):
            raise Refused(f"{self.url}: gives no access token; {advice.ELSEWHERE}", 404) from None
        return True

    def _open(self, request: urllib.request.Request, timeout: float) -> Any:
        with self._whole():
            return self._opener.open(request, timeout=timeout)

    @contextmanager
    def _whole(self) -> Iterator[None]:
        try:
            yield
        except urllib.error.HTTPError:
            raise
        except (OSError, http.client.HTTPException) as error:
            reason = getattr(error, "reason", None) or error
            why = "timed out" if isinstance(reason, TimeoutError) else self._safe(str(reason)) or type(reason).__name__
            raise ConnectionBroken(f"{self.url}: no connection ({why}); is the server running?") from None
        except ValueError:
            # Of what it says nothing is shown: it may hold the password of a proxy.
            raise ConnectionBroken(f"{self.url}: cannot be asked; is a proxy set that is no address?") from None

    def _refused(self, error: urllib.error.HTTPError) -> Refused:
        body = b""
        with error, suppress(ConnectionBroken):
            body = self._piece(error, 20_000) if error.code in advice.TELLING else b""
        said = advice.told(error.code, error.headers.get("Location", ""), body)
        return Refused(self._safe(f"{self.url}: {said}"), error.code)

    def _safe(self, text: str) -> str:
        return text if self._token is None else self._token.hide(text)


def from_environment(environment: Mapping[str, str] = os.environ) -> Client | None:
    """The client of the server that the environment names, None when it names none.

    Raises VigoldError when only one of address and token is there.
    """
    url, token = environment.get(URL), environment.get(TOKEN)
    if bool(url) != bool(token):
        there, missing = (URL, TOKEN) if url else (TOKEN, URL)
        raise VigoldError(
            f"{there} is set but {missing} is not; set both, or none for the server of `vigold studio up`"
        )
    return Client(url, token) if url and token else None


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    # urllib would send the token on to whatever place the answer names; without a handler every redirect is an error.
    def http_error_302(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: http.client.HTTPMessage
    ) -> None:
        return None

    http_error_301 = http_error_303 = http_error_307 = http_error_308 = http_error_302
