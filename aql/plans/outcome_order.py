"""The order of the outcomes of a plan, from the best lot to the worst [Jennison and Turnbull, 1983].

Accepted at stage 1, at stage 2, and so on to the last; rejected at the last stage, and so on back to stage 1; within a
stage by the count.
"""

from __future__ import annotations

import math
from fractions import Fraction

from aql.checks import whole_number
from aql.errors import DomainError
from aql.plans.largest_plans import checked_size
from aql.plans.stage import Stage, Steps
from aql.words import short_repr

__all__ = ["as_good", "exact_chances", "outcome"]

# The time grows with the square of the sample; in a large lot, several numbers nonconforming are compared exactly.
_SMALL_LOT, _MOST_ITEMS, _MOST_ITEMS_OF_LARGE_LOT = 10**8, 10**4, 800


def as_good(steps: Steps, stage: int, d: int) -> Steps:
    """Return a plan that accepts exactly the outcomes that are at least as good as `d` found at a stage.

    It is the plan up to that stage, which then accepts on `d` or fewer and rejects on more.

    Examples
    --------
    >>> as_good(((50, 50, 2, 5), (50, 100, 6, 7)), 2, 4)
    ((50, 50, 2, 5), (50, 100, 4, 5))
    """
    n, total, _, _ = steps[stage - 1]
    return (*steps[: stage - 1], (n, total, d, d + 1))


def exact_chances(steps: Steps, lot_size: int, bad: int) -> tuple[Fraction, Fraction]:
    """Return the probabilities that the outcome of a plan is acceptance or rejection, as exact fractions.

    Examples
    --------
    >>> exact_chances(((19, 19, 0, 1),), 20, 1)
    (Fraction(1, 20), Fraction(19, 20))
    """
    if len(steps) == 1 and steps[0][0] > bad:
        # The hypergeometric distribution is symmetric in the sample size and the number nonconforming.
        steps, bad = ((bad, bad, *steps[0][2:]),), steps[0][0]
    most = _MOST_ITEMS if lot_size <= _SMALL_LOT else _MOST_ITEMS_OF_LARGE_LOT
    checked_size(steps[-1][1], "the sample", most, f"exact probabilities in a lot of {lot_size}")
    everything = steps[-1][1]
    ways, alive = 0, {0: 1}
    for n, total, ac, re in steps:
        reached: dict[int, int] = {}
        for before, weight in alive.items():
            for count in range(before, min(before + n, bad, re - 1) + 1):
                reached[count] = reached.get(count, 0) + weight * math.comb(n, count - before)
        ended = {k: weight for k, weight in reached.items() if k <= ac}
        ways += _ordered(ended, total, lot_size, bad) * math.perm(lot_size - total, everything - total)
        alive = {k: weight for k, weight in reached.items() if k > ac}
    accepted = Fraction(ways, math.perm(lot_size, everything))
    return accepted, 1 - accepted


def _ordered(weights: dict[int, int], drawn: int, lot_size: int, bad: int) -> int:
    """Number of ordered draws with a count of nonconforming items, times the weight of the count, added up."""
    total, ways, last = 0, 0, -1
    for count, weight in sorted(weights.items()):
        if ways and count == last + 1:
            # One more nonconforming item, and one fewer that conforms.
            ways = ways * (bad - last) // (lot_size - bad - drawn + count)
        else:
            ways = math.perm(bad, count) * math.perm(max(lot_size - bad, 0), drawn - count)
        total, last = total + weight * ways, count
    return total


def outcome(stages: tuple[Stage, ...], stage: int, d: int, *, items: bool) -> tuple[int, int]:
    """Check that an outcome, a count at a stage, decides; with `items`, the count is at most the sample size.

    Examples
    --------
    >>> from aql import MultiplePlan
    >>> outcome(MultiplePlan(n=(50, 50), ac=(2, 6), re=(5, 7)).stages, 2, 6, items=True)
    (2, 6)
    """
    at = whole_number(stage, "stage", least=1, most=len(stages))
    found = whole_number(d, "d")
    low, high = 0, 0.0
    for number, one in enumerate(stages[:at], start=1):
        high += one.n if items else math.inf
        if number < at:
            low, high = max(low, -1 if one.ac is None else one.ac + 1), min(high, one.re - 1)
            if low > high:
                raise DomainError(
                    f"stage must be a stage that the plan can reach, got {at}", d=found, stage=at
                )
    if not low <= found <= high:
        most = f" to {high:.0f}" if items else " or more"
        raise DomainError(
            f"d must be {low}{most} at the end of stage {at}, got {short_repr(found)}",
            todo="Count all items up to the end of that stage",
            d=found,
            stage=at,
        )
    here = stages[at - 1]
    if at < len(stages) and found < here.re and (here.ac is None or found > here.ac):
        raise DomainError(
            f"d must decide at stage {at}, got {found}, with which the plan continues",
            todo=f"Draw stage {at + 1} and pass the count after it",
            d=found,
            stage=at,
        )
    return at, found
