"""Publishing is whole or not at all, whatever breaks, and what went wrong is one line without a token."""

from __future__ import annotations

import re
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from huggingface_hub import constants

from tests.command_line import refused
from tests.release.hub_state import TOKEN, Hub
from tests.release.published import REPO, Publish, standing
from vigold.errors import VigoldError
from vigold.release import hub as publishing
from vigold.release.hub import Plan

pytestmark = pytest.mark.filterwarnings("ignore:Use 'content=:DeprecationWarning")  # of huggingface_hub itself


STEPS = ["info", "create", "refs", "tree", "yaml", "preupload", "batch", "put", "verify", "commit", "tag"]


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("fault", [401, 403, 429, 500, "cut"], ids=str)
def test_a_fault_at_any_step_is_one_line_and_the_next_run_completes(
    made: Plan, hub: Hub, step: str, fault: int | str
) -> None:
    if isinstance(fault, int):
        headers: dict[str, Any] = {"Retry_After": "7"} if fault == 429 else {}
        hub.fail(step, fault, **headers)
    else:
        hub.cut(step)
    with pytest.raises(VigoldError, match=rf"^{REPO}: .*$") as refusal:
        publishing.publish(made)
    assert TOKEN not in str(refusal.value)
    assert not re.search("/lfs/|sig=", str(refusal.value)), "an address that lets one write"
    wanted = {file.name: file.path.read_bytes() for file in made.files}
    if REPO in hub.repos:
        assert standing(hub) == (wanted if step == "tag" else {})
        assert hub.repos[REPO].tags == {}
    hub.faults.clear()
    publishing.publish(made)
    assert standing(hub) == standing(hub, "1.0") == wanted
    assert len(hub.repos[REPO].commits) == 2


@pytest.mark.parametrize("step", ["create", "put", "commit", "tag"])
def test_an_answer_that_got_lost_makes_nothing_twice(made: Plan, hub: Hub, step: str) -> None:
    hub.cut(step, after=True, times=1)
    with suppress(VigoldError):
        publishing.publish(made)
    publishing.publish(made)
    assert standing(hub).keys() == standing(hub, "1.0").keys() == {file.name for file in made.files}
    assert len(hub.repos[REPO].commits) == 2


@pytest.mark.parametrize("step", ["preupload", "batch", "put"])
@pytest.mark.parametrize("status", [429, 503])
def test_a_passing_fault_while_uploading_is_waited_out(made: Plan, hub: Hub, step: str, status: int) -> None:
    hub.fail(step, status, times=2, Retry_After="1")
    publishing.publish(made)
    assert standing(hub, "1.0").keys() == {file.name for file in made.files}


def test_a_commit_of_somebody_else_in_between_is_not_mixed_with(made: Plan, hub: Hub) -> None:
    def overtake(_: object) -> bool:
        hub.repos[REPO].commit({"README.md": b"theirs"}, "theirs")
        return False

    hub.faults["commit"] = [overtake]
    with pytest.raises(VigoldError, match="nothing was published: the Hub says that it changed meanwhile"):
        publishing.publish(made)
    assert standing(hub) == {"README.md": b"theirs"}


@pytest.mark.parametrize("step", ["refs", "put", "commit"])
def test_silence_has_an_end(made: Plan, hub: Hub, step: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(publishing, "SECONDS", 0.05)
    hub.hang(step, 0.2)
    with pytest.raises(VigoldError, match=r"no answer from .* in time"):
        publishing.publish(made)


@pytest.mark.parametrize(
    ("step", "status", "said"),
    [
        ("info", 401, "does not accept the token in HF_TOKEN"),
        ("create", 403, "may not write there"),
        ("create", 409, "changed meanwhile"),
        ("create", 429, "run the same command again in 7 seconds"),
        ("commit", 500, "nothing was published: the Hub has a fault (500)"),
        ("commit", 422, "the Hub answered 422 ('no, …, see http://127.0.0.1:"),
        ("commit", 412, "run the same command again"),
        ("tag", 500, "the files are there, the tag 1.0 is not"),
    ],
)
def test_a_refusal_says_what_to_do(publish: Publish, hub: Hub, step: str, status: int, said: str) -> None:
    hub.fail(step, status, Retry_After="7")
    assert said in refused(publish())


@pytest.mark.parametrize("step", ["info", "refs", "tree", "preupload", "commit"])
def test_another_server_than_the_hub_is_one_line(made: Plan, hub: Hub, step: str) -> None:
    hub.fail(step, 200)
    with pytest.raises(VigoldError, match=rf"^{REPO}: .*$"):
        publishing.publish(made)


def test_no_hub_at_all_is_one_line(publish: Publish, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:9")
    assert "cannot reach http://127.0.0.1:9; is there a network?" in refused(publish())
    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", True)
    assert "HF_HUB_OFFLINE is set" in refused(publish())


def test_the_token_is_read_from_the_environment_alone(
    publish: Publish, hub: Hub, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "login").write_text(TOKEN)
    monkeypatch.setattr(constants, "HF_TOKEN_PATH", str(tmp_path / "login"))
    monkeypatch.delenv("HF_TOKEN")
    assert "no token in HF_TOKEN" in refused(publish())
    assert hub.asked == []


@pytest.mark.parametrize("token", ["hf_ếếế", "hf_a\nb", "hf_wrong"])
def test_a_token_that_is_none_is_not_shown(made: Plan, hub: Hub, token: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_TOKEN", token)
    with pytest.raises(VigoldError, match=rf"^{REPO}: .*$") as refusal:
        publishing.publish(made)
    assert "hf_" not in str(refusal.value)
    assert ("is no token" in str(refusal.value)) == (token != "hf_wrong")


def test_an_endpoint_that_is_none_is_named(made: Plan, hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_ENDPOINT", "hub.example")
    with pytest.raises(VigoldError, match=r"'hub\.example' is no address; is HF_ENDPOINT right"):
        publishing.publish(made)
