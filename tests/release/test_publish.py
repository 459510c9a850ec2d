"""A release onto a stand-in of the Hub: whole or not at all, whatever breaks, and the same again does nothing."""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import datasets
import huggingface_hub
import pytest
from huggingface_hub import constants
from msgspec.structs import replace

from tests.command_line import Vigold, refused
from tests.release.hub_server import TOKEN, Hub, Repo, serving
from vigold.document import Document, Span
from vigold.errors import VigoldError
from vigold.formats import jsonl
from vigold.release import hub as publishing
from vigold.release.dataset import release
from vigold.release.hub import Plan
from vigold.release.standoff import standoff
from vigold.scheme import load

GOLD = Document("a1", "Ông Lê Văn Tám về Hà Nội.", licence="CC-BY-4.0", spans=(Span("p", 4, 14, "PER"),))
REPO = "lab/news"
pytestmark = pytest.mark.filterwarnings("ignore:Use 'content=:DeprecationWarning")  # of huggingface_hub itself
Publish = Callable[..., tuple[int, str, str]]


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Hub]:
    """A running stand-in that huggingface_hub takes for the Hub, which does not wait between its attempts."""
    with serving() as found:
        monkeypatch.setenv("HF_ENDPOINT", found.url)
        monkeypatch.setenv("HF_TOKEN", TOKEN)
        monkeypatch.setattr(constants, "HF_HUB_OFFLINE", False)
        monkeypatch.setattr(constants, "HF_HUB_DISABLE_XET", True)
        monkeypatch.setattr("huggingface_hub.utils._http.time.sleep", lambda seconds: None)
        yield found


@pytest.fixture
def publish(vigold: Vigold, hub: Hub) -> Publish:
    """Runs `vigold publish out lab/news --tag 1.0` with more words; the release is in `out`."""
    release([GOLD], load(), "out")
    return lambda *words: vigold("publish", "out", REPO, *(words if "--tag" in words else ("--tag", "1.0", *words)))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Plan:
    """What `vigold publish` does first: the release, checked."""
    folder = tmp_path_factory.mktemp("release") / "out"
    release([GOLD], load(), folder)
    return publishing.plan(folder, REPO, "1.0")


def standing(hub: Hub, revision: str = "main") -> dict[str, bytes]:
    """The files of a revision, but for those of git."""
    tree = hub.repos[REPO].tree(revision) or {}
    return {name: data for name, data in tree.items() if name != ".gitattributes"}


def downloaded(hub: Hub) -> str:
    """The folder that a reader gets of the first version."""
    reading: dict[str, Any] = {"repo_type": "dataset", "revision": "1.0", "endpoint": hub.url, "token": TOKEN}
    return str(huggingface_hub.snapshot_download(REPO, **reading, local_dir="downloaded"))


def local(folder: str = "out") -> dict[str, bytes]:
    root = Path(folder)
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in root.rglob("*")
        if path.is_file() and ".cache" not in path.parts
    }


def test_a_release_is_one_private_commit_with_its_tag(publish: Publish, hub: Hub) -> None:
    status, out, err = publish()
    repo = hub.repos[REPO]
    assert (status, out) == (0, ""), err
    assert standing(hub) == standing(hub, "1.0") == local()
    assert [message for *_, message in repo.commits] == ["initial commit", "Release 1.0"]
    assert repo.private
    assert f"→ {hub.url}/datasets/{REPO}, tagged 1.0" in err
    assert TOKEN not in err


def test_the_same_again_does_nothing(publish: Publish, hub: Hub) -> None:
    publish()
    hub.asked.clear()
    status, _, err = publish()
    assert status == 0
    assert "nothing to do" in err
    assert set(hub.asked) == {"info", "refs", "tree"}


def test_what_was_published_loads(publish: Publish, hub: Hub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    publish()
    assert {name: data for name, data in local(downloaded(hub)).items() if name != ".gitattributes"} == local()
    for module in (datasets.config, constants):
        monkeypatch.setattr(module, "HF_ENDPOINT" if module is datasets.config else "ENDPOINT", hub.url)
    monkeypatch.setattr(datasets.config, "HF_HUB_OFFLINE", False)
    monkeypatch.setattr(constants, "HUGGINGFACE_CO_URL_TEMPLATE", hub.url + "/{repo_id}/resolve/{revision}/{filename}")
    data = datasets.load_dataset(REPO, "default", split="train", token=TOKEN, cache_dir=str(tmp_path / "loaded"))
    assert data["text"] == [GOLD.text]


def test_public_is_said_and_a_public_place_is_never_a_surprise(publish: Publish, hub: Hub) -> None:
    assert publish("--public")[0] == 0
    assert not hub.repos[REPO].private
    assert "--public" in refused(publish("--tag", "1.1"))
    hub.repos[REPO].private = True
    assert publish("--public")[0] == 0
    assert not hub.repos[REPO].private


def test_the_next_version_takes_the_place_of_the_last_one(publish: Publish, hub: Hub) -> None:
    publish()
    old = local()
    hub.repos[REPO].commits[-1][1]["notes.pdf"] = b"by hand"
    shutil.rmtree("out")
    release([replace(GOLD, id="a2")], load(), "out", split="test")
    status, _, err = publish("--tag", "1.1", "--message", "Another article")
    assert status == 0, err
    assert "removed, as it is no part of this release: default/train.parquet" in err
    assert standing(hub) == {**local(), "notes.pdf": b"by hand"}
    assert standing(hub, "1.0").items() >= old.items()
    assert hub.repos[REPO].commits[-1][2] == "Another article"


def test_a_tag_never_moves(publish: Publish, hub: Hub) -> None:
    publish()
    before = standing(hub)
    release([replace(GOLD, text="Ông Lê Văn Tám về Huế.")], load(), "out")
    assert "the tag 1.0 stands for another release; raise the version" in refused(publish())
    assert standing(hub) == before


def test_what_stands_there_of_others_stays_unless_told(publish: Publish, hub: Hub) -> None:
    hub.repos[REPO] = Repo(private=True)
    hub.repos[REPO].commit({"README.md": b"# Mine", "data.csv": b"1"}, "years of work")
    assert "holds README.md and no release of vigold" in refused(publish())
    assert standing(hub) == {"README.md": b"# Mine", "data.csv": b"1"}
    assert publish("--replace")[0] == 0
    assert standing(hub) == local()


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


def test_a_dry_run_lists_and_sends_nothing(publish: Publish, hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HF_TOKEN")
    status, out, err = publish("--dry-run")
    assert status == 0
    assert [line.split()[1] for line in out.splitlines()] == sorted(local())
    assert f"would be the private dataset {REPO}, tagged 1.0; nothing was sent" in err
    assert hub.asked == []


def test_the_version_is_that_of_the_citation(publish: Publish, vigold: Vigold) -> None:
    assert "name the version with --tag" in refused(vigold("publish", "out", REPO, "--dry-run"))
    Path("out/CITATION.cff").write_text("cff-version: 1.2.0\ntitle: News\nversion: '2.1.0'\n")
    assert "tagged 2.1.0" in vigold("publish", "out", REPO, "--dry-run")[2]


@pytest.mark.parametrize("name", ["news", "lab/", "lab/a/b", "lab/tin tức", "../etc", "lab/x--y", "https://x.org/a"])
def test_a_bad_name_is_one_line(vigold: Vigold, name: str) -> None:
    assert "expected OWNER/NAME" in refused(vigold("publish", "out", name, "--dry-run"))


@pytest.mark.parametrize("tag", ["", "a b", "main", "..", "v1/2"])
def test_a_bad_tag_is_one_line(vigold: Vigold, tag: str) -> None:
    assert "the tag" in refused(vigold("publish", "out", REPO, "--dry-run", "--tag", tag))


def test_a_stand_off_release_goes_out_without_text_and_comes_back_with_it(vigold: Vigold, hub: Hub) -> None:
    standoff([GOLD], load(), "out")
    assert vigold("publish", "out", REPO, "--tag", "1.0")[0] == 0
    assert not any("Lê Văn Tám".encode() in data for data in standing(hub).values())
    jsonl.write("articles.jsonl", [replace(GOLD, spans=())])
    assert vigold("rehydrate", downloaded(hub), "articles.jsonl", "-o", "gold.jsonl")[0] == 0
    assert list(jsonl.read("gold.jsonl")) == [GOLD]


def test_without_huggingface_hub_the_extra_is_named(publish: Publish, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "httpx2", None)
    assert "pip install 'vigold[hub]'" in refused(publish())
