"""A release onto a stand-in of the Hub: one commit, one tag, and the same again does nothing."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import datasets
import pytest
from huggingface_hub import constants
from msgspec.structs import replace

from tests.command_line import Vigold, refused
from tests.release.hub_state import TOKEN, Hub, Repo
from tests.release.published import GOLD, REPO, Publish, downloaded, local, standing
from vigold.formats import jsonl
from vigold.release.dataset import release
from vigold.release.standoff import standoff
from vigold.scheme import load

pytestmark = pytest.mark.filterwarnings("ignore:Use 'content=:DeprecationWarning")  # of huggingface_hub itself


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
