"""Where an item counts: the decision line in which a defect counts, or the reason that it does not count.

When items are counted, an item counts once, in the most serious class whose sample contains it. The sample of a plan
with several stages contains the items of all stages, reached or not, so where an item counts does not depend on what
else was found. A term with its own plan is counted separately. When nonconformities are counted, each counts in its own
line.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from aql.inspection.header import InspectionHeader
from aql.scoring.decision_line import Line
from aql.scoring.defects import Defect
from aql.scoring.line_result import LineResult
from aql.scoring.observations import Observations
from aql.scoring.possible_counts import Form, Recorded

__all__ = ["Counting", "recorded_of"]


@dataclass(frozen=True, slots=True)
class Counting:
    """The counting rule, applied to one lot.

    Attributes
    ----------
    lines : mapping of str to Line
        The decision lines by name.
    by_items : bool
        True if items are counted, False if nonconformities are.
    owners : mapping of int to str
        For each item with a defect in a class, the class in which it counts; empty if nonconformities are counted.
    """

    lines: Mapping[str, Line]
    by_items: bool
    owners: Mapping[int, str]

    @classmethod
    def of(cls, lines: Sequence[Line], defects: Iterable[Defect], *, by_items: bool) -> Counting:
        """Determine for every item the class in which it counts.

        Parameters
        ----------
        lines : sequence of Line
            The classes, most serious first, then the terms with their own plans.
        defects : iterable of Defect
            All defects.
        by_items : bool
            True if items are counted, False if nonconformities are.
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
        """Return the line in which the defect counts once that line's plan reaches the item; None if there is none."""
        line = self.lines[defect.line]
        if not _holds(line, defect.item):
            return None
        return self.owners.get(defect.item, line.name) if line.kind == "class" else line.name

    def found_at(self, defects: Iterable[Defect]) -> dict[str, dict[int, int]]:
        """Return for each line the items with something that counts in it, in ascending order, and how often each counts.

        An item counts once if items are counted, otherwise once for each nonconformity on it.
        """
        found: dict[str, dict[int, int]] = {name: {} for name in self.lines}
        for one in defects:
            name = self.line_of(one)
            if name is not None:
                before = found[name].get(one.item, 0)
                found[name][one.item] = 1 if self.by_items else before + one.times
        return {name: dict(sorted(items.items())) for name, items in found.items()}

    def placed(self, defect: Defect, results: Mapping[str, LineResult]) -> Defect:
        """Return the defect with the line in which it counts, or the reason that it does not, given the decisions."""
        name = self.line_of(defect)
        if name is None:
            return replace(defect, not_counted="outside-sample")
        if not _reaches(results[defect.line], defect.item):
            return replace(defect, not_counted="later-sample")
        if not _reaches(results[name], defect.item):
            return replace(defect, not_counted="taken")
        return replace(defect, counts_in=name)


def _holds(line: Line, item: int) -> bool:
    """Whether the sample of a line, all stages together, contains an item; under AQL 0 every item counts."""
    return line.not_allowed or item <= line.lot_plan.total


def _reaches(line: LineResult, item: int) -> bool:
    """Whether the sample of a line, up to the stage that was reached, contains an item."""
    return line.not_allowed or item <= line.sample


def recorded_of(header: InspectionHeader, line: Line, seen: Observations, at: Mapping[int, int]) -> Recorded:
    """Return what the log says for the result of a line: items that count in it, or counts without them."""
    inspected = header.inspection.inspected_for(line.name)
    counts = Counter[str]()
    stages = [Counter[str]() for _ in line.lot_plan.stages]
    staged = False
    for one in seen.counts:
        if one.line == line.name:
            counts[one.term] += one.number
            if one.stage is not None and one.number and not line.not_allowed:
                stages[one.stage - 1][one.term] += one.number
                staged = True
    # A count of 0 adds nothing to rows with items; alone, it says that nothing was classified or tallied.
    form: Form = "items" if line.name in seen.with_item else "none"
    if counts.total() or (counts and form == "none"):
        form = "classified" if counts[""] or set(counts) == {""} else "tallies"
    classified = counts.pop("", 0)
    drawn = line.lot_plan.total
    outside = () if line.not_allowed else {one.item for one in seen.defects if one.line == line.name}
    return Recorded(
        line,
        (line.cartons or header.lot.size) if inspected is None else inspected,
        form,
        at,
        sorted(item for item in outside if item > drawn),
        classified,
        counts,
        tuple(stages) if staged else (),
    )
