"""What is published is a release and nothing but: every fault is named before a byte is sent."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import datasets
import pytest
from msgspec.structs import replace

from vigold.document import Document, Span
from vigold.errors import VigoldError
from vigold.release.dataset import release
from vigold.release.hub_check import check
from vigold.release.standoff import standoff
from vigold.release.sums import sha256_of, sums
from vigold.scheme import load

GOLD = Document("a1", "Ông Lê Văn Tám về Hà Nội.", licence="CC-BY-4.0", spans=(Span("p", 4, 14, "PER"),))
SECRET = "hf_" + "a" * 34


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("release") / "good"
    release([GOLD], load(), folder)
    return folder


@pytest.fixture
def folder(good: Path, tmp_path: Path) -> Path:
    """A release to damage; without checksums, which would tell of every damage first."""
    copy = Path(shutil.copytree(good, tmp_path / "out"))
    (copy / "SHA256SUMS").unlink()
    return copy


def faults(folder: Path) -> str:
    with pytest.raises(VigoldError) as refusal:
        check(folder)
    assert all(line.startswith(f"{folder}: ") for line in str(refusal.value).splitlines())
    assert SECRET not in str(refusal.value)
    return str(refusal.value)


def test_a_release_passes_with_its_files_and_sizes(folder: Path) -> None:
    found = check(folder)
    assert found.version is None
    assert {file.name: file.size for file in found.files} == {
        path.relative_to(folder).as_posix(): path.stat().st_size for path in folder.rglob("*") if path.is_file()
    }


def test_what_else_belongs_to_a_release_passes_too(folder: Path) -> None:
    (folder / "figures").mkdir(exist_ok=True)
    for name in ("LICENSE", "CHANGELOG.md", "croissant.json", "eval.yaml", "figures/labels.svg"):
        (folder / name).write_text("{}", "utf-8")
    (folder / "CITATION.cff").write_text("cff-version: 1.2.0\nversion: 1.2.0\n")
    names = [path for path in folder.rglob("*") if path.is_file()]
    sums = [f"{sha256_of(path)}  {path.relative_to(folder).as_posix()}\n" for path in names]
    (folder / "SHA256SUMS").write_text("".join(sums))
    assert check(folder).version == "1.2.0"
    (folder / "CHANGELOG.md").write_text("changed by hand")
    assert "CHANGELOG.md is not as its checksum in SHA256SUMS says" in faults(folder)


DAMAGES: dict[str, tuple[Callable[[Path], object], str]] = {
    "no card": (lambda f: (f / "README.md").unlink(), "has no README.md"),
    "no scheme": (lambda f: (f / "scheme.json").unlink(), "has no scheme.json"),
    "no data": (lambda f: shutil.rmtree(f / "default"), "nothing to publish"),
    "a stray file": (lambda f: (f / "notes.txt").write_text("x"), "notes.txt is no part of a release"),
    "a hidden file": (lambda f: (f / ".env").write_text("x"), ".env is no part of a release"),
    "a link": (lambda f: (f / "LICENSE").symlink_to("/etc/hostname"), "LICENSE is a link"),
    "a token": (lambda f: (f / "CHANGELOG.md").write_text(SECRET), "CHANGELOG.md holds a token of the Hub"),
    "half a file": (lambda f: (f / "default/train.parquet").write_bytes(b"PAR1"), "not a Parquet file"),
    "an odd scheme": (lambda f: (f / "scheme.json").write_text("{}"), "scheme.json is no scheme"),
    "a broken view": (
        lambda f: (f / "bio/train.parquet").write_bytes(b"PAR1"),
        "load_dataset does not read the configuration bio",
    ),
    "a card of another": (
        lambda f: (f / "README.md").write_text((f / "README.md").read_text("utf-8").replace("train", "test"), "utf-8"),
        "load_dataset does not read the configuration",
    ),
    "sums of nothing": (lambda f: (f / "SHA256SUMS").write_text(""), "default/train.parquet is not in SHA256SUMS"),
    "sums that are no text": (lambda f: (f / "SHA256SUMS").write_bytes(b"\xff\xfe"), "not a line of checksums"),
    "data beside the sums": (
        lambda f: (
            (f / "SHA256SUMS").write_text(sums(f)),
            shutil.copy(f / "default/train.parquet", f / "default/more.parquet"),
        ),
        "default/more.parquet is not in SHA256SUMS",
    ),
    "sums": (lambda f: (f / "SHA256SUMS").write_text(f"{'0' * 64}  gone.md\n"), "gone.md is missing"),
}


@pytest.mark.parametrize("name", DAMAGES)
def test_every_fault_is_named(folder: Path, name: str) -> None:
    damage, said = DAMAGES[name]
    damage(folder)
    assert said in faults(folder)


def test_many_faults_are_cut_short(folder: Path) -> None:
    for number in range(30):
        (folder / f"notes{number}.txt").write_text("x")
    assert faults(folder).splitlines()[-1].endswith("20 more")


@pytest.mark.parametrize(
    ("document", "said"),
    [
        (replace(GOLD, text=f"{GOLD.text} {SECRET}"), "holds a token of the Hub"),
        (replace(GOLD, meta={"annotator": "tam@example.org"}), "document a1: meta holds an e-mail address"),
    ],
)
def test_a_secret_in_the_data_is_found(document: Document, said: str, tmp_path: Path) -> None:
    release([document], load(), tmp_path / "out")
    assert said in faults(tmp_path / "out")


def test_an_address_in_an_article_is_part_of_it(tmp_path: Path) -> None:
    release([replace(GOLD, text=f"{GOLD.text} toasoan@example.org")], load(), tmp_path / "out")
    check(tmp_path / "out")


def test_a_stand_off_release_with_text_put_in_is_none(tmp_path: Path) -> None:
    standoff([GOLD], load(), tmp_path / "out")
    check(tmp_path / "out")
    path = tmp_path / "out" / "standoff" / "train.jsonl"
    (tmp_path / "out" / "SHA256SUMS").unlink()
    path.write_text(path.read_text("utf-8").replace('{"id":', '{"text":"Ông Lê Văn Tám","id":', 1), "utf-8")
    assert "no record of a stand-off release" in faults(tmp_path / "out")


def test_a_citation_that_is_no_text_has_no_version(folder: Path) -> None:
    (folder / "CITATION.cff").write_bytes(b"\xff\xfe")
    assert check(folder).version is None


def test_the_libraries_themselves_say_nothing(folder: Path, caplog: pytest.LogCaptureFixture) -> None:
    logger = datasets.logging.get_logger()
    logger.addHandler(caplog.handler)
    try:
        (folder / "README.md").write_text("# No configurations", "utf-8")
        assert "load_dataset does not read the configuration" in faults(folder)
    finally:
        logger.removeHandler(caplog.handler)
    assert caplog.text == ""


def test_a_folder_that_is_not_there_is_one_line(tmp_path: Path) -> None:
    assert "no such folder" in faults(tmp_path / "none")
