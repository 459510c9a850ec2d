"""A server of one's own, and any other by address and token: what a user sees, and what nobody may see."""

from __future__ import annotations

import re
import socket
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.command_line import Vigold, refused
from tests.studio_server import Server, serving
from vigold.errors import VigoldError
from vigold.scheme import load
from vigold.studio import project, server
from vigold.studio.client import Client, Refused

pytestmark = pytest.mark.server


def test_up_makes_what_annotators_need_and_is_repeatable(studio: Server, vigold: Vigold) -> None:
    port = studio.url.rpartition(":")[2]
    for _ in range(2):
        status, out, _ = vigold("studio", "up", "--data", str(studio.folder), "--port", port)
        assert (status, studio.url in out, "annotator-2@" in out) == (0, True, True)
        assert not any(account.password in out for account in studio.people)
    found = project.need(studio.client, load().name)
    project.check(found, load())
    assert found.overlap == 2
    shown = studio.client.get(f"/api/projects/{found.id}/")
    assert "Label All Tasks" in shown["expert_instruction"]
    assert shown["show_instruction"]
    for number in (1, 2):
        assert studio.person(number).get("/api/current-user/whoami")["email"] == studio.people[number].email


def test_two_that_make_a_project_at_once_get_the_same_one(studio: Server) -> None:
    def make(_: int) -> project.Project:
        return project.create(studio.through(studio.url), "at once", load(), overlap=2)

    with ThreadPoolExecutor() as pool:
        made = list(pool.map(make, range(3)))
    assert {one.id for one in made} == {project.need(studio.client, "at once").id}


def test_passwords_are_for_the_owner_only_and_strangers_make_no_account(studio: Server) -> None:
    assert stat.S_IMODE((studio.folder / "accounts.json").stat().st_mode) == 0o600
    assert stat.S_IMODE(studio.folder.stat().st_mode) & 0o077 == 0
    log = (studio.folder / "server.log").read_text()
    running = server.running(studio.folder)
    assert running is not None
    command = Path(f"/proc/{running.pid}/cmdline").read_text()
    assert not any(account.password in log + command for account in studio.people)
    with pytest.raises(VigoldError):
        Client(studio.url).sign_up("stranger@example.com", "Passw0rd-stranger", "guess")


def test_the_server_fetches_nothing_from_the_web(studio: Server) -> None:
    with pytest.raises(Refused, match="HTTP 404"):
        studio.client.get("/heidi-tips/")


def test_a_taken_port_is_refused_and_leaves_nothing(studio: Server, vigold: Vigold) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        assert f":{port}: " in refused(vigold("studio", "up", "--data", "new", "--port", port))
    assert not Path("new").exists()
    assert "runs at" in refused(vigold("studio", "up", "--data", str(studio.folder), "--port", port))


def test_down_ends_the_server_and_up_goes_on_with_what_was_there(
    template: Path, vigold: Vigold, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Meant for another program, but Label Studio would take them too.
    monkeypatch.setenv("DATABASE_NAME", str(template / "other.sqlite3"))
    monkeypatch.setenv("DJANGO_DB", "postgresql")
    with serving(template) as there:
        made = project.create(there.client, "kept", load(), overlap=2)
        assert vigold("studio", "down", "--data", str(template))[0] == 0
        assert "no server runs" in vigold("studio", "down", "--data", str(template))[2]
        assert "no server runs" in refused(vigold("studio", "status", "--data", str(template)))
    with serving(template) as there:
        assert project.need(there.client, "kept") == made
        there.client.delete(f"/api/projects/{made.id}/")
    assert not (template / "other.sqlite3").exists()


@pytest.fixture
def tokens(studio: Server) -> dict[str, str]:
    """A token of each kind of the administrator; legacy ones are allowed first."""
    allowed = {"api_tokens_enabled": True, "legacy_api_tokens_enabled": True}
    studio.client.post("/api/jwt/settings", allowed)
    for old in studio.client.get("/api/token/"):
        studio.client.post("/api/token/blacklist/", {"refresh": old["token"]})
    personal = studio.client.post("/api/token/", {})["token"]
    return {"legacy": studio.client.get("/api/current-user/token")["token"], "personal": personal}


def test_any_server_is_reached_by_address_and_token(
    studio: Server, tokens: dict[str, str], vigold: Vigold, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.create(studio.client, "by token", load(), overlap=2)
    monkeypatch.setenv("VIGOLD_STUDIO_URL", studio.url + "/")
    for token in tokens.values():
        monkeypatch.setenv("VIGOLD_STUDIO_TOKEN", token + "\n")
        status, out, err = vigold("studio", "status", "--project", "by token")
        assert (status, "by token" in out, token in out + err) == (0, True, False)
    assert "names a server that runs already" in refused(vigold("studio", "up"))
    monkeypatch.delenv("VIGOLD_STUDIO_TOKEN")
    assert "VIGOLD_STUDIO_TOKEN is not" in refused(vigold("studio", "status"))


def test_a_wrong_token_is_told_but_not_shown(
    studio: Server, tokens: dict[str, str], vigold: Vigold, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VIGOLD_STUDIO_URL", studio.url)
    broken = {name: re.sub(r".{4}$", "dead", token) for name, token in tokens.items()}
    for token in (*broken.values(), "two words", "chữ"):
        monkeypatch.setenv("VIGOLD_STUDIO_TOKEN", token)
        line = refused(vigold("studio", "status"))
        assert "token" in line
        assert token not in line
    studio.client.post("/api/jwt/settings", {"api_tokens_enabled": True, "legacy_api_tokens_enabled": False})
    monkeypatch.setenv("VIGOLD_STUDIO_TOKEN", tokens["legacy"])
    assert "legacy token" in refused(vigold("studio", "status"))
