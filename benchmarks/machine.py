"""What this process and those that it started took of the machine. Those that it started are counted on Linux alone."""

from __future__ import annotations

import os
import resource
import sys
import time
from collections.abc import Iterator
from pathlib import Path


def children() -> Iterator[int]:
    """The processes that this one has started and that still run; none where there is no /proc."""
    for path in Path("/proc/self/task").glob("*/children"):
        yield from map(int, path.read_text().split())


def cpu() -> float:
    """CPU seconds of this process and those it started."""
    ticks = os.sysconf("SC_CLK_TCK")
    fields = [Path(f"/proc/{child}/stat").read_text().rpartition(")")[2].split() for child in children()]
    return time.process_time() + sum(int(field[11]) + int(field[12]) for field in fields) / ticks


def memory() -> float:
    """Peak megabytes of this process and those it started."""
    processes = [Path("/proc/self"), *(Path(f"/proc/{child}") for child in children())]
    if not processes[0].exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 if sys.platform != "darwin" else 1024**2)
    # What getrusage tells begins with the memory of the process that started this one.
    lines = (line for process in processes for line in (process / "status").read_text().splitlines())
    return sum(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024
