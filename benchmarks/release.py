"""How fast is a release, and what it costs to read one: `vigold` beside plain `datasets` calls.

    python benchmarks/release.py [--documents 100000] [--runs 3]

Every figure is taken in a process of its own, on the same made-up documents; the result goes to
`benchmarks/results/release.txt`.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

RESULT = Path(__file__).parent / "results" / "release.txt"
SPANS, WORDS = 25, 330
LABELS = ("PER", "ORG", "LOC", "ROLE", "EVENT", "DATE", "DOC")
SYLLABLES = ["an", "bình", "chính", "cao", "dân", "đất", "giang", "hà", "hải", "huyện", "kinh", "làng", "mới", "nước"]
SYLLABLES += ["nghề", "người", "núi", "phố", "quận", "rừng", "sông", "thôn", "thuyền", "trường", "vườn", "xã", "xuân"]


def documents(count: int) -> Iterator[dict[str, Any]]:
    """Made-up articles of one size: sentences of syllables in which names, dates and references stand."""
    rng = random.Random(12345)
    for n in range(count):
        parts: list[str] = []
        spans: list[dict[str, Any]] = []
        place = 0
        for k in range(SPANS):
            plain = " ".join(rng.choices(SYLLABLES, k=WORDS // SPANS - 4)) + " "
            place += len(plain)
            label = LABELS[k % len(LABELS)]
            words, attrs = _surface(label, rng)
            spans.append({"id": f"s{k + 1}", "start": place, "end": place + len(words), "label": label, "attrs": attrs})
            end = ".\nĐã " if k % 3 == 2 else " "
            parts += [plain, words, end]
            place += len(words) + len(end)
        links = [{"type": "holds", "head": f"s{k + 1}", "tail": f"s{k + 4}"} for k in range(0, SPANS - 4, 7)]
        record = {"id": f"d{n:06d}", "text": "".join(parts), "published": f"202{n % 5}-0{n % 9 + 1}-1{n % 9}"}
        yield record | {"licence": "CC-BY-4.0", "spans": spans, "relations": links}


def _surface(label: str, rng: random.Random) -> tuple[str, dict[str, str]]:
    day, month, year = rng.randint(1, 28), rng.randint(1, 12), rng.randint(2015, 2025)
    if label == "DATE":
        return f"ngày {day}/{month}/{year}", {"type": "DATE", "value": f"{year}-{month:02d}-{day:02d}"}
    if label == "DOC":
        number = f"{rng.randint(1, 200)}/{year}/NĐ-CP"
        return f"Nghị định {number}", {"doc_type": "Nghị định", "number": number, "issuer": "Chính phủ"}
    return " ".join(word.capitalize() for word in rng.choices(SYLLABLES, k=3)), {}


def vigold_release(folder: Path) -> None:
    """Four configurations, a card, Croissant, checksums."""
    from vigold.cli_release import release

    release(folder / "gold.jsonl", folder / "vigold", split="test")


def plain_release(folder: Path) -> None:
    """The configuration `default` alone, from the same file through the JSON loader of `datasets`."""
    import datasets

    from vigold.release.features import documents as features
    from vigold.scheme import load

    kinds = features(load())
    kept = datasets.Features({key: kinds[key] for key in ("id", "text", "published", "licence", "spans", "relations")})
    (folder / "plain").mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as cache:
        made = datasets.load_dataset(
            "json", data_files=str(folder / "gold.jsonl"), split="train", features=kept, cache_dir=cache
        )
        made.to_parquet(str(folder / "plain" / "test.parquet"))


def _load(folder: Path, name: str) -> Any:
    import datasets

    with tempfile.TemporaryDirectory() as cache:
        return datasets.load_dataset(str(folder / name), split="test", cache_dir=cache)


def load_vigold(folder: Path) -> None:
    """load_dataset of the release, without a cache."""
    assert len(_load(folder, "vigold"))


def load_plain(folder: Path) -> None:
    """load_dataset of the Parquet file that `datasets` wrote, without a cache."""
    assert len(_load(folder, "plain"))


def score_vigold(folder: Path) -> None:
    """The release as columns of the scorer, straight from its Parquet file."""
    from vigold.formats.registry import Reading
    from vigold.scoring.inputs import read

    assert len(read(folder / "vigold", Reading(split="test", config="default")).spans.start)


def score_plain(folder: Path) -> None:
    """load_dataset of the release and its spans as columns by plain calls: flatten, numpy."""
    spans = _load(folder, "plain").with_format("arrow")[:]["spans"].combine_chunks()
    parts = spans.flatten().flatten()
    assert len([part.to_numpy(zero_copy_only=False) for part in (*parts[1:4], spans.value_lengths())]) == 4


def whole_plain(folder: Path) -> None:
    """load_dataset of the Parquet file and, by plain calls, all that is scored: texts, spans with their attributes as
    columns, relations as rows of the spans."""
    table = _load(folder, "plain").with_format("arrow")[:]
    texts = table["text"].to_pylist()
    spans, links = (table[name].combine_chunks() for name in ("spans", "relations"))
    columns = {field.name: part for field, part in zip(spans.type.value_type, spans.flatten().flatten(), strict=True)}
    attrs = [part.to_numpy(zero_copy_only=False) for part in columns.pop("attrs").flatten()]
    numbers = {name: part.to_numpy(zero_copy_only=False) for name, part in columns.items()}
    article, of_link = (held.value_parent_indices().to_pylist() for held in (spans, links))
    row = {key: n for n, key in enumerate(zip(article, numbers["id"].tolist(), strict=True))}
    arrows = [
        (row[n, one["head"]], row[n, one["tail"]]) for n, one in zip(of_link, links.flatten().to_pylist(), strict=True)
    ]
    assert len(texts) == len(table)
    assert len(arrows) == len(links.flatten()) * bool(attrs)


def rows_plain(folder: Path) -> None:
    """load_dataset of the Parquet file that `datasets` wrote, and every row of it as Python objects, none kept."""
    assert sum(len(row["spans"]) for row in _load(folder, "plain"))


TASKS = {
    "release, plain datasets (default alone)": plain_release,
    "release, vigold (all configurations)": vigold_release,
    "load_dataset, of plain datasets": load_plain,
    "load_dataset, of vigold": load_vigold,
    "into columns, plain datasets": score_plain,
    "into all that is scored, plain datasets": whole_plain,
    "row by row, plain datasets": rows_plain,
    "into the scorer, vigold": score_vigold,
}


def alone(name: str, folder: Path) -> tuple[float, float, float]:
    """Wall seconds, CPU seconds and peak megabytes of one task in a process of its own, imports included."""
    line = [sys.executable, __file__, "--task", name, "--folder", str(folder)]
    quiet = {"HF_DATASETS_DISABLE_PROGRESS_BARS": "1", "HF_HUB_OFFLINE": "1"}
    done = subprocess.run(line, check=True, stdout=subprocess.PIPE, text=True, env={**os.environ, **quiet})
    wall, cpu, peak = json.loads(done.stdout.splitlines()[-1])
    return wall, cpu, peak


def one(name: str, folder: Path) -> None:
    began = time.perf_counter()
    TASKS[name](folder)
    wall = time.perf_counter() - began
    used = resource.getrusage(resource.RUSAGE_SELF)
    print(json.dumps([wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024]))


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--documents", type=int, default=100_000)
    options.add_argument("--runs", type=int, default=3)
    options.add_argument("--task")
    options.add_argument("--folder", type=Path)
    given = options.parse_args()
    if given.task:
        one(given.task, given.folder)
        return
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        with (folder / "gold.jsonl").open("w") as file:
            file.writelines(json.dumps(record, ensure_ascii=False) + "\n" for record in documents(given.documents))
        size = (folder / "gold.jsonl").stat().st_size / 1e6
        found = {name: [alone(name, folder) for _ in range(given.runs)] for name in TASKS}
    names = ("datasets", "pyarrow", "numpy", "msgspec")
    lines = [
        f"{os.cpu_count()} cores, load {os.getloadavg()[2]:.1f}, Python {platform.python_version()}, "
        + ", ".join(f"{name} {version(name)}" for name in names),
        f"{given.documents:,} documents of {SPANS} spans, {size:,.0f} MB of JSONL; medians of {given.runs} runs",
        f"{'what':<42}{'wall s':>9}{'CPU s':>9}{'peak MB':>9}",
    ]
    for name, runs in found.items():
        wall, cpu, peak = (statistics.median(run[n] for run in runs) for n in range(3))
        lines.append(f"{name:<42}{wall:9.1f}{cpu:9.1f}{peak:9.0f}")
    print("\n".join(lines))
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
