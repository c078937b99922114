"""Counting what was found: which line each defect counts in, and what stays outside the samples."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from aql.scoring.decision_lines import Line
from aql.scoring.observations import Defect

__all__ = ["Counted", "count_items", "count_nonconformities", "not_counted", "that_count"]


@dataclass(frozen=True, slots=True)
class Counted:
    """What counts in each line, and what does not.

    Attributes
    ----------
    found_at : dict of str to tuple of int
        Per line, the item of everything that counts in it, rising; an item stands once for each time it counts.
    outside : tuple of Defect
        Defects on items that their line's sample does not hold.
    any_counts : frozenset of str
        Lines in which a defect counts wherever it is (AQL 0).
    """

    found_at: dict[str, tuple[int, ...]]
    outside: tuple[Defect, ...]
    any_counts: frozenset[str]


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
    return Counted(found_at, _ordered(outside), _any_counts(lines))


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
    return Counted(found_at, _ordered(outside), _any_counts(lines))


def not_counted(
    counted: Counted, defects: Sequence[Defect], samples: Mapping[str, int]
) -> tuple[Defect, ...]:
    """Defects that count in no line: outside its sample, or in a further sample that it did not need.

    Parameters
    ----------
    counted : Counted
        What counts where.
    defects : sequence of Defect
        Everything nonconforming.
    samples : mapping of str to int
        Per line, the items in its sample up to the stage that decided. [items]

    Returns
    -------
    tuple of Defect
        By item.
    """
    later = [
        defect
        for defect in defects
        if defect.item > samples[defect.line]
        and defect.line not in counted.any_counts
        and defect not in counted.outside
    ]
    return _ordered([*counted.outside, *later])


def that_count(
    defects: Sequence[Defect],
    outside: Collection[Defect],
    items: Mapping[str, Collection[int]],
    shared: Collection[str],
) -> frozenset[Defect]:
    """Defects that count: the sample of their line holds the item, and the item is behind a count.

    Parameters
    ----------
    defects : sequence of Defect
        Everything nonconforming.
    outside : collection of Defect
        What `not_counted` returned.
    items : mapping of str to collection of int
        Per line, the items behind its count.
    shared : collection of str
        Lines that share an item, which counts in one of them: the classes, where items are counted.

    Returns
    -------
    frozenset of Defect
        The defects.
    """
    beyond = frozenset(outside)
    behind = {name: frozenset(numbers) for name, numbers in items.items()}
    together = frozenset().union(*(behind[name] for name in shared))
    return frozenset(
        one
        for one in defects
        if one not in beyond and one.item in (together if one.line in shared else behind[one.line])
    )


def _any_counts(lines: Sequence[Line]) -> frozenset[str]:
    return frozenset(line.name for line in lines if line.not_allowed)


def _holds(line: Line, item: int) -> bool:
    return line.not_allowed or item <= line.lot_plan.total


def _ordered(defects: list[Defect]) -> tuple[Defect, ...]:
    return tuple(sorted(defects, key=lambda defect: (defect.item, defect.line, defect.term, defect.found)))
