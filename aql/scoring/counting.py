"""Where an item counts: in which decision line a defect is counted, and why it is not where it counts in none.

Where items are counted, an item counts once, in the most serious class whose sample holds it. The sample of a plan of
several stages holds the items of all its stages, whether or not they are reached, so where an item counts does not
depend on what else was found. A term with a plan of its own counts by itself. Where nonconformities are counted, every
one counts in its own line.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from aql.scoring.decision_line import Line
from aql.scoring.defects import Defect
from aql.scoring.line_result import LineResult

__all__ = ["Counting"]


@dataclass(frozen=True, slots=True)
class Counting:
    """The rule of counting on one lot.

    Attributes
    ----------
    lines : mapping of str to Line
        The decision lines by name.
    by_items : bool
        True where items are counted, False where nonconformities are.
    owners : mapping of int to str
        Per item with a defect in a class, the class in which the item counts; empty where nonconformities are counted.
    """

    lines: Mapping[str, Line]
    by_items: bool
    owners: Mapping[int, str]

    @classmethod
    def of(cls, lines: Sequence[Line], defects: Iterable[Defect], *, by_items: bool) -> Counting:
        """Find out for every item in which class it counts.

        Parameters
        ----------
        lines : sequence of Line
            The classes in order of seriousness, then the terms with their own plans.
        defects : iterable of Defect
            Everything nonconforming.
        by_items : bool
            Whether items are counted.
        """
        named = {line.name: line for line in lines}
        rank = {line.name: place for place, line in enumerate(lines) if line.kind == "class"}
        owners: dict[int, str] = {}
        for one in defects if by_items else ():
            if one.line in rank and _holds(named[one.line], one.item):
                owner = owners.setdefault(one.item, one.line)
                if rank[one.line] < rank[owner]:
                    owners[one.item] = one.line
        return cls(named, by_items, owners)

    def line_of(self, defect: Defect) -> str | None:
        """Where does this item count? The line in whose count it is if that line's plan reaches it; None for none."""
        line = self.lines[defect.line]
        if not _holds(line, defect.item):
            return None
        return self.owners.get(defect.item, line.name) if line.kind == "class" else line.name

    def found_at(self, defects: Iterable[Defect]) -> dict[str, list[int]]:
        """Return per line the item of everything that counts in it, rising.

        An item is there once where items are counted, and else once for each nonconformity on it.
        """
        found: dict[str, list[int]] = {name: [] for name in self.lines}
        for one in defects:
            name = self.line_of(one)
            if name is not None:
                found[name] += [one.item] * (1 if self.by_items else one.times)
        return {name: sorted(set(items) if self.by_items else items) for name, items in found.items()}

    def placed(self, defect: Defect, results: Mapping[str, LineResult]) -> Defect:
        """Return the defect with the line in which it counts, or why it does not, once the lines are decided."""
        name = self.line_of(defect)
        if name is None:
            return replace(defect, not_counted="outside-sample")
        if not _reaches(results[defect.line], defect.item):
            return replace(defect, not_counted="later-sample")
        if not _reaches(results[name], defect.item):
            return replace(defect, not_counted="taken")
        return replace(defect, counts_in=name)


def _holds(line: Line, item: int) -> bool:
    """Whether the sample of a line, all its stages together, holds an item; under AQL 0 every item counts."""
    return line.not_allowed or item <= line.lot_plan.total


def _reaches(line: LineResult, item: int) -> bool:
    """Whether the sample of a line, up to the stage that decided, holds an item."""
    return line.not_allowed or item <= line.sample
