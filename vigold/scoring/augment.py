"""Adding spans to a best matching, one by one, along the best alternating path."""

from __future__ import annotations

from collections import deque

import numpy as np

from vigold.scoring.columns import Bools, Floats, Ints


class Matching:
    """A heaviest matching of part of a bipartite graph that grows until it is one of the whole graph.

    A heaviest matching of a graph without a node becomes one of the graph with it along one alternating path that
    starts at the node (or not at all): nothing else can gain, since the rest was best before. A path alternates
    between edges that are taken and edges that are given up; it ends at a free node, or leaves a node of the side of
    the new one unmatched. Gold nodes are numbered from 0, predicted ones follow.
    """

    def __init__(self, gold: Ints, predicted: Ints, worth: Floats, apart: tuple[Bools, Bools], start: Ints) -> None:
        """The edges (arrays of one length), the nodes still to add (a mask a side), and the rows matched so far."""
        nodes = len(apart[0]) + len(apart[1])
        ends = gold.tolist(), (predicted + len(apart[0])).tolist()
        self.edges: list[list[tuple[int, float, int]]] = [[] for _ in range(nodes)]
        for row, (one, other, weight) in enumerate(zip(*ends, worth.tolist(), strict=True)):
            self.edges[one].append((other, weight, row))
            self.edges[other].append((one, weight, row))
        self.waiting = np.concatenate(apart)
        self.mate: list[tuple[int, float, int] | None] = [None] * nodes
        for row in start.tolist():
            self._join(ends[0][row], ends[1][row], float(worth[row]), row)
        # Below this, a gain is rounding; without it paths of equal weight could be followed round and round.
        self.least = 16 * float(np.finfo(float).eps) * float(worth.max(initial=1.0))

    def complete(self) -> Ints:
        """Add every node that waits and return the rows of the edges that are then matched."""
        active = (~self.waiting).tolist()
        for node in np.flatnonzero(self.waiting).tolist():
            active[node] = True
            self._add(node, active)
        rows = {mate[2] for mate in self.mate if mate is not None}
        return np.array(sorted(rows), dtype=np.int64)

    def _add(self, new: int, active: list[bool]) -> None:
        """Find the most valuable path from `new` by label correction, and switch along it.

        `value[node]` is what a path gains up to the edge into `node`. From there on it can at most keep that: the
        mate that is set free could otherwise have gained before. So nodes that reach no more than the best path that
        is known are not followed.
        """
        value: dict[int, float] = {}
        parent: dict[int, tuple[int, float, int]] = {}
        best, last = self.least, -1
        queue = deque([(new, 0.0)])
        while queue:
            node, gain = queue.popleft()
            for other, weight, row in self.edges[node]:
                reached = gain + weight
                known = value.get(other)
                if not active[other] or (known is not None and reached <= known + self.least):
                    continue
                if reached <= best:
                    continue
                mate = self.mate[other]
                if mate is not None and mate[0] == node:
                    continue
                value[other], parent[other] = reached, (node, weight, row)
                left = reached - mate[1] if mate is not None else reached
                if left > best:
                    best, last = left, other
                if mate is not None:
                    queue.append((mate[0], left))
        if last >= 0:
            self._switch(new, last, parent)

    def _switch(self, new: int, last: int, parent: dict[int, tuple[int, float, int]]) -> None:
        path = [last]
        while (node := parent[path[-1]][0]) != new:
            mate = self.mate[node]
            assert mate is not None  # a path runs back over matched edges until it is at the new node
            path.append(mate[0])
        dropped = self.mate[last]
        if dropped is not None:
            self.mate[dropped[0]] = None
        for other in path:
            node, weight, row = parent[other]
            self._join(node, other, weight, row)

    def _join(self, one: int, other: int, weight: float, row: int) -> None:
        self.mate[one], self.mate[other] = (other, weight, row), (one, weight, row)
