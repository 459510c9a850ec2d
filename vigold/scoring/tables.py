"""The parts of a result as plain tables of words, for the screen, a README, a notebook or a page."""

from __future__ import annotations

from typing import NamedTuple

from vigold.scoring.counts import SCHEMATA
from vigold.scoring.metrics import Interval, Score
from vigold.scoring.result import Board, Comparison, Record, Result, System

HOLM = "p Holm: p raised for the number of pairs that are compared; a difference counts where it is below 0.05."
DETECTABLE = "detectable: the least true difference that this corpus would show at that level four times in five."
PARTIAL = "–: the system does not give this label; micro and macro count it as missed. Compare on shared labels."
MIXED = "Over all labels, also those that a system does not give."
_FRAME = 3
_PICTURES: dict[int, int] = {
    **{code: 0x2400 + code for code in range(32)},
    127: 0x2421,
    **dict.fromkeys((*range(128, 160), 0x2028, 0x2029), 0xFFFD),
}
"""What stands for control characters and ends of lines."""


class Plain(NamedTuple):
    """A table: the first `keys` columns name what a row is about, `parts` are the numbers of rows before a line.

    The columns behind the keys belong together in groups of `step`. `notes` say how to read the table.
    """

    title: str
    header: list[str]
    rows: list[list[str]]
    parts: tuple[int, ...] = ()
    keys: int = 1
    step: int = 1
    notes: tuple[str, ...] = ()

    def fitting(self, width: int) -> list[Plain]:
        """The table in parts of at most `width` characters, each with the keys and a group of columns at least."""
        sizes = [size + _FRAME for size in self.sizes(width)]
        shared = [*range(self.keys)]
        found: list[list[int]] = []
        for start in range(self.keys, len(sizes), self.step):
            group = [*range(start, start + self.step)]
            if not found or sum(sizes[n] for n in (*shared, *found[-1], *group)) >= width:
                found.append([])
            found[-1] += group
        parts = [self._of(shared + columns) for columns in found]
        return [part._replace(notes=()) for part in parts[:-1]] + parts[-1:]

    def sizes(self, width: int) -> list[int]:
        """The characters that each column takes; names that are long for this width are folded."""
        most = max(16, width // 5)
        found = []
        for n, (name, *cells) in enumerate(zip(self.header, *self.rows, strict=True)):
            longest = max(map(len, cells), default=0)
            found.append(max(min(len(name), most), min(longest, most) if n < self.keys else longest))
        return found

    def worded(self, column: int) -> bool:
        """Whether a column holds words, which stand on the left."""
        return column < self.keys and self.header[column] != "gold"

    def _of(self, columns: list[int]) -> Plain:
        rows = [[row[n] for n in columns] for row in self.rows]
        return self._replace(header=[self.header[n] for n in columns], rows=rows)


def tables(result: Result) -> list[Plain]:
    """Every table that the result has something for, the scores first.

    Where systems do not give the same labels, they are compared within label groups alone.
    """
    found = [scores(result)]
    for one in result.boards:
        names = ", ".join(one.labels)
        found += [board(one), _comparisons(one.comparisons, f" on {names}"), _wins(one.wins, f" on {names}")]
    found += [_values(result), _relations(result), *_slices(result)]
    if not result.boards:
        found += [_comparisons(result.comparisons), _wins(result.wins)]
    return [_shown(table) for table in (*found, _bio(result)) if table.rows]


def _shown(table: Plain) -> Plain:
    title, *header = map(shown, (table.title, *table.header))
    return table._replace(title=title, header=header, rows=[[shown(cell) for cell in row] for row in table.rows])


def shown(words: str) -> str:
    """The words with pictures in the place of control characters, which break lines and command terminals."""
    return words.translate(_PICTURES)


def scores(result: Result) -> Plain:
    """Labels down, and for each system precision, recall and F1; then averages, then the looser schemata."""
    systems = list(result.systems.values())
    header = ["label", "gold", *(f"{name} {figure}" for name in result.systems for figure in ("P", "R", "F1"))]
    if not systems:
        return Plain("", header, [])
    first = systems[0]
    rows = [
        [label, f"{part.strict.gold:,}", *(cell for one in systems for cell in _of_label(one, label))]
        for label, part in first.labels.items()
    ]
    gold = f"{first.micro['strict'].gold:,}"
    rows.append(["micro", gold, *(cell for one in systems for cell in _cells(one.micro["strict"]))])
    macro = (["", "", percent(one.macro["strict"].f1, one.macro["strict"].ci)] for one in systems)
    rows.append(["macro", "", *(cell for cells in macro for cell in cells)])
    for schema in SCHEMATA[1:]:
        rows.append([schema, gold, *(cell for one in systems for cell in _cells(one.micro[schema]))])
    title = "span scores, percent: labels, micro and macro strict"
    notes = (PARTIAL,) if result.boards else ()
    return Plain(title, header, rows, (len(first.labels), len(first.labels) + 2), 2, 3, notes)


def board(one: Board) -> Plain:
    """The systems of a label group, best first."""
    names = sorted(one.systems, key=lambda name: -(one.systems[name]["strict"].f1 or 0.0))
    rows = [[name, *(percent(score.f1, score.ci) for score in one.systems[name].values())] for name in names]
    return Plain(f"micro F1 on {', '.join(one.labels)}", ["system", *SCHEMATA], rows)


def percent(value: float | None, ci: Interval = None) -> str:
    """A figure in percent, with its interval where there is one; a dash where there is no figure."""
    if value is None:
        return "–"
    return f"{100 * value:.1f}" if ci is None else f"{100 * value:.1f} [{100 * ci[0]:.1f}, {100 * ci[1]:.1f}]"


def _of_label(system: System, label: str) -> list[str]:
    return _cells(system.labels[label].strict) if system.gives(label) else ["–"] * 3


def _cells(score: Score) -> list[str]:
    return [percent(score.p), percent(score.r), percent(score.f1, score.ci)]


def _values(result: Result) -> Plain:
    rows = []
    for name, system in result.systems.items():
        for label, one in system.values.items():
            if one.accuracy is not None and one.valued:
                figures = percent(one.accuracy, one.ci_accuracy), percent(one.f1, one.ci_f1)
                attributes = ", ".join(f"{key} {percent(value)}" for key, value in one.attributes.items())
                rows.append([name, label, f"{one.matched:,}", *figures, f"{one.unparsable:,}", attributes])
    header = ["system", "label", "matched", "accuracy", "value F1", "unparsable", "attributes"]
    return Plain("values of overlapping spans, percent", header, rows, keys=2)


def _relations(result: Result) -> Plain:
    rows = [
        [name, schema, kind, f"{score.gold:,}", *_cells(score)]
        for name, system in result.systems.items()
        for schema, whole in system.relations.items()
        for kind, score in (("all", whole), *whole.types.items())
        if whole.gold and whole.pred and (score.gold or score.pred)
    ]
    return Plain("relations, percent", ["system", "schema", "type", "gold", "P", "R", "F1"], rows, keys=4, step=3)


def _slices(result: Result) -> list[Plain]:
    found = []
    names = dict.fromkeys(name for system in result.systems.values() for name in system.slices)
    for name in names:
        groups = dict.fromkeys(g for system in result.systems.values() for g in system.slices.get(name, {}))
        rows = []
        for group in groups:
            parts = [system.slices.get(name, {}).get(group) for system in result.systems.values()]
            gold = next(f"{part.strict.gold:,}" for part in parts if part is not None)
            rows.append([group, gold, *(percent(p.strict.f1, p.strict.ci) if p else "–" for p in parts)])
        notes = (MIXED,) if result.boards else ()
        found.append(Plain(f"strict F1 by {name}, percent", [name, "gold", *result.systems], rows, keys=2, notes=notes))
    return found


def _comparisons(comparisons: list[Comparison], where: str = "") -> Plain:
    rows = []
    for one in comparisons:
        figures = points(one.delta, one.ci), *map(_p, (one.p, one.p_bootstrap, one.p_holm)), points(one.detectable)
        rows.append([f"{one.b} - {one.a}", one.metric, *figures])
    header = ["difference", "schema", "points of F1", "p", "p bootstrap", "p Holm", "detectable"]
    tested = any(one.p is not None for one in comparisons)
    return Plain(f"systems compared{where}", header, rows, keys=2, notes=(HOLM, DETECTABLE) if tested else ())


def _wins(wins: dict[str, dict[str, Record]], where: str = "") -> Plain:
    """Against how many other systems each one is better, worse, or not told apart; only where there are some."""
    names = next(iter(wins.values()), {})
    rows = []
    for name in names if len(names) > 2 else ():
        rows.append([name, *(f"{one.wins} / {one.losses} / {one.ties}" for one in (wins[s][name] for s in wins))])
    return Plain(f"better / worse / not told apart (p Holm below 0.05){where}", ["system", *SCHEMATA], rows)


def _bio(result: Result) -> Plain:
    rows = []
    for name, system in result.systems.items():
        if system.bio is not None:
            lost = f"{system.bio.lost_gold:,} / {system.bio.lost_predicted:,}"
            for mode, one in (("strict", system.bio.strict), ("default", system.bio.default)):
                figures = map(percent, (one.micro.p, one.micro.r, one.micro.f1, one.macro.f1))
                rows.append([name, mode, *figures, lost])
    header = ["system", "mode", "P", "R", "F1", "macro F1", "lost in gold / predicted"]
    return Plain("seqeval on flat tags, percent", header, rows, keys=2)


def points(value: float | None, ci: Interval = None) -> str:
    """A difference in points of percent, with its sign where it has an interval."""
    if value is None:
        return "–"
    return f"{100 * value:.2f}" if ci is None else f"{100 * value:+.2f} [{100 * ci[0]:+.2f}, {100 * ci[1]:+.2f}]"


def _p(value: float | None) -> str:
    return "–" if value is None else f"{value:.4f}"
