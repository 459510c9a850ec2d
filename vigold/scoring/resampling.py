"""Resampling over documents: bootstrap sums and approximate randomisation, reproducible to the bit.

Errors of one document go together, so the document (or a cluster of them) is what is drawn, and figures are ratios
of resampled sums. Each chunk of resamples has a generator of its own, seeded by (seed, number of the chunk), and sums
are whole numbers: results do not depend on threads, on how many resamples are held at a time, or on other systems.
"""

from __future__ import annotations

import math
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache

import numpy as np
from numpy.typing import NDArray

from vigold.scoring.columns import Floats, Ints

CHUNK = 64
"""Resamples that share a generator. Another number gives other (as good) draws, so it is part of the method."""

MANY = 1 << 13
"""Above so many rows, counting single draws falls out of the fastest cache."""

LEAST = 2
"""Documents (or clusters) that draws must be made of to vary."""

FEW = 20
"""With fewer, 95 % intervals held the truth 82 (5 documents) to 91 times in 100 (15); see benchmarks/coverage.py."""

THREADED = 1 << 10
"""Below so many rows threads cost more than they save."""

WORKERS = 4
"""Threads at most; each holds a chunk of weights."""

Table = NDArray[np.floating]


def bootstrap_sums(table: Table, resamples: int, seed: int) -> Floats:
    """Column sums of `resamples` draws with replacement of as many rows as the table has.

    `table` is (rows, columns) of counts; the result is (resamples, columns), exact as long as sums stay below 2**24 in
    float32 (see `exact`). A draw is a vector of how often each row is in it, so a chunk is one matrix product.
    """
    rows = len(table)
    sums = np.empty((resamples, table.shape[1]))

    def chunk(first: int, size: int) -> None:
        rng = _generator(seed, 0, first // CHUNK)
        weights = np.empty((size, rows), table.dtype)
        for draw in range(size):
            _draw(rng, weights[draw])
        sums[first : first + size] = weights @ table

    _each_chunk(chunk, rows, resamples)
    return sums


def swapped_sums(table: Table, shuffles: int, seed: int) -> Floats:
    """Column sums over a random half of the rows, each row in it with probability 1/2: (shuffles, columns).

    With the differences of two systems as table, this is what moves from one to the other when their outputs are
    swapped document by document (approximate randomisation; Noreen 1989, Yeh 2000, C00-2137).
    """
    rows = len(table)
    sums = np.empty((shuffles, table.shape[1]))
    width = (rows + 7) // 8

    def chunk(first: int, size: int) -> None:
        rng = _generator(seed, 1, first // CHUNK)
        drawn = np.frombuffer(rng.bytes(CHUNK * width), np.uint8).reshape(CHUNK, width)[:size]
        bits = np.unpackbits(drawn, axis=1, count=rows)
        sums[first : first + size] = bits.astype(table.dtype) @ table

    _each_chunk(chunk, rows, shuffles)
    return sums


def _each_chunk(work: Callable[[int, int], None], rows: int, resamples: int) -> None:
    """Call `work` with the first resample and the size of each chunk, in threads where there are many rows.

    The products then run in one thread each: those of the library wait for each other in a loop, which costs more than
    it brings, and many times more where the processor has something else to do.
    """
    firsts = range(0, resamples, CHUNK)
    sizes = [min(CHUNK, resamples - first) for first in firsts]
    if rows < THREADED:
        for first, size in zip(firsts, sizes, strict=True):
            work(first, size)
        return
    from threadpoolctl import threadpool_limits

    with threadpool_limits(1, "blas"), ThreadPoolExecutor(min(WORKERS, os.cpu_count() or 1)) as pool:
        for _ in pool.map(work, firsts, sizes):  # taking the results raises what a thread raised
            pass


def exact(table: NDArray[np.floating]) -> Table:
    """The table in the narrowest floats whose sums over resamples stay whole numbers (halves are not stored)."""
    # A resample can, at worst, draw the fullest row every time; sums this far from the total never happen.
    top = 2 * float(np.abs(table).sum(axis=0).max(initial=0.0))
    return np.ascontiguousarray(table, dtype=np.float32 if top < 1 << 24 else np.float64)


def clustered(table: NDArray[np.floating], cluster: Ints | None) -> NDArray[np.floating]:
    """The rows of the table summed within clusters, which are numbered from 0; the table itself without clusters."""
    if cluster is None:
        return table
    sums = np.zeros((int(cluster.max(initial=-1)) + 1, table.shape[1]), table.dtype)
    np.add.at(sums, cluster, table)
    return sums


def interval(figure: Floats, level: float = 0.95) -> tuple[float, float] | None:
    """The percentile interval of resampled figures of shape (resamples,); None where a figure is undefined in all."""
    figure = figure[~np.isnan(figure)]
    if not len(figure):
        return None
    low, high = np.quantile(figure, [(1 - level) / 2, (1 + level) / 2])
    return float(low), float(high)


def p_value(extreme: int, resamples: int) -> float:
    """(c + 1) / (R + 1) of `extreme` among `resamples` at least as far out as what was seen (Noreen 1989)."""
    return (extreme + 1) / (resamples + 1)


def holm(values: list[float]) -> list[float]:
    """Holm's step-down adjustment of p-values (Holm 1979), in the order in which they came."""
    adjusted = [0.0] * len(values)
    running = 0.0
    for rank, place in enumerate(sorted(range(len(values)), key=values.__getitem__)):
        running = max(running, min(1.0, (len(values) - rank) * values[place]))
        adjusted[place] = running
    return adjusted


def _draw(rng: np.random.Generator, weights: Table) -> None:
    """Fill `weights` with how often each row comes up in as many draws as there are rows.

    Many rows are drawn another way, of the same distribution: independent Poisson counts, given their sum, are
    multinomial, and so they stay when the draws that lack are added. The Poisson mean is set so low that the sum is
    hardly ever too high. Counts come from a table of 2**16 entries, which rounds their probabilities to 2**-16.
    """
    rows = len(weights)
    if rows > MANY:
        np.take(_poisson_table(rows, weights.dtype.char), _words(rng, rows), out=weights, mode="clip")
        lacking = rows - int(weights.sum())
        if lacking >= 0:
            np.add.at(weights, rng.integers(0, rows, lacking), weights.dtype.type(1))
            return
    weights[:] = np.bincount(rng.integers(0, rows, rows), minlength=rows)


def _words(rng: np.random.Generator, count: int) -> NDArray[np.uint16]:
    words: NDArray[np.uint64] = rng.bit_generator.random_raw((count + 3) // 4)
    return words.view(np.uint16)[:count]


@cache
def _poisson_table(rows: int, kind: str) -> Table:
    """Poisson counts so often as their probability says, with a mean four standard deviations of the sum below 1."""
    mean = 1 - 4 / math.sqrt(rows)
    below = np.cumsum([math.exp(-mean) * mean**k / math.factorial(k) for k in range(16)])
    table: Table = np.searchsorted(below, (np.arange(1 << 16) + 0.5) / (1 << 16)).astype(kind)
    return table


def _generator(seed: int, stream: int, chunk: int) -> np.random.Generator:
    return np.random.Generator(np.random.SFC64(np.random.SeedSequence(seed, spawn_key=(stream, chunk))))
