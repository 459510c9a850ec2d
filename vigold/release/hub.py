"""A release folder onto the Hub: one commit, one tag, and the same again does nothing."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from vigold.errors import MissingExtra, VigoldError
from vigold.files import Source
from vigold.release.hub_check import PART, File, check
from vigold.release.hub_words import telling
from vigold.release.sums import sha256_of

TOKEN = "HF_TOKEN"
"""The environment variable that holds the token; it is read from there alone."""

SECONDS = 120.0
"""How long the Hub may be silent."""

_NAME = re.compile(r"(?!.*(?:\.\.|--|\.git\Z))[A-Za-z0-9][\w.-]{0,95}/[A-Za-z0-9][\w.-]{0,95}", re.ASCII)
_TAG = re.compile(r"(?!main\Z)\w+(?:[.+-]\w+)*", re.ASCII)
_TOKEN = re.compile(r"[!-~]+")
_KEPT = ".gitattributes"


class Plan(NamedTuple):
    """What is to be published: the folder's files as one dataset repository, under one tag."""

    repo: str
    files: list[File]
    tag: str


class Published(NamedTuple):
    """What was done: the commit that holds the release, and which files were sent and removed for it."""

    commit: str
    url: str
    sent: list[str]
    removed: list[str]
    tagged: bool


def plan(folder: Source, repo: str, tag: str | None = None) -> Plan:
    """What `publish` would send; needs neither network nor token.

    The tag is the version in the folder's CITATION.cff unless one is given. Raises VigoldError for a bad name or tag,
    and as `check` does for a folder that is no good release.
    """
    if not _NAME.fullmatch(repo):
        raise VigoldError(f"{repo!r} is no name of a dataset on the Hub; expected OWNER/NAME, such as lab/news")
    if tag is not None and not _TAG.fullmatch(tag):
        raise VigoldError(f"the tag {tag!r} is no version; expected such as 1.0.0")
    checked = check(folder)
    tag = tag or checked.version
    if tag is None:
        raise VigoldError(f"{folder}: no CITATION.cff with a version; name the version with --tag, such as 1.0.0")
    if not _TAG.fullmatch(tag):
        raise VigoldError(f"{folder}: the version {tag!r} in CITATION.cff cannot be a tag; name one with --tag")
    return Plan(repo, checked.files, tag)


def publish(made: Plan, *, public: bool = False, message: str | None = None, replace: bool = False) -> Published:
    """Make the dataset on the Hub what the plan says: all files in one commit, which gets the tag.

    Where the same stands there already nothing is sent; after a failure the same call does what is left. Files of an
    older release go, other files stay. Raises VigoldError without a token or network, for what the Hub refuses, for a
    tag that stands for something else, for a repository that holds something else (unless `replace`: then it goes),
    and for a public one unless `public`; MissingExtra without huggingface_hub.
    """
    token = os.environ.get(TOKEN, "").strip()
    if not token:
        raise VigoldError(f"{made.repo}: no token in {TOKEN}; make one with write access and set {TOKEN} to it")
    if not _TOKEN.fullmatch(token):  # Further on it would break a header, and an error that shows it.
        raise VigoldError(f"{made.repo}: what {TOKEN} holds is no token; set it to one line of ASCII without blanks")
    with _quiet_client():
        return _Remote(made, token).publish(public=public, message=message or f"Release {made.tag}", replace=replace)


class _Remote:
    """The repository on the Hub."""

    def __init__(self, made: Plan, token: str) -> None:
        from huggingface_hub import HfApi, constants

        self.plan = made
        self.endpoint = os.environ.get("HF_ENDPOINT", "").rstrip("/") or constants.ENDPOINT
        self._api: Any = HfApi(endpoint=self.endpoint, token=token)
        self._of: dict[str, str] = {"repo_id": made.repo, "repo_type": "dataset"}

    def publish(self, *, public: bool, message: str, replace: bool) -> Published:
        with self._telling("looking at the repository"):
            head, private = self._head(create_private=not public)
        if not (private or public):
            raise VigoldError(f"{self.plan.repo}: is public on the Hub; say --public to publish there")
        with self._telling("looking at what stands there"):
            tagged = self._tagged()
            there = self.plan.tag if tagged else head
            differing, strays = self._differences(there, everything=replace, guard=not (tagged or replace))
        if tagged and (differing or strays):
            raise VigoldError(
                f"{self.plan.repo}: the tag {self.plan.tag} stands for another release; raise the version"
            )
        sent, commit = [file.name for file in differing], tagged or head
        if differing or strays:
            commit = self._commit(head, differing, strays, message)
        if not tagged:
            with self._telling(f"the files are there, the tag {self.plan.tag} is not"):
                self._api.create_tag(**self._of, tag=self.plan.tag, tag_message=message, revision=commit)
        if private and public:
            with self._telling("all is there, but still private"):
                self._api.update_repo_settings(**self._of, private=False)
        url = f"{self.endpoint}/datasets/{self.plan.repo}"
        return Published(commit, url, sent, strays, tagged=not tagged)

    def _telling(self, step: str) -> Any:
        return telling(self.plan.repo, self.endpoint, step)

    def _head(self, *, create_private: bool) -> tuple[str, bool]:
        """The last commit of the repository, which is made where there is none, and whether it is private."""
        from huggingface_hub.errors import RepositoryNotFoundError

        try:
            info = self._api.dataset_info(self.plan.repo)
        except RepositoryNotFoundError:
            self._api.create_repo(**self._of, private=create_private)
            info = self._api.dataset_info(self.plan.repo)
        return info.sha or "", bool(info.private)

    def _tagged(self) -> str | None:
        """The commit that the tag stands for."""
        tags = self._api.list_repo_refs(**self._of).tags
        return next((str(one.target_commit) for one in tags if one.name == self.plan.tag), None)

    def _differences(self, revision: str, *, everything: bool, guard: bool) -> tuple[list[File], list[str]]:
        """The files that stand there otherwise or not at all, and those that are too many there.

        With `guard` raises VigoldError where something stands there that is no release of vigold.
        """
        from huggingface_hub import RepoFile

        tree = self._api.list_repo_tree(**self._of, revision=revision, recursive=True)
        there = {one.path: one for one in tree if isinstance(one, RepoFile) and one.path != _KEPT}
        if guard and there and "scheme.json" not in there:
            raise VigoldError(
                f"{self.plan.repo}: holds {min(there)} and no release of vigold; name another, or say --replace"
            )
        wanted = {file.name for file in self.plan.files}
        strays = sorted(name for name in there.keys() - wanted if everything or PART.fullmatch(name))
        return [file for file in self.plan.files if not _same(file, there.get(file.name))], strays

    def _commit(self, head: str, differing: list[File], strays: list[str], message: str) -> str:
        from huggingface_hub import CommitOperationAdd, CommitOperationDelete

        adds = [CommitOperationAdd(file.name, file.path) for file in differing]
        deletes = [CommitOperationDelete(name) for name in strays]
        with self._telling("nothing was published"):
            # The parent keeps two at once apart: the second one is refused.
            done = self._api.create_commit(
                **self._of, operations=[*adds, *deletes], commit_message=message, parent_commit=head
            )
        return str(done.oid)


def _same(file: File, there: Any) -> bool:
    """Whether the Hub has this very file: by its SHA-256 where it is kept aside, else by its hash in git."""
    if there is None or there.size != file.size:
        return False
    if there.lfs is not None:
        return bool(there.lfs.sha256 == sha256_of(file.path))
    from huggingface_hub.utils.sha import git_hash

    return bool(there.blob_id == git_hash(file.path.read_bytes()))


@contextmanager
def _quiet_client() -> Iterator[None]:
    """huggingface_hub without bars and warnings, which show addresses that let one write, and with a time limit."""
    try:
        import httpx2
        from huggingface_hub import set_client_factory, utils
        from huggingface_hub.utils._http import default_client_factory
    except ImportError:
        raise MissingExtra("vigold publish", "hub") from None

    def patient() -> httpx2.Client:
        client = default_client_factory()
        client.timeout = httpx2.Timeout(SECONDS, connect=min(SECONDS, 20.0))
        return client

    hub: Any = utils
    level, bars = hub.logging.get_verbosity(), not hub.are_progress_bars_disabled()
    hub.logging.set_verbosity_error()
    hub.disable_progress_bars()
    set_client_factory(patient)
    try:
        yield
    finally:
        set_client_factory(default_client_factory)
        hub.logging.set_verbosity(level)
        if bars:
            hub.enable_progress_bars()
