"""Counts by stage that lead to a given decision of a plan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from aql.plans.plan import Plan
from aql.strategies._internal.choices import Choices
from aql.types import Decision

__all__ = ["UNLIMITED", "CountRanges", "count_ranges", "stage_counts"]

UNLIMITED = 1_000_000
"""Maximum count of a stage if an item can have any number of nonconformities."""

_BEYOND = 3  # how far a rejecting count can exceed Re

Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class CountRanges:
    """The counts with which inspection ends at one stage of a plan with a given decision.

    Attributes
    ----------
    stage : int
        Stage at which inspection ends, counted from 1.
    inspected : int
        Items inspected when it ends; for an incomplete sample, the minimum. [items]
    cumulative : tuple of (int, int)
        Smallest and largest cumulative count after each stage from which the decision can be reached.
    room : tuple of int
        Maximum count in each stage.
    one_unread : bool
        True if one reading of the sample is missing.
    """

    stage: int
    inspected: int
    cumulative: tuple[Range, ...]
    room: tuple[int, ...]
    one_unread: bool = False


def count_ranges(decision: Decision, plan: Plan, room: Sequence[int]) -> list[CountRanges]:
    """Return the stage counts, for strategies to draw from, that lead to a decision, fewest stages first.

    Parameters
    ----------
    decision : str
        Decision of the line.
    plan : SinglePlan or MultiplePlan
        The plan as applied to the lot.
    room : sequence of int
        Maximum number of nonconforming items, or nonconformities, in each stage.

    Returns
    -------
    list of CountRanges
        Empty if no counts lead to the decision.

    Examples
    --------
    >>> from aql.plans.plan import MultiplePlan
    >>> double = MultiplePlan(n=(50, 50), ac=(2, 6), re=(5, 7))
    >>> [(one.stage, one.cumulative) for one in count_ranges("accept", double, [50, 50])]
    [(1, ((0, 2),)), (2, ((3, 4), (0, 6)))]
    """
    found = []
    for place, stage in enumerate(plan.stages):
        is_last = place == len(plan.stages) - 1
        end = _end(decision, stage.ac, stage.re, is_last=is_last)
        inspected, here = stage.total, (*room[:place], room[place])
        if decision == "hold":
            # The sample of this stage is incomplete (not empty after the first stage), and nothing is found in it.
            inspected = stage.total - stage.n + (place > 0)
            here = (*room[:place], 0)
            end = end if inspected < stage.total else None
        cumulative = None if end is None else _backward(plan, place, end, here)
        if cumulative is not None:
            found.append(CountRanges(place + 1, inspected, cumulative, here))
    return found


def _end(decision: Decision, ac: int | None, re: int, *, is_last: bool) -> Range | None:
    """Return the cumulative counts at the end of a stage that lead to the decision there."""
    if decision == "reject":
        return re, re + _BEYOND
    if decision == "accept":
        most = re - 1 if is_last else ac
        return None if most is None else (0, most)
    if decision == "continue":
        return None if is_last else _undecided(ac, re)
    return 0, re - 1


def _undecided(ac: int | None, re: int) -> Range:
    return 0 if ac is None else ac + 1, re - 1


def _backward(plan: Plan, place: int, end: Range, room: Sequence[int]) -> tuple[Range, ...] | None:
    """Return the counts after every stage from which the end can be reached; None if there are none."""
    low, high = end
    ranges = [end]
    for before in range(place - 1, -1, -1):
        stage = plan.stages[before]
        least, most = _undecided(stage.ac, stage.re)
        low, high = max(least, low - room[before + 1]), min(most, high)
        ranges.insert(0, (low, high))
    if any(low > high for low, high in ranges) or ranges[0][0] > room[0]:
        return None
    return tuple(ranges)


def stage_counts(choices: Choices, ranges: CountRanges) -> list[int]:
    """Draw the count in each stage; small numbers are simplest."""
    found: list[int] = []
    total = 0
    for (low, high), room in zip(ranges.cumulative, ranges.room, strict=True):
        count = choices.whole(max(low, total), min(high, total + room))
        found.append(count - total)
        total = count
    return found
