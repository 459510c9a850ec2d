"""Answers that are broken or lead astray: one clear line that names the server, and never the token."""

from __future__ import annotations

import errno
import io
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import ClassVar

import pytest

from tests.command_line import Vigold, refused
from vigold.errors import VigoldError
from vigold.studio.access import Token, address
from vigold.studio.client import Client, Refused

SECRET = "0123456789abcdef0123456789abcdef01234567"
Answer = tuple[int, dict[str, str], bytes]


class _Handler(BaseHTTPRequestHandler):
    answer: ClassVar[Answer]
    asked: ClassVar[list[str]]

    def do_GET(self) -> None:
        self.asked.append(str(self.headers.get("Authorization")))
        status, headers, body = self.answer
        self.send_response(status)
        for name, value in ({"Content-Length": str(len(body))} | headers).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    do_POST = do_DELETE = do_GET

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def answering(answer: Answer) -> Iterator[tuple[str, list[str]]]:
    handler: type[_Handler] = type("Handler", (_Handler,), {"answer": answer, "asked": []})
    with HTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}", handler.asked
        server.shutdown()


FAULTS: list[tuple[Answer, str]] = [
    ((200, {}, b"<html>"), "not JSON; is this the address of a Label Studio"),
    ((404, {}, b""), "HTTP 404: is this the address of a Label Studio"),
    (
        (401, {}, b'{"detail": "Invalid token ' + SECRET.encode() + b'"}'),
        "HTTP 401: Invalid token ***; the token is not",
    ),
    ((403, {}, b"[]"), "HTTP 403: this account may not do that"),
    ((500, {}, b"trace"), "HTTP 500: what the server's log says"),
    ((200, {"Content-Length": "900"}, b"[1, 2"), "no connection (IncompleteRead"),
    ((401, {"Content-Length": "900"}, b'{"det'), "HTTP 401: the token is not valid there"),
    ((302, {"Location": "https://me:pass@[x"}, b""), "HTTP 302: it sends on to another place"),
]


@pytest.mark.parametrize(("answer", "words"), FAULTS, ids=[words[:12] for _, words in FAULTS])
def test_a_bad_answer_is_one_line(answer: Answer, words: str, vigold: Vigold, monkeypatch: pytest.MonkeyPatch) -> None:
    with answering(answer) as (url, asked):
        monkeypatch.setenv("VIGOLD_STUDIO_URL", url)
        monkeypatch.setenv("VIGOLD_STUDIO_TOKEN", SECRET)
        line = refused(vigold("studio", "status"))
    assert f"error: {url}: " in line
    assert words in line
    assert SECRET not in line
    assert asked == [f"Token {SECRET}"]


def test_nothing_listens_there(vigold: Vigold, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VIGOLD_STUDIO_URL", "http://127.0.0.1:9")
    monkeypatch.setenv("VIGOLD_STUDIO_TOKEN", SECRET)
    assert "http://127.0.0.1:9: no connection (" in refused(vigold("studio", "pull", "-o", "e.json"))
    assert not list(Path().iterdir())


def test_a_token_is_not_sent_on_to_another_place() -> None:
    with (
        answering((200, {}, b"{}")) as (other, asked),
        answering((302, {"Location": f"{other}/x?{SECRET}"}, b"")) as (url, _),
    ):
        with pytest.raises(VigoldError, match=f"sends on to {other}/x; put the address") as told:
            Client(url, SECRET).get("/api/projects/")
        assert asked == []
    assert SECRET not in str(told.value)


def test_what_somebody_else_has_deleted_counts_as_deleted() -> None:
    with answering((404, {}, b"")) as (url, asked):
        Client(url).delete("/api/tasks/1/")
    assert len(asked) == 1
    with answering((403, {}, b"")) as (url, _), pytest.raises(Refused, match="HTTP 403"):
        Client(url).delete("/api/tasks/1/")


def test_a_download_that_breaks_is_noticed(tmp_path: Path) -> None:
    with (
        answering((200, {"Content-Length": "900"}, b"[1, 2")) as (url, _),
        (tmp_path / "x").open("wb") as file,
        pytest.raises(VigoldError, match="broke after 5 of 900 bytes"),
    ):
        Client(url, SECRET).download("/x", file)


def test_a_password_in_an_address_to_go_to_is_not_shown() -> None:
    with (
        answering((302, {"Location": f"https://me:{SECRET}@example.com/login?next=/#{SECRET}"}, b"")) as (url, _),
        pytest.raises(VigoldError, match=r"sends on to https://example\.com/login; put") as told,
    ):
        Client(url).get("/api/projects/")
    assert SECRET not in str(told.value)


def test_a_download_without_a_sensible_length_is_taken(tmp_path: Path) -> None:
    with (
        answering((200, {"Content-Length": "many", "filename": "export/7/copy.json"}, b"[1, 2]")) as (url, _),
        (tmp_path / "x").open("w+b") as file,
    ):
        assert Client(url).download("/x", file) == "copy.json"
        assert file.tell() == 6


def test_a_full_disk_is_not_called_a_broken_connection(tmp_path: Path) -> None:
    class Full(io.BytesIO):
        def write(self, data: object) -> int:
            raise OSError(errno.ENOSPC, "No space left on device", str(tmp_path))

    with answering((200, {}, b"[1, 2]")) as (url, _), pytest.raises(OSError, match="No space left"):
        Client(url).download("/x", Full())


def test_a_proxy_that_is_no_address_is_told_without_its_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", f"http:/me:{SECRET}@proxy")
    with pytest.raises(VigoldError, match="is a proxy set that is no address") as told:
        Client("http://labels.example").get("/x")
    assert SECRET not in str(told.value)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "127.0.0.1:8080",
        "ftp://x",
        "http://",
        "http://a:b@x",
        "http://@x",
        "http://x?y=1",
        "http://x:y",
        "http://[x",
    ],
)
def test_an_address_is_plain(url: str) -> None:
    with pytest.raises(VigoldError, match="VIGOLD_STUDIO_URL: expected") as told:
        address(url)
    assert "a:b" not in str(told.value)


@pytest.mark.parametrize(
    "url", ["http://x y", "http://x..y", "http://" + "x" * 70, "http://x:0", "http://x:99999", "http://%0d%0a@x:b@"]
)
def test_a_name_that_no_host_can_have_is_no_address(url: str) -> None:
    with pytest.raises(VigoldError, match="VIGOLD_STUDIO_URL: expected"):
        address(url)


@pytest.mark.parametrize(
    ("url", "sent"),
    [
        (" http://127.0.0.1:8080/ ", "http://127.0.0.1:8080"),
        ("HTTPS://Nhãn.example:8443/gán nhãn/", "https://xn--nhn-nla.example:8443/g%C3%A1n%20nh%C3%A3n"),
        ("http://[::1]:8080/x", "http://[::1]:8080/x"),
    ],
)
def test_an_address_goes_out_in_ascii(url: str, sent: str) -> None:
    assert address(url) == sent


def test_a_token_does_not_show_itself() -> None:
    assert SECRET not in repr(Token(SECRET)) + str(Token(SECRET))
