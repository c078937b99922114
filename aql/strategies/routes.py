"""Routes through a plan: the counts, stage by stage, that lead to a decision."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hypothesis import strategies as st

from aql.plans.plan import Plan
from aql.types import Decision

__all__ = ["UNLIMITED", "Route", "counts_on", "routes_to"]

UNLIMITED = 1_000_000
"""Room of a stage in which one item can bear any number of nonconformities."""

_BEYOND = 3  # so far above Re a rejecting count goes

Interval = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Route:
    """A way through the first stages of a plan.

    Attributes
    ----------
    stage : int
        Stage at which it ends, from 1.
    inspected : int
        Items inspected when it ends. [items]
    counts : tuple of (int, int)
        Per stage, the smallest and the largest cumulative count from which the rest of the way is possible.
    room : tuple of int
        Per stage, how many can be found in it.
    unread : bool
        True where one reading of the sample is missing.
    """

    stage: int
    inspected: int
    counts: tuple[Interval, ...]
    room: tuple[int, ...]
    unread: bool = False


def routes_to(decision: Decision, plan: Plan, room: Sequence[int]) -> list[Route]:
    """Return the ways to a decision, the shortest first.

    Parameters
    ----------
    decision : str
        Decision of the line.
    plan : SinglePlan or MultiplePlan
        The plan as carried out on the lot.
    room : sequence of int
        Per stage, how many nonconforming items, or nonconformities, can be found in it.

    Returns
    -------
    list of Route
        Empty where nothing that can be found leads there.

    Examples
    --------
    >>> from aql.plans.plan import MultiplePlan
    >>> double = MultiplePlan(n=(50, 50), ac=(2, 6), re=(5, 7))
    >>> [(route.stage, route.counts) for route in routes_to("accept", double, [50, 50])]
    [(1, ((0, 2),)), (2, ((3, 4), (0, 6)))]
    """
    found = []
    for place, stage in enumerate(plan.stages):
        last = place == len(plan.stages) - 1
        ends = _ends(decision, stage.ac, stage.re, last=last)
        before = stage.total - stage.n
        inspected = stage.total
        if decision == "hold":
            # Incomplete: some items of this stage, one at least after the first, and not all.
            inspected = before if place == 0 else before + 1
            ends = ends if inspected < stage.total else None
        # Nothing is found in the stage that is not complete.
        here = (*room[:place], 0 if decision == "hold" else room[place])
        counts = None if ends is None else _backward(plan, place, ends, here)
        if counts is not None:
            found.append(Route(place + 1, inspected, counts, here))
    return found


def _ends(decision: Decision, ac: int | None, re: int, *, last: bool) -> Interval | None:
    """The counts at the end of a stage that lead to the decision there."""
    if decision == "reject":
        return re, re + _BEYOND
    if decision == "accept":
        most = re - 1 if last else ac
        return None if most is None else (0, most)
    if decision == "continue":
        return None if last else _open(ac, re)
    return 0, re - 1


def _open(ac: int | None, re: int) -> Interval:
    return 0 if ac is None else ac + 1, re - 1


def _backward(plan: Plan, place: int, ends: Interval, room: Sequence[int]) -> tuple[Interval, ...] | None:
    """The counts at every stage from which the end can be reached; None where there are none."""
    low, high = ends
    if low > high:
        return None
    counts = [ends]
    for before in range(place - 1, -1, -1):
        stage = plan.stages[before]
        least, most = _open(stage.ac, stage.re)
        low, high = max(least, low - room[before + 1]), min(most, high)
        if low > high:
            return None
        counts.insert(0, (low, high))
    low, high = counts[0]
    return tuple(counts) if low <= min(high, room[0]) else None


@st.composite
def counts_on(draw: st.DrawFn, route: Route) -> tuple[int, ...]:
    """What is found in each stage of a route; small numbers first."""
    found: list[int] = []
    total = 0
    for (low, high), room in zip(route.counts, route.room, strict=True):
        count = draw(st.integers(max(low, total), min(high, total + room)))
        found.append(count - total)
        total = count
    return tuple(found)
