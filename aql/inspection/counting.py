"""Counting what was found: which line each defect counts in, and what stays outside the samples."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from aql.inspection.lines import Line
from aql.inspection.observations import Defect

__all__ = ["Counted", "count_items", "count_nonconformities"]


@dataclass(frozen=True, slots=True)
class Counted:
    """What counts in each line, and what does not.

    Attributes
    ----------
    found_at : dict of str to tuple of int
        Per line, the item of everything that counts in it, rising; an item stands once for each time it counts.
    outside : tuple of Defect
        Defects on items that their line's sample does not hold.
    """

    found_at: dict[str, tuple[int, ...]]
    outside: tuple[Defect, ...]


def count_items(lines: Sequence[Line], defects: Sequence[Defect]) -> Counted:
    """Count nonconforming items: each once, in the most serious class whose sample holds it.

    The sample of a plan of several stages holds the items of all its stages, whether or not they are reached, so
    where an item counts does not depend on what else was found.

    Parameters
    ----------
    lines : sequence of Line
        Classes in order of seriousness, then the terms' own lines, which count by themselves.
    defects : sequence of Defect
        Everything nonconforming.

    Returns
    -------
    Counted
        The items of each line.
    """
    taken: set[int] = set()
    found_at: dict[str, tuple[int, ...]] = {}
    outside: list[Defect] = []
    for line in lines:
        mine = [defect for defect in defects if defect.line == line.name]
        held = {defect.item for defect in mine if _holds(line, defect.item)}
        outside += [defect for defect in mine if defect.item not in held]
        if line.kind == "class":
            held -= taken
            taken |= held
        found_at[line.name] = tuple(sorted(held))
    return Counted(found_at, _ordered(outside))


def count_nonconformities(lines: Sequence[Line], defects: Sequence[Defect]) -> Counted:
    """Count nonconformities: every one, in its own line, as often as it is there.

    Parameters
    ----------
    lines : sequence of Line
        The decision lines.
    defects : sequence of Defect
        Everything nonconforming.

    Returns
    -------
    Counted
        The items of each line, one entry for each nonconformity.
    """
    found_at: dict[str, tuple[int, ...]] = {}
    outside: list[Defect] = []
    for line in lines:
        mine = [defect for defect in defects if defect.line == line.name]
        held = [defect for defect in mine if _holds(line, defect.item)]
        outside += [defect for defect in mine if not _holds(line, defect.item)]
        found_at[line.name] = tuple(sorted(defect.item for defect in held for _ in range(defect.times)))
    return Counted(found_at, _ordered(outside))


def _holds(line: Line, item: int) -> bool:
    return line.not_allowed or item <= line.lot_plan.total


def _ordered(defects: list[Defect]) -> tuple[Defect, ...]:
    return tuple(sorted(defects, key=lambda defect: (defect.item, defect.line, defect.term, defect.found)))
