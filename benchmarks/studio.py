"""How long do push and pull take beside the bare bulk calls of the official SDK, on one server in the same run?

    python benchmarks/studio.py [--push 5000] [--pull 1000] [--runs 3] [--sdk .venv-server/bin/python]

Tasks of 3,000 characters with 20 predicted regions each. The SDK imports them in batches of 250, which
is faster than one request, and exports with `exports.as_json`; vigold is timed as a user runs it, from the start of
the command to its end, with its checks. Writes medians of wall seconds, rates and the peak memory of each to
benchmarks/results/studio.txt. Wanted: vigold takes at most 1.3 times as long as the SDK, and under 300 MB.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import socket
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import vigold
from vigold.document import Document, Span
from vigold.formats import labelstudio
from vigold.scheme import load
from vigold.studio import accounts, server, tasks
from vigold.studio.client import Client
from vigold.studio.config import config
from vigold.studio.project import need

RESULT = Path(__file__).parent / "results" / "studio.txt"

# A small process between, since the peak of a child counts what its parent held when it was born.
COMMAND = """
import json, resource, subprocess, sys, time
begin = time.perf_counter()
subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
print(json.dumps([time.perf_counter() - begin, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024]))
"""

LENGTH, REGIONS = 3000, 20
WORDS = "Bộ Tài chính họp sáng nay ở Mường Lay về việc thu ngân sách năm ngoái theo lời ông Lò Văn Sáu và bà Mận"

# Run by the interpreter that has the SDK; its imports are not timed.
SDK = """
import json, resource, sys, time
from label_studio_sdk.client import LabelStudio
what, url, token, project, path = sys.argv[1:]
studio = LabelStudio(base_url=url, api_key=token, timeout=900)
tasks = json.load(open(path)) if what == "push" else []
begin = time.perf_counter()
if what == "push":
    for start in range(0, len(tasks), 250):
        studio.projects.import_tasks(id=int(project), request=tasks[start : start + 250])
else:
    json.dump(studio.projects.exports.as_json(int(project)), open(path, "w"))
seconds = time.perf_counter() - begin
print(json.dumps([seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024]))
"""

VERSIONS = """
from importlib.metadata import version
print(*(f"{name} {version(name)}" for name in ("label-studio", "label-studio-sdk")), sep=", ")
"""
Times = dict[tuple[str, str], list[tuple[float, float]]]


def corpus(count: int) -> list[Document]:
    """Made-up articles, a region every 150 characters, a third of them dates with values."""
    rng, words, made = random.Random(12345), WORDS.split(), []
    for number in range(count):
        text = " ".join(rng.choice(words) for _ in range(LENGTH // 3))[:LENGTH].strip()
        values = {"type": "DATE", "value": "2024-04-03"}
        spans = [(n * 145, ("PER", "ORG", "DATE")[n % 3]) for n in range(REGIONS)]
        regions = (Span(f"s{s}", s, s + 30, label, values if label == "DATE" else {}) for s, label in spans)
        made.append(Document(f"d{number}", text, spans=tuple(regions)))
    return made


def sdk(python: str, what: str, url: str, token: str, project: int, path: Path) -> tuple[float, float]:
    """Seconds and megabytes of the bare calls."""
    words = [python, "-c", SDK, what, url, token, str(project), str(path)]
    return tuple(json.loads(subprocess.run(words, check=True, capture_output=True, text=True).stdout))


def command(*words: str) -> tuple[float, float]:
    """Seconds and megabytes of a `vigold` command."""
    line = [sys.executable, "-c", COMMAND, sys.executable, "-m", "vigold", *words]
    return tuple(json.loads(subprocess.run(line, check=True, stdout=subprocess.PIPE, text=True).stdout))


def project(client: Client, title: str) -> int:
    wish = {"title": title, "label_config": config(load())}
    return int(client.post("/api/projects/", wish)["id"])


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--push", type=int, default=5000)
    options.add_argument("--pull", type=int, default=1000)
    options.add_argument("--runs", type=int, default=3)
    options.add_argument("--sdk", default=".venv-server/bin/python")
    given = options.parse_args()
    load_before = os.getloadavg()[0]
    with tempfile.TemporaryDirectory() as name:
        data, people = Path(name) / "server", list(accounts.ANNOTATORS)
        with server.up(data, "127.0.0.1", free_port(), people, lambda: None) as there:
            try:
                found = measure(given, Path(name), there.url, data)
            finally:
                server.stop(data)
    lines = [*machine(given, load_before), *table(given, found)]
    print("\n".join(lines))
    RESULT.write_text("\n".join([*lines, ""]), "utf-8")


def machine(given: argparse.Namespace, load_before: float) -> Iterator[str]:
    """Where it ran, and on what."""
    versions = subprocess.run([given.sdk, "-c", VERSIONS], check=True, capture_output=True, text=True).stdout.strip()
    yield f"{os.cpu_count()} cores, {platform.platform()}, Python {platform.python_version()}"
    yield f"vigold {vigold.__version__}, {versions}, SQLite"
    yield f"tasks of {LENGTH:,} characters with {REGIONS} regions; median of {given.runs}"
    yield f"load of the machine before: {load_before:.1f}"
    yield ""


def table(given: argparse.Namespace, found: Times) -> Iterator[str]:
    """Medians of seconds, the highest peak of memory."""
    yield f"{'':<12}{'':<8}{'seconds':>9}{'tasks/s':>9}{'x SDK':>7}{'peak MB':>9}"
    for what, count in (("push", given.push), ("pull", given.pull)):
        bare = statistics.median(seconds for seconds, _ in found[what, "SDK"])
        for who in ("SDK", "vigold"):
            seconds = statistics.median(seconds for seconds, _ in found[what, who])
            memory = max(memory for _, memory in found[what, who])
            rate, ratio = count / seconds, seconds / bare
            yield f"{f'{what} {count:,}':<12}{who:<8}{seconds:9.2f}{rate:9.0f}{ratio:7.2f}{memory:9.0f}"


def measure(given: argparse.Namespace, folder: Path, url: str, data: Path) -> Times:
    """Every way in turn on the server of `data`, so that none has the machine to itself."""
    client = server.client(data)
    documents = corpus(max(given.push, given.pull))
    todo, scheme, pushed = folder / "tasks.json", load(), documents[: given.push]
    tasks.write(todo, tasks.tasks(pushed, scheme, predictions={d.id: d for d in pushed}, model="m"))
    token = client.post("/api/token/", {})["token"]
    at = ("--data", str(data))
    annotated = project(client, "annotated")
    for start in range(0, given.pull, 250):
        body = []
        for document in documents[start : start + min(250, given.pull - start)]:
            result = labelstudio.result(document, scheme)
            work = {"predictions": [{"model_version": "m", "result": result}], "annotations": [{"result": result}]}
            body.append(labelstudio.task(document, scheme) | work)
        client.post(f"/api/projects/{annotated}/import", body, 900)
    times: Times = {}
    for run in range(given.runs):
        bare = project(client, f"bare {run}")
        times.setdefault(("push", "SDK"), []).append(sdk(given.sdk, "push", url, token, bare, todo))
        project(client, f"vigold {run}")
        times.setdefault(("push", "vigold"), []).append(
            command("studio", "push", str(todo), *at, "--project", f"vigold {run}")
        )
        assert need(client, f"vigold {run}").tasks == need(client, f"bare {run}").tasks == given.push
        out = folder / f"sdk-{run}.json", folder / f"vigold-{run}.json"
        times.setdefault(("pull", "SDK"), []).append(sdk(given.sdk, "pull", url, token, annotated, out[0]))
        times.setdefault(("pull", "vigold"), []).append(
            command("studio", "pull", "-o", str(out[1]), *at, "--project", "annotated")
        )
        assert len(json.loads(out[0].read_bytes())) == len(json.loads(out[1].read_bytes())) == given.pull
        for title in (f"bare {run}", f"vigold {run}"):
            client.delete(f"/api/projects/{need(client, title).id}/")
    return times


if __name__ == "__main__":
    main()
